"""Polls about times: asked, voted, reminded, closed by themselves, and made into a meeting."""

import sqlite3

import pytest

from storage import attempts, broadcasts, meetings, people, polls
from storage.audience import Audience
from tests.storage.world import DAY, HOUR, NOON, column, send_all, states, worker, workers

TIMES = ["2027-03-10T22:30", "2027-03-09T14:30", "2027-03-11T02:00"]


async def a_poll(database, *, times=TIMES, **facts):
    given = {"title": "Nights", "strand": "network", "mode": "online", "zone": "Europe/London", "minutes": 60}
    given |= {"closes_at": NOON + 4 * DAY, "reminds_at": NOON + 2 * DAY, "now": NOON, **facts}
    async with database.transaction() as tx:
        poll = await polls.make(tx, **given)
        return poll, await polls.add_slots(tx, poll, times)


async def opened(database, **facts):
    people_ids = await workers(database, 3)
    async with database.transaction() as tx:
        maker = await worker(tx, "Maker", telegram=True, consented=False)
        await tx.run("INSERT INTO role_grant (person_id, role, granted_at) VALUES (:p, 'coordinator', 0)", p=maker)
    poll, slots = await a_poll(database, made_by=maker, **facts)
    async with database.transaction() as tx:
        assert (await polls.open_(tx, poll.id, Audience(0), NOON)).size == 3
    return poll, slots, people_ids


async def votes(database, person, slot, answer, now=NOON + HOUR):
    async with database.transaction() as tx:
        return await polls.vote(tx, person, slot.id, answer, now)


async def clock(database, now):
    async with database.transaction() as tx:
        return (await polls.close_due(tx, now), await polls.remind_due(tx, now), await polls.tell_all_answered(tx, now))


async def test_ten_slots_at_most_each_once_the_earliest_first(database):
    poll, slots = await a_poll(database, times=[*TIMES, TIMES[0]])
    assert [slot.local_start for slot in slots] == sorted(TIMES)
    async with database.transaction() as tx:
        more = await polls.add_slots(tx, poll, [f"2027-03-{day}T19:00" for day in range(12, 25)])
        assert len(more) == polls.MOST_SLOTS
        with pytest.raises(ValueError, match="time data"):
            await polls.add_slots(tx, poll, ["soon"])
    assert await polls.by_id(database.reading, poll.id) == poll
    assert await polls.by_id(database.reading, 99) is None
    assert await polls.of_slot(database.reading, slots[0].id) == poll
    assert await polls.of_slot(database.reading, 99) is None


async def test_an_empty_or_late_poll_asks_nobody(database):
    empty, _ = await a_poll(database, times=[])
    late, _ = await a_poll(database, closes_at=NOON)
    async with database.transaction() as tx:
        assert await polls.open_(tx, empty.id, Audience(0), NOON) is None
        assert await polls.open_(tx, late.id, Audience(0), NOON) is None


async def test_votes_can_be_changed_until_the_deadline_and_not_answered_stays_apart(database):
    poll, (first, second, third), (ada, ben, cat) = await opened(database)
    await send_all(database, NOON)
    await votes(database, ada, first, "no")
    assert await votes(database, ada, first, "yes") == {first.id: "yes"}
    assert await votes(database, ada, second, "if_need") == {first.id: "yes", second.id: "if_need"}
    await votes(database, ben, first, "no")
    assert [(one.slot_id, one.yes, one.if_need, one.no) for one in await polls.standing(database.reading, poll.id)] == [
        (first.id, 1, 0, 1),
        (second.id, 0, 1, 0),
        (third.id, 0, 0, 0),
    ]
    assert await polls.not_answered(database.reading, poll.id) == [cat]
    assert await polls.mine(database.reading, cat, poll.id) == {}
    with pytest.raises(sqlite3.IntegrityError):
        await votes(database, cat, first, "perhaps")
    with pytest.raises(polls.PollClosed):
        await votes(database, cat, first, "yes", NOON + 4 * DAY)


async def test_a_vote_answers_the_question_even_when_nobody_knew_that_it_arrived(database):
    _, (slot, *_), (ada, *_) = await opened(database)
    async with database.transaction() as tx:
        await attempts.release_due(tx, NOON)
        attempt = await attempts.claim(tx, NOON)
        await attempts.unknown(tx, attempt.id, NOON)
    assert attempt.person_id == ada
    await votes(database, ada, slot, "yes")
    (known,) = await attempts.of_person(database.reading, ada)
    assert (known.state, known.outcome, known.answer, known.has_voted) == ("accepted", "answered", "voted", True)


async def test_only_who_has_not_answered_is_reminded_and_it_closes_by_itself(database):
    poll, (slot, *_), (ada, ben, cat) = await opened(database)
    await send_all(database, NOON)
    await votes(database, ada, slot, "yes")
    assert await clock(database, NOON + 2 * DAY - 1) == (0, 0, 0)
    assert await clock(database, NOON + 2 * DAY) == (0, 2, 0)
    assert await clock(database, NOON + 2 * DAY + 60) == (0, 0, 0)
    await votes(database, ben, slot, "no")
    assert [one.person_id for one in await send_all(database, NOON + 2 * DAY)] == [cat]
    assert await clock(database, NOON + 4 * DAY) == (1, 0, 0)
    assert await clock(database, NOON + 5 * DAY) == (0, 0, 0)
    (told,) = await attempts.of_person(database.reading, poll.made_by)
    assert (told.reason, told.about, told.poll_state, told.meeting_state) == ("poll_closed", poll.id, "closed", None)
    assert [one.id for one in await polls.of_maker(database.reading, poll.made_by)] == [poll.id]


async def test_the_maker_is_told_once_when_all_have_answered(database):
    poll, (slot, *_), everyone = await opened(database)
    await send_all(database, NOON)
    for person in everyone:
        assert await clock(database, NOON + HOUR) == (0, 0, 0)
        await votes(database, person, slot, "yes")
    assert await clock(database, NOON + HOUR) == (0, 0, 1)
    assert await clock(database, NOON + 2 * HOUR) == (0, 0, 0)
    assert [one.reason for one in await send_all(database, NOON + HOUR)] == ["poll_all_answered"]
    assert (await polls.by_id(database.reading, poll.id)).all_answered_at == NOON + HOUR


async def test_who_erases_themselves_leaves_no_vote_and_a_called_off_poll_asks_nobody_more(database):
    poll, (slot, *_), (ada, *_) = await opened(database)
    await votes(database, ada, slot, "yes")
    async with database.transaction() as tx:
        await tx.run("DELETE FROM person WHERE id = :id", id=ada)
        assert await polls.cancel(tx, poll.id, NOON)
        assert not await polls.close(tx, poll.id, NOON)
    assert await column(database.reading, "SELECT COUNT(*) FROM poll_vote") == [0]
    assert await states(database) == [("cancelled", "poll_closed")] * 2


async def test_the_result_becomes_a_meeting_once(database):
    poll, (first, second, _), _ = await opened(database, capacity=8, reward="Tea", lead="Noor")
    other, (foreign, *_) = await a_poll(database)
    async with database.transaction() as tx:
        assert await polls.into_meeting(tx, poll, foreign.id, NOON) is None
        meeting = await polls.into_meeting(tx, poll, first.id, NOON)
        again = await polls.by_id(tx, poll.id)
        assert await polls.into_meeting(tx, again, second.id, NOON) is None
    assert (meeting.local_start, meeting.state, meeting.capacity, meeting.reward) == (
        first.local_start,
        "draft",
        8,
        "Tea",
    )
    assert (again.state, again.meeting_id) == ("closed", meeting.id)
    assert await meetings.by_id(database.reading, meeting.id) == meeting
    assert (await polls.by_id(database.reading, other.id)).state == "draft"


async def test_polls_and_meetings_of_one_number_are_never_mixed(database):
    poll, _, (ada, *_) = await opened(database)
    async with database.transaction() as tx:
        meeting = await meetings.make(
            tx,
            title="Other",
            strand="board",
            mode="online",
            local_start=TIMES[0],
            zone="Europe/London",
            minutes=30,
            now=NOON,
        )
        assert meeting.id == poll.id
        await meetings.open_(tx, meeting.id)
        await broadcasts.begin(tx, Audience(meeting.id), None, None, NOON, undo_seconds=0)
    asked, invited = await attempts.of_person(database.reading, ada)
    assert (asked.reason, asked.meeting_state, asked.poll_state) == ("poll", None, "open")
    assert (invited.reason, invited.meeting_state, invited.poll_state) == ("invite", "open", None)
    assert (await people.by_id(database.reading, ada)).id == ada
