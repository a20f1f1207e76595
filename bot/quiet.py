"""The way out for what must leave no trace: the same calls, and nothing written down of how they ended."""

from collections.abc import Callable

from bot.delivery import Delivery, Ending
from bot.gate import Gate
from bot.pace import Pace
from bot.transport import Line
from storage.database import Database


class QuietGate(Gate):
    """The gate of everybody, closed by us in memory only: the moment would stand in the database and in the log."""

    def __init__(self, gate: Gate, database: Database, now: Callable[[], float]) -> None:
        super().__init__(database, now)
        self._gate = gate

    async def opened(self) -> None:
        """Return when sending is allowed."""
        await self._gate.opened()

    async def close(self, seconds: float) -> None:
        """Be silent for so long."""
        self._gate.until = max(self._gate.until, self._now() + seconds + 1)


class Quiet(Delivery):
    """Replies that fail are counted in memory, and nobody is marked as out of reach by them."""

    def __init__(self, line: Line, database: Database, gate: Gate, pace: Pace, now: Callable[[], float]) -> None:
        super().__init__(line, database, QuietGate(gate, database, now), pace, now)
        self.lost = 0

    async def _lost(self, what: str, chat_id: int | None, end: Ending) -> None:  # noqa: ARG002 - forgetting is the point
        self.lost += 1
