"""Erased means: in no table, in no page, in no log; and what stays cannot be put together again."""

import asyncio
import random
import sqlite3
import threading
from contextlib import closing
from zoneinfo import ZoneInfo

import pytest

from rules.roles import Role
from storage import (
    attempts,
    by_hand,
    consents,
    erasure,
    forms,
    grants,
    help_requests,
    invariants,
    joining,
    merging,
    people,
    responses,
    routes,
)
from storage.database import opened
from tests.storage.test_database import until
from tests.storage.world import DAY, HOUR, NOON, invite, invited, make, open_meeting, says, workers

LONDON = ZoneInfo("Europe/London")
EARLY = 1
TELEGRAM = 0x51B2C3D4E5F6
NEEDLES = (
    *("Zebedee", "Quixotic Care", "zq-note", "zq-draft", "zq-why", "zq-place"),
    *("zq-street", "zq-doorbell", "zq-mistake", "zq-paper"),
)


def varint(number):
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(0x80 | (number & 0x7F))
    return bytes(reversed(groups))


def found_in_files(path, needles):
    files = {file.name: file.read_bytes() for file in path.parent.glob(path.name + "*")}
    assert path.name in files
    return [(name, needle) for name, content in files.items() for needle in needles if needle in content]


def needles():
    return [*(word.encode() for word in NEEDLES), TELEGRAM.to_bytes(6, "big"), varint(TELEGRAM)]


async def erase(database, person_id, now=NOON):
    async with database.transaction() as tx:
        await erasure.erase(tx, person_id, now, LONDON)
    assert await erasure.after_erasure(database)


async def facts(database):
    return [dict(row) for row in await database.reading.rows("SELECT * FROM erased_attempt")]


async def counts(database):
    return dict([tuple(row) for row in await database.reading.rows("SELECT what, how_many FROM erased_count")])


async def somebody(tx, meeting):
    """A person with something in every table that can hold one."""
    person = await people.meet(tx, TELEGRAM, "en", "poster", False, NOON)
    for field, value in {"display_name": "Zebedee", "employer": "Quixotic Care", "market": "home_care"}.items():
        await people.change(tx, person.id, field, value)
    await consents.record(tx, person.id, "1", True, "telegram", NOON)
    await people.joined(tx, person.id, NOON)
    await forms.save(tx, forms.OpenForm(TELEGRAM, person.id, "join", "job", {"job": "zq-draft"}))
    await help_requests.ask(tx, person.id, NOON)
    await grants.grant(tx, person.id, Role.OFFICER, NOON)
    await responses.record(tx, person.id, meeting.id, "yes", NOON, "zq-why")
    call = await attempts.log_by_hand(tx, person.id, None, "call", "no_answer", "", person.id, NOON)
    await by_hand.correct(tx, call, "spoke", "zq-note", "zq-mistake", person.id, NOON, since=0)
    await routes.add(tx, person.id, "post", "zq-street", NOON, "zq-doorbell")
    paper = await people.add_by_hand(tx, "zq-paper", NOON)
    await routes.add(tx, paper.id, "post", "zq-street", NOON)
    await joining.make_code(tx, person.id, person.id, NOON)
    await merging.merge(tx, person.id, paper.id, "coordinator", person.id, NOON)
    await attempts.plan(tx, person.id, "reminder", meeting.id, 1, NOON + DAY, None, NOON)
    return person


async def test_no_needle_is_left_in_any_file(database, path):
    meeting = await open_meeting(database)
    async with database.transaction() as tx:
        person = await somebody(tx, meeting)
        made = await make(tx, made_by=person.id)
        await tx.run(
            "INSERT INTO broadcast (meeting_id, audience, size, made_by, made_at, sends_at, chat_id, message_id)"
            " VALUES (:meeting, '{}', 0, :id, 0, 0, :chat, 5)", meeting=made.id, id=person.id, chat=TELEGRAM,
        )  # fmt: skip
    assert len(found_in_files(path, needles())) >= len(NEEDLES)
    await erase(database, person.id)
    assert found_in_files(path, needles()) == []
    assert await people.by_id(database.reading, person.id) is None
    assert await invariants.violations(database.reading) == []
    assert await database.reading.value("SELECT count(*) FROM meeting WHERE made_by IS NULL") == 2


async def comes_and_goes(database, rng):
    """Rows that grow and shrink make pages split, and a split leaves copies behind; returns what was erased."""
    alive, erased = [], []
    for number in range(40):
        async with database.transaction() as tx:
            for place in range(10):
                person = await people.meet(tx, number * 10 + place + 1, "en", None, True, EARLY)
                alive.append((person.id, f"needle-{rng.getrandbits(60):015x}-"))
            for person_id, needle in rng.sample(alive, min(len(alive), 20)):
                field = rng.choice(["display_name", "employer", "job"])
                await people.change(tx, person_id, field, needle + "y" * rng.choice([0, 50, 200, 900]))
        async with database.transaction() as tx:
            for _ in range(min(len(alive) - 1, rng.randrange(18))):
                person_id, needle = alive.pop(rng.randrange(len(alive)))
                erased.append(needle.encode())
                await erasure.erase(tx, person_id, EARLY, LONDON)
    return erased


@pytest.mark.parametrize("seed", [1, 2])  # with these, overwriting deleted rows where they lie is not enough
async def test_no_needle_is_left_after_much_coming_and_going(path, seed):
    async with opened(path) as database:
        erased = await comes_and_goes(database, random.Random(seed))
        assert len(erased) > 200
        assert await erasure.after_erasure(database)
        assert found_in_files(path, erased) == []
    assert found_in_files(path, erased) == []


async def test_an_erasure_that_a_kill_left_half_done_is_ended_at_the_next_start(path):
    async with opened(path) as database:
        erased = await comes_and_goes(database, random.Random(1))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT erasures FROM rewrite_owed").fetchone() == (len(erased),)
    async with opened(path) as database:
        assert not database.owes_truncation
        assert await database.reading.row("SELECT * FROM rewrite_owed") is None
        assert found_in_files(path, erased) == []


async def test_what_is_in_the_way_of_the_rewrite_leaves_it_owed(path):
    async with opened(path) as database:
        erased = await comes_and_goes(database, random.Random(1))
        await database._writer.execute_fetchall("PRAGMA busy_timeout = 1")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert not await erasure.after_erasure(database)
            assert database.owes_truncation
        assert await erasure.after_erasure(database)
        assert found_in_files(path, erased) == []


async def test_an_erasure_during_the_rewrite_is_owed_a_rewrite_of_its_own(database):
    (first,) = await workers(database, 1)
    async with database.transaction() as tx:
        await erasure.erase(tx, first, NOON, LONDON)
    (second,) = await workers(database, 1)
    begin = threading.Event()
    database._writer.queue(lambda _: begin.wait(20))
    ending = asyncio.create_task(erasure.after_erasure(database))
    await until(lambda: database._writer._tx.qsize() == 1)  # the rewrite waits to begin
    async with database.transaction() as tx:
        begin.set()
        await erasure.erase(tx, second, NOON, LONDON)
    await ending
    assert await database.reading.value("SELECT erasures FROM rewrite_owed") == 2
    assert await erasure.after_erasure(database)
    assert await database.reading.value("SELECT erasures FROM rewrite_owed") is None


async def test_while_a_long_read_needs_the_log_the_truncation_is_owed(database, path):
    meeting = await open_meeting(database)
    async with database.transaction() as tx:
        person = await somebody(tx, meeting)
    with closing(sqlite3.connect(path, isolation_level=None)) as report:
        report.execute("BEGIN")
        report.execute("SELECT count(*) FROM person").fetchone()
        async with database.transaction() as tx:
            await erasure.erase(tx, person.id, NOON, LONDON)
        assert not await erasure.after_erasure(database)
        assert database.owes_truncation
        assert found_in_files(path, needles())
    assert await erasure.after_erasure(database)
    assert not database.owes_truncation
    assert found_in_files(path, needles()) == []


async def test_what_stays_are_unlinked_facts_and_counts(database):
    meeting = await open_meeting(database, reward="£10 voucher")
    async with database.transaction() as tx:
        person = await somebody(tx, meeting)
    await erase(database, person.id)
    kept = await facts(database)
    assert sorted((fact["reason"], fact["state"], fact["answer"]) for fact in kept) == [
        ("by_hand", "by_hand", "spoke"),
        ("reminder", "cancelled", ""),
    ]
    call = next(fact for fact in kept if fact["reason"] == "by_hand")
    assert (call["month"], call["weekday"], call["band"], call["market"]) == ("2027-03", 0, "morning", None)
    assert await counts(database) == {"people": 1, "joined": 1, "met:poster": 1, "joined:poster": 1, "answer:yes": 1}


async def test_counts_add_up_and_ids_of_facts_tell_nothing(database):
    ids = await workers(database, 3)
    meeting = await open_meeting(database)
    await invited(database, meeting)
    for person_id in ids:
        await erase(database, person_id)
    assert (await counts(database))["people"] == 3
    fact_ids = [fact["id"] for fact in await facts(database)]
    assert len(fact_ids) == 3
    assert min(abs(a - b) for a in fact_ids for b in fact_ids if a != b) > 1000


@pytest.mark.parametrize(("others", "market"), [(8, None), (9, "care_home")])
async def test_the_market_stays_only_where_ten_share_it(database, others, market):
    ids = await workers(database, others + 1, market="care_home")
    await workers(database, 20, market="care_home", invented=1) if others < 9 else None
    meeting = await open_meeting(database)
    await invite(database, meeting)
    await erase(database, ids[0])
    assert [fact["market"] for fact in await facts(database)] == [market]


async def test_of_invented_people_nothing_stays(database):
    ids = await workers(database, 1, invented=1)
    meeting = await open_meeting(database)
    async with database.transaction() as tx:
        await attempts.plan(tx, ids[0], "notice", meeting.id, 1, NOON, None, NOON)
    await erase(database, ids[0])
    assert await facts(database) == []
    assert await counts(database) == {}


async def test_a_place_that_was_held_goes_to_the_next(database):
    first, second = await workers(database, 2)
    meeting = await open_meeting(database, capacity=1)
    await says(database, first, meeting, "yes", NOON)
    await says(database, second, meeting, "yes", NOON + HOUR)
    await erase(database, first, NOON + 2 * HOUR)
    assert (await responses.of_person(database.reading, second, meeting.id)).place == "held"
    assert await invariants.violations(database.reading) == []


async def test_an_erased_id_is_never_somebody_elses(database):
    (first,) = await workers(database, 1)
    await erase(database, first)
    (second,) = await workers(database, 1)
    assert second > first


async def test_erasing_nobody_does_nothing(database):
    await erase(database, 404)
    assert await counts(database) == {}
