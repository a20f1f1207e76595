"""The file opens only as it was designed, with its own pepper, and its times never move with what comes in."""

import asyncio
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from rules import codes
from storage import unlinked
from storage.unlinked import file, pepper
from tests.unlinked import detectors, week


def opened(traces):
    return unlinked.opened(traces.path, traces.pepper, now=traces.now, cost=week.CHEAP)


async def refused(traces, error):
    with pytest.raises(error) as raised:
        async with opened(traces):
            raise AssertionError("it opened")
    assert "\n" not in str(raised.value)


def changed(path, sql):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(sql)


async def test_without_a_pepper_it_does_not_open(traces):
    traces.pepper.unlink()
    await refused(traces, unlinked.PepperMissing)
    assert not traces.path.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
async def test_a_pepper_that_others_can_read_is_refused(traces, mode):
    traces.pepper.chmod(mode)
    await refused(traces, unlinked.PepperExposed)


async def test_a_pepper_of_another_size_is_refused(traces):
    traces.pepper.write_bytes(b"short")
    await refused(traces, unlinked.PepperExposed)


async def test_another_pepper_is_refused(traces, feedback):
    traces.pepper.write_bytes(b"x" * 32)
    await refused(traces, unlinked.PepperWrong)


def test_a_pepper_is_made_once_for_a_new_file_only(tmp_path):
    path, secret = tmp_path / "feedback" / "feedback.db", tmp_path / "secret" / "pepper"
    assert unlinked.make_for_new(path, secret)
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(secret.read_bytes()) == 32
    assert not unlinked.make_for_new(path, secret)
    with pytest.raises(FileExistsError):
        pepper.make(secret)
    secret.unlink()
    path.parent.mkdir()
    path.touch()
    assert not unlinked.make_for_new(path, secret)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE more (a TEXT)",
        "ALTER TABLE pool ADD COLUMN note TEXT",
        "CREATE TRIGGER t AFTER INSERT ON pool BEGIN DELETE FROM burned; END",
        "CREATE INDEX i ON pool (topic)",
        "CREATE VIEW v AS SELECT body FROM pool",
        "DROP TABLE theme",
        "PRAGMA user_version = 7",
        "PRAGMA user_version = 0",
    ],
)
async def test_changed_tables_are_refused(traces, sql):
    async with opened(traces):
        pass
    changed(traces.path, sql)
    await refused(traces, (unlinked.NotAsDesigned, sqlite3.OperationalError))


async def test_what_is_no_database_is_refused(traces):
    traces.path.parent.mkdir(parents=True)
    traces.path.write_bytes(b"no database" * 100)
    await refused(traces, sqlite3.DatabaseError)


async def test_a_file_that_another_program_holds_in_a_log_is_refused(traces):
    async with opened(traces):
        pass
    with closing(sqlite3.connect(traces.path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("SELECT * FROM pool").fetchall()
        with pytest.raises((unlinked.CannotOpen, sqlite3.OperationalError)):
            async with opened(traces):
                raise AssertionError("it opened")


def test_what_cannot_have_a_journal_that_is_deleted_is_refused():
    with pytest.raises(unlinked.CannotOpen):
        file.connected(Path(":memory:"))


async def test_the_schema_is_as_designed(traces, feedback):
    assert detectors.schema(traces.path) == []
    assert detectors.configured(traces.path) == []


def test_a_migration_that_fails_leaves_nothing(tmp_path):
    (tmp_path / "0001_bad.sql").write_text("CREATE TABLE a (b TEXT); CREATE TABLE a (b TEXT);")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            file.migrate(connection, tmp_path)
        assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)


def test_a_transaction_that_ended_itself_raises_what_was_wrong(tmp_path):
    def ends_it(connection):
        with file.transaction(connection):
            connection.execute("ROLLBACK")
            raise ValueError("said so")

    with closing(file.connected(tmp_path / "x.db")) as connection, pytest.raises(ValueError, match="said so"):
        ends_it(connection)


def test_a_semicolon_within_a_statement_does_not_end_it(tmp_path):
    (tmp_path / "0001_one.sql").write_text("CREATE TABLE a (b TEXT CHECK (b != ';'));\n-- and; no more\n")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        file.migrate(connection, tmp_path)
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("a",)]


def test_a_later_migration_keeps_what_is_there(tmp_path):
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE a (b TEXT);")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        file.migrate(connection, tmp_path)
        connection.execute("INSERT INTO a VALUES ('kept')")
        (tmp_path / "0002_second.sql").write_text("CREATE TABLE c (d TEXT);")
        file.migrate(connection, tmp_path)
        assert connection.execute("SELECT b FROM a").fetchall() == [("kept",)]
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)


async def test_times_are_the_same_with_and_without_submissions(folder, rng):
    moments = detectors.spaced(rng, 40, week.START)
    seen = []
    for name in ("busy", "idle"):
        traces = week.begin(folder / name, 40)
        async with opened(traces) as feedback:
            for one, moment in zip(traces.written, moments, strict=True):
                traces.clock = moment
                await feedback.tick()
                if name == "busy":
                    await feedback.put(one.code, one.text, one.topic)
                    await feedback.mailbox(one.code)
                seen.append((name, detectors.times_now(traces.path)))
    half = len(seen) // 2
    assert [times for _, times in seen[:half]] == [times for _, times in seen[half:]]
    assert len({times["mtime of feedback.db"] for _, times in seen}) > 5


async def test_times_are_put_back_when_a_killed_run_left_them(traces):
    async with opened(traces) as feedback:
        await feedback.put(traces.written[0].code, traces.written[0].text, "pay")
    for place in (traces.path, traces.path.parent):
        os.utime(place, (week.START + 99, week.START + 99))
    async with opened(traces):
        assert detectors.times(traces.path.parent, [(traces.clock, detectors.times_now(traces.path))]) == []


async def test_a_folder_that_is_gone_does_not_lose_what_was_saved(traces, feedback):
    assert await feedback.put(traces.written[0].code, traces.written[0].text, "pay")
    traces.path.parent.rename(traces.path.parent.with_name("moved"))
    await feedback.tick()
    assert traces.path.parent.with_name("moved").is_dir()


async def test_what_cannot_be_tidied_now_is_tidied_later(traces, feedback):
    one, other = traces.written[:2]
    await feedback.put(one.code, one.text, "pay")
    with closing(sqlite3.connect(traces.path, isolation_level=None)) as reader:
        await feedback._line._on_thread(lambda: feedback._line._connection.execute("PRAGMA busy_timeout = 10"))
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM issued").fetchall()
        with pytest.raises(sqlite3.OperationalError):
            await feedback.put(other.code, other.text, "pay")
    assert await feedback.put(other.code, other.text, "pay")
    await feedback.tick()
    assert detectors.layout(traces.path, traces.folder / "again.db") == []


async def test_a_vacuum_in_the_way_of_a_reader_waits_for_the_tick(traces, feedback):
    line = feedback._line
    await line._on_thread(lambda: setattr(line, "_untidy", True))
    await line._on_thread(lambda: line._connection.execute("PRAGMA busy_timeout = 10"))
    with closing(sqlite3.connect(traces.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM issued").fetchall()
        await feedback.tick()
        assert line._untidy
    await feedback.tick()
    assert not line._untidy


async def test_after_it_was_closed_nothing_is_taken_in(traces):
    async with opened(traces) as feedback:
        await feedback.tick()
        await feedback._line._on_thread(feedback._line._close)
        with pytest.raises(sqlite3.ProgrammingError):
            await feedback.put(codes.fresh(), "ten letters or more", "pay")


async def test_a_cancelled_put_is_kept_or_not_there_and_the_file_goes_on(traces, feedback):
    one = traces.written[0]
    task = asyncio.create_task(feedback.put(one.code, one.text, "pay"))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await feedback.put(one.code, one.text, "pay")
    assert await feedback.put(one.code, one.text, "pay") is False


async def test_a_transaction_that_fails_leaves_nothing(traces, feedback):
    one = traces.written[0]
    with pytest.raises(sqlite3.IntegrityError) as raised:
        await feedback.put(one.code, one.text, "")
    assert one.text not in str(raised.value)
    assert await feedback.put(one.code, one.text, "pay")
