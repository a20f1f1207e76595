"""Reading the day on which something happened: "today", "3 March", "in March", "two weeks ago"."""

import re
from datetime import date, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SHORT = {"today": 0, "now": 0, "yesterday": 1, "last week": 7}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?")
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})(?: (\d{1,2})(?:st|nd|rd|th)?)?(?: (\d{4}))?")
_AGO = re.compile(r"(\d{1,3}|[a-z]+) (day|week|month)s? ago")
_LENGTHS = {"day": 1, "week": 7, "month": 30}
_CENTURY, _SHORTEST, _LONGEST = 2000, 3, 60


def read(words: str, today: date) -> date | None:
    """The last such day that is not after `today`, or None. A month alone is its first day; numbers are day first."""
    if len(words) > _LONGEST:
        return None
    said = " ".join(re.sub(r"\b(in|on|the|of|since|about)\b|[,.](?=\s|$)", " ", words.lower()).split())
    if said in _SHORT:
        return today - timedelta(days=_SHORT[said])
    try:
        found = _ago(said, today) or _weekday(said, today) or _dated(said, today)
    except (ValueError, OverflowError):
        return None
    return found if found and found <= today else None


def _ago(said: str, today: date) -> date | None:
    found = _AGO.fullmatch(said)
    if found is None:
        return None
    many = int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1])
    return today - timedelta(days=many * _LENGTHS[found[2]]) if many else None


def _weekday(said: str, today: date) -> date | None:
    wanted = _place(said.removeprefix("last "), _DAYS)
    if wanted is None:
        return None
    return today - timedelta(days=(today.weekday() - wanted) % 7 or 7)


def _dated(said: str, today: date) -> date | None:
    if found := _ISO.fullmatch(said):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.fullmatch(said):
        year = int(found[3]) if found[3] else None
        full = year + _CENTURY if year is not None and year < 100 else year  # noqa: PLR2004 - two digits of a year
        return _latest(full, int(found[2]), int(found[1]), today)
    found = _NAMED.fullmatch(said)
    month = _place(found[2], _MONTHS) if found else None
    if found is None or month is None or (found[1] and found[3]):
        return None
    return _latest(int(found[4]) if found[4] else None, month + 1, int(found[1] or found[3] or 1), today)


def _latest(year: int | None, month: int, day: int, today: date) -> date:
    """That day of the year, or of the last year in which it was not still to come. Raises ValueError."""
    if year is not None:
        return date(year, month, day)
    for back in range(9):  # 29 February may be eight years away
        try:
            found = date(today.year - back, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise ValueError("no calendar has this day")


def _place(word: str, names: tuple[str, ...]) -> int | None:
    return next((i for i, name in enumerate(names) if len(word) >= _SHORTEST and name.startswith(word)), None)
