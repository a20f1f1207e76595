"""A figure and how it is printed: what, ours, its floor, the ratio of the two, the aim, and whether it is met."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil

_HEADS = ("what", "ours", "floor", "ratio", "aim", "met")
_LEFT = {0, 4}


@dataclass(frozen=True)
class Figure:
    """One line of the table. `met` is None where there is no aim or no floor; `notes` say how it was measured."""

    what: str
    ours: str
    floor: str = ""
    ratio: str = ""
    aim: str = ""
    met: bool | None = None
    notes: tuple[str, ...] = field(default=())


def at_least(what: str, ours: float, floor: float, aim: float, unit: str, notes: Iterable[str] = ()) -> Figure:
    """A figure that is good when it is large: ours against the floor, in the same unit."""
    ratio = ours / floor
    return Figure(
        what, f"{ours:,.0f} {unit}", f"{floor:,.0f} {unit}", f"{ratio:.2f}x", f">= {aim:g}x", ratio >= aim, tuple(notes)
    )


def at_most(what: str, ours: float, floor: float, aim: float, unit: str, notes: Iterable[str] = ()) -> Figure:
    """A figure that is good when it is small: ours against the floor, in the same unit."""
    ratio = ours / floor
    return Figure(
        what, f"{ours:,.1f} {unit}", f"{floor:,.1f} {unit}", f"{ratio:.2f}x", f"<= {aim:g}x", ratio <= aim, tuple(notes)
    )


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least this share of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines under heads, each followed by its notes."""
    cells = [_HEADS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(_HEADS))]
    lines = [_line(_HEADS, widths)]
    for figure, row in zip(figures, cells[1:], strict=True):
        lines.append(_line(row, widths))
        lines.extend(f"    {note}" for note in figure.notes)
    return "\n".join(lines)


def _cells(figure: Figure) -> tuple[str, ...]:
    met = {True: "met", False: "NOT MET", None: ""}[figure.met]
    return (figure.what, figure.ours, figure.floor, figure.ratio, figure.aim, met)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    placed = (
        cell.ljust(width) if column in _LEFT else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(placed).rstrip()
