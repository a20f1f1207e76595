"""Vouchers and money on the command line: looked at first, released by a second person, added up to the penny."""

import asyncio
import csv
import stat
from decimal import Decimal

import openpyxl
import pytest

from bot.settings import load
from storage.database import opened
from storage.rewards import showing, stopping
from storage.rewards.vault import new_key
from tests.needles import of_word, scan
from tests.storage.rewards_world import Borough
from tests.storage.world import NOON

ROWS = [("Gift-Code-0001", "10"), ("Gift-Code-0002", "£10.00"), ("Gift-Code-0003", "5")]


@pytest.fixture
def till(shell, data, monkeypatch):
    monkeypatch.setenv("BOT_VOUCHER_KEYS", new_key())
    shell("migrate")
    return shell


@pytest.fixture
def file(tmp_path):
    return written(tmp_path / "vouchers.csv", ROWS)


def written(path, rows, heads=("Code", "Value")):
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([heads, *rows])
    return path


def said(result):
    assert result.exit_code == 0, result.output
    return result.output


def on(data, work):
    async def run():
        async with opened(data / "main.db") as database:
            return await work(database)

    return asyncio.run(run())


async def claimed_and_shown(database):
    borough = await Borough(database).found(vouchers_of=())
    async with database.transaction() as tx:
        await tx.run("DROP TRIGGER offer_item_kept")
        pool = await tx.value("SELECT id FROM voucher_pool WHERE name = 'Café'")
        await tx.run("UPDATE offer_item SET pool_id = :pool WHERE kind = 'voucher'", pool=pool)
    ada = await borough.came("=Ada")
    claim = (await borough.claims(ada)).claim
    await borough.claims(await borough.came("Ben"), "food", kept=333)
    return await borough.do(showing.show, load().vault(), ada, claim.id, NOON)


def test_nothing_is_written_until_somebody_says_yes_and_another_releases(till, data, file):
    looked = till("vouchers", "import", str(file), "--pool", "Café")
    assert "3 vouchers for pool Café, £25 together" in looked.output
    assert on(data, lambda database: database.reading.value("SELECT count(*) FROM voucher")) == 0
    assert "No vouchers were loaded yet" in said(till("vouchers", "stock"))
    assert "No batch was loaded yet" in said(till("vouchers", "release"))
    done = said(till("vouchers", "import", str(file), "--pool", "Café", "--yes", "--who", "Ada"))
    assert "vouchers release 1" in done
    own = till("vouchers", "release", "1", "--who", "Ada")
    assert (own.exit_code, "host:Ada loaded it, so somebody else has to release it" in own.output) == (1, True)
    assert "is released" in said(till("vouchers", "release", "1", "--who", "Ben"))
    assert "host:Ben has released it already" in till("vouchers", "release", "1", "--who", "Cat").output
    assert "there is no such batch" in till("vouchers", "release", "9", "--who", "Cat").output
    assert "loaded by host:Ada, released by host:Ben" in said(till("vouchers", "release"))
    assert "Café, £10: loaded 0, available 2" in said(till("vouchers", "stock"))
    again = said(till("vouchers", "import", str(file), "--pool", "Café", "--yes"))
    assert "Line 2: this code was loaded before" in again
    assert "Nothing was written" in again


def test_each_bad_line_is_named_with_what_is_wrong(till, tmp_path):
    rows = [
        ("short", "10", ""), ("Gift-Code-0001", "free", ""), ("Gift-Code-0002", "501", ""),
        ("Gift-Code-0003", "5", "soon"),
        ("Gift-Code-0004", "5", "1/1/2020"), ("Gift-Code-0005", "5", ""), ("gift code 0005", "5", "31/12/2099"),
    ]  # fmt: skip
    bad = written(tmp_path / "bad.csv", rows, ("Code", "Value", "Expiry date"))
    output = said(till("vouchers", "import", str(bad), "--pool", "Café", "--yes"))
    for line, why in (
        (2, "not a voucher code"), (3, "not an amount"), (4, "not an amount"), (5, "not a date"), (6, "day is over"),
        (8, "further up"),
    ):  # fmt: skip
        assert f"Line {line}: " in output
        assert why in output.split(f"Line {line}: ")[1].splitlines()[0]
    assert "1 voucher loaded" in output


def test_a_formula_is_refused_and_so_is_a_file_without_headings(till, tmp_path):
    book = openpyxl.Workbook()
    for row in (["Code", "Value"], ['="Gift-"&"Code-1"', 10], ["Gift-Code-0009", 10]):
        book.active.append(row)
    book.save(tmp_path / "formula.xlsx")
    output = said(till("vouchers", "import", str(tmp_path / "formula.xlsx"), "--pool", "Café", "--yes"))
    assert "Line 2: this is a formula" in output
    assert "1 voucher loaded" in output
    for heads in (("a", "b"), ("Code", "Code")):
        refused = till("vouchers", "import", str(written(tmp_path / "x.csv", ROWS, heads)), "--pool", "Café")
        assert (refused.exit_code, "was not loaded" in refused.output) == (1, True)


@pytest.mark.parametrize("code", ["=HYPERLINK(1)", "+44-0000-1111", "@SUM(A1:A9)", "-1+2+3+4+5"])
def test_what_a_spreadsheet_would_work_out_is_no_code_in_a_text_file_either(till, tmp_path, code):
    file = written(tmp_path / "x.csv", [[code, "10"], ["Gift-Code-0009", "10"]], ["Code", "Value"])
    output = said(till("vouchers", "import", str(file), "--pool", "Café", "--yes"))
    assert "Line 2: this is a formula" in output
    assert "1 line is refused" in output
    assert "1 voucher loaded" in output


def test_a_batch_can_be_discarded_before_its_release(till, file):
    said(till("vouchers", "import", str(file), "--pool", "Café", "--yes"))
    assert "is discarded" in said(till("vouchers", "discard", "1"))
    assert till("vouchers", "discard", "1").exit_code == 1
    assert "it was discarded" in till("vouchers", "release", "1", "--who", "Ben").output


def test_keys_are_made_changed_and_missed_in_plain_words(till, file, monkeypatch):
    said(till("vouchers", "import", str(file), "--pool", "Café", "--yes"))
    old, new = load().voucher_keys.get_secret_value(), said(till("vouchers", "new-key")).strip()
    monkeypatch.setenv("BOT_VOUCHER_KEYS", f"{new},{old}")
    assert "3 codes" in said(till("vouchers", "rotate"))
    monkeypatch.setenv("BOT_VOUCHER_KEYS", old)
    for lost in (old, ""):
        monkeypatch.setenv("BOT_VOUCHER_KEYS", lost)
        refused = till("vouchers", "rotate")
        assert (refused.exit_code, "Nothing was changed" in refused.output) == (1, True)
    monkeypatch.setenv("BOT_VOUCHER_KEYS", "short")
    wrong = till("vouchers", "stock")
    assert (wrong.exit_code, "BOT_VOUCHER_KEYS" in wrong.output, "short" in wrong.output) == (2, True, False)


def test_a_key_can_come_from_the_credentials_folder(data, tmp_path, monkeypatch):
    monkeypatch.delenv("BOT_VOUCHER_KEYS", raising=False)
    (tmp_path / "bot_voucher_keys").write_text(new_key())
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert load().vault().has_keys


@pytest.fixture
def paid(till, data, file):
    said(till("vouchers", "import", str(file), "--pool", "Café", "--yes", "--who", "Ada"))
    said(till("vouchers", "release", "1", "--who", "Ben"))
    shown = on(data, claimed_and_shown)
    assert shown.code == ROWS[0][0]
    return till


def test_the_finance_file_adds_up_and_holds_four_characters_of_a_code(paid, data, tmp_path):
    for out in (tmp_path / "money.csv", tmp_path / "money.xlsx"):
        assert "4 rows" in said(paid("finance", "--out", str(out), "--purpose", "audit", "--who", "Olive"))
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
        assert paid("finance", "--out", str(out), "--purpose", "audit").exit_code == 1
    with (tmp_path / "money.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(Decimal(row["issued"]) for row in rows) == Decimal("13.33")
    assert [row["voucher ends in"] for row in rows if row["voucher ends in"]] == ["0001"]
    book = openpyxl.load_workbook(tmp_path / "money.xlsx", data_only=True)
    issued = [cell.value for cell in book["ledger"]["G"][1:]]
    assert round(sum(issued), 2) == 13.33
    assert [row[4].value for row in book["budgets"].iter_rows(min_row=2) if row[4].value] == [13.33, 13.33]
    needles = [needle for code, _ in ROWS for needle in of_word("a code", code)]
    assert scan(tmp_path, needles, apart=["vouchers.csv"]) == []
    entry = on(
        data, lambda database: database.reading.row("SELECT * FROM audit WHERE action = 'finance_export' LIMIT 1")
    )
    assert (entry["actor"], entry["how_many"], entry["why"]) == ("host:Olive", 4, "audit")


def test_what_cannot_be_written_is_said(paid, tmp_path):
    assert paid("finance", "--out", str(tmp_path / "money.pdf"), "--purpose", "x").exit_code == 2
    assert paid("finance", "--out", "/proc/nowhere/money.csv", "--purpose", "x").exit_code == 1


def test_the_reconciliation_says_what_became_of_everything(paid):
    output = said(paid("reconcile"))
    for line in (
        "Grant: £13.33 issued, £0 reserved, £1,986.67 left of £2,000",
        "voucher: offered 0, wanted 1, declined 0, given away 0, claimed 1, waiting 0, handed over 1, unclaimed 0;",
        "Café of £10: loaded 0, available 1, allocated 0, shown 1",
        "Overdue: 0", "The ledger sums up to £0 reserved and £13.33 issued.", "Payouts go on.", "Everything adds up.",
    ):  # fmt: skip
        assert line in output


def test_what_nobody_settles_in_a_week_is_overdue(paid, data):
    on(data, lambda database: _run(database, "UPDATE claim SET state = 'waiting', why = 'pool', claimed_at = 1"))
    output = said(paid("reconcile"))
    assert "Overdue: 2" in output
    assert "claim 1: voucher £10, " in output


def test_a_stop_is_explained_and_lifted_only_when_it_all_adds_up(paid, data):
    assert "Payouts go on" in said(paid("payouts"))
    on(data, lambda database: _run(database, "UPDATE claim SET kept = kept - 1 WHERE kind = 'food'"))
    assert "does not add up: ledger_is_not_its_claims" in paid("payouts").output
    on(data, stop)
    assert "DOES NOT ADD UP" in said(paid("reconcile"))
    assert paid("payouts", "--lift", "all is well").exit_code == 1
    on(data, lambda database: _run(database, "UPDATE claim SET kept = kept + 1 WHERE kind = 'food'"))
    assert "nothing; --lift" in paid("payouts").output
    assert "Payouts go on" in said(paid("payouts", "--lift", "an edit by hand was undone"))


async def _run(database, sql):
    async with database.transaction() as tx:
        await tx.run(sql)


async def stop(database):
    async with database.transaction() as tx:
        await stopping.stop(tx, "tried out", NOON)
