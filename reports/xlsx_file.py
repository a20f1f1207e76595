"""A table as an Excel workbook: text stays text, numbers are numbers, and memory stays small however long it is."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

ROWS_ON_A_SHEET = 1_048_576
LONGEST_CELL = 32_767
A4 = 9  # Excel's own number for the paper
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class XlsxFile:
    """A workbook that takes rows as they come and goes on to another sheet where Excel's own limit ends one."""

    def __init__(
        self, path: Path, title: str, heads: Sequence[str], widths: Sequence[int], *, sheet_rows: int = ROWS_ON_A_SHEET
    ) -> None:
        self._book = Workbook(str(path), _OPTIONS)
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._title, self._heads, self._widths, self._sheet_rows = title, heads, widths, sheet_rows
        self._sheets = 0
        self._sheet = self._next_sheet()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def add(self, rows: list[list[object]]) -> None:
        """Add rows."""
        for row in rows:
            if self._row == self._sheet_rows:
                self._sheet = self._next_sheet()
            _write(self._sheet, self._row, row)
            self._row += 1

    def page(self, title: str, widths: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
        """Add a sheet of its own, first row bold. The table is complete: its sheets take no more rows."""
        sheet = _for_paper(self._book.add_worksheet(title))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self._book.add_format({"text_wrap": True, "valign": "top"}))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(place, column, text, None if place else self._bold)

    def _next_sheet(self) -> Worksheet:
        self._sheets += 1
        title = self._title if self._sheets == 1 else f"{self._title} {self._sheets}"
        sheet = _for_paper(self._book.add_worksheet(title))
        sheet.freeze_panes(1, 0)
        for column, (head, width) in enumerate(zip(self._heads, self._widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self._bold)
        self._row = 1
        return sheet


def book_of(path: Path, sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[object]]]]) -> None:
    """A workbook of several small tables: each a name, headings and rows; numbers stay numbers, text stays text."""
    with Workbook(str(path), {**_OPTIONS, "constant_memory": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for name, heads, rows in sheets:
            sheet = _for_paper(book.add_worksheet(name))
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, heads, bold)
            for place, row in enumerate(rows, start=1):
                _write(sheet, place, list(row))
            sheet.autofit(400)


def _for_paper(sheet: Worksheet) -> Worksheet:
    """The same sheet, printed on A4 across, one page wide, with its first row on every page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _write(sheet: Worksheet, place: int, row: list[object]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int | float):
            sheet.write_number(place, column, cell)
        elif cell:
            sheet.write_string(place, column, str(cell)[:LONGEST_CELL])
