"""The door's code renews itself in the coordinator's own message, every five minutes while the door is open."""

from handlers.door_page import has_code, page_of
from handlers.services import Services
from rules import door_code
from rules.roles import COORDINATORS
from storage import door_pages, meetings, people
from storage.door_pages import DoorPage


class Doors:
    """Edits each message that shows a code when the next one has come; `look` is called by the ticker."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._shown: dict[DoorPage, int] = {}

    async def look(self) -> None:
        """Bring every message up to date that shows the code of a window that is over; end those of closed doors."""
        now, pages = int(self._services.now()), await door_pages.shown(self._services.database.reading)
        self._shown = {page: window for page, window in self._shown.items() if page in pages}
        for page in pages:
            if self._shown.get(page) != now // door_code.WINDOW:
                self._shown[page] = now // door_code.WINDOW
                await self._renew(page, now)

    async def _renew(self, page: DoorPage, now: int) -> None:
        db, council = self._services.database.reading, self._services.council
        meeting = await meetings.by_id(db, page.meeting_id)
        person, roles = await people.turn_of(db, page.telegram_id)
        allowed = person is not None and bool(roles & COORDINATORS)
        if not allowed or not has_code(meeting, now):
            async with self._services.database.transaction() as tx:
                await door_pages.drop(tx, page.person_id)
        if person is None or meeting is None or not allowed:
            return
        saying = await page_of(db, meeting, page.secret, now, council)
        await self._services.delivery.edit(page.telegram_id, page.message_id, saying, person.language)
