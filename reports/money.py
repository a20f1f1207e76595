"""Money for finance: every row of the ledger as a file that adds up, and the reconciliation in plain lines."""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reports.csv_file import CsvFile
from reports.drafts import finished_together
from rules.council import Council
from rules.money import written
from storage import audit
from storage.database import Database, Reading
from storage.rewards import budgets, ledger, money_rows, stopping, vouchers
from storage.rewards.budgets import Meter
from storage.wire import Rows

HEADS = (
    "row", "when", "movement", "budget", "kind", "reserved", "issued", "claim", "expense", "arm", "meeting",
    "voucher ends in", "corrects row", "by", "why",
)  # fmt: skip
_WIDTHS = (8, 18, 12, 20, 12, 12, 12, 8, 8, 8, 30, 14, 12, 14, 16)
_MONEY, _TYPED = (5, 6), (3, 9, 10, 11, 13, 14)
_TABLE = ("offered", "wanted", "declined", "given_away", "claimed", "waiting", "handed_over", "unclaimed")


def pounds(pence: int) -> Decimal:
    """The amount as a spreadsheet adds it up, exact to the penny."""
    return Decimal(pence).scaleb(-2)


async def export(database: Database, out: Path, council: Council, now: int, actor: str, purpose: str) -> int:
    """Write every row of the ledger to `out`, XLSX or CSV by its ending, for its owner only; how many rows.

    The purpose is on the audit. Raises FileExistsError, or another OSError when the disk refuses.
    """
    invented = council.rehearsal
    rows = await money_rows.ledger_rows(database.reports, invented=invented)
    meters = await budgets.meters(database.reports, invented=invented)
    await asyncio.to_thread(_write, out, rows, meters, council.zone)
    async with database.transaction() as tx:
        await audit.record(tx, now, actor, "finance_export", len(rows), purpose)
    return len(rows)


def _write(out: Path, rows: Rows, meters: Sequence[Meter], zone: ZoneInfo) -> None:
    cells = [_cells(row, zone) for row in rows]
    with finished_together([out]) as (draft,):
        if out.suffix.lower() == ".xlsx":
            _workbook(draft, cells, meters)
        else:
            with CsvFile(draft, HEADS, _TYPED) as file:
                file.add(cells)


def _cells(row: sqlite3.Row, zone: ZoneInfo) -> list[object]:
    facts = dict(row)
    facts["at"] = f"{datetime.fromtimestamp(facts['at'], zone):%Y-%m-%d %H:%M}"
    facts["reserved"], facts["issued"] = pounds(facts["reserved"]), pounds(facts["issued"])
    order = (
        "id", "at", "kind", "budget", "item_kind", "reserved", "issued", "claim_id", "expense_id", "arm", "meeting",
        "last4", "reverses", "actor", "why",
    )  # fmt: skip
    return ["" if facts[name] is None else facts[name] for name in order]


def _workbook(path: Path, cells: Sequence[Sequence[object]], meters: Sequence[Meter]) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415 - a CSV file does without it

    book = Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    money, bold = book.add_format({"num_format": "0.00"}), book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet("ledger")
    sheet.freeze_panes(1, 0)
    _for_paper(sheet)
    sheet.repeat_rows(0)
    for column, (head, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, bold)
    for place, row in enumerate(cells, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | Decimal):
                sheet.write_number(place, column, cell, money if column in _MONEY else None)
            elif cell:
                sheet.write_string(place, column, str(cell))
    _budget_sheet(book, meters, money, bold, cells)
    book.close()


def _for_paper(sheet: Any) -> None:
    """A4, lying, as wide as one page: an auditor files it printed."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _budget_sheet(book: Any, meters: Sequence[Meter], money: Any, bold: Any, cells: Sequence[Sequence[Any]]) -> None:
    """What the program says, and what the rows of the other sheet sum up to. No formula: nothing in it comes alive."""
    sheet = book.add_worksheet("budgets")
    _for_paper(sheet)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 6, 14)
    for column, head in enumerate(("budget", "kind", "total", "reserved", "issued", "left")):
        sheet.write_string(0, column, head, bold)
    for place, meter in enumerate(meters, 1):
        sheet.write_string(place, 0, meter.name)
        sheet.write_string(place, 1, meter.kind or "all")
        for column, pence in enumerate((meter.total, meter.reserved, meter.issued, meter.left), 2):
            sheet.write_number(place, column, pounds(pence), money)
    last = len(meters) + 2
    sheet.write_string(last, 0, "sum of the ledger's rows", bold)
    for column, place in zip((3, 4), _MONEY, strict=True):
        sheet.write_number(last, column, sum((row[place] for row in cells), Decimal(0)), money)


async def reconcile(db: Reading, council: Council, now: int) -> list[str]:
    """The reconciliation, line by line: budgets, what became of offers, vouchers, what is overdue, what it sums up to.

    Numbers of claims and pounds only; nobody is named.
    """
    invented = council.rehearsal
    sums, stop = await ledger.sums(db, invented=invented), await stopping.stopped(db)
    return [
        *_budget_lines(await budgets.meters(db, invented=invented)),
        *_outcome_lines(await money_rows.outcomes(db, now, invented=invented)),
        *_stock_lines(await vouchers.stock(db, invented=invented)),
        *_overdue_lines(await money_rows.overdue(db, now, invented=invented)),
        f"The ledger sums up to {written(sums.reserved)} reserved and {written(sums.issued)} issued.",
        f"PAYOUTS ARE STOPPED: {stop.why}" if stop else "Payouts go on.",
    ]


def _budget_lines(meters: Sequence[Meter]) -> Iterator[str]:
    yield "Budgets"
    for one in meters:
        what = f"    of it for {one.kind}" if one.kind else f"  {one.name}{' (closed)' if one.closed else ''}"
        spent = f"{written(one.issued)} issued, {written(one.reserved)} reserved"
        yield f"{what}: {spent}, {written(one.left)} left of {written(one.total)}"


def _outcome_lines(outcomes: Sequence[money_rows.Outcome]) -> Iterator[str]:
    yield "What became of the offers"
    for one in outcomes:
        counts = ", ".join(f"{name.replace('_', ' ')} {getattr(one, name)}" for name in _TABLE)
        arm = f", arm {one.arm}" if one.arm else ""
        yield f"  {one.kind}{arm}: {counts}; {written(one.issued)} issued, {written(one.reserved)} reserved"


def _stock_lines(stock: Sequence[vouchers.Stock]) -> Iterator[str]:
    yield "Vouchers"
    for one in stock:
        states = ("loaded", "available", "allocated", "shown", "returned", "expired", "void", "waiting")
        counts = ", ".join(f"{name} {getattr(one, name)}" for name in states)
        until = f"; the next runs out on {one.next_expiry}" if one.next_expiry else ""
        yield f"  {one.pool} of {written(one.pence)}: {counts}{until}"


def _overdue_lines(overdue: Sequence[money_rows.Overdue]) -> Iterator[str]:
    yield f"Overdue: {len(overdue)}"
    for one in overdue:
        yield f"  {one.what} {one.number}: {one.kind} {written(one.pence)}, {one.days} days, {one.why} ({one.meeting})"
