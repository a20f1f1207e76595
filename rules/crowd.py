"""How a crowd is shown: bands, the smallest cell, and a second cell hidden where the first could be worked out.

In a table whose totals are shown, a hidden cell can be worked out exactly when, of the hidden cells drawn as lines
between their row and their column, it is a bridge. Rule: D. Gusfield, "A Graph Theoretic Approach to Statistical Data
Security", 1988.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from rules.release import GENERAL, NEVER_UNDER, SMALLEST_GROUP

SMALLEST_CELL = 10
_MANY = 20
Table = list[list[int | None]]
_Cell = tuple[int, int]


def kept_topic(topic: str, eligible: int, k: int = SMALLEST_GROUP) -> str:
    """The topic an item is stored under: the chosen one where `k` people or more could have chosen it."""
    return topic if eligible >= k else GENERAL


def band(count: int) -> str:
    """How many others raised a topic: under_10, 10_to_20 or over_20."""
    if count < SMALLEST_CELL:
        return "under_10"
    return "10_to_20" if count <= _MANY else "over_20"


def hidden(counts: Mapping[str, int], least: int = SMALLEST_CELL) -> tuple[dict[str, int | None], int | None]:
    """A row of counts and its total, as they may be shown; None is hidden. Raises ValueError for a `least` under 5."""
    if not counts:
        return {}, 0
    table, _, _, total = hidden_table([list(counts.values())], least)
    return dict(zip(counts, table[0], strict=True)), total


def hidden_table(
    counts: Sequence[Sequence[int]], least: int = SMALLEST_CELL
) -> tuple[Table, list[int | None], list[int | None], int | None]:
    """The cells, the rows' totals, the columns' totals and the grand total, as they may be shown; None is hidden.

    A count from 1 to `least` - 1 is hidden, and so is whatever would give it, or a sum as small, away. Raises
    ValueError for a `least` under 5.
    """
    if least < NEVER_UNDER:
        raise ValueError(f"no cell about feedback is shown under {NEVER_UNDER}")
    rows = [[*row, sum(row)] for row in counts]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    hides = {(r, c) for r, row in enumerate(rows) for c, count in enumerate(row) if 0 < count < least}
    while more := _small_sum(rows, hides, least) or _way_round(rows, hides):
        hides |= more
    shown = [[None if (r, c) in hides else count for c, count in enumerate(row)] for r, row in enumerate(rows)]
    return [row[:-1] for row in shown[:-1]], [row[-1] for row in shown[:-1]], shown[-1][:-1], shown[-1][-1]


def _small_sum(rows: list[list[int]], hides: set[_Cell], least: int) -> set[_Cell]:
    """A cell to hide because what is hidden in a line, taken together, is too few and can be worked out."""
    for *cells, total in _lines(rows):
        unseen = sum(rows[r][c] for r, c in hides.intersection(cells))
        if total not in hides and 0 < unseen < least:
            seen = [cell for cell in cells if cell not in hides and rows[cell[0]][cell[1]]]
            return {min(seen, key=lambda cell: rows[cell[0]][cell[1]], default=total)}
    return set()


def _way_round(rows: list[list[int]], hides: set[_Cell]) -> set[_Cell]:
    """The cheapest cells that close a ring through a hidden cell that could be worked out."""
    for row, column in sorted(hides):
        if not _derivable((row, column), hides):
            continue
        rings = (
            {(row, c), (r, c), (r, column)} - hides
            for r, c in product(range(len(rows)), range(len(rows[0])))
            if r != row and c != column
        )
        return min(rings, key=lambda ring: (len(ring), sum(rows[r][c] for r, c in ring)))
    return set()


def _derivable(cell: _Cell, hides: set[_Cell]) -> bool:
    """Whether the cell is a bridge: without it, nothing hidden leads from its row to its column."""
    rows, columns = {cell[0]}, set[int]()
    others = hides - {cell}
    while more := {c for r, c in others if r in rows} - columns:
        columns |= more
        rows |= {r for r, c in others if c in columns}
    return cell[1] not in columns


def _lines(rows: list[list[int]]) -> Iterator[list[_Cell]]:
    """Every row and every column, its total last."""
    for r, row in enumerate(rows):
        yield [(r, c) for c in range(len(row))]
    for c in range(len(rows[0])):
        yield [(r, c) for r in range(len(rows))]
