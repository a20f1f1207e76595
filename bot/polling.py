"""Fetching updates: our own loop, which moves Telegram's offset only past what is on disk."""

import asyncio
from typing import Any

import structlog

from bot.intake import Intake
from bot.logs import fault
from bot.transport import Line, TelegramError, trouble
from handlers.services import Services
from storage import machine, updates

log = structlog.get_logger()

POLL_SECONDS = 30
BEAT_SECONDS = 60
OUTAGE_SECONDS = 23 * 3600  # Telegram keeps updates for 24 hours
LONGEST_PAUSE = 60.0
# How long to wait for turns to end before asking again: asking earlier only brings the same updates once more.
SOON, LATER = 0.05, 0.5


class Polling:
    """One getUpdates at a time. A call past what is handled confirms it, and only its answer lets us forget."""

    def __init__(self, line: Line, intake: Intake, services: Services) -> None:
        self._line, self._intake, self._window, self._services = line, intake, intake.window, services
        self._beat_at = 0
        self._first = True
        self._asking: asyncio.Task[list[Any]] | None = None
        self._looked: asyncio.Future[None] | None = None
        self.polled_at: float | None = None

    async def run(self) -> None:
        """Fetch for ever; errors are logged and waited out, longer each time."""
        pause, wait = 0.0, SOON
        while True:
            try:
                came, fresh = await self._once()
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task is not None and task.cancelling():
                    raise
            except Exception as error:  # noqa: BLE001 - whatever it is, the loop goes on
                pause = await self._back_off(error, pause)
            else:
                pause, wait = 0.0, SOON if fresh or not came else min(LATER, wait * 2)
                if came:
                    await self._window.moved(wait, to_the_end=bool(fresh))
                if self._looked is not None and not (fresh or self._window.busy or self._window.to_tell()):
                    self._looked.set_result(None)
                    self._looked = None

    async def look_now(self) -> None:
        """Return when what waits at Telegram at this moment has been fetched; a running call is cut short."""
        self._looked = self._looked or asyncio.get_running_loop().create_future()
        if self._asking is not None:
            self._asking.cancel()
        await self._looked

    async def _once(self) -> tuple[int, int]:
        """One call: how many updates came, and how many of them were new."""
        told = self._window.to_tell()
        raw = await self._fetch(told)
        self.polled_at = self._services.now()
        self._window.told(told)
        fresh = self._intake.receive(raw)
        if self._first:
            told, self._first = told + self._window.left_over(), False
        await self._remember(told)
        return len(raw), fresh

    async def _fetch(self, told: list[int]) -> list[Any]:
        """Ask for updates. A call that tells something does not wait for more: only its answer lets us forget."""
        offset = told[-1] + 1 if told else None
        self._asking = asyncio.create_task(self._line.fetch(offset, 0 if told or self._looked else POLL_SECONDS))
        try:
            return await self._asking
        finally:
            self._asking.cancel()
            self._asking = None

    async def _remember(self, told: list[int]) -> None:
        """Forget what Telegram knows, and keep when we last heard from it: a long gap is an outage."""
        now = int(self._services.now())
        beat = abs(now - self._beat_at) >= BEAT_SECONDS
        if not told and not beat:
            return
        async with self._services.database.transaction() as tx:
            await updates.forget_handled(tx, told)
            if beat:
                gap = await machine.beat(tx, now)
                if gap > OUTAGE_SECONDS:
                    await machine.record_outage(tx, now - gap, now)
                    log.warning("nothing was fetched for a long time: kept as an outage", hours=gap // 3600)
        self._beat_at = now if beat else self._beat_at

    async def _back_off(self, error: Exception, pause: float) -> float:
        what, least = trouble(error) if isinstance(error, TelegramError) else ("fault", 1.0)
        pause = min(LONGEST_PAUSE, max(least, pause * 2))
        log.warning("updates could not be fetched", what=what, again_in=pause, **fault(error))
        await asyncio.sleep(pause)
        return pause

    async def tell_the_last(self) -> None:
        """When stopping: tell Telegram how far we came, so that nothing is repeated at the next start."""
        told = self._window.to_tell()
        if not told:
            return
        try:
            await self._line.fetch(told[-1] + 1, 0, limit=1)
        except TelegramError as error:
            log.info("Telegram was not told how far we came", **fault(error))
            return
        async with self._services.database.transaction() as tx:
            await updates.forget_handled(tx, told)
        self._window.told(told)
