"""The best times for an audience, worked out from the database, here or in a process of its own."""

import asyncio
import random
from contextlib import suppress
from pathlib import Path

import pytest

from reports import apart, times
from reports.times import Asked
from rules import bands
from storage import availability
from storage.audience import Audience
from tests.storage.world import NOON, open_meeting, worker

BANDS = tuple(band.code for band in bands.DEFAULT)
DAYS = "2027-03-02,2027-03-15"


def asked(**facts):
    given = {"audience": Audience(0), "days": DAYS, "hours": "08:00-22:00", "minutes": 60, "zone": "Europe/London"}
    return Asked(**{**given, "bands": bands.written(bands.DEFAULT), "now": NOON, **facts})


async def crowd(database, how_many, seed=1):
    """People with weeks at random; some have said nothing."""
    chance = random.Random(seed)
    async with database.transaction() as tx:
        for number in range(how_many):
            person = await worker(tx, f"W{number}", shift=chance.choice(["days", "nights"]), market="home_care")
            if number % 10:
                week = {(day, band): chance.random() < 0.3 for day in range(7) for band in BANDS}
                await availability.set_week(tx, person, week, NOON)


async def test_everybody_is_counted_once_in_each_kind_of_group(database):
    await crowd(database, 30)
    found = await times.best_times(database.reading, asked(), (1, 2, 3, 5))
    assert (found.people, found.silent) == (30, 3)
    for one in found.chosen:
        assert one.can + one.left_out + one.not_said == 30
        for kind in times.KINDS:
            shares = [share for share in one.shares if share.kind == kind]
            sums = [sum(getattr(share, name) for share in shares) for name in ("can", "left_out", "not_said")]
            assert sums == [one.can, one.left_out, one.not_said]
    reached = [one.can for one in found.chosen]
    assert reached == sorted(reached)
    assert all(one.proved for one in found.chosen)
    days = [start[:10] for start in found.beside]
    assert len(set(days)) == len(days)
    assert found.chosen[0].starts[0][:10] not in days


async def test_stopped_early_it_says_how_far_from_proved_it_is(database):
    await crowd(database, 60)
    (proved,) = (await times.best_times(database.reading, asked(hours="00:00-00:00"), (4,))).chosen
    (stopped,) = (await times.best_times(database.reading, asked(hours="00:00-00:00"), (4,), work=1)).chosen
    assert proved.proved
    assert not stopped.proved
    assert stopped.can <= proved.can <= stopped.at_most


async def test_another_time_is_compared_person_by_person(database):
    await crowd(database, 40)
    one = (await times.best_times(database.reading, asked(), (1,))).chosen[0]
    against = await times.compared(database.reading, asked(), one.starts, "2027-03-05T02:00")
    assert against.best_can == one.can
    only_best = sum(share.can for share in against.only_best if share.kind == "shift")
    only_other = sum(share.can for share in against.only_other if share.kind == "shift")
    assert only_best + against.both == against.best_can
    assert only_other + against.both == against.other_can
    same = await times.compared(database.reading, asked(), one.starts, one.starts[0])
    assert (same.both, same.only_best, same.only_other) == (one.can, (), ())


async def test_a_process_of_its_own_finds_the_same(database, path):
    await crowd(database, 20)
    await open_meeting(database)
    reading, question = database.reading, asked()
    found = await times.best_times(reading, question, (1, 2))
    assert await apart.best_times(path, question, (1, 2)) == found
    other = "2027-03-09T10:00"
    expected = await times.compared(reading, question, found.chosen[1].starts, other)
    assert await apart.compared(path, question, found.chosen[1].starts, other) == expected
    assert await apart.week(path, question) == await times.week(reading, question)


async def test_what_cannot_be_counted_is_said_to_be_so(path, database):
    with pytest.raises(apart.NotCounted, match="ended with 1"):
        await apart.best_times(path, asked(zone="Nowhere/AtAll"), (1,))


def running(path):
    """The processes that were started for this database."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            found += [process.name] if str(path).encode() in (process / "cmdline").read_bytes() else []
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are looked up as Linux shows them")
async def test_when_nobody_waits_any_more_the_process_ends(database, path):
    waiting = asyncio.create_task(apart.best_times(path, asked(), (5,)))
    while not running(path):  # noqa: ASYNC110 - another process does not set an event of ours
        await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert running(path) == []


async def test_the_question_comes_back_from_text_as_it_was():
    question = asked(audience=Audience(0, markets=("home_care",), strands=("network",)))
    assert Asked.from_json(question.to_json()) == question
