"""Reach as a chart: bars for what each approach and each group came to. The same counts stand in words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports import pages


@dataclass(frozen=True)
class Bar:
    """A count as it may be shown: how long it is drawn, in people, and what is written beside it."""

    length: int
    said: str


@dataclass(frozen=True)
class Row:
    """One approach or group and its bars, in the order of the legend."""

    name: str
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Part:
    """Rows that are drawn to one scale. The legend: what each bar counts, by which it is coloured, and its word."""

    title: str
    legend: Sequence[tuple[str, str]]
    rows: Sequence[Row]


def chart(council: str, title: str, when: str, note: str, parts: Sequence[Part]) -> bytes:
    """The chart as a PNG. Raises pages.MissingLetters for a name that no font on this machine can write."""
    data = {
        "council": council,
        "title": title,
        "when": when,
        "note": note,
        "parts": [_drawn(part) for part in parts if part.rows],
    }
    return pages.png("reach", data, ppi=110)


def _drawn(part: Part) -> dict[str, object]:
    longest = max((bar.length for row in part.rows for bar in row.bars), default=0) or 1
    rows = [
        {"name": row.name, "bars": [{"share": 100 * bar.length / longest, "said": bar.said} for bar in row.bars]}
        for row in part.rows
    ]
    return {"title": part.title, "legend": [list(one) for one in part.legend], "rows": rows}
