"""Chats that are not private: the bot leaves groups and channels, and never reads what is said there."""

from telegram import ChatMember, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler

from handlers.context import Context

_GONE = frozenset({ChatMember.LEFT, ChatMember.BANNED})


class ElsewhereHandler(BaseHandler[Update, Context, None]):
    """Takes every update of a group or channel, so that nothing done there is ever read as an answer."""

    def __init__(self) -> None:
        super().__init__(leave)

    def check_update(self, update: object) -> bool:
        """Whether the update comes from where the bot does not talk."""
        chat = update.effective_chat if isinstance(update, Update) else None
        return chat is not None and chat.type != ChatType.PRIVATE


async def leave(update: Update, context: Context) -> None:
    """Leave what has just taken us in, and a group that speaks to us; posts in channels are met with silence."""
    change = update.my_chat_member
    arrived = change is not None and change.new_chat_member.status not in _GONE
    spoken = update.message is not None and update.message.left_chat_member is None
    if arrived or spoken:
        await context.services.delivery.leave(context.chat_id)
