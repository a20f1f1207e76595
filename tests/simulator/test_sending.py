"""Where a message may go and what it carries."""

import pytest

from tests.simulator.stage import TOKEN, inline


async def test_a_message_arrives(api, ada, clock):
    sent = await api("sendMessage", chat_id=ada.id, text="Hello Ada")
    assert sent["chat"] == {"id": ada.id, "type": "private", "first_name": "Ada"}
    assert (sent["from"]["id"], sent["date"], sent["text"]) == (123456, int(clock.now), "Hello Ada")
    assert ada.screen == [("bot", "Hello Ada")]


async def test_message_ids_grow(api, ada):
    first = await api("sendMessage", chat_id=ada.id, text="one")
    said = ada.says("two")
    last = await api("sendMessage", chat_id=str(ada.id), text="three")
    assert first["message_id"] < said < last["message_id"]


async def test_nobody_there(api):
    assert await api.refused("sendMessage", chat_id=77, text="x") == "Bad Request: chat not found"
    assert await api.refused("sendMessage", chat_id="@nobody", text="x") == "Bad Request: chat not found"
    assert await api.refused("sendMessage", text="x") == "Bad Request: chat_id is empty"
    assert await api.refused("sendMessage", chat_id=123456, text="x") == "Forbidden: bot can't send messages to bots"


@pytest.mark.parametrize("method", ["sendMessage", "sendChatAction", "sendLocation"])
async def test_where_the_bot_may_not_write(sim, api, ada, method):
    params = {"text": "x", "action": "typing", "latitude": 1, "longitude": 1}
    new = sim.phone(TOKEN, "Grace")
    refusal = await api.refused(method, chat_id=new.id, **params)
    assert refusal == "Forbidden: bot can't initiate conversation with a user"
    ada.blocks()
    assert await api.refused(method, chat_id=ada.id, **params) == "Forbidden: bot was blocked by the user"
    ada.unblocks()
    assert await api(method, chat_id=ada.id, **params)
    ada.deactivates()
    assert await api.refused(method, chat_id=ada.id, **params) == "Forbidden: user is deactivated"


async def test_a_first_word_opens_the_chat(sim, api):
    grace = sim.phone(TOKEN, "Grace")
    grace.says("/start")
    assert await api("sendMessage", chat_id=grace.id, text="Welcome")


async def test_what_a_message_carries(api, ada):
    preview = {"is_disabled": True}
    sent = await api(
        "sendMessage",
        chat_id=ada.id,
        text="quietly",
        protect_content=True,
        disable_notification=True,
        link_preview_options=preview,
        reply_markup=inline("v1:yes"),
    )
    assert sent["has_protected_content"] is True
    assert sent["link_preview_options"] == preview
    assert sent["reply_markup"] == inline("v1:yes")
    assert "disable_notification" not in sent
    assert ada.messages[0]["disable_notification"] is True


async def test_reply_keyboards_are_the_persons_alone(api, ada):
    keyboard = {"keyboard": [["Yes", {"text": "No"}]], "one_time_keyboard": True}
    sent = await api("sendMessage", chat_id=ada.id, text="Well?", reply_markup=keyboard)
    assert "reply_markup" not in sent
    assert ada.chat.keyboard["keyboard"] == [[{"text": "Yes"}, {"text": "No"}]]
    ada.says("Yes", reply_to=sent["message_id"])
    assert ada.chat.keyboard is None
    (update,) = await api("getUpdates")
    assert update["message"]["reply_to_message"]["text"] == "Well?"
    assert "reply_markup" not in update["message"]["reply_to_message"]


async def test_keyboards_are_put_up_and_taken_down(api, ada):
    await api("sendMessage", chat_id=ada.id, text="a", reply_markup={"keyboard": [["Yes"]]})
    assert ada.chat.keyboard is not None
    await api("sendMessage", chat_id=ada.id, text="b", reply_markup={"remove_keyboard": True})
    assert ada.chat.keyboard is None
    asked = {"force_reply": True, "input_field_placeholder": "Your words"}
    await api("sendMessage", chat_id=ada.id, text="c", reply_markup=asked)
    assert ada.chat.force_reply == asked
    ada.says("my words")
    assert ada.chat.force_reply is None


async def test_replies(api, ada):
    said = ada.says("question")
    sent = await api("sendMessage", chat_id=ada.id, text="answer", reply_parameters={"message_id": said})
    assert sent["reply_to_message"]["text"] == "question"
    again = await api("sendMessage", chat_id=ada.id, text="x", reply_parameters={"message_id": sent["message_id"]})
    assert "reply_to_message" not in again["reply_to_message"]
    refusal = await api.refused("sendMessage", chat_id=ada.id, text="x", reply_parameters={"message_id": 1_000_000})
    assert refusal == "Bad Request: message to be replied not found"
    for broken in ({}, {"message_id": "5"}):
        said = await api.refused("sendMessage", chat_id=ada.id, text="x", reply_parameters=broken)
        assert said == 'Bad Request: can\'t parse reply parameters: Field "message_id" must be of type Number'
    loose = {"message_id": 1_000_000, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await api("sendMessage", chat_id=ada.id, text="x", reply_parameters=loose)


async def test_signs_of_activity_last_five_seconds_or_until_a_message(api, ada, clock):
    await api("sendChatAction", chat_id=ada.id, action="typing")
    assert ada.chat.typing_until == clock.now + 5
    await api("sendMessage", chat_id=ada.id, text="here")
    assert ada.chat.typing_until == 0
    refusal = await api.refused("sendChatAction", chat_id=ada.id, action="dancing")
    assert refusal == "Bad Request: wrong parameter action in request"


async def test_places_and_contacts(api, ada):
    place = {"latitude": 51.48, "longitude": 0.01}
    sent = await api("sendVenue", chat_id=ada.id, title="Library", address="1 High Street", **place)
    assert sent["venue"]["location"] == sent["location"] == place
    assert (await api("sendLocation", chat_id=ada.id, **place))["location"] == place
    contact = await api("sendContact", chat_id=ada.id, phone_number="+447700900123", first_name="Helpline")
    assert contact["contact"]["first_name"] == "Helpline"
    assert await api.refused("sendLocation", chat_id=ada.id, latitude=91, longitude=0)
    refusal = await api.refused("sendContact", chat_id=ada.id, phone_number="", first_name="x")
    assert refusal == "Bad Request: contact phone number must be non-empty"
    refusal = await api.refused("sendVenue", chat_id=ada.id, title=" ", address="x", **place)
    assert refusal == "Bad Request: venue title must be non-empty"


async def test_groups_are_left_for_good(sim, api):
    group = sim.group(TOKEN, "Staff room")
    (joined,) = await api("getUpdates")
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    number = group.says("hello @care_compact_bot")
    group.taps(number, "v1:x")
    hello, tapped = (await api("getUpdates"))[1:]
    assert hello["message"]["chat"]["type"] == "group"
    assert tapped["callback_query"]["message"]["message_id"] == number
    assert await api("sendMessage", chat_id=group.id, text="I work in private chats only")
    assert await api("leaveChat", chat_id=group.id)
    assert group.left
    assert [m["text"] for m in group.messages] == ["hello @care_compact_bot", "I work in private chats only"]
    refusal = await api.refused("sendMessage", chat_id=group.id, text="x")
    assert refusal == "Forbidden: bot is not a member of the group chat"


async def test_reactions_need_a_message(api, ada):
    number = ada.says("hello")
    like = [{"type": "emoji", "emoji": "👍"}]
    assert await api("setMessageReaction", chat_id=ada.id, message_id=number, reaction=like) is True
    refusal = await api.refused("setMessageReaction", chat_id=ada.id, message_id=9_999_999, reaction=like)
    assert refusal == "Bad Request: message to react not found"


async def test_a_private_chat_cannot_be_left(api, ada):
    assert "private chats" in await api.refused("leaveChat", chat_id=ada.id)
