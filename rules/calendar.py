"""The cells (a day and a band) that some slots lie in, numbered, and each person's row of bits over them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rules.bands import Band
from rules.rota import Said, free_on

_AT_ONCE = 20_000
_Cell = tuple[date, str]


class _InCells(Protocol):
    """Anything that lies in cells: a slot."""

    @property
    def cells(self) -> tuple[_Cell, ...]: ...


@dataclass(frozen=True)
class Calendar:
    """`cells` numbers each cell; `weekly` has, for a cell of the usual week, the bits of its dates."""

    bands: tuple[Band, ...]
    days: tuple[date, ...]
    cells: dict[_Cell, int]
    weekly: dict[tuple[int, str], int]
    daily: dict[date, int]

    @classmethod
    def of(cls, slots: Iterable[_InCells], bands: tuple[Band, ...]) -> "Calendar":
        """The cells of these slots, in order."""
        cells = sorted({cell for slot in slots for cell in slot.cells})
        numbers = {cell: at for at, cell in enumerate(cells)}
        weekly: dict[tuple[int, str], int] = {}
        daily: dict[date, int] = {}
        for (day, band), at in numbers.items():
            weekly[day.weekday(), band] = weekly.get((day.weekday(), band), 0) | 1 << at
            daily[day] = daily.get(day, 0) | 1 << at
        return cls(bands, tuple(daily), numbers, weekly, daily)

    def row(self, said: Said) -> tuple[int, int]:
        """The cells in which this person is free, and those of which anything is known."""
        free = known = 0
        for cell, is_free in said.week.items():
            bits = self.weekly.get(cell, 0)
            known |= bits
            if is_free:
                free |= bits
        for day in self._unusual(said):
            bits, (free_then, known_then) = self.daily[day], self._on(said, day)
            free, known = free & ~bits | free_then, known & ~bits | known_then
        return free, known

    def _unusual(self, said: Said) -> Iterable[date]:
        if said.rota:
            return self.days
        spans = [(one.from_day, one.until_day) for one in said.exceptions]
        return [day for day in self.days if any(start <= day <= end for start, end in spans)] if spans else ()

    def _on(self, said: Said, day: date) -> tuple[int, int]:
        found = free_on(said, day, self.bands)
        at = {band: self.cells[day, band] for band in found if (day, band) in self.cells}
        return bits_of(at[band] for band in at if found[band]), bits_of(at.values())


def bits_of(places: Iterable[int]) -> int:
    """The number in which these bits are set."""
    bits = 0
    for place in places:
        bits |= 1 << place
    return bits


def columns(rows: Sequence[int], width: int) -> list[int]:
    """Rows of bits turned into columns: bit r of column c is bit c of row r. Written in lines, and read downwards."""
    turned = [0] * width
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        written = "".join(f"{row:0{width}b}" for row in reversed(some))
        for place in range(width):
            turned[place] |= int(written[width - 1 - place :: width], 2) << start
    return turned
