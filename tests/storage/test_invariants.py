"""Each invariant is broken on purpose, behind the program's back, and found; and history refuses to be edited."""

import sqlite3

import pytest

from storage import audit, people
from storage.invariants import Violation, violations
from tests.storage.world import HOUR, NOON, invited, open_meeting, says, workers

UNCHECKED = """
PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;
DROP INDEX one_attempt_per_occasion;
DROP TRIGGER audit_kept; DROP TRIGGER audit_stays; DROP TRIGGER response_event_kept; DROP TRIGGER attempt_event_kept;
"""


@pytest.fixture
async def lively(database):
    """Three people, of whom one says yes, one waits, and one says nothing; and two acts on the council's side."""
    first, second, _ = await workers(database, 3)
    meeting = await open_meeting(database, capacity=1)
    await invited(database, meeting, silent_at=NOON + HOUR)
    await says(database, first, meeting, "yes", NOON)
    await says(database, second, meeting, "yes", NOON)
    async with database.transaction() as tx:
        for number in range(3):
            await audit.record(tx, NOON, "person:1", "export", number, "a council meeting \ud83d")
    return database


async def test_a_lively_database_breaks_none(lively):
    assert await violations(lively.reading) == []


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("more_places_held_than_there_are", "UPDATE response SET place = 'held'"),
        ("place_without_yes", "UPDATE response SET answer = 'no' WHERE place = 'held'"),
        ("waiting_since_never", "UPDATE response SET waiting_since = NULL"),
        ("response_is_not_its_last_event", "UPDATE response_event SET why = 'edited'"),
        ("attempt_is_not_its_last_event", "UPDATE attempt_event SET state = 'failed'"),
        ("attempt_is_not_its_last_event", "DELETE FROM attempt_event"),
        ("accepted_but_never_sent", "UPDATE contact_attempt SET sent_at = NULL"),
        ("answered_but_never_at_any_time", "UPDATE contact_attempt SET answered_at = NULL"),
        ("silent_and_answered", "UPDATE contact_attempt SET outcome = 'no_response'"),
        (
            "silent_but_never_sent",
            "UPDATE contact_attempt SET outcome = 'no_response', sent_at = NULL, state = 'failed'",
        ),
        ("two_attempts_for_one_occasion", "UPDATE contact_attempt SET person_id = 1"),
        ("about_no_meeting", "UPDATE contact_attempt SET about = 404"),
        ("undone_but_sent", "UPDATE broadcast SET state = 'undone'"),
        ("outage_ends_before_it_begins", "INSERT INTO outage (from_at, until_at) VALUES (2, 1)"),
        ("points_at_nothing", "DELETE FROM person WHERE id = 3"),
        ("audit_chain_broken", "UPDATE audit SET why = 'edited' WHERE id = 2"),
        ("audit_chain_broken", "UPDATE audit SET how_many = 7 WHERE id = 1"),
        ("audit_chain_broken", "DELETE FROM audit WHERE id = 1"),
        ("audit_chain_broken", "DELETE FROM audit WHERE id = 2"),
    ],
)
async def test_each_broken_rule_is_found(lively, name, damage):
    await lively._writer.executescript("DROP TRIGGER attempt_event_stays;" + UNCHECKED + damage)
    found = await violations(lively.reading)
    assert name in [violation.name for violation in found]
    assert all(isinstance(violation, Violation) and violation.how_many > 0 for violation in found)


@pytest.mark.parametrize("table", ["attempt_event", "response_event", "audit", "consent", "erased_attempt"])
async def test_history_is_neither_edited_nor_cut(lively, table):
    columns = "month, weekday, band, approach_id, reason, reward, state, answer"
    async with lively.transaction() as tx:
        await tx.run(f"INSERT INTO erased_attempt ({columns}) VALUES ('', 0, '', 1, '', '', '', '')")  # noqa: S608 - columns are a constant
        for sql in (f"UPDATE {table} SET id = id + 100", f"DELETE FROM {table}"):  # noqa: S608 - from the list above
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                await tx.run(sql)


async def test_attempts_are_never_deleted_while_their_person_is_there(lively):
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        async with lively.transaction() as tx:
            await tx.run("DELETE FROM contact_attempt")


async def test_history_leaves_with_its_person(lively):
    async with lively.transaction() as tx:
        await tx.run("DELETE FROM person")
        assert await tx.value("SELECT count(*) FROM attempt_event") == 0
        assert await people.by_id(tx, 1) is None
    assert await violations(lively.reading) == []


async def test_the_audit_can_be_read_page_by_page(lively):
    newest = await audit.page(lively.reading, most=2)
    assert [entry.how_many for entry in newest] == [2, 1]
    older = await audit.page(lively.reading, before=newest[-1].id)
    assert [(entry.actor, entry.action, entry.how_many, entry.at) for entry in older] == [
        ("person:1", "export", 0, NOON)
    ]


async def test_a_long_chain_is_followed_to_its_end(database):
    async with database.transaction() as tx:
        for number in range(1100):
            await audit.record(tx, NOON, "host:ada", "enrol", number, "")
    assert await audit.verify(database.reading) is None
    await database._writer.executescript("DROP TRIGGER audit_kept; UPDATE audit SET how_many = 0 WHERE id = 1050")
    assert await audit.verify(database.reading) == 1050
