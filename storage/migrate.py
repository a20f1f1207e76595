"""The schema, forward only: each file of the folder once, whole or not at all, after a backup."""

import hashlib
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_SETUP = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON"
_TABLE = """
CREATE TABLE IF NOT EXISTS schema_migration (
    version    INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT
"""
_HAS_TABLE = "SELECT 1 FROM sqlite_schema WHERE name = 'schema_migration'"
_APPLIED = "SELECT version, name, sha256 FROM schema_migration ORDER BY version"
_RECORD = "INSERT INTO schema_migration (version, name, sha256, applied_at) VALUES (?, ?, ?, unixepoch())"


class MigrationChanged(Exception):
    """A file that this database has already been through is different now, or gone."""


class DatabaseNewer(Exception):
    """The database has been through migrations that this version of the program does not know."""


class MigrationFailed(Exception):
    """A file ended its own transaction or left rows that point at nothing; the database is as it was."""


@dataclass(frozen=True)
class _File:
    version: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrate(path: Path, folder: Path, *, backup: Path | None = None) -> list[str]:
    """Bring the database at `path` up to the newest file in `folder`; the names of the files applied now.

    A database that holds something is first copied to `backup` (by default `backups/before-<file>.db` beside it).
    Raises MigrationChanged, DatabaseNewer, MigrationFailed, or sqlite3.Error with the database as it was.
    """
    files = _files(folder)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(_SETUP)
        connection.execute(_TABLE)
        applied = connection.execute(_APPLIED).fetchall()
        _compare(applied, files)
        waiting = files[len(applied) :]
        if applied and waiting:
            _back_up(connection, backup or path.parent / "backups" / f"before-{waiting[0].name}.db")
        for file in waiting:
            _apply(connection, file)
    return [file.name for file in waiting]


def pending(path: Path, folder: Path) -> list[str]:
    """The files that the database at `path` has yet to go through; nothing is changed, nor made when it is not there.

    Raises MigrationChanged, DatabaseNewer, or sqlite3.DatabaseError for a file that is no database.
    """
    files = _files(folder)
    applied = []
    if path.exists():
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            applied = connection.execute(_APPLIED).fetchall() if connection.execute(_HAS_TABLE).fetchone() else []
    _compare(applied, files)
    return [file.name for file in files[len(applied) :]]


def _files(folder: Path) -> list[_File]:
    found = sorted(path for path in folder.glob("*.sql"))
    if wrong := [path.name for path in found if not _NAME.fullmatch(path.name)]:
        raise ValueError(f"not named NNNN_what.sql: {', '.join(wrong)}")
    # Read as text, so that a checkout with other line ends has the same hash.
    files = [_File(int(path.name[:4]), path.stem, path.read_text("utf-8")) for path in found]
    if [file.version for file in files] != list(range(1, len(files) + 1)):
        raise ValueError(f"migrations are not numbered 1, 2, 3 ...: {', '.join(file.name for file in files)}")
    return files


def _compare(applied: list[tuple[int, str, str]], files: list[_File]) -> None:
    if len(applied) > len(files):
        raise DatabaseNewer(f"the database has been through {applied[-1][1]}, which this program does not have")
    for row, file in zip(applied, files, strict=False):
        if row != (file.version, file.name, file.sha256):
            raise MigrationChanged(f"{row[1]} is not what this database went through")


def _back_up(connection: sqlite3.Connection, copy: Path) -> None:
    copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    connection.execute("VACUUM INTO ?", (str(copy),))


def _apply(connection: sqlite3.Connection, file: _File) -> None:
    try:
        # executescript commits what is open before it begins, so BEGIN has to be the script's own first word.
        connection.executescript("BEGIN IMMEDIATE;\n" + file.sql + "\n;")
        if not connection.in_transaction:
            raise MigrationFailed(f"{file.name} ends its own transaction")
        connection.execute(_RECORD, (file.version, file.name, file.sha256))
        if broken := connection.execute("PRAGMA foreign_key_check").fetchall():
            raise MigrationFailed(f"{file.name} leaves {len(broken)} rows that point at nothing")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
