"""Stages follow from the log, are said by hand, are kept for good, and silence after engaging is written down."""

import json
import sqlite3
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from storage import (
    attempts,
    availability,
    by_hand,
    consents,
    contacts,
    erasure,
    invariants,
    organisations,
    people,
    stages,
)
from tests.storage.world import DAY, NOON, make, worker

LONDON = ZoneInfo("Europe/London")
TO_ORGANISATION = "UPDATE contact_attempt SET organisation_id = :organisation WHERE id = :id"
CAME = """
INSERT INTO attendance (meeting_id, person_id, standing, at, how, changed_at)
VALUES (:meeting, :id, 'came', :at, 'door', :at)
"""
ROTA = "INSERT INTO rota VALUES (:id, 2, '2027-03-01', :days, :at)"


@pytest.fixture
async def oak(tx):
    return await organisations.add(tx, "provider", "Oak Care", NOON)


async def logged(tx, oak, outcome, day, person_id=None, made_by=None):
    number = await by_hand.log_by_hand(
        tx, person_id, None if person_id else "Oak Care", "call", outcome, "", made_by, NOON + day * DAY,
        silent_at=NOON + (day + 3) * DAY,
    )  # fmt: skip
    await tx.run(TO_ORGANISATION, organisation=oak.id, id=number)
    return number


async def follow(tx, day=0):
    await attempts.close_silent(tx, NOON + day * DAY)
    moved = await stages.follow(tx, NOON + day * DAY, LONDON)
    return moved + await stages.note_silence(tx, NOON + day * DAY, LONDON, 28)


async def history(tx, oak):
    return [(event.stage, event.happened_on.day, event.how) for event in await stages.events(tx, oak.id)]


async def stage_of(tx, oak):
    return (await organisations.by_id(tx, oak.id)).stage


async def test_the_log_moves_it_up_by_itself_and_only_once(tx, oak):
    await logged(tx, oak, "left_message", 0)
    await follow(tx)
    assert await stage_of(tx, oak) == "approached"
    await logged(tx, oak, "refused", 1)
    await follow(tx, 1)
    await logged(tx, oak, "spoke", 3)
    await follow(tx, 3)
    await logged(tx, oak, "spoke", 17)
    assert await follow(tx, 17) == 1
    assert await follow(tx, 17) == 0
    assert await history(tx, oak) == [
        ("approached", 1, "log"), ("replied", 2, "log"), ("engaged", 4, "log"), ("regular", 18, "log"),
    ]  # fmt: skip
    assert await invariants.violations(tx) == []


async def test_a_call_to_one_of_its_people_counts_for_it(tx, oak):
    mo = await people.add_by_hand(tx, "Mo", NOON)
    await organisations.speaks_for(tx, mo.id, oak.id, "manager")
    await by_hand.log_by_hand(tx, mo.id, None, "call", "spoke", "", None, NOON)
    await follow(tx)
    assert await stage_of(tx, oak) == "engaged"


async def test_what_was_not_attempted_moves_nothing(tx, oak):
    await logged(tx, oak, "not_attempted", 0)
    await follow(tx)
    assert await history(tx, oak) == []


async def test_they_left_in_march_with_a_reason(tx, oak):
    await logged(tx, oak, "spoke", 0)
    await follow(tx)
    day = date(2027, 3, 20)
    assert await stages.say(tx, oak.id, "left", day, None, NOON + 60 * DAY, motive="short_staffed", words="No time now")
    await logged(tx, oak, "left_message", 70)
    await follow(tx, 70)
    assert await stage_of(tx, oak) == "left"
    event = (await stages.events(tx, oak.id))[-1]
    assert (event.stage, event.happened_on, event.motive, event.words) == ("left", day, "short_staffed", "No time now")
    await logged(tx, oak, "spoke", 80)
    await follow(tx, 80)
    assert await stage_of(tx, oak) == "engaged"
    assert not await stages.say(tx, 404, "left", day, None, NOON)
    with pytest.raises(ValueError, match="no such stage"):
        await stages.say(tx, oak.id, "lost", day, None, NOON)


async def test_a_talk_logged_by_mistake_takes_its_move_back_and_both_stay_in_the_history(tx, oak):
    cas = await worker(tx, "Cas")
    await logged(tx, oak, "left_message", 0)
    wrong = await logged(tx, oak, "spoke", 0, made_by=cas)
    await follow(tx)
    assert await stage_of(tx, oak) == "engaged"
    assert await contacts.take_back(tx, wrong, cas, NOON + 60)
    await follow(tx)
    assert await history(tx, oak) == [("engaged", 1, "log"), ("approached", 1, "log")]


async def test_erasing_a_contact_leaves_the_organisation_where_it_was(database):
    async with database.transaction() as tx:
        oak = await organisations.add(tx, "provider", "Oak Care", NOON)
        mo = await people.meet(tx, 77, "en", None, False, NOON)
        await organisations.speaks_for(tx, mo.id, oak.id, "manager")
        await consents.record(tx, mo.id, "1", True, "telegram", NOON)
        await logged(tx, oak, "spoke", 0, mo.id)
        await stages.say(tx, oak.id, "engaged", date(2027, 3, 2), mo.id, NOON, words="She asked us")
        await follow(tx)
    async with database.transaction() as tx:
        await erasure.erase(tx, mo.id, NOON, LONDON)
        await follow(tx, 1)
    assert await stage_of(database.reading, oak) == "engaged"
    assert await organisations.people_of(database.reading, oak.id) == []
    assert (await stages.events(database.reading, oak.id))[-1].recorded_by is None
    assert await invariants.violations(database.reading) == []


async def test_silence_after_engaging_is_written_down_and_ends_when_they_are_heard(tx, oak):
    await logged(tx, oak, "spoke", 0)
    await logged(tx, oak, "left_message", 10)
    await follow(tx, 27)
    assert (await organisations.by_id(tx, oak.id)).silent_since is None
    await follow(tx, 28)
    assert (await organisations.by_id(tx, oak.id)).silent_since == NOON + 13 * DAY
    assert await follow(tx, 29) == 0
    assert await organisations.find(tx, "", 5, silent=True)
    await logged(tx, oak, "spoke", 30)
    await follow(tx, 30)
    assert (await organisations.by_id(tx, oak.id)).silent_since is None
    assert [how for _, _, how in await history(tx, oak)] == ["log", "silent", "log", "heard"]
    assert await stage_of(tx, oak) == "regular"


async def test_nobody_who_was_not_asked_again_is_called_silent(tx, oak):
    await logged(tx, oak, "spoke", 0)
    await follow(tx, 400)
    assert (await organisations.by_id(tx, oak.id)).silent_since is None


async def test_who_never_came_far_is_not_called_silent_and_who_left_no_longer(tx, oak):
    await logged(tx, oak, "no_answer", 0)
    await follow(tx, 100)
    assert (await organisations.by_id(tx, oak.id)).silent_since is None
    await stages.say(tx, oak.id, "engaged", date(2027, 2, 1), None, NOON)
    await follow(tx, 100)
    assert (await organisations.by_id(tx, oak.id)).silent_since is not None
    await stages.say(tx, oak.id, "left", date(2027, 6, 1), None, NOON)
    assert (await organisations.by_id(tx, oak.id)).silent_since is None
    assert await invariants.violations(tx) == []


async def test_history_is_neither_edited_nor_cut(tx, oak):
    await stages.say(tx, oak.id, "engaged", date(2027, 3, 1), None, NOON)
    for sql in (
        "UPDATE organisation_event SET stage = 'regular'",
        "UPDATE organisation_event SET happened_on = '2020-01-01'",
        "DELETE FROM organisation_event",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            await tx.run(sql)


async def test_a_stage_that_is_not_its_last_event_is_found(tx, oak):
    await stages.say(tx, oak.id, "engaged", date(2027, 3, 1), None, NOON)
    await tx.run("UPDATE organisation SET stage = 'regular'")
    assert [found.name for found in await invariants.violations(tx)] == ["stage_is_not_its_last_event"]


async def test_every_substantive_act_of_its_people_is_a_sign(tx, oak):
    mo = await worker(tx, "Mo")
    await organisations.speaks_for(tx, mo, oak.id, "")
    await people.joined(tx, mo, NOON)
    await availability.set_week(tx, mo, {(0, "evening"): True}, NOON + DAY)
    await by_hand.log_by_hand(tx, mo, None, "call", "spoke", "", None, NOON + 2 * DAY)
    await tx.run(CAME, meeting=(await make(tx)).id, id=mo, at=NOON + 3 * DAY)
    await tx.run(ROTA, id=mo, at=NOON + 4 * DAY, days=json.dumps([None] * 14))
    acts = [row["at"] for row in await tx.rows("SELECT DISTINCT at FROM substantive_act ORDER BY at")]
    ours = "SELECT DISTINCT at FROM organisation_sign WHERE kind = 'act' ORDER BY at"
    signs = [row["at"] for row in await tx.rows(ours)]
    assert signs == acts == [NOON + day * DAY for day in range(5)]
