"""Changing and removing what is already in a chat."""

from __future__ import annotations

from simulator import keyboards, limits, wording
from simulator.chats import Chat, Message
from simulator.entities import caption_content, text_content
from simulator.errors import BadRequestError
from simulator.methods.files import MEDIA, attached
from simulator.methods.registry import Asked, method
from simulator.methods.sending import open_chat
from simulator.reply import Json
from simulator.world import as_told

_WHICH = "business_connection_id chat_id message_id inline_message_id reply_markup "
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities")


def _message(asked: Asked) -> tuple[Chat, Message]:
    if asked.params.get("inline_message_id"):
        raise BadRequestError(wording.EDIT_MISSING)
    chat = open_chat(asked)
    number = asked.params.get("message_id", 0)
    if number <= 0:
        raise BadRequestError(wording.EDIT_ID)
    message = chat.messages.get(number)
    if message is None:
        raise BadRequestError(wording.EDIT_MISSING)
    if message["from"] is not asked.bot.user or "inline_keyboard" not in message.get("reply_markup", "inline_keyboard"):
        raise BadRequestError(wording.EDIT_FOREIGN)
    return chat, message


def _replace(asked: Asked, old: Message, content: Json, gone: tuple[str, ...]) -> object:
    chat = asked.world.chat(asked.bot, asked.params["chat_id"])
    markup = keyboards.inline_only(asked.params.get("reply_markup", {}))
    extras = {"reply_markup": markup} if markup.get("inline_keyboard") else {}
    compared = [name for name in (*gone, "reply_markup") if name != "link_preview_options"]
    fresh = {**content, **extras}
    if all(old.get(name) == fresh.get(name) for name in compared):
        raise BadRequestError(wording.EDIT_SAME)
    kept = {name: value for name, value in old.items() if name not in gone and name != "reply_markup"}
    message = {**kept, **fresh, "edit_date": int(asked.world.clock())}
    chat.messages[message["message_id"]] = message
    asked.world.record(asked.bot, chat, asked.method, message)
    return as_told(message)


@method("editMessageText", _WHICH + "text! parse_mode entities link_preview_options")
def edit_message_text(asked: Asked) -> object:
    """Change the text; an inline keyboard that is not given again goes."""
    content = text_content(asked.params)
    if "link_preview_options" in asked.params:
        content["link_preview_options"] = asked.params["link_preview_options"]
    _, old = _message(asked)
    if "text" not in old:
        raise BadRequestError(wording.EDIT_NO_TEXT)
    return _replace(asked, old, content, _TEXT)


@method("editMessageCaption", _WHICH + "caption parse_mode caption_entities show_caption_above_media")
def edit_message_caption(asked: Asked) -> object:
    """Change the words under a photo or document; none takes them away."""
    content = caption_content(asked.params)
    _, old = _message(asked)
    if not any(kind in old for kind in MEDIA):
        raise BadRequestError(wording.EDIT_NO_CAPTION)
    return _replace(asked, old, content, _CAPTION)


@method("editMessageMedia", _WHICH + "media!")
def edit_message_media(asked: Asked) -> object:
    """Put another photo or document in place of the one there is."""
    media = asked.params["media"]
    kind = media.get("type")
    if kind not in MEDIA:
        raise BadRequestError(wording.MEDIA_BAD)
    _, old = _message(asked)
    content = {**attached(asked, kind, media.get("media")), **caption_content(media)}
    return _replace(asked, old, content, (*_TEXT, *_CAPTION, *MEDIA))


@method("editMessageReplyMarkup", _WHICH)
def edit_message_reply_markup(asked: Asked) -> object:
    """Change the inline keyboard only; none takes it away."""
    _, old = _message(asked)
    return _replace(asked, old, {}, ())


def _delete(asked: Asked, chat: Chat, number: int) -> None:
    message = chat.messages[number]
    if asked.world.clock() - message["date"] > limits.DELETE_SECONDS:
        raise BadRequestError(wording.DELETE_TOO_OLD)
    del chat.messages[number]
    if number in chat.pinned:
        chat.pinned.remove(number)
    asked.world.touch(chat)


@method("deleteMessage", "chat_id! message_id!")
def delete_message(asked: Asked) -> object:
    """Remove one message, of either side, within 48 hours."""
    chat = asked.world.chat(asked.bot, asked.params["chat_id"])
    number = asked.params["message_id"]
    if number not in chat.messages:
        raise BadRequestError(wording.DELETE_MISSING)
    _delete(asked, chat, number)
    return True


@method("deleteMessages", "chat_id! message_ids!")
def delete_messages(asked: Asked) -> object:
    """Remove up to a hundred messages; those that are not there are passed over."""
    chat = asked.world.chat(asked.bot, asked.params["chat_id"])
    numbers = asked.params["message_ids"]
    if not numbers or not all(type(number) is int for number in numbers):
        raise BadRequestError(wording.DELETE_IDS)
    if len(numbers) > limits.DELETE_MANY:
        raise BadRequestError(wording.DELETE_MANY)
    for number in numbers:
        if number in chat.messages:
            _delete(asked, chat, number)
    return True
