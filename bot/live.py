"""A broadcast's own message, counting up in place in the chat of whoever made it, while they are a coordinator."""

from bot.delivery import Delivery
from bot.doors import Doors
from handlers import invite_words
from handlers.saying import Saying
from rules.roles import COORDINATORS
from storage import broadcasts, people
from storage.broadcasts import Broadcast
from storage.database import Database

EVERY_SECONDS = 3.0


class Live:
    """Shows what changed since it last looked; `look` is called by the ticker."""

    def __init__(self, delivery: Delivery, database: Database, doors: Doors) -> None:
        self._doors = doors
        self._delivery, self._database = delivery, database
        self._shown: dict[int, Saying | None] = {}

    async def look(self) -> None:
        """Bring every running broadcast's message up to date, once more each that has ended, and doors' codes."""
        await self._doors.look()
        live = {one.id: one for one in await broadcasts.live(self._database.reading)}
        for ended in self._shown.keys() - live.keys():
            one = await broadcasts.by_id(self._database.reading, ended)
            if one is not None:
                await self._show(one)
            del self._shown[ended]
        for one in live.values():
            await self._show(one)

    async def _show(self, one: Broadcast) -> None:
        if one.chat_id is None or one.message_id is None:
            return
        saying = invite_words.progress(one, await broadcasts.progress(self._database.reading, one.id))
        if one.id in self._shown and self._shown[one.id] == saying:
            return
        self._shown[one.id] = saying
        person, roles = await people.turn_of(self._database.reading, one.chat_id)
        if person is not None and roles & COORDINATORS:
            await self._delivery.edit(one.chat_id, one.message_id, saying, person.language)
