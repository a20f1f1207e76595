"""Whoever's week changes is asked about the coming one, once, from Friday noon until it begins."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from rules.sending import UNASKED
from storage import availability, coming_week, people
from tests.storage.world import DAY, HOUR, NOON, column, withdraw, worker, workers

LONDON = ZoneInfo("Europe/London")
FRIDAY = NOON + 4 * DAY
MONDAY = date(2027, 3, 8)
ROTA = """
INSERT INTO rota (person_id, weeks, starts_on, pattern, said_at)
VALUES (:id, 2, '2027-03-01', '[0,0,0,0,0,0,0,0,0,0,0,0,0,0]', 0)
"""


async def changing(database, how_many=1):
    found = await workers(database, how_many)
    async with database.transaction() as tx:
        for person in found:
            await people.change(tx, person, "week_changes", 1)
    return found


async def ask(database, now):
    async with database.transaction() as tx:
        return await coming_week.ask(tx, now, LONDON)


async def test_once_a_week_from_friday_noon(database):
    (ada,) = await changing(database)
    await workers(database, 2)
    assert [await ask(database, now) for now in (NOON, FRIDAY - 1, FRIDAY, FRIDAY + HOUR, FRIDAY + 2 * DAY)] == [
        0, 0, 1, 0, 0,
    ]  # fmt: skip
    row = await database.reading.row("SELECT * FROM contact_attempt")
    assert (row["person_id"], row["reason"], row["due_at"], row["until_at"]) == (
        ada, "ask_week", FRIDAY, NOON + 7 * DAY - 12 * HOUR,
    )  # fmt: skip
    assert coming_week.monday_of(row["sequence"]) == MONDAY
    assert await ask(database, FRIDAY + 7 * DAY) == 1
    assert "ask_week" in UNASKED


async def test_the_clocks_going_forward_on_sunday_move_nothing(database):
    await changing(database)
    friday = NOON + 25 * DAY  # 26 March 2027; summer time begins on the 28th
    assert await ask(database, friday) == 1
    until = await column(database.reading, "SELECT until_at FROM contact_attempt")
    assert until == [friday + 2 * DAY + 11 * HOUR]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE person SET stopped_at = 1 WHERE id = :id",
        "UPDATE person SET unreachable_at = 1 WHERE id = :id",
        "UPDATE person SET telegram_id = NULL WHERE id = :id",
        "UPDATE person SET week_changes = 0 WHERE id = :id",
        "UPDATE person SET paused_until = 9999999999 WHERE id = :id",
        ROTA,
    ],
)
async def test_who_is_not_asked(database, sql):
    (ada,) = await changing(database)
    async with database.transaction() as tx:
        await tx.run(sql, id=ada)
    assert await ask(database, FRIDAY) == 0


async def test_consent_is_needed_and_what_was_said_of_that_week_is_enough(database):
    ada, bo = await changing(database, 2)
    async with database.transaction() as tx:
        await withdraw(tx, ada)
        await availability.add_exception(tx, bo, "one_off", date(2027, 3, 14), date(2027, 3, 14), NOON, ["evening"])
        cy = await worker(tx, "Cy")
        await people.change(tx, cy, "week_changes", 1)
        await availability.add_exception(tx, cy, "away", date(2027, 3, 15), date(2027, 3, 20), NOON)
    assert await ask(database, FRIDAY) == 1
    assert await column(database.reading, "SELECT person_id FROM contact_attempt") == [cy]
