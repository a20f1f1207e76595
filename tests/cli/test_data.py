"""Making the database, and letting the first officer in."""

import asyncio
import re
import sqlite3
import stat
from contextlib import closing

from bot import clock
from rules.roles import Role
from storage import audit, grants, people
from storage.database import opened


def code_in(text):
    return re.search(r"/start enrol-(\S+)", text)[1]


def test_migrate_makes_a_database_that_is_ours_alone_and_may_run_again(shell, data):
    first, second = shell("migrate"), shell("migrate")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert stat.S_IMODE((data / "main.db").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_a_database_from_a_newer_program_is_left_alone(shell, data):
    shell("migrate")
    with closing(sqlite3.connect(data / "main.db")) as connection, connection:
        connection.execute("INSERT INTO schema_migration VALUES (9999, '9999_tomorrow', 'x', 0)")
    for words in (("migrate",), ("run",), ("export", "attempts", "--out", "x.csv")):
        result = shell(*words)
        assert result.exit_code == 1
        assert "9999_tomorrow" in result.stderr
        assert result.stderr.count("\n") == 1


async def redeem(data, code, telegram_id):
    async with opened(data / "main.db") as database, database.transaction() as tx:
        person = await people.meet(tx, telegram_id, "en", None, invented=False, now=0)
        return await grants.redeem(tx, code, person.id, int(clock.now()))


async def actions(data):
    async with opened(data / "main.db") as database:
        return [(row.action, row.why) for row in await audit.page(database.reading)]


def test_the_code_makes_one_person_an_officer_once(shell, data):
    result = shell("enrol", "--role", "officer")
    assert result.exit_code == 0
    code = code_in(result.stdout)
    assert code.encode() not in (data / "main.db").read_bytes()
    assert asyncio.run(redeem(data, code, 7)) is Role.OFFICER
    assert asyncio.run(redeem(data, code, 8)) is None
    assert asyncio.run(actions(data)) == [("enrolment_code", "officer")]


def test_only_roles_that_are_given_can_be_given(shell):
    assert shell("enrol", "--role", "worker").exit_code == 2
