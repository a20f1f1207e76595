"""A week on paper: a box for each band of each day, and the line by which it is typed in, such as "Mo3 Tu34 We-"."""

import re
from collections.abc import Mapping

from rules.bands import Band

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MARKS = "123456789"
_NONE = "-"
_PART = re.compile(r"(mo|tu|we|th|fr|sa|su)[a-z]*[\s:=]*([0-9]+|[-–0]|\*)?", re.IGNORECASE)


class NotAWeek(Exception):
    """What was typed is no line of a week, in `words`."""

    def __init__(self, words: str) -> None:
        super().__init__("not a week on paper")
        self.words = words


def marks(bands: tuple[Band, ...]) -> dict[str, str]:
    """Each band's code by the number printed over its column. Raises ValueError for more than nine bands."""
    if len(bands) > len(_MARKS):
        raise ValueError("a sheet has room for nine bands")
    return {_MARKS[place]: band.code for place, band in enumerate(bands)}


def read(line: str, bands: tuple[Band, ...]) -> dict[tuple[int, str], bool]:
    """Which bands of which weekday (0 is Monday) are free, and which are not, on the days that are in the line.

    A day has the numbers of its free bands, "-" for none and "*" for all. A day that is not there was not said.
    Raises NotAWeek.
    """
    columns = marks(bands)
    week: dict[tuple[int, str], bool] = {}
    rest = _PART.sub("", line).strip(" ,;.\t\n")
    if rest:
        raise NotAWeek(rest[:20])
    for day, ticked in _PART.findall(line):
        weekday = DAYS.index(day.capitalize())
        free = set(columns) if ticked == "*" else set() if ticked in (_NONE, "–", "0") else set(ticked)
        if not ticked or free - set(columns) or any(known == weekday for known, _ in week):
            raise NotAWeek(f"{day}{ticked}")
        week |= {(weekday, code): mark in free for mark, code in columns.items()}
    if not week:
        raise NotAWeek(line[:20])
    return week


def written(week: Mapping[tuple[int, str], bool], bands: tuple[Band, ...]) -> str:
    """The line that `read` reads as this week, of the days of which every band is known."""
    columns = {code: mark for mark, code in marks(bands).items()}
    days = [
        (day, "".join(mark for code, mark in columns.items() if week[place, code]))
        for place, day in enumerate(DAYS)
        if all((place, code) in week for code in columns)
    ]
    return " ".join(f"{day}{free or _NONE}" for day, free in days)
