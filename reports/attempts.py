"""The response log as a file: one row per contact attempt, answered or not, with the book that explains it."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reports import code_book
from reports.asked import Asked
from reports.columns import IDENTIFIED, PSEUDONYMOUS, Column, Sheet
from reports.csv_file import CsvFile
from reports.drafts import finished_together
from rules.council import Council
from storage import audit, export_rows, machine
from storage.database import Database
from storage.machine import Outage

if TYPE_CHECKING:
    from reports.xlsx_file import XlsxFile

__all__ = ["Asked", "count", "write"]

Progress = Callable[[int], object]


def count(database: Database, asked: Asked, council: Council) -> int:
    """How many attempts `write` would write now."""
    return export_rows.count(database.path, asked.from_at, asked.until_at, invented=council.rehearsal)


async def write(
    database: Database, asked: Asked, council: Council, now: int, progress: Progress = lambda _: None
) -> int:
    """Write the file and its code book, and record who asked and why; the number of rows.

    The files appear whole or not at all, are readable by their owner only, and replace nothing: raises FileExistsError,
    or another OSError when the disk refuses. `progress` is told how many rows were just written.
    """
    outages = await machine.outages(database.reports, asked.from_at, asked.until_at)
    written = await asyncio.to_thread(_write, database.path, asked, council, now, outages, progress)
    async with database.transaction() as tx:
        action = "export_identified" if asked.identified else "export"
        await audit.record(tx, now, asked.who, action, written, asked.purpose)
    return written


def _write(path: Path, asked: Asked, council: Council, now: int, outages: Sequence[Outage], progress: Progress) -> int:
    columns = IDENTIFIED if asked.identified else PSEUDONYMOUS
    sheet = Sheet(columns, council.zone, secrets.token_bytes(32))
    written = 0
    with finished_together([asked.out, *([asked.book] if asked.book else [])]) as drafts:
        with _table(drafts[0], asked, columns) as table:
            for page in export_rows.pages(path, asked.from_at, asked.until_at, invented=council.rehearsal):
                table.add(sheet.cells(page))
                written += len(page)
                progress(len(page))
            about = code_book.about(asked, council, now, outages, written)
            if not isinstance(table, CsvFile):
                table.page("about", (20, 100), [("about this file", ""), *about])
                table.page("code book", (26, 100), [("column", "meaning"), *code_book.meanings(columns)])
        if asked.book:
            _write_book(drafts[1], columns, about)
    return written


def _table(path: Path, asked: Asked, columns: Sequence[Column]) -> "CsvFile | XlsxFile":
    heads = [column.head for column in columns]
    if asked.form == "xlsx":
        from reports.xlsx_file import XlsxFile  # noqa: PLC0415 - a CSV of a million rows has no memory to spare for it

        return XlsxFile(path, "attempts", heads, [column.width for column in columns])
    return CsvFile(path, heads, [place for place, column in enumerate(columns) if column.typed])


def _write_book(path: Path, columns: Sequence[Column], about: Sequence[tuple[str, str]]) -> None:
    with CsvFile(path, ("word", "meaning"), (1,)) as book:
        book.add([list(pair) for pair in [*code_book.meanings(columns), *about]])
