import sqlite3

import pytest

from storage import attempts, export_rows, polls, venues
from storage.audience import Audience
from storage.export_rows import COLUMNS
from tests.storage.world import DAY, HOUR, NOON, invite, open_meeting, says, send_all, worker, workers

ALWAYS = (0, NOON + 9 * DAY)


def exported(database, *period, **world):
    pages = export_rows.pages(database.path, *(period or ALWAYS), **world)
    return [dict(zip(COLUMNS, row, strict=True)) for page in pages for row in page]


async def played(database):
    """Two are asked, one answers and one is silent; the silent one is asked again and called; a third had stopped."""
    answers, silent = await workers(database, 2, market="home_care", shift="nights")
    async with database.transaction() as tx:
        hall = await venues.add(tx, name="Hall", kind="library", now=NOON)
        stopped = await worker(tx)
        await tx.run("UPDATE person SET stopped_at = 1, first_approach = 2 WHERE id = :id", id=stopped)
    meeting = await open_meeting(database, mode="in_person", venue_id=hall.id, reward="=1+1")
    await invite(database, meeting)
    await send_all(database, NOON + 60, NOON + DAY)
    await says(database, answers, meeting, "no", NOON + HOUR)
    async with database.transaction() as tx:
        await attempts.close_silent(tx, NOON + DAY)
    await invite(database, meeting, NOON + DAY, not_answered=True)
    await send_all(database, NOON + DAY)
    async with database.transaction() as tx:
        await attempts.log_by_hand(
            tx, silent, None, "call", "no_answer", "rang twice", None, NOON + 2 * DAY, about=meeting.id
        )
        await attempts.log_by_hand(tx, None, "Rose Court", "visit", "spoke", "", None, NOON + 2 * DAY)


async def test_one_row_per_attempt_with_what_became_of_it(database):
    await played(database)
    rows = exported(database)
    assert [
        (row["purpose"], row["approach"], row["contact_mode"], row["attempt_number"], row["final_state"])
        for row in rows
    ] == [
        ("invite", "bot", "telegram", 1, "answered"),
        ("invite", "bot", "telegram", 1, "no_response"),
        ("invite", "bot", "telegram", None, "skipped"),
        ("invite", "bot", "telegram", 2, "accepted"),
        ("by_hand", "call", "call", 3, "no_response"),
        ("by_hand", "visit", "visit", 1, "answered"),
    ]
    first, *_, call, visit = rows
    assert (first["answer"], first["response_delay"], first["reward"], first["market"]) == (
        "no",
        HOUR - 60,
        "=1+1",
        "home_care",
    )
    assert (first["meeting"], first["venue"], first["venue_kind"], first["shift"]) == (
        "Pay and hours",
        "Hall",
        "library",
        "nights",
    )
    assert (rows[2]["why"], rows[2]["sent_at"], rows[2]["first_approach"]) == ("stopped", None, "direct")
    assert (call["note"], call["answer"], visit["place"], visit["person_id"]) == (
        "rang twice",
        "no_answer",
        "Rose Court",
        None,
    )


async def test_the_attempts_of_a_poll_say_which_poll_they_are_about(database):
    (person,) = await workers(database, 1)
    async with database.transaction() as tx:
        poll = await polls.make(
            tx,
            title="When next?",
            strand="board",
            mode="online",
            zone="Europe/London",
            minutes=60,
            closes_at=NOON + DAY,
            now=NOON,
            reward="Tea",
        )
        await polls.add_slots(tx, poll, ["2027-03-09T14:30"])
        await polls.open_(tx, poll.id, Audience(0), NOON)
    (row,) = exported(database)
    assert (row["purpose"], row["about_what"], row["poll_id"], row["poll"]) == ("poll", "poll", poll.id, "When next?")
    assert (row["meeting_id"], row["meeting"], row["strand"], row["reward"]) == (0, None, "board", "Tea")
    assert row["person_id"] == person


async def test_a_period_has_its_first_moment_and_not_its_last(database):
    await played(database)
    everything = exported(database)
    parts = [*exported(database, 0, NOON + DAY), *exported(database, NOON + DAY, NOON + 9 * DAY)]
    assert parts == everything
    assert export_rows.count(database.path, NOON + DAY, NOON + 9 * DAY) == 3
    assert exported(database, NOON + 1, NOON + DAY) == []


async def test_numbers_of_attempts_do_not_depend_on_the_period(database):
    await played(database)
    assert [row["attempt_number"] for row in exported(database, NOON + 2 * DAY, NOON + 9 * DAY)] == [3, 1]


async def test_invented_people_and_real_ones_are_apart(database):
    await played(database)
    async with database.transaction() as tx:
        actor = await worker(tx, invented=1)
        await attempts.plan(tx, actor, "notice", 0, 1, NOON, None, NOON)
    real, invented = exported(database, invented=False), exported(database, invented=True)
    assert [row["person_id"] for row in invented] == [actor]
    assert len(real) + len(invented) == len(exported(database))
    assert export_rows.count(database.path, *ALWAYS, invented=True) == 1


async def test_rows_come_in_pages_and_show_one_moment(database, monkeypatch):
    monkeypatch.setattr(export_rows, "PAGE", 2)
    await played(database)
    sizes = []
    async for page in export_rows.stream(database.path, *ALWAYS):
        sizes.append(len(page))
        async with database.transaction() as tx:
            await attempts.plan(tx, 1, "notice", 0, len(sizes), NOON + DAY, None, NOON + DAY)
    assert sizes == [2, 2, 2]
    assert export_rows.count(database.path, *ALWAYS) == 9


async def test_whoever_stops_reading_leaves_nothing_open(database, monkeypatch):
    monkeypatch.setattr(export_rows, "PAGE", 1)
    await played(database)
    stream = export_rows.stream(database.path, *ALWAYS)
    assert len(await anext(stream)) == 1
    await stream.aclose()
    with pytest.raises(StopAsyncIteration):
        await anext(stream)


async def test_the_stream_cannot_write_and_does_not_make_a_database(database, tmp_path):
    with export_rows._reading(database.path) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM person")
    with pytest.raises(sqlite3.OperationalError):
        list(export_rows.pages(tmp_path / "none.db", *ALWAYS))
    assert not (tmp_path / "none.db").exists()


async def test_columns_are_those_of_the_statement(database):
    with export_rows._reading(database.path) as connection:
        cursor = connection.execute(
            export_rows._ROWS, {"from_at": 0, "until_at": 0, "invented": None, "to_staff": "[]"}
        )
        assert tuple(column[0] for column in cursor.description) == COLUMNS


async def test_a_row_says_how_its_meeting_stands_and_words_to_staff_are_no_rows(database):
    ada, cas = await workers(database, 2)
    meeting = await open_meeting(database, capacity=1)
    await invite(database, meeting)
    await says(database, ada, meeting, "yes", NOON + 60)
    async with database.transaction() as tx:
        await attempts.plan(tx, cas, "close_due", meeting.id, 1, NOON, None, NOON)
    rows = exported(database)
    assert [(row["meeting_standing"], row["purpose"]) for row in rows] == [("full", "invite")] * 2
    assert export_rows.count(database.path, *ALWAYS) == 2
