"""The thread a connection lives on, and the writer's side of transactions that share one commit."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

import aiosqlite

Rows = list[sqlite3.Row]
_T = TypeVar("_T")


class Wire(aiosqlite.Connection):
    """A connection whose thread takes work in order. Work is queued at once, before anything is awaited."""

    def queue(self, work: Callable[[sqlite3.Connection], _T]) -> "asyncio.Future[_T]":
        """The future of `work`, which is done whether or not anybody still waits for it."""
        future: asyncio.Future[_T] = asyncio.get_running_loop().create_future()
        if self._running and self._connection is not None:
            self._tx.put_nowait((future, partial(work, self._connection)))
        else:
            future.set_exception(sqlite3.ProgrammingError("the database is closed"))
        return future

    def ended(self) -> None:
        """Return when the thread has ended, as it does after a connection that could not be made."""
        self._thread.join()


class Batch:
    """Transactions that share one commit. `error` is why none of them can be kept any more."""

    def __init__(self) -> None:
        self.size = 0
        self.error: sqlite3.Error | None = None
        self.on_disk: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def committed(self, commit: "asyncio.Future[None]") -> None:
        """Tell everyone who waits how the commit ended."""
        error = commit.exception()
        if error is None:
            self.on_disk.set_result(None)
        else:
            self.on_disk.set_exception(error)
            self.on_disk.exception()  # seen: whoever waited may be gone


class Turn:
    """One transaction of a batch. `over`: its block has been left; `failed`: nothing of it may stay."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.over = False
        self.failed = False


class Sharing:
    """The writer's thread's side. Each turn is a savepoint, begun with its first statement, ended with the next turn's.

    So a turn of one statement costs one hop to the thread, and a commit one more for the whole batch.
    """

    def __init__(self) -> None:
        self._current: Turn | None = None

    def fetch(self, turn: Turn, sql: str, values: Mapping[str, Any], connection: sqlite3.Connection) -> Rows:
        """Every row of the answer, within this turn."""
        if turn.batch.error:
            raise turn.batch.error
        try:
            if self._current is not turn:
                self._begin(turn, connection)
            return fetch(sql, values, connection)
        except sqlite3.Error as error:
            if not connection.in_transaction:  # a full disk can make SQLite roll back all of the batch by itself
                self._current, turn.batch.error = None, error
            raise

    def commit(self, batch: Batch, connection: sqlite3.Connection) -> None:
        """The batch is on disk, or has left no trace when this raises sqlite3.Error."""
        try:
            if batch.error:
                raise batch.error
            self._end(connection)
            if connection.in_transaction:
                connection.execute("COMMIT")
        except sqlite3.Error:
            self._current = None
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _begin(self, turn: Turn, connection: sqlite3.Connection) -> None:
        self._end(connection)
        if not connection.in_transaction:
            connection.execute("BEGIN IMMEDIATE")
        connection.execute("SAVEPOINT turn")
        self._current = turn

    def _end(self, connection: sqlite3.Connection) -> None:
        if self._current is None:
            return
        if self._current.failed:
            connection.execute("ROLLBACK TO turn")
        connection.execute("RELEASE turn")
        self._current = None


def fetch(sql: str, values: Mapping[str, Any], connection: sqlite3.Connection) -> Rows:
    """Every row of the answer. Half a character (a lone surrogate), which UTF-8 cannot hold, is kept as U+FFFD."""
    try:
        return connection.execute(sql, values).fetchall()
    except UnicodeEncodeError:
        return connection.execute(sql, {name: storable(value) for name, value in values.items()}).fetchall()


def storable(value: Any) -> Any:
    """The value as it comes back from the database: text without half characters."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else value
