"""The end of a meeting: closed, opened again, minutes, organisations, promises, and who is asked to close it."""

import sqlite3

import pytest

from rules.roles import Role
from storage import attempts, attendance, close_reminders, closing, grants, meetings
from tests.storage.world import DAY, HOUR, NOON, column, open_meeting, says, withdraw, worker, workers

STARTS = NOON + 7 * DAY + 7 * HOUR + HOUR // 2  # 19:30 on Monday 8 March
ENDS = STARTS + HOUR
TEN = ENDS + 13 * HOUR + HOUR // 2  # ten in the morning after


async def close(database, meeting, now=ENDS, *, full=True):
    async with database.transaction() as tx:
        return await closing.close(tx, meeting.id, None, now, list_is_full=full)


async def reopen(database, meeting, now):
    async with database.transaction() as tx:
        return await closing.reopen(tx, meeting.id, now)


async def remind(database, now, days=1, *, invented=False):
    async with database.transaction() as tx:
        return await close_reminders.remind(tx, now, days, invented=invented)


async def coordinator(database, name, at=0, **said):
    async with database.transaction() as tx:
        person = await worker(tx, name, **said)
        await grants.grant(tx, person, Role.COORDINATOR, at)
        return person


async def told(database):
    return await column(
        database.reading, "SELECT person_id FROM contact_attempt WHERE reason = 'close_due' ORDER BY id"
    )


async def test_a_meeting_is_closed_once_and_not_before_it_begins(database):
    (ada,) = await workers(database, 1)
    meeting = await open_meeting(database)
    await says(database, ada, meeting, "yes", NOON)
    assert await close(database, meeting, STARTS - 1) is None
    assert await closing.of_meeting(database.reading, meeting.id) is None
    assert await closing.to_close(database.reading, ENDS) == [meeting.id]
    assert await close(database, meeting) == 1
    assert await close(database, meeting) is None
    assert await closing.to_close(database.reading, ENDS) == []
    ended = await closing.of_meeting(database.reading, meeting.id)
    assert (ended.minutes, ended.publish, ended.closed_at) == ("", None, ENDS)
    assert await closing.closed_since(database.reading, ENDS - 1) == [meeting.id]
    assert await closing.closed_since(database.reading, ENDS) == []


async def test_reopening_takes_back_what_closing_worked_out_and_nothing_else(database):
    ada, bo, cy, dee = await workers(database, 4)
    meeting = await open_meeting(database)
    for person in (ada, bo, cy, dee):
        await says(database, person, meeting, "yes", NOON)
    await says(database, cy, meeting, "no", NOON + 60)
    async with database.transaction() as tx:
        await attendance.record(tx, meeting.id, ada, "came", "door", STARTS)
    assert await close(database, meeting) == 2
    async with database.transaction() as tx:
        await closing.set_minutes(tx, meeting.id, "Bus")
        await attendance.record(tx, meeting.id, dee, "unknown", "answer", ENDS + 60)
    assert await reopen(database, meeting, ENDS + HOUR)
    assert await attendance.counts(database.reading, meeting.id) == {"came": 1, "unknown": 1}
    whys = "SELECT why FROM contact_attempt WHERE reason = 'no_show'"
    assert await column(database.reading, whys) == ["meeting_reopened"] * 2
    assert await closing.closed_since(database.reading, 0) == []
    assert await close(database, meeting, ENDS + 2 * HOUR) == 1
    ended = await closing.of_meeting(database.reading, meeting.id)
    assert (ended.minutes, ended.closed_at) == ("Bus", ENDS + 2 * HOUR)
    sequences = "SELECT sequence FROM contact_attempt WHERE reason = 'no_show' AND state = 'planned'"
    assert await column(database.reading, sequences) == [2]


async def test_whoever_was_asked_why_is_not_asked_again(database):
    (ada,) = await workers(database, 1)
    meeting = await open_meeting(database)
    await says(database, ada, meeting, "yes", NOON)
    await close(database, meeting)
    async with database.transaction() as tx:
        await tx.run("UPDATE contact_attempt SET state = 'accepted', sent_at = :now WHERE reason = 'no_show'", now=ENDS)
    assert await reopen(database, meeting, ENDS + DAY)
    assert await close(database, meeting, ENDS + DAY) == 0


async def test_a_week_later_or_while_open_nothing_is_reopened(database):
    meeting = await open_meeting(database)
    assert not await reopen(database, meeting, ENDS)
    await close(database, meeting)
    assert not await reopen(database, meeting, ENDS + closing.REOPENED_WITHIN)
    assert (await meetings.by_id(database.reading, meeting.id)).state == "closed"


async def test_minutes_and_publishing_need_a_closed_meeting(database):
    meeting = await open_meeting(database)
    async with database.transaction() as tx:
        assert not await closing.set_minutes(tx, meeting.id, "Bus")
        assert not await closing.set_publish(tx, meeting.id, publish=True)
    await close(database, meeting)
    async with database.transaction() as tx:
        assert await closing.set_minutes(tx, meeting.id, "Bus")
        assert await closing.set_publish(tx, meeting.id, publish=False)
    ended = await closing.of_meeting(database.reading, meeting.id)
    assert (ended.minutes, ended.publish) == ("Bus", False)


async def test_organisations_are_counted_changed_and_taken_off(database):
    meeting = await open_meeting(database)
    async with database.transaction() as tx:
        for name, number in (("Unison", 3), ("Forum", 2), ("Unison", 4), ("Forum", 0)):
            await closing.present(tx, meeting.id, name, number)
    assert await closing.organisations(database.reading, meeting.id) == {"Unison": 4}
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as tx:
            await closing.present(tx, meeting.id, "Forum", -1)


async def test_promises_are_kept_struck_out_and_said_to_be_kept(database):
    meeting, other = await open_meeting(database), await open_meeting(database)
    async with database.transaction() as tx:
        first = await closing.promise(tx, meeting.id, "Sam", "Ask", NOON, by_when="2027-03-19", publish=True)
        second = await closing.promise(tx, meeting.id, "Kim", "Look", NOON)
    assert (first.publish, first.by_when, second.publish, second.by_when) == (True, "2027-03-19", False, None)
    async with database.transaction() as tx:
        assert not await closing.drop_promise(tx, other.id, second.id)
        assert await closing.drop_promise(tx, meeting.id, second.id)
        assert await closing.keep_promise(tx, first.id, NOON + 60)
        assert not await closing.keep_promise(tx, first.id, NOON + 90)
    (left,) = await closing.promises(database.reading, meeting.id)
    assert (left.id, left.kept_at) == (first.id, NOON + 60)


async def test_the_maker_is_asked_once_at_ten_on_the_day_after(database):
    await coordinator(database, "Cas")
    dee = await coordinator(database, "Dee", at=9)
    await open_meeting(database, made_by=dee)
    assert await remind(database, TEN - 1) == 0
    assert await remind(database, TEN, days=0) == 0
    assert await remind(database, TEN, days=2) == 0
    assert await remind(database, TEN) == 1
    assert await remind(database, TEN + DAY) == 0
    assert await told(database) == [dee]


@pytest.mark.parametrize("gone", ["UPDATE person SET unreachable_at = 1", "UPDATE role_grant SET revoked_at = 1"])
async def test_without_the_maker_the_one_longest_in_the_role_is_asked(database, gone):
    dee = await coordinator(database, "Dee", at=1)
    await coordinator(database, "Eve", at=9)
    cas = await coordinator(database, "Cas", at=5)
    await coordinator(database, "Played", at=0, invented=1)
    await coordinator(database, "By letter", at=0, telegram=False)
    where = f"{gone} WHERE {'id' if gone.startswith('UPDATE person') else 'person_id'} = :id"
    async with database.transaction() as tx:
        await tx.run(where, id=dee)
        await withdraw(tx, cas)  # a coordinator need not have signed up as a worker
    await open_meeting(database, made_by=dee)
    assert await remind(database, TEN) == 1
    assert await told(database) == [cas]


async def test_nobody_is_asked_when_nobody_is_there_or_it_is_long_over(database):
    await open_meeting(database)
    assert await remind(database, TEN) == 0
    await coordinator(database, "Cas")
    assert await remind(database, ENDS + close_reminders.WITHIN) == 0
    assert await remind(database, TEN) == 1
    (one,) = await attempts.of_person(database.reading, (await told(database))[0])
    assert one.until_at == ENDS + close_reminders.WITHIN
