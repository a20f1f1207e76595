"""OpenDocument spreadsheets, row by row, whatever they claim to repeat."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse

from incoming.cells import ERROR, FORMULA, MERGED, cleaned, text_of
from incoming.limits import MOST_COLUMNS, MOST_ROWS
from incoming.wire import Refused, Said, row, sheet

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_NUMBERS = ("float", "currency", "percentage")


def read(path: Path) -> Iterator[Said]:
    """Every row that is not empty, table by table. Raises Refused, and what zipfile and the XML reader raise."""
    with ZipFile(path) as packed, packed.open("content.xml") as content:
        table: Element | None = None
        page = _Page()
        for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
            if event == "start" and element.tag == _TABLE + "table":
                table, page = element, _Page()
                yield sheet(element.get(_TABLE + "name", ""))
            elif event == "end" and element.tag == _TABLE + "table-row":
                yield from page.rows(element)
                element.clear()
                if table is not None:
                    table.clear()  # or a million empty rows would wait in memory for the end


@dataclass
class _Page:
    """Where we are on one table: the line, and until which line a column is covered by a cell merged downwards."""

    line: int = 0
    covered: dict[int, int] = field(default_factory=dict)

    def rows(self, element: Element) -> Iterator[Said]:
        """The row, as often as it says that it is repeated."""
        times = _times(element, "number-rows-repeated")
        cells = self._cells(element)
        if any(cells):
            if times > MOST_ROWS:
                raise Refused("repeated", self.line + 1)
            for ahead in range(1, times + 1):
                yield row(self.line + ahead, cells)
        self.line += times

    def _cells(self, element: Element) -> list[str]:
        cells: list[str] = []
        blank = 0
        for cell in element:
            if cell.tag not in _CELLS:
                continue
            text, times = self._text(cell, len(cells) + blank), _times(cell, "number-columns-repeated")
            if not text:
                blank += times
            elif len(cells) + blank + times > MOST_COLUMNS:
                raise Refused("too_wide", self.line + 1)
            else:
                cells += [""] * blank + [text] * times
                blank = 0
        return cells

    def _text(self, cell: Element, column: int) -> str:
        line = self.line + 1
        down = _times(cell, "number-rows-spanned")
        if down > 1:
            for beside in range(min(_times(cell, "number-columns-spanned"), MOST_COLUMNS)):
                self.covered[column + beside] = line + down - 1
        if self.covered.get(column, 0) >= line:
            return MERGED
        return _value(cell)


def _value(cell: Element) -> str:
    if cell.get(_TABLE + "formula"):
        return FORMULA
    kind = cell.get(_OFFICE + "value-type", "string")
    if kind in _NUMBERS:
        return _number(cell.get(_OFFICE + "value", ""))
    if kind == "date":
        return cleaned(cell.get(_OFFICE + "date-value", "").removesuffix("T00:00:00").replace("T", " "))
    if kind == "boolean":
        return text_of(cell.get(_OFFICE + "boolean-value") == "true")
    return cleaned("\n".join(_words(part) for part in cell.iter(_TEXT + "p")))


def _number(words: str) -> str:
    try:
        return text_of(float(words))
    except (ValueError, OverflowError):
        return ERROR


def _words(paragraph: Element) -> str:
    """A paragraph's text; a run of spaces is written as an element of its own."""
    parts = []
    for part in paragraph.iter():
        if part.tag == _TEXT + "s":
            parts.append(" ")
        elif part.tag in (_TEXT + "line-break", _TEXT + "tab"):
            parts.append("\n")
        parts += [part.text or "", (part.tail or "") if part is not paragraph else ""]
    return "".join(parts)


def _times(element: Element, name: str) -> int:
    """A count of repetitions: at least 1, and never so large that it is work to count."""
    words = element.get(_TABLE + name, "1")
    return max(1, min(int(words), 10**12)) if words.isascii() and words.isdigit() else 1
