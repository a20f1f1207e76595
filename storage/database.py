"""The main database: one writer behind a lock, one connection for short reads, one for reports.

Transactions that arrive while another is running share one commit, so one `fsync` serves a queue of chats. Each is a
savepoint of its own: one that fails takes nothing of its neighbours with it, and none returns before it is on disk.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiosqlite

SHARED_AT_MOST = 64
_SETUP = "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;"


class Reading:
    """A connection to ask questions of. Values are named parameters; rows come back as sqlite3.Row."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def rows(self, sql: str, /, **values: Any) -> list[sqlite3.Row]:
        """Every row of the answer."""
        return list(await self._connection.execute_fetchall(sql, values))

    async def row(self, sql: str, /, **values: Any) -> sqlite3.Row | None:
        """The first row of the answer, or None."""
        rows = await self.rows(sql, **values)
        return rows[0] if rows else None

    async def value(self, sql: str, /, **values: Any) -> Any:
        """The first column of the first row, or None."""
        row = await self.row(sql, **values)
        return None if row is None else row[0]


class Writing(Reading):
    """The writer inside a transaction. Use RETURNING with `rows` to learn what changed: one hop to the thread, not three."""

    async def run(self, sql: str, /, **values: Any) -> None:
        """Do it."""
        await self._connection.execute_fetchall(sql, values)


class _Batch:
    """Transactions that will share one commit."""

    def __init__(self) -> None:
        self.size = 0
        self.on_disk: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Database:
    """The open database: `reading` for short reads, `reports` for long ones, `transaction()` for every write."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection, reports: aiosqlite.Connection) -> None:
        self.path = path
        self.reading = Reading(reader)
        self.reports = Reading(reports)
        self._writer = writer
        self._turn = asyncio.Lock()
        self._wanting = 0
        self._batch: _Batch | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Writing]:
        """A transaction that is on disk when the block has been left, or has left no trace when it raised."""
        self._wanting += 1
        try:
            await self._turn.acquire()
        finally:
            self._wanting -= 1
        try:
            batch = await self._join()
            try:
                yield Writing(self._writer)
            except BaseException:
                await self._writer.execute_fetchall("ROLLBACK TO turn")
                raise
            finally:
                await asyncio.shield(self._leave(batch))
        finally:
            self._turn.release()
        await asyncio.shield(batch.on_disk)

    async def _join(self) -> _Batch:
        if self._batch is None:
            await self._writer.execute_fetchall("BEGIN IMMEDIATE")
            self._batch = _Batch()
        await self._writer.execute_fetchall("SAVEPOINT turn")
        self._batch.size += 1
        return self._batch

    async def _leave(self, batch: _Batch) -> None:
        try:
            await self._writer.execute_fetchall("RELEASE turn")
            if self._wanting and batch.size < SHARED_AT_MOST:
                return
            self._batch = None
            await self._writer.execute_fetchall("COMMIT")
            batch.on_disk.set_result(None)
        except sqlite3.Error as error:
            await self._abandon(batch, error)

    async def _abandon(self, batch: _Batch, error: sqlite3.Error) -> None:
        """Disk full and the like: nobody in the batch may think that it is saved."""
        self._batch = None
        if self._writer.in_transaction:
            await self._writer.execute_fetchall("ROLLBACK")
        batch.on_disk.set_exception(error)
        batch.on_disk.exception()


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Database]:
    """The database at `path`, migrated already, closed again when the block is left."""
    async with AsyncExitStack() as stack:
        writer, reader, reports = [await _connection(stack, path) for _ in range(3)]
        for connection in (reader, reports):
            await connection.execute_fetchall("PRAGMA query_only = ON")
        yield Database(path, writer, reader, reports)


async def _connection(stack: AsyncExitStack, path: Path) -> aiosqlite.Connection:
    connection = await stack.enter_async_context(aiosqlite.connect(path, isolation_level=None))
    connection.row_factory = sqlite3.Row
    await connection.create_function("folded", 1, str.casefold, deterministic=True)
    await connection.executescript("PRAGMA journal_mode = WAL; " + _SETUP)
    return connection
