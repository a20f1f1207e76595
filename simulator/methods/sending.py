"""What every sending method shares: where to, how loud, what keyboard, in reply to what."""

from __future__ import annotations

from simulator import keyboards, wording
from simulator.chats import Chat, Message
from simulator.errors import BadRequestError
from simulator.methods.registry import Asked
from simulator.reply import Json
from simulator.world import as_told

SENDING = (
    "business_connection_id chat_id! message_thread_id direct_messages_topic_id disable_notification protect_content "
    "allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters reply_markup "
)


def open_chat(asked: Asked) -> Chat:
    """Give the chat of the call; raises BadRequestError or ForbiddenError where the bot may not write."""
    chat = asked.world.chat(asked.bot, asked.params.get("chat_id"))
    chat.admit()
    return chat


def send(asked: Asked, chat: Chat, content: Json) -> Message:
    """Put the content into the chat under the flood limits, and give the message as the bot is told it."""
    extras = _extras(asked.params, chat)
    asked.world.flood.admit(asked.bot.token, chat.id)
    message = asked.world.post(asked.bot, chat, asked.method, {**content, **extras} if extras else content)
    _show_keyboard(chat, message.get("reply_markup"))
    return as_told(message)


def _extras(params: Json, chat: Chat) -> Json:
    extras: Json = {}
    if params.get("protect_content"):
        extras["has_protected_content"] = True
    if params.get("disable_notification"):
        extras["disable_notification"] = True
    if "reply_parameters" in params:
        _reply_to(extras, params["reply_parameters"], chat)
    if "reply_markup" in params:
        markup = keyboards.checked(params["reply_markup"])
        if markup.get("inline_keyboard", True):
            extras["reply_markup"] = markup
    return extras


def _reply_to(extras: Json, wanted: Json, chat: Chat) -> None:
    number = wanted.get("message_id")
    if type(number) is not int:
        what = 'can\'t parse reply parameters: Field "message_id" must be of type Number'
        raise BadRequestError(what)
    target = chat.messages.get(number)
    if target is not None:
        extras["reply_to_message"] = {k: v for k, v in target.items() if k != "reply_to_message"}
    elif not wanted.get("allow_sending_without_reply"):
        raise BadRequestError(wording.REPLY_MISSING)


def _show_keyboard(chat: Chat, markup: Json | None) -> None:
    if not markup or "inline_keyboard" in markup:
        return
    if "keyboard" in markup:
        chat.keyboard = markup
        chat.force_reply = None
    elif markup.get("remove_keyboard"):
        chat.keyboard = None
    else:
        chat.force_reply = markup
