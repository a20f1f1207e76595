"""A person's phone: one private chat with one bot, and what the person does there."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator import limits
from simulator.attachments import content_of
from simulator.chats import Bot, Chat, Message
from simulator.entities import found_in
from simulator.reply import Json
from simulator.world import World, as_told


class Alert(NamedTuple):
    """What the bot answered to a tap."""

    text: str
    show_alert: bool


class Phone:
    """One person with a private chat to one bot; what the person does becomes an update for the bot."""

    def __init__(self, world: World, bot: Bot, name: str, language_code: str, *, started: bool) -> None:
        self.world = world
        self.bot = bot
        self.name = name
        self.language_code = language_code
        self.label = ""
        self.id = world.new_id()
        self.user: Json = {"id": self.id, "is_bot": False, "first_name": name, "language_code": language_code}
        public = {"id": self.id, "type": "private", "first_name": name}
        self.chat = bot.chats[self.id] = Chat(self.id, public, started=started)

    def says(self, text: str, reply_to: int | None = None) -> int:
        """Type a text and send it; gives the id of the message (of the last one where a long text is split).

        Raises ValueError for a text with nothing in it, which no phone can send.
        """
        trimmed, _ = limits.trim(limits.clean(text), [])
        if not trimmed:
            message = "nothing to send"
            raise ValueError(message)
        number = 0
        for start in range(0, len(trimmed), limits.TEXT):
            part = trimmed[start : start + limits.TEXT]
            number = self._send(_with_entities(part), reply_to)
        return number

    def sends(self, kind: str, reply_to: int | None = None, **fields: Any) -> int:
        """Send something other than text, such as "photo" or "contact"; fields add to or replace what is invented.

        Gives the id of the message; raises ValueError for a kind nobody can send.
        """
        return self._send(content_of(self.world.shelf, self.bot.token, self.user, kind, fields), reply_to)

    def _send(self, content: Json, reply_to: int | None) -> int:
        chat = self.chat
        if chat.blocked:
            self.unblocks()
        chat.started = True
        chat.force_reply = None
        if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = None
        target = chat.messages.get(reply_to) if reply_to is not None else None
        if target is not None:
            shown = {k: v for k, v in target.items() if k != "reply_to_message"}
            content = {"reply_to_message": shown, **content}
        return int(self.world.receive(self.bot, chat, self.user, content)["message_id"])

    def taps(self, message_id: int, data: str) -> str:
        """Tap an inline button (any data, as a forged tap would carry); gives the id of the callback query."""
        return self.world.query(self.bot, self.chat, self.user, message_id, data)

    def edits(self, message_id: int, text: str) -> None:
        """Change one of the person's own messages; raises KeyError when it is not there, ValueError without a text."""
        trimmed, _ = limits.trim(limits.clean(text), [])
        if not trimmed:
            message = "nothing to send"
            raise ValueError(message)
        old = self.chat.messages[message_id]
        if old["from"] is not self.user:
            raise KeyError(message_id)
        kept = {k: v for k, v in old.items() if k not in ("text", "entities")}
        new = {**kept, "edit_date": int(self.world.clock()), **_with_entities(trimmed)}
        self.chat.messages[message_id] = new
        self.bot.inbox.put("edited_message", as_told(new))
        self.world.touch(self.chat)

    def blocks(self) -> None:
        """Block the bot."""
        self._turn(blocked=True)

    def unblocks(self) -> None:
        """Let the bot write again."""
        self._turn(blocked=False)

    def _turn(self, *, blocked: bool) -> None:
        if self.chat.blocked == blocked:
            return
        self.chat.blocked = blocked
        member: Json = {"user": self.bot.user, "status": "member"}
        kicked: Json = {"user": self.bot.user, "status": "kicked", "until_date": 0}
        old, new = (member, kicked) if blocked else (kicked, member)
        change = {"chat": self.chat.public, "from": self.user, "date": int(self.world.clock())}
        self.bot.inbox.put("my_chat_member", {**change, "old_chat_member": old, "new_chat_member": new})
        self.world.touch(self.chat)

    def deactivates(self) -> None:
        """Delete the person's account."""
        self.chat.deactivated = True
        self.world.touch(self.chat)

    @property
    def messages(self) -> list[Message]:
        """What stands in the chat now, both directions, oldest first, as Telegram's Message JSON."""
        return list(self.chat.messages.values())

    @property
    def screen(self) -> list[tuple[str, str]]:
        """What the person can read now: ("bot" or the person's name, text or caption)."""
        return [
            ("bot" if m["from"]["is_bot"] else self.name, m.get("text") or m.get("caption") or "")
            for m in self.chat.messages.values()
        ]

    @property
    def alerts(self) -> list[Alert]:
        """Every answer to the person's taps, oldest first."""
        return [Alert(a["text"], a["show_alert"]) for a in self.chat.alerts]


def _with_entities(text: str) -> Json:
    entities = found_in(text, [])
    return {"text": text, "entities": entities} if entities else {"text": text}
