"""The main database: one writer behind a lock, one connection for short reads, one for reports.

Transactions that arrive while another is running share one commit, so one `fsync` serves a queue of chats. Each is a
savepoint of its own: one that fails takes nothing of its neighbours with it, and none returns before it is on disk.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from storage.wire import Batch, Rows, Sharing, Turn, Wire, fetch

SHARED_AT_MOST = 64
# secure_delete overwrites what is deleted where it lies; copies that a page split has left elsewhere take a rewrite.
_SETUP = """
PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;
PRAGMA secure_delete = ON;
"""
_OWED = "SELECT erasures FROM rewrite_owed"
_REWRITTEN = "DELETE FROM rewrite_owed WHERE erasures = :erasures"


# A full disk, a device that fails, a file that is locked or cannot be opened or written: none of it is the question's.
_FOR_NOW = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)


def refuses_for_now(error: BaseException) -> bool:
    """Whether the database would have taken it at a better moment. Source: SQLite's primary result codes."""
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _FOR_NOW


class Reading:
    """A connection to ask questions of. Values are named parameters; rows come back as sqlite3.Row."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def rows(self, sql: str, /, **values: Any) -> Rows:
        """Every row of the answer."""
        return await self._wire.queue(partial(fetch, sql, values))

    async def row(self, sql: str, /, **values: Any) -> sqlite3.Row | None:
        """The first row of the answer, or None."""
        rows = await self.rows(sql, **values)
        return rows[0] if rows else None

    async def value(self, sql: str, /, **values: Any) -> Any:
        """The first column of the first row, or None."""
        row = await self.row(sql, **values)
        return None if row is None else row[0]


class Writing(Reading):
    """The writer inside a transaction. `rows` with RETURNING learns what changed in one hop to the thread."""

    def __init__(self, wire: Wire, sharing: Sharing, turn: Turn) -> None:
        super().__init__(wire)
        self._sharing = sharing
        self._turn = turn

    async def rows(self, sql: str, /, **values: Any) -> Rows:
        """Every row of the answer. Raises RuntimeError after the transaction's block has been left."""
        if self._turn.over:
            raise RuntimeError("this transaction is over")
        return await self._wire.queue(partial(self._sharing.fetch, self._turn, sql, values))

    async def run(self, sql: str, /, **values: Any) -> None:
        """Do it."""
        await self.rows(sql, **values)


class Database:
    """The open database: `reading` for short reads, `reports` for long ones, `transaction()` for every write."""

    def __init__(self, path: Path, writer: Wire, reader: Wire, reports: Wire) -> None:
        self.path = path
        self.reading = Reading(reader)
        self.reports = Reading(reports)
        self.owes_truncation = True
        self._writer = writer
        self._sharing = Sharing()
        self._lock = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None
        self._wanting = 0
        self._batch: Batch | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Writing]:
        """A transaction that is on disk when the block has been left, or has left no trace when the block raised.

        Raises sqlite3.Error when it could not be kept, and RuntimeError inside another transaction of the same task.
        Whoever is cancelled while the commit is under way does not learn how it ended.
        """
        await self._take_turn()
        batch = self._batch = self._batch or Batch()
        batch.size += 1
        turn = Turn(batch)
        try:
            yield Writing(self._writer, self._sharing, turn)
        except BaseException:
            turn.failed = True
            raise
        finally:
            turn.over = True
            self._give_up_turn()
        await asyncio.shield(batch.on_disk)

    async def forget_deleted(self) -> bool:
        """What was erased is in no page of the file, and the write-ahead log is empty; False when that is still owed.

        A long read or a full disk can be in the way. `owes_truncation` holds until it has worked: ask again later.
        """
        self.owes_truncation = True
        with suppress(sqlite3.Error):
            await self._rewrite_if_owed()
            self.owes_truncation = not await self._between_transactions(_truncate)
        return not self.owes_truncation

    async def _rewrite_if_owed(self) -> None:
        erasures = await self.reading.value(_OWED)
        if erasures is None:
            return
        await self._between_transactions(_rewrite)
        async with self.transaction() as tx:
            await tx.run(_REWRITTEN, erasures=erasures)  # one more has come meanwhile: still owed

    async def _between_transactions(self, work: Callable[[sqlite3.Connection], bool]) -> bool:
        await self._take_turn()
        try:
            self._commit()
            result = self._writer.queue(work)
        finally:
            self._give_up_turn()
        return await result

    async def _take_turn(self) -> None:
        if self._holder is asyncio.current_task():
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        self._wanting += 1
        try:
            await self._lock.acquire()
        except BaseException:
            self._wanting -= 1
            self._commit_unless_more_come()  # the batch may have been left open for us
            raise
        self._wanting -= 1
        self._holder = asyncio.current_task()

    def _give_up_turn(self) -> None:
        self._holder = None
        self._lock.release()
        if self._batch and (self._batch.size >= SHARED_AT_MOST or self._batch.error):
            self._commit()
        self._commit_unless_more_come()

    def _commit_unless_more_come(self) -> None:
        if not self._wanting and not self._lock.locked():
            self._commit()

    def _commit(self) -> None:
        """Queue the commit of the open batch, if there is one; what is queued after it belongs to the next."""
        batch, self._batch = self._batch, None
        if batch:
            self._writer.queue(partial(self._sharing.commit, batch)).add_done_callback(batch.committed)


def _rewrite(connection: sqlite3.Connection) -> bool:
    connection.execute("VACUUM")
    return True


def _truncate(connection: sqlite3.Connection) -> bool:
    connection.execute("PRAGMA busy_timeout = 100")  # others wait behind us: rather try again later
    try:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute("PRAGMA busy_timeout = 5000")
    return not busy


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Database]:
    """The database at `path`, migrated already, closed again when the block is left."""
    async with AsyncExitStack() as stack:
        writer, reader, reports = [await _wire(stack, path) for _ in range(3)]
        for wire in (reader, reports):
            await wire.execute_fetchall("PRAGMA query_only = ON")
        database = Database(path, writer, reader, reports)
        await database.forget_deleted()  # a kill may have come between an erasure and its end
        yield database


@asynccontextmanager
async def read_only(path: Path) -> AsyncIterator[Reading]:
    """One connection to ask long questions on, in a process of its own beside the program that has the file open."""
    async with AsyncExitStack() as stack:
        wire = await _wire(stack, path)
        await wire.execute_fetchall("PRAGMA query_only = ON")
        yield Reading(wire)


async def _wire(stack: AsyncExitStack, path: Path) -> Wire:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.executescript(_SETUP)
        connection.create_function("folded", 1, str.casefold, deterministic=True)
        return connection

    wire = Wire(connect, iter_chunk_size=64)
    try:
        await stack.enter_async_context(wire)
    except sqlite3.Error:
        await asyncio.to_thread(wire.ended)  # or its thread would speak to an event loop that is gone
        raise
    return wire
