import sqlite3

import pytest

from rules.dispositions import OUTCOMES
from storage import attempts
from tests.storage.world import DAY, NOON, open_meeting, workers


async def log(database, person, outcome, place=None, approach="call", now=NOON, **more):
    async with database.transaction() as tx:
        made = await attempts.log_by_hand(tx, person, place, approach, outcome, "left a card", None, now, **more)
    return await attempts.by_id(database.reading, made)


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_every_outcome_counts_as_the_rules_say(database, outcome):
    (person,) = await workers(database, 1)
    made = await log(database, person, outcome, silent_at=NOON + DAY)
    expected = {"spoke": "answered", "refused": "answered", "passed_on": "answered", "no_answer": "no_response"}.get(
        outcome
    )
    assert (made.answer, made.outcome, made.note) == (outcome, expected, "left a card")
    assert (made.answered_at == NOON) is (expected == "answered")
    assert (made.silent_at is not None) is (outcome in {"left_message", "call_back", "will_pass_on"})
    assert (made.state, made.why) == (("skipped", "not_attempted") if outcome == "not_attempted" else ("by_hand", ""))
    assert (made.sent_at is None) is (outcome == "not_attempted")


async def test_a_contact_may_be_with_a_place(database):
    first = await log(database, None, "spoke", place="Rose Court", approach="visit")
    second = await log(database, None, "spoke", place="Rose Court", approach="visit")
    assert (first.person_id, first.place, second.id > first.id) == (None, "Rose Court", True)


async def test_contacts_are_counted_per_person_and_meeting_and_carry_its_offer(database):
    (person,) = await workers(database, 1, language="ar")
    meeting = await open_meeting(database, reward="a meal")
    made = [await log(database, person, "no_answer", about=meeting.id) for _ in range(2)]
    assert [(one.sequence, one.reward, one.language) for one in made] == [(1, "a meal", "ar"), (2, "a meal", "ar")]


async def test_a_message_that_was_left_closes_as_silence(database):
    (person,) = await workers(database, 1)
    made = await log(database, person, "left_message", silent_at=NOON + DAY)
    async with database.transaction() as tx:
        assert await attempts.close_silent(tx, NOON + DAY) == 1
    assert (await attempts.by_id(database.reading, made.id)).outcome == "no_response"


async def test_who_asked_to_be_called_again(database):
    first, second = await workers(database, 2)
    for person in (first, second):
        await log(database, person, "call_back")
    await log(database, first, "spoke", now=NOON + DAY)
    assert [one.person_id for one in await attempts.call_backs(database.reading)] == [second]


@pytest.mark.parametrize(("outcome", "approach"), [("shrugged", "call"), ("spoke", "pigeon")])
async def test_what_does_not_exist_is_refused(database, outcome, approach):
    (person,) = await workers(database, 1)
    with pytest.raises(ValueError, match="no such"):
        await log(database, person, outcome, approach=approach)


async def test_a_contact_is_with_somebody(database):
    with pytest.raises(sqlite3.IntegrityError):
        await log(database, None, "spoke")
