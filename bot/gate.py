"""The gate that 429 closes: one for the whole bot, kept in the database, so that a restart does not open it."""

import asyncio
import random
from collections.abc import Callable

import structlog

from storage import machine
from storage.database import Database

log = structlog.get_logger()
_LOOK_AGAIN = 0.25


class Gate:
    """Closed until a wall-clock moment in unix seconds; everything that is sent waits for it."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now
        self.until = 0.0

    async def remember(self) -> None:
        """Take up what an earlier run was told."""
        self.until = await machine.gate_closed_until(self._database.reading)

    @property
    def closed(self) -> bool:
        """Whether Telegram has asked for silence."""
        return self.until > self._now()

    async def close(self, seconds: float) -> None:
        """Be silent for so long and a little more, by chance, so that several programs do not come back at once."""
        until = self._now() + seconds + random.uniform(0.05, 0.25 + seconds / 10)  # noqa: S311 - no secret, only spread
        self.until = max(self.until, until)
        log.warning("Telegram asks for silence", seconds=seconds)
        async with self._database.transaction() as tx:
            await machine.close_gate(tx, until)

    def shift(self, seconds: float) -> None:
        """The wall clock was moved by so much: the silence lasts as long as it was meant to."""
        self.until += seconds

    async def opened(self) -> None:
        """Return when sending is allowed."""
        while (left := self.until - self._now()) > 0:  # noqa: ASYNC110 - the clock opens it, and nobody else
            await asyncio.sleep(min(left, _LOOK_AGAIN))
