"""Time in the demo: it begins on a working morning, and goes by faster when somebody asks for it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot import clock

HOUR = 3600.0
BEGINS = time(10, 30)
SATURDAY = 5


def next_morning(now: float, zone: ZoneInfo) -> float:
    """Half past ten on the first working day from `now` (unix seconds) on, when most people may be written to."""
    here = datetime.fromtimestamp(now, zone)
    day = here.date() if here.time() <= BEGINS else here.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, BEGINS, zone).timestamp()


class Clock:
    """The demo's clock: this machine's, so many seconds ahead."""

    def __init__(self, zone: ZoneInfo, wall: Callable[[], float] = clock.now) -> None:
        self._wall = wall
        self._ahead = next_morning(wall(), zone) - wall()

    def __call__(self) -> float:
        """This moment in the demo, in unix seconds."""
        return self._wall() + self._ahead

    def forward(self, seconds: float) -> None:
        """Let so many seconds go by at once."""
        self._ahead += seconds


class Passing:
    """Lets time go by an hour at a time, so that what would have happened in each of them does happen.

    Four days in one leap would be four days in which nobody was looked after: an outage, in which silence says nothing.
    `live_through` is awaited before and after every step.
    """

    def __init__(self, clock: Clock, live_through: Callable[[], Awaitable[None]]) -> None:
        self._clock, self._live_through = clock, live_through
        self._owed = 0.0
        self._asked = asyncio.Event()

    def forward(self, seconds: float) -> None:
        """Let so many seconds go by, soon."""
        self._owed += seconds
        self._asked.set()

    async def run(self) -> None:
        """Do so whenever somebody asks, until cancelled."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            await self._live_through()
            while self._owed > 0:
                step = min(self._owed, HOUR)
                self._owed -= step
                self._clock.forward(step)
                await self._live_through()
