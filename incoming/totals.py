"""Known totals: how many posts, people or providers there are, by market and size, and who says so."""

from incoming.layout import Field, Layout, plain
from incoming.record import Asked, LeftOut, Problem, Record, Wrong, too_long
from incoming.table import Row
from incoming.values import day, market, whole
from storage.organisations import SIZE_BANDS

LAYOUTS = (
    Layout(
        "totals",
        (
            Field("market", ("Market", "Kind of care work", "Sector"), needed=True),
            Field("size_band", ("Size band", "Size", "Provider size")),
            Field("figure", ("Figure", "Total", "Number", "Count"), needed=True),
            Field("low", ("Low", "Lowest", "Low estimate")),
            Field("high", ("High", "Highest", "High estimate")),
            Field("unit", ("Unit", "What is counted", "Counted"), needed=True),
            Field("source", ("Source", "Who says so"), needed=True),
            Field("date", ("Date", "As of", "Date of figure"), needed=True),
        ),
    ),
)
EVERY_MARKET = "all"
_EVERY = frozenset({"all", "total", "all markets", "every market", "whole sector"})
_UNITS = {
    "posts": "posts", "jobs": "posts", "filled posts": "posts", "people": "people", "workers": "people",
    "care workers": "people", "staff": "people", "providers": "providers", "places": "providers", "homes": "providers",
}  # fmt: skip
_SIZES = {plain(band): band for band in SIZE_BANDS} | {"250": "250+", "250 and over": "250+", "250 or more": "250+"}
_EVERY_SIZE = frozenset({"", "all", "any", "all sizes", "every size"})


def read(row: Row, asked: Asked) -> Record | Problem | LeftOut:
    """One figure, or why the row is refused."""
    given = dict(row.values)
    if not any(given.values()):
        return LeftOut("blank")
    try:
        figure = _number(given, "figure")
        if figure is None:
            raise Wrong("empty", "figure")
        low, high = _number(given, "low"), _number(given, "high")
        record: Record = {
            "line": row.line,
            "market": _market(given["market"], asked),
            "size_band": _size(given.get("size_band", "")),
            "unit": _unit(given["unit"]),
            "low": figure if low is None else low,
            "figure": figure,
            "high": figure if high is None else high,
            "source": " ".join(given["source"].split()),
            "as_of": _day(given["date"]),
        }
    except Wrong as wrong:
        return Problem(row.line, wrong.code, wrong.field)
    if not record["low"] <= record["figure"] <= record["high"]:
        return Problem(row.line, "low_high", "figure")
    if not record["source"]:
        return Problem(row.line, "empty", "source")
    return too_long(row.line, given, {"source": 300}) or record


def _number(given: dict[str, str], name: str) -> int | None:
    words = given.get(name, "")
    number = whole(words) if words else None
    if words and number is None:
        raise Wrong("not_a_number", name)
    return number


def _market(words: str, asked: Asked) -> str:
    code = EVERY_MARKET if plain(words) in _EVERY else market(words, asked.council)
    if code is None:
        raise Wrong("empty", "market")
    return code


def _size(words: str) -> str | None:
    said = plain(words)
    if said in _EVERY_SIZE:
        return None
    if said not in _SIZES:
        raise Wrong("not_a_size", "size_band")
    return _SIZES[said]


def _unit(words: str) -> str:
    if plain(words) not in _UNITS:
        raise Wrong("not_a_unit", "unit")
    return _UNITS[plain(words)]


def _day(words: str) -> str:
    date = day(words)
    if date is None:
        raise Wrong("not_a_date", "date")
    return date.isoformat()
