"""The figures of a summary: every attempt in one line of it, so that the lines add up."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.dispositions import OUTCOMES
from rules.transitions import ALLOWED
from storage import attempts, contacts, figures
from storage.figures import Figures
from tests.storage.world import DAY, HOUR, NOON, invite, invited, open_meeting, says, send_all, worker, workers

ATTEMPT = st.tuples(
    st.sampled_from(("invite", "reminder", "notice", "by_hand")),
    st.sampled_from(sorted(ALLOWED)),
    st.sampled_from((None, "answered", "late", "no_response")),
    st.sampled_from(("", "taken_back", "left_unknown")),
    st.sampled_from(("", "yes", *OUTCOMES)),
)


async def counted(database, until=NOON + 9 * DAY):
    return await figures.of_attempts(database.reading, 0, until, invented=False)


async def test_those_that_wait_for_their_hour_are_apart(database):
    everyone = await workers(database, 38)
    meeting = await open_meeting(database)
    await invited(database, meeting, silent_at=NOON + DAY)
    late = everyone[:6]
    async with database.transaction() as tx:
        for person in late:
            await tx.run(
                "UPDATE contact_attempt SET state = 'planned', sent_at = NULL WHERE person_id = :id", id=person
            )
    await says(database, everyone[10], meeting, "yes", NOON + HOUR)
    found = await counted(database)
    assert (found.made, found.people, found.reached, found.to_come) == (32, 32, 32, 6)
    assert (found.answered, found.still_open, found.yes, found.asked) == (1, 31, 1, 32)


async def test_reminders_to_come_are_no_contacts_and_those_sent_ask_for_nothing(database):
    (ada,) = await workers(database, 1)
    async with database.transaction() as tx:
        await attempts.plan(tx, ada, "reminder", 1, 1, NOON, None, NOON)
        await attempts.plan(tx, ada, "reminder", 1, 2, NOON + 8 * DAY, None, NOON)
    await send_all(database, NOON + HOUR)
    found = await counted(database)
    assert (found.made, found.reached, found.told, found.to_come) == (1, 1, 1, 1)
    assert (found.still_open, found.asked) == (0, 0)


async def test_who_was_left_out_was_not_contacted(database):
    async with database.transaction() as tx:
        await worker(tx)
        gone = await worker(tx)
        await tx.run("UPDATE person SET stopped_at = 1 WHERE id = :id", id=gone)
    await invite(database, await open_meeting(database))
    await send_all(database, NOON)
    found = await counted(database)
    assert (found.made, found.people, found.left_out) == (1, 1, 1)


async def test_a_wrong_number_reached_nobody_and_a_mistake_counts_as_nothing(database):
    (ada,) = await workers(database, 1)
    async with database.transaction() as tx:
        await attempts.log_by_hand(tx, ada, None, "call", "wrong_contact", "", ada, NOON)
        mistake = await attempts.log_by_hand(tx, ada, None, "call", "spoke", "", ada, NOON)
        assert await contacts.take_back(tx, mistake, ada, NOON + 1)
    found = await counted(database)
    assert (found.made, found.unreachable, found.reached, found.left_out) == (1, 1, 0, 1)


async def test_an_empty_period_is_all_noughts(database):
    assert await counted(database) == Figures(*[0] * 14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ATTEMPT, max_size=12))
async def test_whatever_became_of_them_the_lines_add_up(database, rows):
    async with database.transaction() as tx:
        # No attempt is ever deleted, so each example has a second of its own.
        at = 1 + await tx.value("SELECT COUNT(*) FROM contact_attempt")
        for number, (reason, state, outcome, why, answer) in enumerate(rows):
            await tx.run(
                """
                INSERT INTO contact_attempt (place, approach_id, reason, sequence, state, outcome, why, answer, due_at,
                                             planned_at, changed_at)
                VALUES ('Hall', 1, :reason, :number, :state, :outcome, :why, :answer, 0, :at, 0)
                """,
                reason=reason, number=number, state=state, outcome=outcome, why=why, answer=answer, at=at,
            )  # fmt: skip
    found = await figures.of_attempts(database.reading, at, at + 1, invented=False)
    assert found.made + found.to_come + found.left_out == len(rows)
    assert found.made == found.reached + found.unsure + found.unreachable
    assert found.reached == found.answered + found.silent + found.still_open + found.told


async def test_a_word_to_a_coordinator_is_no_attempt_to_reach_anyone(database):
    ada, cas = await workers(database, 2)
    async with database.transaction() as tx:
        await attempts.plan(tx, ada, "reminder", 1, 1, NOON, None, NOON)
        await attempts.plan(tx, cas, "close_due", 1, 1, NOON, None, NOON)
    await send_all(database, NOON + HOUR)
    found = await counted(database)
    assert (found.made, found.people) == (1, 1)
