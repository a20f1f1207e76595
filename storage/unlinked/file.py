"""The second file: opened on a thread of its own, checked against its design, its times on a steady tick.

Not through aiosqlite, whose debug log prints what is stored.
"""

import asyncio
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from storage.unlinked.pepper import CannotOpen, Hashing

MIGRATIONS = Path(__file__).parents[2] / "migrations" / "feedback"
TICK_SECONDS = 3600
# Temporary tables in memory: VACUUM would otherwise leave the whole file in the system's folder when it is killed.
_SETUP = """
PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;
PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA busy_timeout = 5000;
"""
_VERSION = "PRAGMA user_version"
_DESIGN = "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
_PROOF = "SELECT proof FROM standing"
_FIRST = "INSERT INTO standing (slot, proof, week, since) VALUES (?, ?, '', '')"
_T = TypeVar("_T")


class NotAsDesigned(CannotOpen):
    """The file has a table, a column, an index or a trigger that its migrations do not make."""


class PepperWrong(CannotOpen):
    """The file was made with another pepper."""


class Line:
    """The thread the file's one connection lives on. Every piece of work ends with the file's times on the tick."""

    def __init__(self, path: Path, now: Callable[[], float]) -> None:
        self._path = path
        self._now = now
        self._thread = ThreadPoolExecutor(1, "unlinked")
        self._connection: sqlite3.Connection | None = None
        self._untidy = False

    async def open(self, hashing: Hashing) -> None:
        """Open the file, made or brought up to date first. Raises CannotOpen or sqlite3.Error."""
        await self._on_thread(lambda: self._open(hashing))

    async def read(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """What `work` answers."""
        return await self._on_thread(lambda: self._steadily(work))

    async def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """What `work` answers, on disk; the file is rewritten in the order of its keys. Raises sqlite3.Error."""
        return await self._on_thread(lambda: self._steadily(self._kept(work)))

    async def tick(self) -> None:
        """Put the file's times on the last full hour, whatever has or has not happened; call it every minute."""
        await self._on_thread(lambda: self._steadily(lambda _: None))

    async def close(self) -> None:
        """Close the file and end the thread."""
        await self._on_thread(self._close)
        self._thread.shutdown()

    async def _on_thread(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self, hashing: Hashing) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        try:
            self._connection = connected(self._path)
            migrate(self._connection)
            _check_pepper(self._connection, hashing)
            self._untidy = True  # a kill may have come between an item and its place among the others
        finally:
            self._settle()

    def _kept(self, work: Callable[[sqlite3.Connection], _T]) -> Callable[[sqlite3.Connection], _T]:
        def run(connection: sqlite3.Connection) -> _T:
            with transaction(connection):
                result = work(connection)
                self._untidy = True
            return result

        return run

    def _steadily(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        if self._connection is None:
            raise sqlite3.ProgrammingError("the feedback file is closed")
        try:
            return work(self._connection)
        finally:
            self._settle()

    def _settle(self) -> None:
        # Within a page SQLite lays out what comes first at the end, so where a row lies says when it came: VACUUM lays
        # all out by key. A full disk leaves that for the next tick; what was saved stays saved.
        with suppress(sqlite3.Error):
            if self._untidy and self._connection:
                self._connection.execute("VACUUM")
                self._untidy = False
        moment = int(self._now()) // TICK_SECONDS * TICK_SECONDS
        for place in (self._path, self._path.parent):  # a journal that comes and goes moves the folder's time
            with suppress(OSError):
                os.utime(place, (moment, moment))

    def _close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None
        self._settle()


def connected(path: Path) -> sqlite3.Connection:
    """A connection to the file, set up as designed. Raises CannotOpen when it cannot be, or sqlite3.Error."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(_SETUP)
        if connection.execute("PRAGMA journal_mode").fetchone() != ("delete",):
            raise CannotOpen(f"{path} cannot be kept with a journal that is deleted, so it is not opened.")
    except BaseException:
        connection.close()
        raise
    return connection


def migrate(connection: sqlite3.Connection, folder: Path = MIGRATIONS) -> None:
    """Bring the file up to the newest migration. The version stands in the header: a table of them would hold dates.

    Raises NotAsDesigned when the schema afterwards is not exactly what the migrations make, or sqlite3.Error.
    """
    files = sorted(folder.glob("*.sql"))
    (version,) = connection.execute(_VERSION).fetchone()
    for number, file in enumerate(files[version:], version + 1):
        _apply(connection, file, number)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        for number, file in enumerate(files, 1):
            _apply(model, file, number)
        if _design(model) != _design(connection):
            raise NotAsDesigned("The feedback file is not what its migrations make; somebody has changed its tables.")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that is on disk when the block has been left, or never was when the block raised."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _apply(connection: sqlite3.Connection, file: Path, number: int) -> None:
    with transaction(connection):
        for statement in _statements(file.read_text("utf-8")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")


def _statements(sql: str) -> Iterator[str]:
    """Each statement of a file; executescript would commit what is open before it begins."""
    begun = ""
    for part in sql.split(";"):
        begun += part + ";"
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""


def _design(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    return [*connection.execute(_DESIGN), *connection.execute(_VERSION)]


def _check_pepper(connection: sqlite3.Connection, hashing: Hashing) -> None:
    proof = hashing.mark("proof")
    found = connection.execute(_PROOF).fetchone()
    if found is None:
        with transaction(connection):
            connection.execute(_FIRST, (secrets.token_bytes(16), proof))
    elif not secrets.compare_digest(found[0], proof):
        raise PepperWrong("The feedback file was made with another pepper. Put back the one that belongs to it.")
