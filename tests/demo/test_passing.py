"""Time in the demo: where it begins, and that every hour of it is lived through."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.demo.passing import HOUR, Clock, Passing, next_morning

LONDON = ZoneInfo("Europe/London")


def at(words):
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON).timestamp()


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-11-22 11:00", "2026-11-23 10:30"),  # a Sunday
        ("2026-11-23 03:00", "2026-11-23 10:30"),  # in the night before a working day
        ("2026-11-23 10:30", "2026-11-23 10:30"),
        ("2026-11-23 10:31", "2026-11-24 10:30"),
        ("2026-11-27 22:00", "2026-11-30 10:30"),  # a Friday night
        ("2026-10-24 09:00", "2026-10-26 10:30"),  # the clocks go back in between
        ("2027-03-27 09:00", "2027-03-29 10:30"),  # and forward
    ],
)
def test_it_begins_on_a_working_morning(now, begins):
    assert next_morning(at(now), LONDON) == at(begins)
    assert Clock(LONDON, lambda: at(now))() == at(begins)


async def test_four_days_go_by_hour_by_hour():
    lived, done = [], asyncio.Event()
    clock = Clock(LONDON, lambda: at("2026-11-22 11:00"))

    async def live_through():
        lived.append(clock() - at("2026-11-23 10:30"))
        if lived[-1] >= 4 * 24 * HOUR + 90:
            done.set()

    passing = Passing(clock, live_through)
    running = asyncio.create_task(passing.run())
    passing.forward(4 * 24 * HOUR)
    passing.forward(90)
    await done.wait()
    running.cancel()
    assert lived == [*(hour * HOUR for hour in range(97)), 4 * 24 * HOUR + 90]
