"""Transactions that share one commit: what each may rely on, whatever its neighbours do."""

import asyncio
import sqlite3
from contextlib import closing, suppress

import pytest

import storage.database
from storage.database import opened

INSERT = "INSERT INTO handled_update (update_id) VALUES (:i)"


def on_disk(path):
    with closing(sqlite3.connect(path)) as other:
        return [row[0] for row in other.execute("SELECT update_id FROM handled_update ORDER BY 1")]


async def statements(database):
    """The writer's own account of what it runs, with nothing in between."""
    said = []
    await database._writer.set_trace_callback(said.append)
    return said


async def write(database, *numbers, fails=None):
    async with database.transaction() as tx:
        for i in numbers:
            await tx.run(INSERT, i=i)
        if fails:
            raise fails


@pytest.fixture
async def crowd(database):
    """Starts transactions together: the first holds its turn until all the others wait for theirs."""

    async def start(*transactions):
        ready = asyncio.Event()

        async def hold():
            async with database.transaction() as tx:
                await tx.run(INSERT, i=1)
                await ready.wait()

        first = asyncio.create_task(hold())
        tasks = [first, *map(asyncio.create_task, transactions)]
        await until(lambda: database._wanting == len(transactions))
        ready.set()
        return tasks

    return start


async def until(holds):
    """Turn by turn of the loop, so that the very next thing can be what the test does."""
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - there is no event for what happens inside
            await asyncio.sleep(0)


async def finish(tasks):
    async with asyncio.timeout(20):
        return await asyncio.gather(*tasks, return_exceptions=True)


async def test_it_is_on_disk_when_the_block_is_left(database, path):
    await write(database, 7)
    assert on_disk(path) == [7]
    assert await database.reading.value("SELECT count(*) FROM handled_update") == 1


async def test_nothing_is_seen_before(database, path):
    async with database.transaction() as tx:
        await tx.run(INSERT, i=7)
        assert on_disk(path) == []
        assert await database.reading.row("SELECT * FROM handled_update") is None


async def test_a_block_that_raises_leaves_no_trace(database, path):
    with pytest.raises(LookupError):
        await write(database, 7, fails=LookupError())
    await write(database, 8)
    assert on_disk(path) == [8]


async def test_a_block_that_does_nothing_is_a_transaction_too(database, path):
    await write(database)
    await write(database, 8)
    assert on_disk(path) == [8]


async def test_a_failed_statement_can_be_outlived(database, path):
    async with database.transaction() as tx:
        await tx.run(INSERT, i=7)
        with pytest.raises(sqlite3.IntegrityError):
            await tx.run(INSERT, i=7)
        await tx.run(INSERT, i=8)
    assert on_disk(path) == [7, 8]


async def test_neighbours_share_one_commit(database, path, crowd):
    said = await statements(database)
    await finish(await crowd(*(write(database, i) for i in range(2, 11))))
    assert on_disk(path) == list(range(1, 11))
    assert said.count("COMMIT") == said.count("BEGIN IMMEDIATE") == 1


async def test_no_more_than_so_many_share(database, path, crowd, monkeypatch):
    monkeypatch.setattr(storage.database, "SHARED_AT_MOST", 4)
    said = await statements(database)
    await finish(await crowd(*(write(database, i) for i in range(2, 11))))
    assert on_disk(path) == list(range(1, 11))
    assert said.count("COMMIT") == 3


async def test_a_failing_one_takes_nothing_of_its_neighbours(database, path, crowd):
    tasks = await crowd(write(database, 2), write(database, 3, 4, fails=LookupError("mine")), write(database, 5))
    assert [type(result) for result in await finish(tasks)] == [type(None), type(None), LookupError, type(None)]
    assert on_disk(path) == [1, 2, 5]


async def test_the_last_one_failing_does_not_keep_the_others_waiting(database, path, crowd):
    await finish(await crowd(write(database, 2), write(database, 3, fails=LookupError())))
    assert on_disk(path) == [1, 2]


async def test_when_the_commit_fails_nobody_thinks_it_is_saved(database, path, crowd):
    async def breaks_the_commit():
        async with database.transaction() as tx:
            await tx.run("PRAGMA defer_foreign_keys = ON")
            await tx.run(
                "INSERT INTO consent (person_id, notice_version, accepted, route, given_at) VALUES (9, '', 1, '', 0)"
            )

    results = await finish(await crowd(write(database, 2), breaks_the_commit(), write(database, 3)))
    assert [type(result) for result in results] == [sqlite3.IntegrityError] * 4
    assert on_disk(path) == []
    await write(database, 4)
    assert on_disk(path) == [4]


async def test_when_sqlite_gives_up_the_batch_everybody_in_it_learns(database, path, crowd):
    async def gives_up():
        async with database.transaction() as tx:
            with pytest.raises(sqlite3.IntegrityError):
                await tx.run("INSERT OR ROLLBACK INTO handled_update (update_id) VALUES (1)")
            with pytest.raises(sqlite3.IntegrityError):  # it must not go on in a transaction that is gone
                await tx.run(INSERT, i=50)

    results = await finish(await crowd(write(database, 2), gives_up(), write(database, 3), write(database, 4)))
    assert [type(result) for result in results] == [sqlite3.IntegrityError] * 3 + [type(None)] * 2
    assert on_disk(path) == [3, 4]


async def test_a_database_that_stays_busy_is_an_error_and_no_more(database, path):
    await database._writer.execute_fetchall("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await write(database, 7)
        other.execute("ROLLBACK")
    await write(database, 8)
    assert on_disk(path) == [8]


async def test_a_read_inside_sees_the_transactions_own_writes(database):
    async with database.transaction() as tx:
        await tx.run(INSERT, i=7)
        assert await tx.value("SELECT update_id FROM handled_update") == 7
        assert [row["update_id"] for row in await tx.rows("SELECT * FROM handled_update")] == [7]


async def test_a_transaction_inside_another_is_refused_at_once(database):
    async with database.transaction():
        with pytest.raises(RuntimeError, match="inside"):
            await write(database, 7)
    await write(database, 8)


async def test_a_transaction_that_is_over_takes_nothing_more(database, path):
    async with database.transaction() as tx:
        pass
    with pytest.raises(RuntimeError, match="over"):
        await tx.run(INSERT, i=7)
    assert on_disk(path) == []


async def test_readers_cannot_write(database):
    for reader in (database.reading, database.reports):
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await reader.rows(INSERT, i=7)


async def test_foreign_keys_hold(database):
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        async with database.transaction() as tx:
            await tx.run("INSERT INTO help_request (person_id, asked_at) VALUES (404, 1)")


async def test_the_settings_that_keep_data(database):
    async with database.transaction() as tx:
        settings = [await tx.value(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "secure_delete")]
    assert settings == ["wal", 2, 1]


@pytest.mark.parametrize("text", ["a\0b", "\u202eabc", "👩🏽‍⚕️", "=1+1", "<b>", "x" * 4096, ""])
async def test_any_text_comes_back_as_it_was(database, text):
    assert await database.reading.value("SELECT :text", text=text) == text


async def test_half_a_character_does_not_stop_the_rest(database):
    assert await database.reading.value("SELECT :text", text="a\ud83db") == "a\ufffdb"
    async with database.transaction() as tx:
        assert await tx.value("SELECT :text || :n", text="\ude00", n=1) == "\ufffd1"


async def test_after_closing_there_is_an_error_instead_of_waiting(path):
    async with opened(path) as database:
        await write(database, 7)
    async with asyncio.timeout(5):
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            await database.reading.rows("SELECT 1")
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            await write(database)


async def test_what_is_under_way_at_closing_is_kept_or_an_error(path):
    async with opened(path) as database:
        task = asyncio.create_task(write(database, 7))
        await asyncio.sleep(0)
    with suppress(sqlite3.ProgrammingError):
        await asyncio.wait_for(task, 5)
    assert on_disk(path) == ([] if task.exception() else [7])
