from datetime import UTC, datetime

from rules.council import Council
from storage import attempts, meetings, people, responses
from tests.storage.world import DAY, HOUR, NOON, open_meeting, says, workers

ROWS = "SELECT person_id, sequence, due_at, until_at, state FROM contact_attempt WHERE reason = 'reminder' ORDER BY id"


async def plan(database, now):
    async with database.transaction() as tx:
        return await attempts.plan_reminders(tx, now, Council())


async def reminders(database):
    return [tuple(row) for row in await database.reading.rows(ROWS)]


WEEK, DAY_BEFORE, TWO_HOURS = 7 * 1440, 1440, 120
MOVE = 100_000


async def test_a_week_a_day_and_two_hours_before_to_those_who_are_coming_or_may(database):
    yes, waiting, maybe, no, _ = await workers(database, 5)
    meeting = await open_meeting(database, capacity=1)
    for person, answer in ((yes, "yes"), (waiting, "yes"), (maybe, "maybe"), (no, "no")):
        await says(database, person, meeting, answer, NOON)
    assert await plan(database, NOON) == 6
    assert await plan(database, NOON + HOUR) == 0
    week, day, hours, starts = (
        meeting.starts_at - 7 * DAY,
        meeting.starts_at - DAY,
        meeting.starts_at - 2 * HOUR,
        meeting.starts_at,
    )
    each = [
        (WEEK, week, day, "planned"),
        (DAY_BEFORE, day, hours, "planned"),
        (TWO_HOURS, hours, starts, "planned"),
    ]
    assert sorted(await reminders(database)) == sorted((person, *row) for person in (yes, maybe) for row in each)


async def test_the_day_before_is_the_same_wall_time_when_the_clocks_change(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database, local_start="2027-03-28T12:00")
    await says(database, person, meeting, "yes", NOON)
    assert await plan(database, NOON) == 0
    assert await plan(database, meeting.starts_at - 15 * DAY) == 1
    assert await plan(database, meeting.starts_at - 3 * DAY) == 2
    _, (_, _, day, _, _), _ = await reminders(database)
    assert day == datetime(2027, 3, 27, 12, 0, tzinfo=UTC).timestamp() == meeting.starts_at - 23 * HOUR


async def test_late_sign_ups_get_what_is_still_to_come(database):
    early, late, last = await workers(database, 3)
    meeting = await open_meeting(database)
    await says(database, early, meeting, "yes", NOON)
    await says(database, late, meeting, "yes", meeting.starts_at - 20 * HOUR)
    await says(database, last, meeting, "yes", meeting.starts_at - HOUR)
    await plan(database, meeting.starts_at - HOUR)
    assert [(person, sequence) for person, sequence, *_ in await reminders(database)] == [
        (early, WEEK),
        (early, DAY_BEFORE),
        (early, TWO_HOURS),
        (late, TWO_HOURS),
    ]


async def test_after_a_move_its_reminders_are_new_and_the_old_ones_void(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    await says(database, person, meeting, "yes", NOON)
    await plan(database, NOON)
    async with database.transaction() as tx:
        await meetings.change_time(tx, meeting.id, "2027-03-05T10:00", NOON)
    assert await plan(database, NOON) == 2
    assert [(sequence, state) for _, sequence, _, _, state in await reminders(database)] == [
        (WEEK, "cancelled"),
        (DAY_BEFORE, "cancelled"),
        (TWO_HOURS, "cancelled"),
        (MOVE + DAY_BEFORE, "planned"),
        (MOVE + TWO_HOURS, "planned"),
    ]


async def test_a_meeting_that_is_off_reminds_nobody(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    await says(database, person, meeting, "yes", NOON)
    async with database.transaction() as tx:
        await meetings.cancel(tx, meeting.id, NOON)
    assert await plan(database, NOON) == 0


async def test_whoever_gave_up_their_place_is_not_reminded_and_whoever_comes_back_is(database):
    gone, back = await workers(database, 2)
    meeting = await open_meeting(database)
    for person in (gone, back):
        await says(database, person, meeting, "yes", NOON)
    await plan(database, NOON)
    for person in (gone, back):
        await says(database, person, meeting, "no", NOON + HOUR)
    await says(database, back, meeting, "yes", NOON + 2 * HOUR)
    due = meeting.starts_at - DAY
    async with database.transaction() as tx:
        await attempts.release_due(tx, due)
        assert (await attempts.claim(tx, due)).person_id == back
        assert await attempts.claim(tx, due) is None
    assert (await attempts.of_person(database.reading, gone))[1].why == "already_answered"
    assert (await responses.summary(database.reading, meeting.id)).yes == 1


async def sleeper(database, quiet_from, quiet_until, local_start):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database, local_start=local_start)
    async with database.transaction() as tx:
        for field, value in (("quiet_from", quiet_from), ("quiet_until", quiet_until)):
            await people.change(tx, person, field, value)
    await says(database, person, meeting, "yes", NOON)
    await plan(database, NOON)
    return person, meeting


async def forward(database, now):
    async with database.transaction() as tx:
        return await attempts.bring_forward(tx, now, Council())


async def test_a_reminder_that_would_find_its_person_asleep_goes_before_they_do(database):
    person, meeting = await sleeper(database, "21:00", "08:00", "2027-03-08T08:00")
    nine = meeting.starts_at - 11 * HOUR
    assert await forward(database, nine - 17 * 60) == 0
    assert await forward(database, nine - 16 * 60) == 1
    assert await forward(database, nine - 15 * 60) == 0
    (two_hours,) = [one for one in await attempts.of_person(database.reading, person) if one.sequence == TWO_HOURS]
    assert (two_hours.due_at, two_hours.why, two_hours.state) == (nine - 16 * 60, "brought_forward", "planned")


async def test_a_reminder_with_a_waking_moment_left_waits_for_it(database):
    _, meeting = await sleeper(database, "21:00", "07:59", "2027-03-08T08:00")
    assert await forward(database, meeting.starts_at - 11 * HOUR - 60) == 0


async def test_a_meeting_may_have_a_ladder_of_its_own(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    async with database.transaction() as tx:
        await tx.run("UPDATE meeting SET ladder = '3d' WHERE id = :id", id=meeting.id)
    await says(database, person, meeting, "yes", NOON)
    assert await plan(database, NOON) == 1
    assert [due for _, _, due, *_ in await reminders(database)] == [meeting.starts_at - 3 * DAY]
