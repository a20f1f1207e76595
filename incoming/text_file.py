"""Text with separators: any common encoding and separator, read line by line however long it is."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from incoming.cells import UNREADABLE, cleaned
from incoming.limits import LONGEST_CELL
from incoming.wire import Refused, Said, note, row

SEPARATORS = ",;\t|"
_LOOK = 65_536
_LINES = 60
_ZERO = 0
_WORD = 2  # bytes of a UTF-16 unit


def read(path: Path) -> Iterator[Said]:
    """Every record that is not empty, by the line it begins on. Raises Refused."""
    with path.open("rb") as file:
        start = file.read(_LOOK)
        file.seek(0)
        lines = _Lines(file, start)
        separator = _separator(lines.decoded(start))
        yield from _records(lines, separator)
        if lines.mixed:
            yield note("encoding")


class _Lines:
    """The file's lines as text. A line that is not UTF-8 is taken for Windows', as where two files were joined."""

    def __init__(self, file: BinaryIO, start: bytes) -> None:
        self._file = file
        self._wide = _wide(start)
        if self._wide is None and b"\0" in start:
            raise Refused("not_a_table")
        self.utf8 = self.windows = False
        self.quotes = 0
        self.number = 0

    @property
    def mixed(self) -> bool:
        """Whether lines of both kinds were met."""
        return self.utf8 and self.windows

    def decoded(self, start: bytes) -> list[str]:
        """The first lines of `start`."""
        whole = start.decode(self._wide, "replace") if self._wide else start.decode("utf-8-sig", "replace")
        return whole.splitlines()[:_LINES]

    def __iter__(self) -> Iterator[str]:
        """Each line with its end; `quotes` counts the quotation marks since it was last set to 0."""
        source = self._in_wide(self._wide) if self._wide else self._in_bytes()
        for line in source:
            self.number += 1
            if len(line) > 64 * LONGEST_CELL:
                raise Refused("line_too_long", self.number)
            self.quotes += line.count('"')
            yield line

    def _in_wide(self, encoding: str) -> Iterator[str]:
        with io.TextIOWrapper(self._file, encoding, errors="replace", newline=None) as wrapped:
            while line := wrapped.readline(64 * LONGEST_CELL + 1):
                yield line.removeprefix("\ufeff")

    def _in_bytes(self) -> Iterator[str]:
        first = True
        while part := self._file.readline(64 * LONGEST_CELL + 1):
            if first:
                part, first = part.removeprefix(b"\xef\xbb\xbf"), False
            for line in part.replace(b"\r\n", b"\n").replace(b"\r", b"\n").splitlines(keepends=True):
                yield self._decoded(line)

    def _decoded(self, line: bytes) -> str:
        if line.isascii():
            return line.decode("ascii")
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            self.windows = True
            return line.decode("cp1252", "replace")
        self.utf8 = True
        return text


def _wide(start: bytes) -> str | None:
    """The UTF-16 this is, by its mark or by where its zero bytes stand; None for anything else."""
    if start.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if start.startswith(b"\xfe\xff"):
        return "utf-16-be"
    zeros = Counter(place % _WORD for place, byte in enumerate(start[:2000]) if byte == _ZERO)
    looked = max(1, len(start[:2000]) // _WORD)
    for odd, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if zeros[odd] > 0.7 * looked and zeros[1 - odd] < 0.05 * looked:
            return encoding
    return None


def _separator(lines: list[str]) -> str:
    """What cuts the lines into the most cells most evenly; what a first line `sep=;` says holds."""
    if lines and lines[0].casefold().startswith("sep=") and lines[0][4:5] in SEPARATORS:
        return lines[0][4]
    return max(SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: list[str], separator: str) -> int:
    widths = Counter[int]()
    try:
        for cells in csv.reader(lines, delimiter=separator):
            widths[len(cells)] += 1
    except csv.Error:
        return 0
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _records(lines: _Lines, separator: str) -> Iterator[Said]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(iter(lines), delimiter=separator)
    begins, told_separator = 1, False
    while True:
        lines.quotes = 0
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Refused("quote", begins) from None
        cells = [cleaned(cell) for cell in record]
        if lines.quotes % 2 and cells:
            cells[-1] = UNREADABLE  # the file ends inside quotation marks: it was cut short
        if begins == 1 and not told_separator and _says_separator(record, separator):
            told_separator = True
        elif any(cells):
            yield row(begins, cells, len(cells))
        begins = lines.number + 1


def _says_separator(record: list[str], separator: str) -> bool:
    return separator.join(record).casefold() == f"sep={separator}"
