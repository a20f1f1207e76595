"""A group chat that somebody has put the bot into."""

from __future__ import annotations

from simulator.chats import Bot, Chat, Message
from simulator.entities import found_in
from simulator.reply import Json
from simulator.world import World


class Group:
    """One group with the bot in it; left says whether the bot has gone."""

    def __init__(self, world: World, bot: Bot, title: str) -> None:
        self.world = world
        self.bot = bot
        self.id = -world.new_id()
        self.user: Json = {"id": world.new_id(), "is_bot": False, "first_name": "Group member"}
        public = {"id": self.id, "type": "group", "title": title, "all_members_are_administrators": True}
        self.chat = bot.chats[self.id] = Chat(self.id, public)
        change = {"chat": public, "from": self.user, "date": int(world.clock())}
        old, new = ({"user": bot.user, "status": status} for status in ("left", "member"))
        bot.inbox.put("my_chat_member", {**change, "old_chat_member": old, "new_chat_member": new})

    @property
    def left(self) -> bool:
        """Whether the bot has left."""
        return not self.chat.member

    @property
    def messages(self) -> list[Message]:
        """What stands in the group now, oldest first."""
        return list(self.chat.messages.values())

    def says(self, text: str) -> int:
        """Let a member write; gives the id of the message."""
        entities = found_in(text, [])
        content: Json = {"text": text, "entities": entities} if entities else {"text": text}
        return int(self.world.receive(self.bot, self.chat, self.user, content)["message_id"])

    def taps(self, message_id: int, data: str) -> str:
        """Let a member tap an inline button; gives the id of the callback query."""
        return self.world.query(self.bot, self.chat, self.user, message_id, data)
