"""A real process, killed or out of disk: what it said was saved is there, and the database is sound."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage import invariants
from storage.database import opened

ROOT = Path(__file__).parents[2]
# Each of eight chats writes a person, an attempt and its answer in one transaction, and says so when it is on disk.
PROGRAM = """
import asyncio, os, resource, signal, sqlite3, sys
from pathlib import Path
from storage import audit, people
from storage.database import opened

ATTEMPT = '''
INSERT INTO contact_attempt (person_id, approach_id, reason, state, due_at, planned_at, changed_at)
VALUES (:id, 1, 'notice', 'planned', 0, 0, 0)
'''
SENT = '''
UPDATE contact_attempt SET state = 'accepted', sent_at = 1, note = :filler WHERE person_id = :id
'''

async def chat(database, first):
    for number in range(first, 10**9, 8):
        async with database.transaction() as tx:
            person = await people.meet(tx, number, 'en', None, False, 0)
            await tx.run(ATTEMPT, id=person.id)
            await tx.run(SENT, id=person.id, filler='x' * 3000)
            await audit.record(tx, 0, 'host:test', 'write', number, '')
        os.write(1, b'%d\\n' % number)

async def main(path, limit, start):
    async with opened(path) as database:
        if limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        chats = [asyncio.create_task(chat(database, start + first)) for first in range(8)]
        results = await asyncio.gather(*chats, return_exceptions=True)
        assert all(isinstance(result, sqlite3.Error) for result in results), results
        os.write(2, repr(results[0]).encode())

asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
"""


def program(path, *, limit=0, start=1):
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, path, str(limit), str(start)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


async def check(path, said):
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        kept = {row[0] for row in connection.execute("SELECT telegram_id FROM person")}
    assert said <= kept
    async with opened(path) as database:
        assert await invariants.violations(database.reading) == []
        assert await database.reading.value("SELECT count(*) FROM contact_attempt WHERE state != 'accepted'") == 0
    return kept


async def test_killed_again_and_again_nothing_that_was_said_is_lost(path):
    said, rng = set(), random.Random(3)
    for life in range(4):
        with program(path, start=1 + life * 10**6) as process:
            for _ in range(rng.randrange(1, 120)):
                said.add(int(process.stdout.readline()))
            process.send_signal(signal.SIGKILL)
            said |= {int(line) for line in process.stdout.read().split(b"\n")[:-1]}
        kept = await check(path, said)
    assert len(kept - said) <= 4 * 8  # one each was on its way to the disk, or just there, when the kill came


@pytest.mark.parametrize("limit", [200_000, 1_000_000, 4_200_000])
async def test_a_full_disk_is_an_error_for_whoever_is_not_saved_and_for_nobody_else(path, limit):
    with program(path, limit=limit) as process:
        told, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    assert b"Error(" in error
    said = {int(line) for line in told.split()}
    kept = await check(path, said)
    assert kept == said


async def fill(database):
    for written in range(10**6):
        try:
            async with database.transaction() as tx:
                await tx.run("INSERT INTO venue (name, made_at) VALUES (:name, 0)", name="x" * 3000)
        except sqlite3.OperationalError:
            return written
    return None


async def test_after_a_full_disk_it_goes_on_where_there_is_room(path):
    async with opened(path) as database:
        await database._writer.execute_fetchall("PRAGMA max_page_count = 60")
        written = await fill(database)
        assert written
        assert await database.reading.value("SELECT count(*) FROM venue") == written
        await database._writer.execute_fetchall("PRAGMA max_page_count = 1000000")
        async with database.transaction() as tx:
            await tx.run("INSERT INTO venue (name, made_at) VALUES ('after', 0)")
        assert await database.reading.value("SELECT count(*) FROM venue") == written + 1
