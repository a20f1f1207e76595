import sqlite3

import pytest

from storage import attempts, meetings, responses
from tests.storage.world import DAY, HOUR, NOON, invited, open_meeting, says, worker, workers


async def test_when_places_are_taken_people_wait_and_move_up_in_order(database):
    first, second, third = await workers(database, 3)
    meeting = await open_meeting(database, capacity=1)
    assert await says(database, first, meeting, "yes", NOON) == responses.Place("held")
    assert await says(database, second, meeting, "yes", NOON) == responses.Place("waiting")
    assert await says(database, third, meeting, "yes", NOON) == responses.Place("waiting")
    assert await says(database, first, meeting, "no", NOON + HOUR) == responses.Place("none", (second,))
    (told,) = await attempts.of_person(database.reading, second)
    assert (told.reason, told.state, told.due_at, told.until_at) == (
        "place_free",
        "planned",
        NOON + HOUR,
        meeting.starts_at,
    )
    assert (told.said, told.held) == ("yes", "held")


async def test_saying_yes_again_keeps_the_turn_and_the_place(database):
    first, second, third = await workers(database, 3)
    meeting = await open_meeting(database, capacity=1)
    for person in (first, second, third, second, first):
        await says(database, person, meeting, "yes", NOON)
    assert [one.person_id for one in await responses.people(database.reading, meeting.id, "waiting")] == [second, third]
    assert (await responses.of_person(database.reading, first, meeting.id)).place == "held"


async def test_more_places_let_more_people_in(database):
    everyone = await workers(database, 4)
    meeting = await open_meeting(database, capacity=1)
    for person in everyone:
        await says(database, person, meeting, "yes", NOON)
    async with database.transaction() as tx:
        await tx.run("UPDATE meeting SET capacity = 3")
        assert await responses.promote(tx, meeting.id, NOON) == tuple(everyone[1:3])
        await tx.run("UPDATE meeting SET capacity = NULL")
        assert await responses.promote(tx, meeting.id, NOON) == (everyone[3],)


async def test_nobody_answers_a_meeting_that_is_off_or_has_begun(database):
    (person,) = await workers(database, 1)
    meeting, off = await open_meeting(database), await open_meeting(database)
    async with database.transaction() as tx:
        await meetings.cancel(tx, off.id, NOON)
    for one, at in ((off, NOON), (meeting, meeting.starts_at)):
        with pytest.raises(responses.MeetingGone):
            await says(database, person, one, "yes", at)
    assert await responses.of_person(database.reading, person, meeting.id) is None


async def test_an_answer_that_does_not_exist_leaves_no_trace(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    with pytest.raises(sqlite3.IntegrityError):
        await says(database, person, meeting, "perhaps", NOON)
    assert await database.reading.value("SELECT COUNT(*) FROM response_event") == 0


async def test_the_reason_is_kept_with_the_answer_and_the_invite(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    (sent,) = await invited(database, meeting)
    await says(database, person, meeting, "no", NOON + HOUR)
    for _ in range(2):
        async with database.transaction() as tx:
            await responses.set_reason(tx, person, meeting.id, "childcare", NOON + 2 * HOUR)
    assert (await responses.of_person(database.reading, person, meeting.id)).why == "childcare"
    attempt = await attempts.by_id(database.reading, sent.id)
    assert (attempt.answer, attempt.answer_why, attempt.answered_at) == ("no", "childcare", NOON + HOUR)
    events = await database.reading.rows("SELECT at, why FROM response_event ORDER BY id")
    assert [tuple(event) for event in events] == [(NOON + HOUR, ""), (NOON + 2 * HOUR, "childcare")]


async def test_a_change_of_mind_keeps_the_time_of_the_first_answer(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    (sent,) = await invited(database, meeting)
    await says(database, person, meeting, "yes", NOON + HOUR)
    await says(database, person, meeting, "no", NOON + DAY)
    attempt = await attempts.by_id(database.reading, sent.id)
    assert (attempt.outcome, attempt.answer, attempt.answered_at) == ("answered", "no", NOON + HOUR)


async def test_my_meetings_are_those_i_was_asked_to_or_answered(database):
    asked, other = await workers(database, 2)
    first, second = await open_meeting(database), await open_meeting(database, local_start="2027-03-09T10:00")
    await open_meeting(database, local_start="2027-03-10T10:00")
    await invited(database, second)
    await says(database, asked, first, "maybe", NOON)
    found = await responses.upcoming_of(database.reading, asked, NOON)
    assert [(meeting, said and said.answer) for meeting, said in found] == [(first, "maybe"), (second, None)]
    assert [meeting for meeting, _ in await responses.upcoming_of(database.reading, other, NOON)] == [second]
    assert await responses.upcoming_of(database.reading, asked, second.starts_at) == []


async def test_who_is_in_which_group(database):
    async with database.transaction() as tx:
        names = ("yes", "maybe", "no", "silent", "pending", "gone", "unasked")
        people = {name: await worker(tx, name) for name in names if name != "unasked"}
        people["stopped"] = await worker(tx, "stopped")
        await tx.run("UPDATE person SET stopped_at = 1 WHERE display_name = 'stopped'")
    meeting = await open_meeting(database)
    await invited(database, meeting, silent_at=NOON + 3 * DAY)
    for answer in ("yes", "maybe", "no"):
        await says(database, people[answer], meeting, answer, NOON + HOUR)
    async with database.transaction() as tx:
        await tx.run("UPDATE contact_attempt SET silent_at = NULL WHERE person_id = :id", id=people["pending"])
        await tx.run("UPDATE person SET unreachable_at = 1 WHERE id = :id", id=people["gone"])
        await tx.run("UPDATE contact_attempt SET silent_at = NULL WHERE person_id = :id", id=people["gone"])
        assert await attempts.close_silent(tx, NOON + 3 * DAY) == 1
    expected = {"yes": "yes", "maybe": "maybe", "no": "no", "silent": "silent", "pending": "pending"}
    for group, name in {**expected, "unreachable": "gone", "not_attempted": "stopped"}.items():
        found = await responses.people(database.reading, meeting.id, group)
        assert [(one.person_id, one.display_name, one.on_telegram) for one in found] == [(people[name], name, True)]
    assert (await responses.people(database.reading, meeting.id, "yes"))[0].answer == "yes"
    summary = await responses.summary(database.reading, meeting.id)
    assert summary == responses.Summary(yes=1, maybe=1, no=1, silent=1, pending=1, unreachable=1, not_attempted=1)
    assert await responses.people(database.reading, meeting.id, "waiting") == []


async def test_invented_people_are_counted_apart(database):
    async with database.transaction() as tx:
        real, invented = await worker(tx), await worker(tx, invented=1)
    real_meeting = await open_meeting(database, made_by=real)
    rehearsal = await open_meeting(database, made_by=invented)
    for meeting in (real_meeting, rehearsal):
        await says(database, real, meeting, "yes", NOON)
        await says(database, invented, meeting, "no", NOON)
    one, none = responses.Summary(yes=1), responses.Summary(no=1)
    assert await responses.summary(database.reading, real_meeting.id) == one
    assert await responses.summary(database.reading, rehearsal.id) == none
    assert await responses.summary(database.reading, real_meeting.id, invented=True) == none


async def test_a_free_place_reaches_somebody_whose_pause_is_over_at_the_next_tick(database):
    ada, bo, cy = await workers(database, 3)
    meeting = await open_meeting(database, capacity=1)
    for person, at in ((ada, NOON), (bo, NOON + 1)):
        await says(database, person, meeting, "yes", at)
    async with database.transaction() as tx:
        await tx.run("UPDATE person SET paused_until = :until WHERE id = :id", until=NOON + DAY, id=bo)
    await says(database, ada, meeting, "no", NOON + 2)

    async def tick(now):
        async with database.transaction() as tx:
            return await responses.promote_all(tx, now)

    assert [await tick(now) for now in (NOON + 3, NOON + DAY - 1, NOON + DAY, NOON + DAY + 1)] == [0, 0, 1, 0]
    assert (await responses.of_person(database.reading, bo, meeting.id)).place == "held"
    await says(database, cy, meeting, "yes", NOON + DAY + 2)
    assert await tick(NOON + DAY + 3) == 0
