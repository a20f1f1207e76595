"""The finance file as an officer opens it in LibreOffice: its sums are the ledger's, to the penny."""

import asyncio
from decimal import Decimal

import pytest

from reports import money
from rules.council import Council
from storage.database import opened
from storage.migrate import migrate
from storage.rewards import ledger
from tests.browser import office
from tests.conftest import MIGRATIONS
from tests.storage.rewards_world import Borough
from tests.storage.world import NOON

pytestmark = pytest.mark.browser
ODD = (333, 10, 1, 29, 499)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Claims of odd amounts on a budget whose name would like to be a formula, and what they sum up to."""
    office.ready()
    folder = tmp_path_factory.mktemp("money")
    migrate(folder / "main.db", MIGRATIONS)
    return folder, asyncio.run(_write(folder))


async def _write(folder):
    async with opened(folder / "main.db") as database:
        borough = await Borough(database).found()
        for number, pence in enumerate(ODD):
            await borough.claims(await borough.came(f"W{number}"), "food", kept=pence)
        await borough.claims(await borough.came("Ada"))
        async with database.transaction() as tx:
            await tx.run("UPDATE budget SET name = '=1+1'")
        for form in ("csv", "xlsx"):
            await money.export(database, folder / f"money.{form}", Council(), NOON, "host:ada", "to learn")
        return await ledger.sums(database.reading, invented=False)


def total(rows, column):
    return sum(Decimal(row[column]) for row in rows)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_rows_sum_up_to_the_ledger_to_the_penny(written, tmp_path, form):
    folder, sums = written
    sheets = office.sheets(folder / f"money.{form}", tmp_path / form)
    rows = office.records(next(iter(sheets.values())))
    assert total(rows, "issued") == money.pounds(sums.issued) == Decimal("18.72")
    assert total(rows, "reserved") == money.pounds(sums.reserved) == 0
    assert {row["budget"].lstrip("'") for row in rows} == {"=1+1"}


def test_what_the_rows_sum_up_to_stands_beside_what_the_program_says(written, tmp_path):
    folder, sums = written
    rows = office.sheets(folder / "money.xlsx", tmp_path / "sum")["budgets"]
    whole, own = rows[1], rows[-1]
    assert Decimal(whole[4]) == Decimal(own[4]) == money.pounds(sums.issued)


def test_printed_it_is_as_wide_as_a_page(written, tmp_path):
    folder, _ = written
    seen = office.converted(folder / "money.xlsx", "pdf", tmp_path / "paper").read_bytes()
    assert seen.count(b"/Type/Page/") + seen.count(b"/Type/Page\n") == 2, "the ledger and the budgets, a page each"
