"""`export attempts`: the file an officer asked for, or a plain line and nothing left behind."""

import asyncio
import csv
from datetime import UTC, datetime

import pytest

from storage import attempts
from storage.database import opened
from tests.storage.world import worker

SUMMER_NIGHT = int(datetime(2026, 6, 30, 23, 30, tzinfo=UTC).timestamp())  # already July on a London clock


async def log_a_call(data):
    async with opened(data / "main.db") as database, database.transaction() as tx:
        person = await worker(tx, "Ada")
        await attempts.log_by_hand(tx, person, None, "call", "spoke", "", None, SUMMER_NIGHT)


@pytest.fixture
def called(shell, data):
    shell("migrate")
    asyncio.run(log_a_call(data))
    return shell


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ((), 1),
        (("--from", "2026-07-01"), 1),
        (("--from", "2026-07-01", "--to", "2026-07-01"), 1),
        (("--to", "2026-06-30"), 0),
        (("--from", "2026-07-02"), 0),
    ],
)
def test_days_are_local_and_both_are_included(called, tmp_path, period, expected):
    result = called("export", "attempts", *period, "--out", str(tmp_path / "log.csv"))
    assert result.exit_code == 0, result.output
    assert f"{expected} attempts written" in result.output
    assert len(rows(tmp_path / "log.csv")) == expected
    assert (tmp_path / "log-code-book.csv").exists()


def test_names_need_a_reason(called, tmp_path):
    out = tmp_path / "names.csv"
    assert called("export", "attempts", "--identified", "--out", str(out)).exit_code == 2
    assert not out.exists()
    done = called(
        "export", "attempts", "--identified", "--purpose", "to call back", "--who", "Olive", "--out", str(out)
    )
    assert done.exit_code == 0
    assert rows(out)[0]["name"] == "Ada"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "1 July"), "Write it as 2026-10-31"),
        (("--from", "2026-07-02", "--to", "2026-07-01"), "is after"),
        (("--to", "9999-12-31"), "too far away"),
        (("--format", "pdf"), "csv"),
    ],
)
def test_what_cannot_be_understood_is_said_plainly(called, tmp_path, words, said):
    result = called("export", "attempts", *words, "--out", str(tmp_path / "log.csv"))
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "log.csv").exists()


def test_a_file_that_is_there_stays_as_it_is(called, tmp_path):
    (tmp_path / "log.csv").write_text("mine")
    result = called("export", "attempts", "--out", str(tmp_path / "log.csv"))
    assert result.exit_code == 1
    assert "is there already" in result.output
    assert (tmp_path / "log.csv").read_text() == "mine"


def test_a_place_that_cannot_be_written_to_is_named(called):
    result = called("export", "attempts", "--out", "/proc/nowhere/log.csv")
    assert result.exit_code == 1
    assert "/proc/nowhere/log.csv could not be written" in result.output


def test_without_a_database_there_is_nothing_to_export(shell, tmp_path):
    result = shell("export", "attempts", "--out", str(tmp_path / "log.csv"))
    assert result.exit_code == 1
    assert "There is no database" in result.output
