"""The pace against a strict server far away: no sliding second there ever holds more than Telegram allows."""

import asyncio
import random
from collections.abc import Coroutine
from itertools import count
from typing import Any

import pytest

from bot.pace import Pace

ALLOWED = 30


class Hours:
    """An event loop whose waiting takes no time: its clock jumps to the next thing that is due."""

    def __init__(self) -> None:
        self.now = 0.0
        self.loop = asyncio.new_event_loop()
        self.loop.time = lambda: self.now
        look = self.loop._selector.select

        def select(timeout):
            self.now += timeout or 0.0
            return look(0)

        self.loop._selector.select = select

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            self.loop.run_until_complete(work)
        finally:
            self.loop.close()


class Far:
    """A server that counts what reaches it; each way takes `least` seconds and, by chance, some more."""

    def __init__(self, hours: Hours, least: float, more: float, seed: int) -> None:
        self.hours, self.least, self.more, self.chance = hours, least, more, random.Random(seed)
        self.arrived: list[float] = []

    async def way(self):
        await asyncio.sleep(self.least + (self.chance.expovariate(1 / self.more) if self.more else 0.0))

    async def take(self, leave):
        with leave.under_way():
            await self.way()
            self.arrived.append(self.hours.now)
            await self.way()

    def fullest_second(self):
        ends = sorted(self.arrived)
        return max(sum(end - 1 < at <= end for at in ends) for end in ends)

    def rate(self):
        return (len(self.arrived) - 1) / (max(self.arrived) - min(self.arrived))


@pytest.fixture
def hours():
    return Hours()


async def stream(pace, far, messages, workers=4):
    numbers = iter(range(messages))

    async def work():
        for number in numbers:
            await far.take(await pace.unasked(number))

    await asyncio.gather(*(work() for _ in range(workers)))


async def people(pace, far, chance, waits, every):
    for number in count(1_000_000):
        await asyncio.sleep(chance.expovariate(1 / every))
        before = far.hours.now
        leave = await pace.live(number)
        waits.append(far.hours.now - before)
        far.hours.loop.create_task(far.take(leave))


async def both(pace, far, messages, every):
    waits = []
    talking = asyncio.create_task(people(pace, far, random.Random(1), waits, every))
    await stream(pace, far, messages)
    talking.cancel()
    await asyncio.gather(talking, return_exceptions=True)
    await asyncio.sleep(5)
    return waits


@pytest.mark.parametrize("more", [0.0, 0.002, 0.01, 0.03])
@pytest.mark.parametrize("least", [0.001, 0.025])
def test_no_second_at_the_server_is_too_full(hours, least, more):
    far = Far(hours, least, more, seed=3)
    hours.run(both(Pace(29.5, 1.0, lambda: hours.now), far, 400, every=0.4))
    assert fits(far)


def fits(far):
    return len(far.arrived) > 400 and far.fullest_second() <= ALLOWED


def test_over_even_ways_the_stream_fills_the_rate(hours):
    far = Far(hours, 0.025, 0.0, seed=1)
    hours.run(stream(Pace(29.5, 1.0, lambda: hours.now), far, 600))
    assert far.rate() >= 0.95 * ALLOWED
    assert far.fullest_second() <= ALLOWED


def test_a_reply_to_one_person_at_a_time_does_not_wait_for_the_stream(hours):
    far, waits = Far(hours, 0.025, 0.0, seed=1), []

    async def one_after_another():
        running = asyncio.create_task(stream(pace, far, 300))
        for number in range(15):
            await asyncio.sleep(0.31)
            before = hours.now
            await far.take(await pace.live(10_000 + number))
            waits.append(hours.now - before - 0.05)
        await running

    pace = Pace(29.5, 1.0, lambda: hours.now)
    hours.run(one_after_another())
    assert max(waits) < 0.001


def test_a_call_without_an_answer_does_not_hold_up_the_stream_for_good(hours):
    far = Far(hours, 0.025, 0.0, seed=1)

    async def one_is_lost():
        with (await pace.unasked(1)).under_way():
            await stream(pace, far, 100)

    pace = Pace(29.5, 1.0, lambda: hours.now)
    hours.run(one_is_lost())
    assert len(far.arrived) == 100
    assert hours.now < 7
