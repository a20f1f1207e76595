"""Chats that are not private: the bot leaves groups, and never reads what is said there."""

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler

from handlers.context import Context


class ElsewhereHandler(BaseHandler[Update, Context, None]):
    """Takes every message of a group or channel, so that nothing said there is ever read as an answer."""

    def __init__(self) -> None:
        super().__init__(leave)

    def check_update(self, update: object) -> bool:
        """Whether the update is something said where the bot does not talk."""
        if not isinstance(update, Update) or update.my_chat_member is not None:
            return False
        chat = update.effective_chat
        return chat is not None and chat.type != ChatType.PRIVATE


async def leave(update: Update, context: Context) -> None:
    """Leave a group that speaks to us; posts in channels, edits and taps there are met with silence."""
    if update.message is not None and update.message.left_chat_member is None:
        await context.services.delivery.leave(context.chat_id)
