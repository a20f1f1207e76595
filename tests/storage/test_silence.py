from storage import attempts, machine
from tests.storage.world import DAY, HOUR, NOON, invited, open_meeting, says, workers


async def close(database, now):
    async with database.transaction() as tx:
        return await attempts.close_silent(tx, now)


async def asked(database):
    people = await workers(database, 2)
    meeting = await open_meeting(database)
    first, second = await invited(database, meeting, silent_at=NOON + 3 * DAY)
    return people, meeting, first, second


async def test_silence_closes_by_itself_and_a_later_answer_reopens_it_as_late(database):
    people, meeting, first, second = await asked(database)
    await says(database, people[0], meeting, "yes", NOON + HOUR)
    assert await close(database, NOON + 3 * DAY - 1) == 0
    assert await close(database, NOON + 3 * DAY) == 1
    assert await close(database, NOON + 3 * DAY) == 0
    assert (await attempts.by_id(database.reading, second.id)).outcome == "no_response"
    await says(database, people[1], meeting, "no", NOON + 4 * DAY)
    late = await attempts.by_id(database.reading, second.id)
    assert (late.outcome, late.answer, late.answered_at) == ("late", "no", NOON + 4 * DAY)
    assert (await attempts.by_id(database.reading, first.id)).outcome == "answered"
    history = await database.reading.rows("SELECT outcome FROM attempt_event WHERE attempt_id = :id", id=second.id)
    assert [event["outcome"] for event in history if event["outcome"]] == ["no_response", "late"]


async def test_silence_while_nobody_could_reach_us_is_no_answer(database):
    people, meeting, first, _ = await asked(database)
    async with database.transaction() as tx:
        await machine.record_outage(tx, NOON + DAY, NOON + 2 * DAY + HOUR)
    assert await close(database, NOON + 3 * DAY) == 0
    assert await close(database, NOON + 30 * DAY) == 0
    found = await attempts.by_id(database.reading, first.id)
    assert (found.state, found.outcome, found.why) == ("accepted", None, "outage")
    await says(database, people[0], meeting, "yes", NOON + 4 * DAY)
    assert (await attempts.by_id(database.reading, first.id)).outcome == "answered"


async def test_an_outage_before_or_after_changes_nothing(database):
    await asked(database)
    async with database.transaction() as tx:
        await machine.record_outage(tx, NOON - 2 * DAY, NOON)
        await machine.record_outage(tx, NOON + 3 * DAY, NOON + 5 * DAY)
    assert await close(database, NOON + 3 * DAY) == 2
