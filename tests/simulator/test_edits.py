"""Changing and removing messages."""

import json

from simulator.pictures import small_png
from tests.simulator.stage import inline


async def test_an_edit_replaces_text_and_keyboard(api, ada, clock):
    sent = await api("sendMessage", chat_id=ada.id, text="Coming?", reply_markup=inline("yes", "no"))
    clock.goes(60)
    new = await api(
        "editMessageText", chat_id=ada.id, message_id=sent["message_id"], text="<b>Saved</b>", parse_mode="HTML"
    )
    assert (new["text"], new["date"], new["edit_date"]) == ("Saved", sent["date"], int(clock.now))
    assert "reply_markup" not in new
    assert ada.screen == [("bot", "Saved")]


async def test_an_edit_that_changes_nothing_is_refused(api, ada):
    sent = await api("sendMessage", chat_id=ada.id, text="<b>a</b>", parse_mode="HTML", reply_markup=inline("x"))
    inside = await api.refused("editMessageText", inline_message_id="5", text="x")
    assert inside == "Bad Request: message to edit not found"
    same = {"chat_id": ada.id, "message_id": sent["message_id"]}
    for text, mode in (("<strong>a</strong>", "HTML"), (" <b>a</b> ", "HTML")):
        refusal = await api.refused("editMessageText", **same, text=text, parse_mode=mode, reply_markup=inline("x"))
        assert refusal == (
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
            "same as a current content and reply markup of the message"
        )
    assert await api("editMessageText", **same, text="a", reply_markup=inline("x"))
    assert await api("editMessageReplyMarkup", **same)
    assert "not modified" in await api.refused("editMessageReplyMarkup", **same)
    assert "not modified" in await api.refused("editMessageText", **same, text="a")


async def test_edits_of_what_is_not_there_or_not_its_own(api, ada):
    said = ada.says("mine")
    missing = await api.refused("editMessageText", chat_id=ada.id, message_id=9_999_999, text="x")
    assert missing == "Bad Request: message to edit not found"
    foreign = await api.refused("editMessageText", chat_id=ada.id, message_id=said, text="x")
    assert foreign == "Bad Request: message can't be edited"
    nothing = await api.refused("editMessageText", chat_id=ada.id, text="x")
    assert nothing == "Bad Request: message identifier is not specified"
    nowhere = await api.refused("editMessageText", message_id=1, text="x")
    assert nowhere == "Bad Request: chat_id is empty"


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(api, ada):
    sent = await api("sendMessage", chat_id=ada.id, text="x", reply_markup={"keyboard": [["a"]]})
    refusal = await api.refused("editMessageText", chat_id=ada.id, message_id=sent["message_id"], text="y")
    assert refusal == "Bad Request: message can't be edited"


async def test_edits_take_inline_keyboards_only(api, ada):
    sent = await api("sendMessage", chat_id=ada.id, text="x")
    where = {"chat_id": ada.id, "message_id": sent["message_id"]}
    assert await api.refused("editMessageReplyMarkup", **where, reply_markup={"keyboard": [["a"]]})
    assert (await api("editMessageReplyMarkup", **where, reply_markup=inline("a")))["reply_markup"] == inline("a")


async def test_captions_and_media(api, ada):
    photo = ("a.png", small_png())
    sent = await api("sendPhoto", {"photo": photo}, chat_id=ada.id, caption="before")
    where = {"chat_id": ada.id, "message_id": sent["message_id"]}
    assert (await api("editMessageCaption", **where, caption="after"))["caption"] == "after"
    assert "caption" not in await api("editMessageCaption", **where)
    refusal = await api.refused("editMessageText", **where, text="x")
    assert refusal == "Bad Request: there is no text in the message to edit"
    assert await api.refused("editMessageMedia", **where, media={"type": "video", "media": "x"})
    media = json.dumps({"type": "document", "media": "attach://new", "caption": "a file"})
    changed = await api("editMessageMedia", {"new": ("b.txt", b"text")}, **where, media=media)
    assert (changed["document"]["file_name"], changed["caption"]) == ("b.txt", "a file")
    assert "photo" not in changed


async def test_a_text_has_no_caption(api, ada):
    sent = await api("sendMessage", chat_id=ada.id, text="x")
    refusal = await api.refused("editMessageCaption", chat_id=ada.id, message_id=sent["message_id"], caption="y")
    assert refusal == "Bad Request: there is no caption in the message to edit"


async def test_both_sides_can_be_deleted_for_two_days(api, ada, clock):
    said = ada.says("secret")
    sent = await api("sendMessage", chat_id=ada.id, text="gone soon")
    assert await api("deleteMessage", chat_id=ada.id, message_id=said) is True
    refusal = await api.refused("deleteMessage", chat_id=ada.id, message_id=said)
    assert refusal == "Bad Request: message to delete not found"
    clock.goes(48 * 3600 + 1)
    refusal = await api.refused("deleteMessage", chat_id=ada.id, message_id=sent["message_id"])
    assert refusal == "Bad Request: message can't be deleted for everyone"
    assert ada.screen == [("bot", "gone soon")]


async def test_many_are_deleted_at_once_and_missing_ones_passed_over(api, ada):
    numbers = [ada.says(str(n)) for n in range(3)]
    assert await api("deleteMessages", chat_id=ada.id, message_ids=[*numbers, 9_999_999]) is True
    assert ada.messages == []
    assert await api.refused("deleteMessages", chat_id=ada.id, message_ids=[])
    assert await api.refused("deleteMessages", chat_id=ada.id, message_ids=list(range(1, 102)))
    assert await api.refused("deleteMessages", chat_id=ada.id, message_ids=["a"])


async def test_pins(api, ada):
    first, second = ada.says("a"), ada.says("b")
    for number in (first, second):
        assert await api("pinChatMessage", chat_id=ada.id, message_id=number)
    assert (await api("getChat", chat_id=ada.id))["pinned_message"]["text"] == "b"
    assert await api("unpinChatMessage", chat_id=ada.id)
    assert (await api("getChat", chat_id=ada.id))["pinned_message"]["text"] == "a"
    assert await api("deleteMessage", chat_id=ada.id, message_id=first)
    assert "pinned_message" not in await api("getChat", chat_id=ada.id)
    refusal = await api.refused("pinChatMessage", chat_id=ada.id, message_id=first)
    assert refusal == "Bad Request: message to pin not found"
    assert await api.refused("unpinChatMessage", chat_id=ada.id) == "Bad Request: message to unpin not found"
