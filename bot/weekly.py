"""Feedback by the clock: the weekly release, the notice to readers, the monthly line, pulse questions, steady times."""

from datetime import datetime, timedelta

import structlog

from bot.sealed import Sealed
from handlers.saying import Saying
from handlers.services import Services
from rules.notices import Notice
from rules.release import week_of
from rules.roles import Role
from rules.topics import eligible
from storage import crowds, grants, notices

log = structlog.get_logger()

DAY = 24 * 3600
ASK_AFTER, ASK_AGAIN_AFTER, ASKED_FOR = 18 * 3600, 30 * DAY, 5 * DAY
LOOKS_BACK = 45 * DAY


class Weekly:
    """`look` does what has come due. Doing it twice, or late, does no harm."""

    def __init__(self, services: Services, sealed: Sealed) -> None:
        self._services, self._sealed = services, sealed
        self._told = ""
        self._day = ""

    async def look(self) -> None:
        """Release when the week's moment has come, plan notices, and keep the file's times on their tick."""
        await self._services.unlinked.tick()
        now = datetime.fromtimestamp(self._services.now(), self._services.council.zone)
        await self._ask_after_meetings(int(self._services.now()))
        if now.date().isoformat() != self._day:
            self._day = now.date().isoformat()
            self._tell_faults()
        week = self._released_by(now)
        if week != self._told:
            await self._release(week, now)
            self._told = week

    def _released_by(self, now: datetime) -> str:
        """The newest week whose moment of release has come."""
        council = self._services.council
        monday = now.date() - timedelta(days=now.weekday())
        moment = datetime.combine(monday + timedelta(days=council.release_weekday), council.release_time, council.zone)
        return week_of(now.date() if now >= moment else now.date() - timedelta(days=7))

    async def _release(self, week: str, now: datetime) -> None:
        """Readers hear of the week, never of the moment, and only from the release itself: a restart is silent."""
        services, at = self._services, int(now.timestamp())
        sizes = eligible(await crowds.groups(services.database.reading, invented=services.council.rehearsal))
        released = await services.unlinked.release(week, sizes, services.council.smallest_crowd)
        if await services.unlinked.counts():
            async with services.database.transaction() as tx:
                await notices.to_everyone(tx, Notice("monthly", now.year * 100 + now.month).about, at + 7 * DAY, at)
        for person, role in await grants.holders(services.database.reading) if released else ():
            if role is Role.FEEDBACK_READER and person.telegram_id is not None:
                await services.delivery.reply(person.telegram_id, Saying("reading.new"), person.language)

    async def _ask_after_meetings(self, now: int) -> None:
        async with self._services.database.transaction() as tx:
            for meeting_id, strand, ended in await notices.ended(tx, now - LOOKS_BACK, now):
                waves = {"b": ASK_AFTER, "m": ASK_AGAIN_AFTER} if strand == "board" else {"d": ASK_AFTER}
                for wave, after in waves.items():
                    due = ended + after
                    if now < due + ASKED_FOR:
                        about = Notice(f"pulse_{wave}", meeting_id).about
                        await notices.to_those_who_came(tx, meeting_id, about, due, due + ASKED_FOR, now)

    def _tell_faults(self) -> None:
        """Once a day, so that a line in the log dates nobody's message."""
        if self._sealed.faults:
            log.error("the sealed way had faults since yesterday", **dict(self._sealed.faults))
            self._sealed.faults.clear()
