"""The state of the stand-in and what happens in it: bots, chats, messages, updates. No sockets, no waiting."""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Callable
from typing import Any

from simulator import wording
from simulator.chats import Bot, Chat, Message, Query
from simulator.errors import BadRequestError, ForbiddenError
from simulator.files import Shelf
from simulator.flood import Flood
from simulator.ledger import Receipt
from simulator.limits import CALLBACK_SECONDS
from simulator.reply import Json

_TOKEN = re.compile(r"(\d{1,19}):[\w-]{3,}", re.ASCII)
# Beyond 32 bits, as real ids have been since 2021: a caller that keeps them too small should find out here.
_FIRST_USER = 5_000_000_000


class World:
    """Everything Telegram would keep; clock gives unix seconds."""

    def __init__(self, clock: Callable[[], float], *, flood: bool) -> None:
        self.clock = clock
        self.flood = Flood(clock, enabled=flood)
        self.bots: dict[str, Bot] = {}
        self.shelf = Shelf()
        self.callback_seconds: float = CALLBACK_SECONDS
        self.ledger: list[Receipt] = []
        self.changed: Callable[[Chat], None] | None = None
        self.bots_changed: Callable[[], None] | None = None
        self.webhook_changed: Callable[[Bot], None] | None = None
        self._ids = itertools.count(_FIRST_USER + secrets.randbelow(1_000_000_000))

    def new_id(self) -> int:
        """Give a user id that nobody has."""
        return next(self._ids)

    def bot(self, token: str) -> Bot | None:
        """Find or make the bot of a well-formed token; None for any other."""
        known = self.bots.get(token)
        if known is not None:
            return known
        fitting = _TOKEN.fullmatch(token)
        return self._make_bot(token, int(fitting[1])) if fitting else None

    def _make_bot(self, token: str, number: int) -> Bot:
        user = {"id": number, "is_bot": True, "first_name": f"Bot {number}", "username": f"care{number}_bot"}
        bot = Bot(token, user, itertools.count(1 + secrets.randbelow(1000)))
        self.bots[token] = bot
        self.show_bots()
        return bot

    def show_bots(self) -> None:
        """Tell whoever watches that a bot looks different now."""
        if self.bots_changed is not None:
            self.bots_changed()

    def chat(self, bot: Bot, chat_id: object) -> Chat:
        """Find a chat of this bot; raises BadRequestError when there is none."""
        if chat_id is None or chat_id == "":
            raise BadRequestError(wording.CHAT_EMPTY)
        chat = bot.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            if chat_id == bot.user["id"]:
                raise ForbiddenError(wording.TO_ITSELF)
            raise BadRequestError(wording.CHAT_NOT_FOUND)
        return chat

    def post(self, bot: Bot, chat: Chat, method: str, content: Json) -> Message:
        """Put a message of the bot into the chat and enter it in the ledger."""
        number = next(bot.message_ids)
        now = self.clock()
        message: Message = {
            "message_id": number,
            "from": bot.user,
            "chat": chat.public,
            "date": int(now),
            **content,
        }
        chat.messages[number] = message
        chat.typing_until = 0.0
        self.record(bot, chat, method, message)
        return message

    def record(self, bot: Bot, chat: Chat, method: str, message: Message) -> None:
        """Enter in the ledger what the chat received, and tell whoever watches."""
        text = message.get("text") or message.get("caption") or ""
        number = message["message_id"]
        self.ledger.append(Receipt(self.clock(), bot.token, chat.id, method, number, text, message))
        self.touch(chat)

    def touch(self, chat: Chat) -> None:
        """Tell whoever watches that something in this chat looks different now."""
        if self.changed is not None:
            self.changed(chat)

    def receive(self, bot: Bot, chat: Chat, sender: Json, content: Json) -> Message:
        """Put a message of a person into the chat and queue it for the bot."""
        number = next(bot.message_ids)
        message: Message = {
            "message_id": number,
            "from": sender,
            "chat": chat.public,
            "date": int(self.clock()),
            **content,
        }
        chat.messages[number] = message
        bot.inbox.put("message", as_told(message))
        self.touch(chat)
        return message

    def query(self, bot: Bot, chat: Chat, sender: Json, message_id: int, data: str) -> str:
        """Queue a tap on an inline button and give the id of its query."""
        number = str(secrets.randbits(63))
        bot.queries[number] = Query(chat, self.clock())
        gone: Json = {"message_id": message_id, "chat": chat.public, "date": 0}
        content: dict[str, Any] = {
            "id": number,
            "from": sender,
            "message": as_told(chat.messages.get(message_id, gone)),
            "chat_instance": str(chat.id ^ bot.user["id"]),
            "data": data,
        }
        bot.inbox.put("callback_query", content)
        return number


_UNTOLD = frozenset({"disable_notification", "reply_markup", "reply_to_message"})


def as_told(message: Message) -> Message:
    """Give the message as the bot is told it: Telegram keeps reply keyboards and silence to the person's side."""
    if _UNTOLD.isdisjoint(message):
        return message
    told = dict(message)
    told.pop("disable_notification", None)
    if "inline_keyboard" not in told.get("reply_markup", ()):
        told.pop("reply_markup", None)
    if "reply_to_message" in told:
        told["reply_to_message"] = as_told(told["reply_to_message"])
    return told
