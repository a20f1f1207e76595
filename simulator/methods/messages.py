"""Text messages, and signs of life in the chat."""

from __future__ import annotations

from simulator import limits, wording
from simulator.entities import text_content
from simulator.errors import BadRequestError
from simulator.methods.registry import Asked, method
from simulator.methods.sending import SENDING, open_chat, send

_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
# A sign of activity is shown for this long, or until a message comes (Bot API, sendChatAction).
_ACTION_SECONDS = 5.0


@method("sendMessage", SENDING + "text! parse_mode entities link_preview_options")
def send_message(asked: Asked) -> object:
    """Send text of 1 to 4,096 characters."""
    content = text_content(asked.params)
    if "link_preview_options" in asked.params:
        content["link_preview_options"] = asked.params["link_preview_options"]
    return send(asked, open_chat(asked), content)


@method("sendChatAction", "business_connection_id chat_id! message_thread_id action!")
def send_chat_action(asked: Asked) -> object:
    """Show for five seconds that something is on its way."""
    chat = open_chat(asked)
    if asked.params.get("action") not in _ACTIONS:
        raise BadRequestError(wording.ACTION_BAD)
    chat.typing_until = asked.world.clock() + _ACTION_SECONDS
    asked.world.touch(chat)
    return True


@method("answerCallbackQuery", "callback_query_id! text show_alert url cache_time")
def answer_callback_query(asked: Asked) -> object:
    """Answer a tap once, and in time."""
    query = asked.bot.queries.get(asked.params.get("callback_query_id", ""))
    if query is None or query.answered or asked.world.clock() - query.at > asked.world.callback_seconds:
        raise BadRequestError(wording.QUERY_OLD)
    text = limits.clean(asked.params.get("text", ""))
    if len(text) > limits.ALERT:
        raise BadRequestError(wording.ALERT_LONG)
    if asked.params.get("url"):
        raise BadRequestError(wording.ALERT_URL)
    query.answered = True
    number = asked.params["callback_query_id"]
    query.chat.alerts.append({"id": number, "text": text, "show_alert": asked.params.get("show_alert", False)})
    asked.world.touch(query.chat)
    return True
