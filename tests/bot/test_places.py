"""The pace, in a time of its own: what Telegram would count is counted here."""

import asyncio

import pytest

from bot import pace as pacing
from bot.pace import Pace


class Time:
    """Seconds that pass when somebody sleeps; sleepers wake in order."""

    def __init__(self):
        self.now, self.sleepers = 0.0, []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        future = asyncio.get_running_loop().create_future()
        self.sleepers.append((self.now + seconds, len(self.sleepers), future))
        await future

    async def run(self, until):
        while True:
            for _ in range(20):
                await REAL_SLEEP(0)
            due = sorted((s for s in self.sleepers if not s[2].done()), key=lambda s: s[:2])
            if not due or due[0][0] > until:
                return
            self.now = max(self.now, due[0][0])
            due[0][2].set_result(None)


REAL_SLEEP = asyncio.sleep


@pytest.fixture
def time(monkeypatch):
    time = Time()
    monkeypatch.setattr(pacing.asyncio, "sleep", time.sleep)
    return time


def most_in_a_second(moments):
    return max(sum(start <= at < start + 1 for at in moments) for start in moments)


async def test_a_broadcast_fills_the_rate_and_never_passes_it(time):
    pace, sent = Pace(29.5, 1.0, time), []

    async def send(chat):
        await pace.unasked(chat)
        sent.append(time.now)

    tasks = [asyncio.create_task(send(chat)) for chat in range(700)]
    await time.run(20.0)
    assert most_in_a_second(sent) <= 30
    assert len(sent) >= 0.95 * 30 * 20
    for task in tasks:
        task.cancel()


async def test_a_reply_goes_at_once_and_the_stream_makes_room(time):
    pace, sent, waited = Pace(29.5, 1.0, time), [], []

    async def send(chat):
        await pace.unasked(chat)
        sent.append(time.now)

    async def reply(chat):
        came = time.now
        await pace.live(chat)
        waited.append(time.now - came)
        sent.append(time.now)

    tasks = [asyncio.create_task(send(chat)) for chat in range(700)]
    for n in range(30):
        await time.run(1.0 + n / 5)
        tasks.append(asyncio.create_task(reply(10_000 + n)))
    await time.run(10.0)
    assert len(waited) == 30
    assert max(waited) == 0.0
    assert most_in_a_second(sent) <= 30
    for task in tasks:
        task.cancel()


async def test_replies_that_are_too_many_wait_before_the_stream_does(time):
    pace, order = Pace(29.5, 1.0, time), []

    async def send(kind, chat):
        await (pace.live(chat) if kind == "live" else pace.unasked(chat))
        order.append((kind, time.now))

    tasks = [asyncio.create_task(send("unasked", 5_000 + n)) for n in range(50)]
    tasks += [asyncio.create_task(send("live", n)) for n in range(60)]
    await time.run(2.5)
    live = [at for kind, at in order if kind == "live"]
    unasked = [at for kind, at in order if kind == "unasked"]
    assert len(live) == 60
    assert sum(at < max(live) for at in unasked) <= 2
    assert most_in_a_second([at for _, at in order]) <= 30
    for task in tasks:
        task.cancel()


async def test_one_chat_gets_one_a_second_unasked_and_a_few_at_once_when_live(time):
    pace, live, unasked = Pace(1000, 1.0, time), [], []

    async def send(moments, method, chat):
        await method(chat)
        moments.append(time.now)

    tasks = [asyncio.create_task(send(live, pace.live, 1)) for _ in range(6)]
    tasks += [asyncio.create_task(send(unasked, pace.unasked, 2)) for _ in range(3)]
    await time.run(10.0)
    assert [round(at) for at in live] == [0, 0, 0, 0, 1, 2]
    assert [round(at) for at in unasked] == [0, 1, 2]
    for task in tasks:
        await task


async def test_chats_of_long_ago_are_forgotten(time, monkeypatch):
    monkeypatch.setattr(pacing, "_PRUNE_AT", 10)
    pace = Pace(1000, 1.0, time)
    for chat in range(50):
        time.now += 10
        await pace.live(chat)
    assert len(pace._free_at) <= 12
