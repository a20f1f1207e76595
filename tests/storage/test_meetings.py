import sqlite3
from datetime import UTC, datetime

import pytest

from storage import attempts, broadcasts, meetings, venues
from tests.storage.world import (
    DAY,
    HOUR,
    NOON,
    column,
    invite,
    invited,
    make,
    open_meeting,
    says,
    send_all,
    states,
    worker,
    workers,
)

OF_REASON = "SELECT person_id FROM contact_attempt WHERE reason = :reason AND state = 'planned' ORDER BY id"


async def test_a_meeting_keeps_its_wall_time_and_knows_its_instant(database):
    made = await open_meeting(database, local_start="2027-07-01T19:30", minutes=90)
    assert made.starts_at == datetime(2027, 7, 1, 18, 30, tzinfo=UTC).timestamp()
    assert made.ends_at == made.starts_at + 90 * 60
    assert f"{made.starts:%H:%M %Z}" == "19:30 BST"
    assert await meetings.by_id(database.reading, made.id) == made
    assert await meetings.by_id(database.reading, made.id + 1) is None


async def test_a_time_that_the_clocks_skip_moves_forward_and_one_that_comes_twice_is_the_first(database):
    skipped = await open_meeting(database, local_start="2027-03-28T01:30")
    twice = await open_meeting(database, local_start="2027-10-31T01:30")
    assert skipped.starts_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC).timestamp()
    assert twice.starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC).timestamp()


async def test_a_meeting_at_a_venue_has_its_name_and_address(database):
    async with database.transaction() as tx:
        hall = await venues.add(tx, name="Hall", address="1 High St", latitude=51.5, longitude=0.1, now=NOON)
        made = await make(tx, mode="in_person", venue_id=hall.id)
    assert (made.venue_name, made.venue_address, made.latitude, made.longitude) == ("Hall", "1 High St", 51.5, 0.1)


@pytest.mark.parametrize(
    "facts", [{"mode": "in_person"}, {"title": ""}, {"capacity": 0}, {"minutes": 4}, {"strand": "x"}, {"made_by": 9}]
)
async def test_what_no_meeting_can_be_is_refused(database, facts):
    with pytest.raises(sqlite3.IntegrityError):
        await open_meeting(database, **facts)


async def test_a_wall_time_that_cannot_be_read_is_refused(database):
    with pytest.raises(ValueError, match="tomorrow"):
        await open_meeting(database, local_start="tomorrow")


async def test_upcoming_are_drafts_and_open_ones_of_a_strand_the_soonest_first(database):
    later = await open_meeting(database, local_start="2027-03-09T10:00")
    board = await open_meeting(database, local_start="2027-03-08T10:00", strand="board")
    async with database.transaction() as tx:
        draft = await make(tx, local_start="2027-03-10T10:00")
        gone = await make(tx, local_start="2027-03-11T10:00")
        assert await meetings.cancel(tx, gone.id, NOON) == 0
    found = [one.id for one in await meetings.upcoming(database.reading, NOON)]
    assert found == [board.id, later.id, draft.id]
    assert [one.id for one in await meetings.upcoming(database.reading, NOON, "board")] == [board.id]
    assert [one.id for one in await meetings.upcoming(database.reading, later.starts_at)] == [draft.id]


async def test_a_meeting_opens_once(database):
    made = await open_meeting(database)
    async with database.transaction() as tx:
        assert not await meetings.open_(tx, made.id)


async def test_cancelling_tells_those_who_are_coming_and_sends_nothing_else(database):
    yes, maybe, no, silent = await workers(database, 4)
    meeting = await open_meeting(database)
    await invited(database, meeting, silent_at=NOON + 3 * DAY)
    for person, answer in ((yes, "yes"), (maybe, "maybe"), (no, "no")):
        await says(database, person, meeting, answer, NOON)
    async with database.transaction() as tx:
        await attempts.plan(tx, yes, "reminder", meeting.id, 1, NOON + DAY, None, NOON)
        late = await worker(tx)
    again = await invite(database, meeting)
    async with database.transaction() as tx:
        assert await meetings.cancel(tx, meeting.id, NOON + HOUR) == 2
        assert await meetings.cancel(tx, meeting.id, NOON + HOUR) is None
    assert await column(database.reading, OF_REASON, reason="cancelled") == [yes, maybe]
    assert (await broadcasts.by_id(database.reading, again.id)).state == "stopped"
    voided = "SELECT COUNT(*) FROM contact_attempt WHERE state = 'cancelled' AND why = 'meeting_cancelled'"
    assert await database.reading.value(voided) == 2
    assert [one.reason for one in await attempts.of_person(database.reading, late)] == ["invite"]
    async with database.transaction() as tx:
        assert await attempts.close_silent(tx, NOON + 9 * DAY) == 0
    (asked,) = await attempts.of_person(database.reading, silent)
    assert (asked.outcome, asked.why, asked.silent_at) == (None, "meeting_cancelled", None)


async def test_the_notice_of_a_cancelled_meeting_can_be_sent(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    await says(database, person, meeting, "yes", NOON)
    async with database.transaction() as tx:
        await meetings.cancel(tx, meeting.id, NOON)
    assert [one.reason for one in await send_all(database, NOON)] == ["cancelled"]


async def test_moving_tells_those_who_are_coming_and_keeps_deadlines_true(database):
    coming, silent, asleep = await workers(database, 3)
    meeting = await open_meeting(database)
    await invited(database, meeting, silent_at=NOON + 3 * DAY)
    await says(database, coming, meeting, "yes", NOON)
    async with database.transaction() as tx:
        held = await attempts.plan(tx, asleep, "invite", meeting.id, 2, NOON + HOUR, meeting.starts_at, NOON)
        assert held
        assert await meetings.change_time(tx, meeting.id, "2027-03-02T19:30", NOON) == 1
        assert await meetings.change_time(tx, meeting.id, "2027-03-02T19:30", NOON) is None
        assert await meetings.change_time(tx, 999, "2027-03-02T19:30", NOON) is None
    moved = await meetings.by_id(database.reading, meeting.id)
    assert (moved.local_start, moved.moved) == ("2027-03-02T19:30", 1)
    assert (await attempts.of_person(database.reading, silent))[0].silent_at == moved.starts_at
    assert (await attempts.of_person(database.reading, asleep))[1].until_at == moved.starts_at
    async with database.transaction() as tx:
        assert await meetings.change_time(tx, meeting.id, "2027-03-03T19:30", NOON) == 1
    changed = [one for one in await attempts.of_person(database.reading, coming) if one.reason == "changed"]
    assert [(one.sequence, one.state, one.why) for one in changed] == [
        (1, "cancelled", "meeting_moved"),
        (2, "planned", ""),
    ]


async def test_another_venue_is_told_to_those_who_are_coming(database):
    (coming,) = await workers(database, 1)
    meeting = await open_meeting(database)
    await says(database, coming, meeting, "maybe", NOON)
    async with database.transaction() as tx:
        hall = await venues.add(tx, name="Hall", now=NOON)
        assert await meetings.change_venue(tx, meeting.id, hall.id, NOON) == 1
        assert await meetings.change_venue(tx, meeting.id, hall.id, NOON) is None
    found = await meetings.by_id(database.reading, meeting.id)
    assert (found.mode, found.venue_name) == ("in_person", "Hall")
    assert await states(database) == [("planned", "")]
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as tx:
            await meetings.change_venue(tx, meeting.id, 999, NOON)


async def test_when_the_rules_for_clocks_change_instants_follow_and_wall_times_stay(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    async with database.transaction() as tx:
        await attempts.plan(tx, person, "reminder", meeting.id, 1, NOON, NOON + HOUR, NOON)
        await tx.run("UPDATE meeting SET starts_at = starts_at - 3600")
        assert await meetings.recompute_starts(tx, NOON) == 1
        assert await meetings.recompute_starts(tx, NOON) == 0
    assert await meetings.by_id(database.reading, meeting.id) == meeting
    (reminder,) = await attempts.of_person(database.reading, person)
    assert (reminder.due_at, reminder.until_at) == (NOON + HOUR, NOON + 2 * HOUR)
