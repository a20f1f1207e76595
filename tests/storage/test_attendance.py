"""Who came, what they need, who has seen a change, and how a meeting ends."""

import sqlite3

import pytest

from rules import door_code
from storage import attempts, attendance, closing, meetings, needs, seen, series
from tests.storage.world import DAY, HOUR, NOON, column, make, open_meeting, says, send_all, worker, workers


async def test_the_code_on_the_door_lets_in_and_five_wrong_ones_end_it(database):
    ada, ben = await workers(database, 2)
    meeting = await open_meeting(database)
    now = meeting.starts_at
    async with database.transaction() as tx:
        assert await attendance.come_in(tx, meeting.id, ada, "000000", now) == "wrong"  # nobody has opened the door yet
        secret = await attendance.door_secret(tx, meeting.id, now)
        assert await attendance.door_secret(tx, meeting.id, now) == secret
        code = door_code.code_at(secret, now)
        wrong = f"{(int(code) + 1) % 10**6:06}"
        assert await attendance.tries_left(tx, meeting.id, ada) == 4
        said = [await attendance.come_in(tx, meeting.id, ada, wrong, now) for _ in range(4)]
        assert said == ["wrong", "wrong", "wrong", "no_tries_left"]
        assert await attendance.come_in(tx, meeting.id, ada, code, now) == "no_tries_left"
        assert await attendance.come_in(tx, meeting.id, ben, code, now) == "came"
        with pytest.raises(sqlite3.IntegrityError):
            await attendance.door_secret(tx, 99, now)
    assert await attendance.standing(database.reading, meeting.id, ada) is None
    assert await attendance.standing(database.reading, meeting.id, ben) == "came"


async def test_the_list_walk_ins_undo_and_a_bare_count(database):
    ada, ben, cat = await workers(database, 3)
    meeting = await open_meeting(database)
    await says(database, ada, meeting, "yes", NOON)
    await says(database, ben, meeting, "maybe", NOON)
    async with database.transaction() as tx:
        await attendance.record(tx, meeting.id, ada, "came", "coordinator", NOON, recorded_by=ben, at=NOON - 60)
        await attendance.record(tx, meeting.id, cat, "came", "walk_in", NOON)
        await attendance.record(tx, meeting.id, cat, "came", "walk_in", NOON)
    listed = await attendance.door_list(database.reading, meeting.id)
    assert [(one.person_id, one.said, one.place, one.standing, one.how, one.at) for one in listed] == [
        (ada, "yes", "held", "came", "coordinator", NOON - 60),
        (ben, "maybe", "none", "", "", None),
        (cat, "", "", "came", "walk_in", NOON),
    ]
    assert await attendance.counts(database.reading, meeting.id) == {"came": 2}
    async with database.transaction() as tx:
        assert await attendance.take_back(tx, meeting.id, cat, NOON)
        assert not await attendance.take_back(tx, meeting.id, cat, NOON)
        assert await attendance.heads(tx, meeting.id) is None
        for heads in (7, 9):
            await attendance.count_heads(tx, meeting.id, heads, ada, NOON)
        assert await attendance.heads(tx, meeting.id) == 9
        with pytest.raises(sqlite3.IntegrityError):
            await attendance.record(tx, meeting.id, ada, "late", "coordinator", NOON)
    assert await column(database.reading, "SELECT person_id FROM attendance_event ORDER BY id") == [ada, cat]


async def closed(database, *, list_is_full):
    came, missing, gave_notice, never, maybe = await workers(database, 5)
    meeting = await open_meeting(database)
    for person in (came, missing, gave_notice):
        await says(database, person, meeting, "yes", NOON)
    await says(database, gave_notice, meeting, "no", NOON + HOUR)
    await says(database, never, meeting, "no", NOON)
    await says(database, maybe, meeting, "maybe", NOON)
    now = meeting.starts_at + HOUR
    async with database.transaction() as tx:
        await attendance.record(tx, meeting.id, came, "came", "door", now)
        assert await closing.close(tx, meeting.id, None, meeting.starts_at - 1, list_is_full=list_is_full) is None
        follow_ups = await closing.close(tx, meeting.id, came, now, list_is_full=list_is_full)
        assert await closing.close(tx, meeting.id, came, now, list_is_full=list_is_full) is None
    return meeting, missing, gave_notice, follow_ups, now


async def test_at_the_end_who_is_missing_is_asked_why_once_and_kindly_late(database):
    meeting, missing, gave_notice, follow_ups, now = await closed(database, list_is_full=True)
    assert follow_ups == 1
    assert await attendance.counts(database.reading, meeting.id) == {"came": 1, "cancelled_ahead": 1, "did_not_come": 1}
    assert await attendance.standing(database.reading, meeting.id, gave_notice) == "cancelled_ahead"
    async with database.transaction() as tx:
        assert not await attendance.say_why(tx, meeting.id, missing, "work", now)
        due = now + closing.FOLLOW_UP_AFTER
        assert await attendance.follow_up(tx, meeting.id, now, due, due) == 0
    (attempt,) = await attempts.of_person(database.reading, missing)
    assert (attempt.reason, attempt.due_at, attempt.state) == ("no_show", due, "planned")
    async with database.transaction() as tx:
        await attempts.release_due(tx, due)
        assert (await attempts.claim(tx, due)).person_id == missing  # though the meeting is over
        await attempts.accepted(tx, attempt.id, 1, due, None)
        assert await attendance.say_why(tx, meeting.id, missing, "asleep", due + 60)
    (attempt,) = await attempts.of_person(database.reading, missing)
    assert (attempt.outcome, attempt.answer, attempt.answer_why) == ("answered", "did_not_come", "asleep")


async def test_without_a_full_list_nobody_is_said_to_have_stayed_away(database):
    meeting, missing, _, follow_ups, _ = await closed(database, list_is_full=False)
    assert follow_ups == 0
    assert await attendance.standing(database.reading, meeting.id, missing) == "unknown"


async def test_a_close_keeps_minutes_organisations_promises_and_whether_to_publish(database):
    meeting = await open_meeting(database)
    now = meeting.starts_at + 2 * HOUR
    assert await closing.to_close(database.reading, meeting.starts_at) == []
    assert await closing.to_close(database.reading, now) == [meeting.id]
    assert await closing.of_meeting(database.reading, meeting.id) is None
    async with database.transaction() as tx:
        assert not await closing.set_minutes(tx, meeting.id, "We talked.")
        assert not await closing.set_publish(tx, meeting.id, publish=True)
        await closing.close(tx, meeting.id, None, now, list_is_full=False)
        assert (await closing.of_meeting(tx, meeting.id)).publish is None
        assert await closing.set_minutes(tx, meeting.id, "We talked.")
        assert await closing.set_publish(tx, meeting.id, publish=False)
        for name, people in (("Home Care Ltd", 2), ("College", 1), ("Home Care Ltd", 3), ("College", 0)):
            await closing.present(tx, meeting.id, name, people)
        kept = await closing.promise(tx, meeting.id, "Council", "Later buses", now, by_when="2027-05-01", publish=True)
        struck = await closing.promise(tx, meeting.id, "Noor", "Tea", now)
        assert await closing.drop_promise(tx, meeting.id, struck.id)
        assert not await closing.drop_promise(tx, meeting.id, struck.id)
        assert await closing.keep_promise(tx, kept.id, now + DAY)
        assert not await closing.keep_promise(tx, kept.id, now + DAY)
        with pytest.raises(sqlite3.IntegrityError):
            await closing.promise(tx, meeting.id, "Council", "Later buses", now, by_when="May")
    ended = await closing.of_meeting(database.reading, meeting.id)
    assert (ended.minutes, ended.publish, ended.closed_at) == ("We talked.", False, now)
    assert await closing.organisations(database.reading, meeting.id) == {"Home Care Ltd": 3}
    (promise,) = await closing.promises(database.reading, meeting.id)
    assert (promise.who, promise.by_when, promise.publish, promise.kept_at) == (
        "Council",
        "2027-05-01",
        True,
        now + DAY,
    )
    assert await closing.to_close(database.reading, now) == []


async def test_needs_are_tapped_on_and_off_and_counted_of_those_who_may_come(database):
    ada, ben = await workers(database, 2)
    meeting = await open_meeting(database)
    await says(database, ada, meeting, "yes", NOON)
    await says(database, ben, meeting, "no", NOON)
    async with database.transaction() as tx:
        for on in (True, True, False, False):
            await needs.switch(tx, ada, meeting.id, "travel", NOON, on=on)
        await needs.switch(tx, ada, meeting.id, "access", NOON, on=True)
        await needs.say(tx, ada, meeting.id, "interpreter", "Twi", NOON)
        await needs.switch(tx, ben, meeting.id, "childcare", NOON, on=True)
        with pytest.raises(sqlite3.IntegrityError):
            await needs.switch(tx, ada, meeting.id, "wine", NOON, on=True)
    assert await needs.of_person(database.reading, ada, meeting.id) == {"access": "", "interpreter": "Twi"}
    assert await needs.of_meeting(database.reading, meeting.id) == {"access": 1, "interpreter": 1}


async def test_who_has_seen_a_change_and_who_has_not(database):
    ada, ben = await workers(database, 2)
    meeting = await open_meeting(database)
    for person in (ada, ben):
        await says(database, person, meeting, "yes", NOON)
    async with database.transaction() as tx:
        await meetings.change_time(tx, meeting.id, "2027-03-09T19:30", NOON)
    first, second = await send_all(database, NOON)
    async with database.transaction() as tx:
        assert await seen.see(tx, first.id, ben, NOON + 60) is None
        assert await seen.see(tx, first.id, ada, NOON + 60) == NOON + 60
        assert await seen.see(tx, first.id, ada, NOON + 90) == NOON + 60
    told = await seen.told(database.reading, meeting.id)
    assert [(one.person_id, one.reason, one.state, one.seen_at) for one in told] == [
        (ben, "changed", "accepted", None),
        (ada, "changed", "accepted", NOON + 60),
    ]
    assert second.person_id == ben


async def test_a_series_is_drafts_at_the_same_wall_time(database):
    async with database.transaction() as tx:
        maker = await worker(tx)
        first = await make(tx, local_start="2027-03-23T19:00", capacity=5, made_by=maker)
        await tx.run("UPDATE meeting SET ladder = '1d', lead_contact = 'Noor, 020' WHERE id = :id", id=first.id)
        first = await meetings.by_id(tx, first.id)
        later = await series.repeat(tx, first, "week", 2, NOON)
        with pytest.raises(ValueError, match="a series repeats"):
            await series.repeat(tx, first, "year", 2, NOON)
    assert [one.local_start for one in later] == ["2027-03-30T19:00", "2027-04-06T19:00"]
    whole = await series.of_series(database.reading, later[0].series_id)
    assert [one.id for one in whole] == [first.id, *[one.id for one in later]]
    assert whole[1:] == later
    assert {(one.ladder, one.lead_contact, one.capacity) for one in whole} == {("1d", "Noor, 020", 5)}
