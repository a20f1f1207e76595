"""A transaction may be cancelled at any moment: in its block, while it waits for its turn, during its commit."""

import asyncio
import threading

import pytest

from tests.storage.test_database import INSERT, crowd, finish, on_disk, statements, until, write

__all__ = ["crowd"]


async def cancelled(task):
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 20)


async def test_in_the_block_nothing_stays(database, path):
    inside = asyncio.Event()

    async def waits():
        async with database.transaction() as tx:
            await tx.run(INSERT, i=7)
            inside.set()
            await asyncio.sleep(3600)

    task = asyncio.create_task(waits())
    await inside.wait()
    await cancelled(task)
    await write(database, 8)
    assert on_disk(path) == [8]


async def test_while_a_statement_runs_nothing_stays(database, path):
    slow = """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
        INSERT INTO handled_update SELECT i FROM n
    """
    async with asyncio.timeout(20):
        task = asyncio.create_task(write_slowly(database, slow))
        await until(database._lock.locked)
        await asyncio.sleep(0.01)
        await cancelled(task)
        await write(database, 8)
    assert on_disk(path) == [8]


async def write_slowly(database, sql):
    async with database.transaction() as tx:
        await tx.run(sql)


async def test_before_the_turn_the_neighbours_are_still_committed(database, path, crowd):
    first, second = await crowd(write(database, 2))
    # The first has left the batch open for the second, which never takes its turn.
    await until(lambda: database._batch and not database._lock.locked())
    await cancelled(second)
    assert await finish([first]) == [None]
    assert on_disk(path) == [1]


async def test_among_many_that_wait_the_others_go_on(database, path, crowd):
    first, second, third, fourth = await crowd(*(write(database, i) for i in (2, 3, 4)))
    await cancelled(third)
    assert await finish([first, second, fourth]) == [None] * 3
    assert on_disk(path) == [1, 2, 4]


async def test_during_the_commit_it_is_kept_and_the_neighbours_are_told(database, path, crowd):
    busy = threading.Event()

    async def leaves_the_thread_busy():
        async with database.transaction() as tx:
            await tx.run(INSERT, i=2)
            database._writer.queue(lambda _: busy.wait(20))

    first, second = await crowd(leaves_the_thread_busy())
    await until(lambda: database._batch and database._batch.size == 2)
    await until(lambda: database._batch is None)
    await cancelled(second)
    assert not first.done()
    busy.set()
    assert await finish([first]) == [None]
    assert on_disk(path) == [1, 2]


async def test_a_cancelled_wait_for_the_log_leaves_the_turn_free(database, path):
    task = asyncio.create_task(database.forget_deleted())
    await asyncio.sleep(0)
    await cancelled(task)
    await write(database, 7)
    assert on_disk(path) == [7]


async def test_no_commit_is_left_open_when_all_is_quiet(database, path, crowd):
    said = await statements(database)
    tasks = await crowd(*(write(database, i) for i in range(2, 9)))
    for task in tasks[3:6]:
        task.cancel()
    await finish(tasks)
    assert database._batch is None
    assert said.count("BEGIN IMMEDIATE") == said.count("COMMIT")
    assert on_disk(path) == [1, 2, 3, 7, 8]
