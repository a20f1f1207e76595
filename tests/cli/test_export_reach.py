"""`export reach`: exact counts in a workbook, and what each column means."""

import asyncio
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from storage import attempts
from storage.database import opened
from tests.storage.world import DAY, worker

NOON = int(datetime(2026, 6, 29, 12, 0, tzinfo=UTC).timestamp())


async def two_calls(data):
    async with opened(data / "main.db") as database, database.transaction() as tx:
        ada, bea = await worker(tx, "Ada", market="home_care"), await worker(tx, "=Bea()", market="care_home")
        await worker(tx, "Cy", market="home_care")
        await attempts.log_by_hand(tx, ada, None, "call", "no_answer", "", None, NOON)
        await attempts.log_by_hand(tx, ada, None, "call", "spoke", "", None, NOON + DAY)
        await attempts.log_by_hand(tx, bea, None, "call", "no_answer", "", None, NOON)


@pytest.fixture
def called(shell, data):
    shell("migrate")
    asyncio.run(two_calls(data))
    return shell


def sheet(path, name):
    rows = load_workbook(path)[name].iter_rows(values_only=True)
    heads = next(rows)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_people_are_counted_once_and_the_silent_stay_in(called, tmp_path):
    out = tmp_path / "reach.xlsx"
    result = called("export", "reach", "--out", str(out))
    assert result.exit_code == 0, result.output
    (call,) = [row for row in sheet(out, "approaches") if row["code"] == "call"]
    assert (call["made"], call["attempted"], call["answered"], call["silent"], call["engaged"]) == (3, 2, 1, 1, 1)
    assert (call["share_answered"], call["likely_low"], call["likely_high"]) == (50, 9.5, 90.5)
    groups = {(row["by_what"], row["said"]): row for row in sheet(out, "groups")}
    assert groups["all", "all"]["known"] == 3
    assert groups["market", "home_care"]["attempted"] == 1
    assert sheet(out, "nobody tried") == [{"why": "nobody_tried", "people": 1}]


def test_each_column_is_explained(called, tmp_path):
    out = tmp_path / "reach.xlsx"
    called("export", "reach", "--out", str(out))
    explained = {row["column"] for row in sheet(out, "what it means")}
    assert {f"{name}: {head}" for name in ("approaches", "groups") for head in sheet(out, name)[0]} <= explained


def test_days_bound_what_is_counted(called, tmp_path):
    out = tmp_path / "reach.xlsx"
    called("export", "reach", "--from", "2026-06-30", "--to", "2026-06-30", "--out", str(out))
    (call,) = [row for row in sheet(out, "approaches") if row["code"] == "call"]
    assert (call["made"], call["answered"]) == (1, 1)


def test_a_file_that_is_there_is_left_alone(called, tmp_path):
    out = tmp_path / "reach.xlsx"
    out.write_text("mine")
    result = called("export", "reach", "--out", str(out))
    assert result.exit_code == 1
    assert "is there already" in result.output
    assert out.read_text() == "mine"
