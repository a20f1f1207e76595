"""A file from outside as a table: which layout it has, and its rows with their line numbers."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from incoming.cells import problem_of
from incoming.layout import Layout, Matched, best
from incoming.limits import SECONDS
from incoming.wire import END, NOTE, REFUSED, ROW, SHEET, Refused

_PROJECT = Path(__file__).resolve().parents[1]
_HEADINGS_WITHIN = 50
_Told = tuple[int, tuple[str, ...]]
_GUESS = 2  # headings known of a layout before we say what it misses


class TableRefused(Refused):
    """The file is not taken: `code` says why, `line` where, `names` which headings."""

    def __init__(self, code: str, line: int | None = None, names: tuple[str, ...] = (), kind: str = "") -> None:
        super().__init__(code, line)
        self.names, self.kind = names, kind


@dataclass(frozen=True)
class Row:
    """One row: its line in the file, its values by field ('' is none), and what is wrong with it (a code) if anything.

    `field` is the one whose cell is at fault. A row with a problem has no values.
    """

    line: int
    values: Mapping[str, str]
    problem: str | None = None
    field: str = ""


class Table:
    """A table that was understood; `row_count` is about how many rows it has.

    They wait in a file without a name, which is gone when the table is closed.
    """

    def __init__(self, spool: IO[bytes], matched: Matched, heading: tuple[int, int], told: _Told) -> None:
        self._spool, self._matched = spool, matched
        self.row_count, notes = told
        self._sheet, self.heading_line = heading
        self.layout: Layout = matched.layout
        self.notes = notes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget the rows."""
        self._spool.close()

    @property
    def fields(self) -> frozenset[str]:
        """The fields this table has a column for."""
        return frozenset(self._matched.columns) | frozenset(self._matched.gathered)

    def has_rows(self) -> bool:
        """Whether anything stands below the headings."""
        return next(self.rows(), None) is not None

    def rows(self) -> Iterator[Row]:
        """The rows below the headings, from the first, each time this is called."""
        held: tuple[int, list[str], int] | None = None
        for sheet, line, cells, width in _rows(self._spool):
            if sheet != self._sheet or line <= self.heading_line:
                continue
            if held is not None:
                yield self._row(*held, last=False)
            held = (line, cells, width)
        if held is not None:
            yield self._row(*held, last=True)

    def _row(self, line: int, cells: list[str], width: int, *, last: bool) -> Row:
        columns, widest = self._matched.columns, self._matched.width
        if len(cells) > widest and any(cells[widest:]):
            return Row(line, {}, "too_many_cells")
        if last and 0 < width < widest and width < 1 + max(columns.values(), default=0):
            return Row(line, {}, "cut_short")
        values = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
        for name, places in self._matched.gathered.items():
            values[name] = "\n".join(
                f"{head}: {cells[at]}" for at, head in places.items() if at < len(cells) and cells[at]
            )
        for name, value in values.items():
            if code := problem_of(value):
                return Row(line, {}, code, name)
        return Row(line, values)


def read_table(path: Path, layouts: Sequence[Layout], *, seconds: float = SECONDS) -> Table:
    """The table in the file at `path`, in whichever of `layouts` its headings say. Blocks: call it in a thread.

    The file is read by a process of its own that may take 280 MB and `seconds`. Close the table when done. Raises
    TableRefused with the code of why the file cannot be taken.
    """
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the table closes it
    try:
        _run(path, spool, seconds)
        return _understood(spool, layouts)
    except BaseException:
        spool.close()
        raise


def _run(path: Path, spool: IO[bytes], seconds: float) -> None:
    command = [sys.executable, "-m", "incoming", str(path.resolve()), str(int(seconds) + 1)]
    try:
        subprocess.run(  # noqa: S603 - our own program, and the path is one argument, never a command
            command, stdin=subprocess.DEVNULL, stdout=spool, stderr=subprocess.DEVNULL, cwd=_PROJECT,
            env={"PYTHONIOENCODING": "utf-8:replace", "PYTHONDONTWRITEBYTECODE": "1"}, timeout=seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise TableRefused("too_slow") from None


def _understood(spool: IO[bytes], layouts: Sequence[Layout]) -> Table:
    told = _ended_well(spool)
    guess: tuple[Matched, tuple[int, int]] | None = None
    looked: dict[int, int] = {}
    for sheet, line, cells, _ in _rows(spool):
        looked[sheet] = looked.get(sheet, 0) + 1
        if looked[sheet] > _HEADINGS_WITHIN:
            continue
        found = best(cells, layouts)
        if found and not found.missing and not found.twice:
            return Table(spool, found, (sheet, line), told)
        if found and (guess is None or found.found > guess[0].found):
            guess = (found, (sheet, line))
    raise _not_understood(guess)


def _not_understood(guess: tuple[Matched, tuple[int, int]] | None) -> TableRefused:
    if guess is None or guess[0].found < _GUESS:
        return TableRefused("no_headings")
    found, (_, line) = guess
    if found.twice and not found.missing:
        return TableRefused("heading_twice", line, found.twice, found.layout.kind)
    return TableRefused("missing_headings", line, tuple(one.heads[0] for one in found.missing), found.layout.kind)


def _ended_well(spool: IO[bytes]) -> _Told:
    """How many rows there are, and what was noted. Raises TableRefused when it was refused, or the reader died."""
    notes: list[str] = []
    ended = rows = 0
    spool.seek(0)
    for words in spool:
        if words.startswith(b'["row"'):
            rows += 1
            continue
        try:
            said = json.loads(words)
        except ValueError:  # killed in the middle of a line
            break
        if said[0] == REFUSED:
            raise TableRefused(str(said[1]), said[2])
        notes += [said[1]] if said[0] == NOTE else []
        ended += said[0] == END
    if not ended:
        raise TableRefused("too_large")
    if not rows:
        raise TableRefused("empty")
    return rows, tuple(notes)


def _rows(spool: IO[bytes]) -> Iterator[tuple[int, int, list[str], int]]:
    """Sheet by number, line, cells, and how many cells the text had with the empty ones; 0 when nobody can say."""
    sheet = 0
    place = 0
    while True:
        spool.seek(place)
        words = spool.readline()
        place += len(words)
        if not words:
            return
        said = json.loads(words)
        if said[0] == SHEET:
            sheet += 1
        elif said[0] == ROW:
            yield sheet, said[1], said[2], said[3]
