"""Excel workbooks, row by row: formulas are seen as formulas, dates come as dates, merged cells are marked."""

import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from incoming.cells import ERROR, FORMULA, MERGED, text_of
from incoming.limits import MOST_COLUMNS
from incoming.wire import Refused, Said, row, sheet

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_CHUNK = 1 << 20
_OVERLAP = 200
Span = tuple[int, int, int, int]


def read(path: Path) -> Iterator[Said]:
    """Every row that is not empty, sheet by sheet. Raises Refused, and what openpyxl and zipfile raise."""
    with warnings.catch_warnings(), path.open("rb") as file:  # a path would be judged by its ending
        warnings.simplefilter("ignore")  # openpyxl warns of styles and rules that it leaves out; we want neither
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        for page in book.worksheets:
            yield sheet(page.title)
            merged = _merged(path, page._worksheet_path)  # noqa: SLF001 - read-only sheets tell of merged cells nowhere else
            yield from _rows(page, merged)


def _rows(page: Any, merged: Sequence[Span]) -> Iterator[Said]:
    page.reset_dimensions()  # what a file says of its own size is not to be trusted
    for line, cells in enumerate(page.iter_rows(), 1):
        texts = [_text(cell) for cell in cells[: MOST_COLUMNS + 1]]
        _mark(texts, line, merged)
        if any(texts):
            yield row(line, texts)


def _text(cell: Any) -> str:
    if cell.data_type == "f":
        return FORMULA
    return ERROR if cell.data_type == "e" else text_of(cell.value)


def _mark(texts: list[str], line: int, merged: Sequence[Span]) -> None:
    """Cells that one value stands in for over several rows are marked: nobody can say which row it belongs to."""
    for left, top, right, bottom in merged:
        if top <= line <= bottom and top != bottom:
            texts += [""] * (min(right + 1, MOST_COLUMNS) - len(texts))
            texts[left : right + 1] = [MERGED] * len(texts[left : right + 1])


def _merged(path: Path, part: str) -> list[Span]:
    """Columns and rows of cells merged over several rows. They stand at a sheet's end: it is read through."""
    found: dict[Span, None] = {}
    with ZipFile(path) as packed, packed.open(part.lstrip("/")) as file:
        before = b""
        while chunk := file.read(_CHUNK):
            for left, top, right, bottom in _MERGED.findall(before + chunk):
                found[_column(left), int(top), _column(right), int(bottom)] = None
            before = chunk[-_OVERLAP:]
            if len(found) > 10_000:  # noqa: PLR2004 - no table has so many, and each costs time on every row
                raise Refused("merged")
    return [span for span in found if span[1] != span[3]]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
