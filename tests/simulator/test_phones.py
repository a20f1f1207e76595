"""What people do on their phones, and what the bot hears of it."""

import pytest

from tests.simulator.stage import OTHER, TOKEN


async def heard(api):
    return await api("getUpdates")


async def test_a_start_with_a_code_is_a_command(api, ada):
    number = ada.says("/start poster-7")
    (update,) = await heard(api)
    message = update["message"]
    assert (message["message_id"], message["text"]) == (number, "/start poster-7")
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {"id": ada.id, "is_bot": False, "first_name": "Ada", "language_code": "en"}


def test_people_are_never_confused(sim):
    phones = [sim.phone(token) for token in (TOKEN, OTHER, TOKEN)]
    assert len({phone.id for phone in phones}) == 3
    assert all(phone.id > 2**32 for phone in phones)


async def test_long_texts_arrive_in_parts_and_blank_ones_cannot_be_sent(api, ada):
    ada.says("x" * 5000)
    assert [len(update["message"]["text"]) for update in await heard(api)] == [4096, 904]
    for blank in ("", " \n ", "\u202e"):
        with pytest.raises(ValueError, match="nothing to send"):
            ada.says(blank)


async def test_people_change_their_own_words_only(api, ada, clock):
    number = ada.says("frist")
    sent = await api("sendMessage", chat_id=ada.id, text="hello")
    clock.goes(5)
    ada.edits(number, "first")
    update = (await heard(api))[-1]
    assert (update["edited_message"]["text"], update["edited_message"]["edit_date"]) == ("first", int(clock.now))
    assert ada.screen == [("Ada", "first"), ("bot", "hello")]
    with pytest.raises(KeyError):
        ada.edits(sent["message_id"], "forged")
    with pytest.raises(KeyError):
        ada.edits(9_999_999, "nothing")


async def test_things_that_are_not_text(api, ada):
    ada.sends("contact", phone_number="+447700900999")
    ada.sends("location", latitude=51.5)
    ada.sends("document", file_name="cv.pdf", data=b"%PDF", caption="mine")
    ada.sends("photo", caption="me")
    contact, location, document, photo = [update["message"] for update in await heard(api)]
    assert contact["contact"]["phone_number"] == "+447700900999"
    assert location["location"]["latitude"] == 51.5
    assert (document["document"]["file_name"], document["caption"]) == ("cv.pdf", "mine")
    assert photo["photo"][0]["width"] > 0
    with pytest.raises(ValueError, match="nobody can send a 'gremlin'"):
        ada.sends("gremlin")


async def test_deleted_messages_leave_the_screen(api, ada):
    number = ada.says("secret")
    await api("deleteMessage", chat_id=ada.id, message_id=number)
    assert ada.screen == []
