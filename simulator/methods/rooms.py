"""Chats themselves: looking one up, pinning, reacting, leaving."""

from __future__ import annotations

from simulator import wording
from simulator.chats import Chat
from simulator.errors import BadRequestError
from simulator.methods.registry import Asked, method
from simulator.methods.sending import open_chat
from simulator.reply import Json
from simulator.world import as_told

_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def _chat(asked: Asked) -> Chat:
    return asked.world.chat(asked.bot, asked.params["chat_id"])


@method("getChat", "chat_id!")
def get_chat(asked: Asked) -> object:
    """Describe a chat, with the message pinned last."""
    chat = _chat(asked)
    info: Json = {
        **chat.public,
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _GIFTS,
    }
    if chat.pinned:
        info["pinned_message"] = as_told(chat.messages[chat.pinned[-1]])
    return info


@method("getChatMember", "chat_id! user_id!")
def get_chat_member(asked: Asked) -> object:
    """Say what somebody is in a chat."""
    chat, user_id = _chat(asked), asked.params["user_id"]
    if user_id == asked.bot.user["id"]:
        return {"user": asked.bot.user, "status": "member" if chat.member else "left"}
    if user_id != chat.id:
        raise BadRequestError(wording.USER_NOT_FOUND)
    return {"user": {"id": chat.id, "is_bot": False, "first_name": chat.public["first_name"]}, "status": "member"}


@method("leaveChat", "chat_id!")
def leave_chat(asked: Asked) -> object:
    """Leave a group; a private chat cannot be left."""
    chat = open_chat(asked)
    if chat.id > 0:
        raise BadRequestError(wording.CHAT_PRIVATE_LEAVE)
    chat.member = False
    bot = asked.bot.user
    change = {"chat": chat.public, "from": bot, "date": int(asked.world.clock())}
    old, new = ({"user": bot, "status": status} for status in ("member", "left"))
    asked.bot.inbox.put("my_chat_member", {**change, "old_chat_member": old, "new_chat_member": new})
    return True


@method("pinChatMessage", "business_connection_id chat_id! message_id! disable_notification")
def pin_chat_message(asked: Asked) -> object:
    """Pin a message to the top of the chat."""
    chat, number = open_chat(asked), asked.params["message_id"]
    if number not in chat.messages:
        raise BadRequestError(wording.PIN_MISSING)
    chat.pinned = [*(n for n in chat.pinned if n != number), number]
    asked.world.touch(chat)
    return True


@method("unpinChatMessage", "business_connection_id chat_id! message_id")
def unpin_chat_message(asked: Asked) -> object:
    """Unpin one message, or the one pinned last."""
    chat = open_chat(asked)
    number = asked.params.get("message_id", chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise BadRequestError(wording.UNPIN_MISSING)
    chat.pinned.remove(number)
    asked.world.touch(chat)
    return True


@method("unpinAllChatMessages", "chat_id!")
def unpin_all_chat_messages(asked: Asked) -> object:
    """Unpin everything."""
    chat = open_chat(asked)
    chat.pinned.clear()
    asked.world.touch(chat)
    return True


@method("setMessageReaction", "chat_id! message_id! reaction is_big")
def set_message_reaction(asked: Asked) -> object:
    """React to a message; the stand-in checks that it is there and shows nothing."""
    if asked.params["message_id"] not in open_chat(asked).messages:
        raise BadRequestError(wording.REACT_MISSING)
    return True
