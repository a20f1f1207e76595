"""Migrations: each whole or not at all, in order, unchanged, after a backup, and safe to kill in the middle."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from storage.migrate import DatabaseNewer, MigrationChanged, MigrationFailed, migrate, pending
from tests.storage.conftest import MIGRATIONS

FIRST = "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;\nINSERT INTO a VALUES (1);"
SECOND = "ALTER TABLE a ADD COLUMN name TEXT;\nUPDATE a SET name = 'one';"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_first.sql").write_text(FIRST)
    return folder


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "care.db"


def add(folder, name, sql):
    (folder / name).write_text(sql)


def query(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def applied(path):
    return [name for (name,) in query(path, "SELECT name FROM schema_migration ORDER BY version")]


def tables(path):
    return {name for (name,) in query(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_a_new_database_goes_through_every_file_once(path, folder):
    add(folder, "0002_second.sql", SECOND)
    assert migrate(path, folder) == ["0001_first", "0002_second"]
    assert migrate(path, folder) == []
    assert query(path, "SELECT * FROM a") == [(1, "one")]
    assert not (path.parent / "backups").exists()
    assert path.stat().st_mode & 0o077 == 0


def test_an_older_database_keeps_its_rows_and_leaves_a_backup(path, folder):
    migrate(path, folder)
    add(folder, "0002_second.sql", SECOND)
    assert pending(path, folder) == ["0002_second"]
    assert migrate(path, folder) == ["0002_second"]
    copy = path.parent / "backups" / "before-0002_second.db"
    assert query(copy, "SELECT * FROM a") == [(1,)]
    assert query(copy, "PRAGMA integrity_check") == [("ok",)]
    assert copy.stat().st_mode & 0o077 == 0
    assert pending(path, folder) == []


def test_the_backup_goes_where_it_is_told(path, folder, tmp_path):
    migrate(path, folder)
    add(folder, "0002_second.sql", SECOND)
    copy = tmp_path / "elsewhere" / "copy.db"
    copy.parent.mkdir()
    copy.write_text("what an earlier attempt left")
    migrate(path, folder, backup=copy)
    assert query(copy, "SELECT * FROM a") == [(1,)]


def test_asking_what_is_pending_changes_nothing(path, folder, tmp_path):
    assert pending(path, folder) == ["0001_first"]
    assert not path.parent.exists()
    empty = tmp_path / "empty.db"
    empty.touch()
    assert pending(empty, folder) == ["0001_first"]
    assert empty.read_bytes() == b""
    empty.write_text("no database at all, only words in a file that is longer than a header" * 9)
    with pytest.raises(sqlite3.DatabaseError):
        pending(empty, folder)


@pytest.mark.parametrize("change", ["edited", "renamed"])
def test_a_changed_file_is_refused(path, folder, change):
    migrate(path, folder)
    if change == "edited":
        add(folder, "0001_first.sql", FIRST + " ")
    else:
        (folder / "0001_first.sql").rename(folder / "0001_other.sql")
    for check in (migrate, pending):
        with pytest.raises(MigrationChanged, match="0001_first"):
            check(path, folder)


def test_other_line_ends_are_no_change(path, folder):
    migrate(path, folder)
    (folder / "0001_first.sql").write_bytes(FIRST.replace("\n", "\r\n").encode())
    assert migrate(path, folder) == []


def test_a_newer_database_is_refused(path, folder):
    add(folder, "0002_second.sql", SECOND)
    migrate(path, folder)
    (folder / "0002_second.sql").unlink()
    with pytest.raises(DatabaseNewer, match="0002_second"):
        migrate(path, folder)


@pytest.mark.parametrize("names", [["0003_third.sql"], ["0001_again.sql"], ["2_second.sql"], ["0002-second.sql"]])
def test_files_must_be_numbered_one_by_one(path, folder, names):
    for name in names:
        add(folder, name, SECOND)
    with pytest.raises(ValueError, match=r"numbered|named"):
        migrate(path, folder)
    assert not path.exists()


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("CREATE TABLE b (id INTEGER); CREATE TABLE b (id INTEGER);", sqlite3.OperationalError),
        ("CREATE TABLE b (id INTEGER); SELECT 'not finished", sqlite3.OperationalError),
        ("CREATE TABLE b (id INTEGER REFERENCES a (id)); INSERT INTO b VALUES (404);", MigrationFailed),
    ],
)
def test_a_file_that_fails_leaves_no_trace(path, folder, sql, error):
    migrate(path, folder)
    add(folder, "0002_second.sql", sql)
    with pytest.raises(error):
        migrate(path, folder)
    assert applied(path) == ["0001_first"]
    assert "b" not in tables(path)


def test_a_file_may_not_end_its_own_transaction(path, folder):
    add(folder, "0002_second.sql", "CREATE TABLE b (id INTEGER); COMMIT;")
    with pytest.raises(MigrationFailed, match="ends its own"):
        migrate(path, folder)
    assert applied(path) == ["0001_first"]


def test_a_table_can_be_rebuilt_under_its_references(path, folder):
    migrate(path, folder)
    add(folder, "0002_child.sql", "CREATE TABLE b (a INTEGER REFERENCES a (id)); INSERT INTO b VALUES (1);")
    rebuild = "CREATE TABLE n (id INTEGER PRIMARY KEY); INSERT INTO n SELECT id FROM a; DROP TABLE a;"
    add(folder, "0003_rebuild.sql", rebuild + "ALTER TABLE n RENAME TO a")
    migrate(path, folder)
    assert query(path, "SELECT * FROM b") == [(1,)]


KILLED = """
import sys
from pathlib import Path
from storage.migrate import migrate
print("begins", flush=True)
migrate(Path(sys.argv[1]), Path(sys.argv[2]))
print("done", flush=True)
"""
LONG = """
CREATE TABLE b (id INTEGER PRIMARY KEY, filler TEXT NOT NULL) STRICT;
INSERT INTO b SELECT value, hex(randomblob(200)) FROM (
    WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 60000) SELECT value FROM n);
CREATE TABLE c AS SELECT * FROM b;
DROP TABLE b;
ALTER TABLE c RENAME TO b;
"""


@pytest.mark.parametrize("after", [0.0, 0.02, 0.05, 0.1, 0.2])
def test_killed_in_the_middle_it_is_as_before_and_can_go_on(path, folder, after):
    migrate(path, folder)
    add(folder, "0002_long.sql", LONG)
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, path, folder],
        cwd=root,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:
        assert process.stdout.readline() == b"begins\n"
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    assert query(path, "PRAGMA integrity_check") == [("ok",)]
    assert ("b" in tables(path)) == (applied(path) == ["0001_first", "0002_long"])
    assert "c" not in tables(path)
    migrate(path, folder)
    assert query(path, "SELECT count(*) FROM b") == [(60000,)]
    assert not query(path, "PRAGMA foreign_key_check")


def test_the_projects_own_files_apply_one_after_the_other(path, tmp_path):
    """From every earlier version, with the rows that the schema itself puts in."""
    folder = tmp_path / "own"
    folder.mkdir()
    for file in sorted(MIGRATIONS.glob("*.sql")):
        shutil.copy(file, folder)
        assert migrate(path, folder) == [file.stem]
    assert query(path, "PRAGMA integrity_check") == [("ok",)]
    assert query(path, "SELECT count(*) FROM approach WHERE code IN ('bot', 'direct')") == [(2,)]
