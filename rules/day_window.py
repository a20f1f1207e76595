"""A window of days as people type it: "from 1 March to 20 March", "1-20 March", "next 3 weeks", "until Friday"."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from rules.date_words import Impossible, read_date

LONGEST_DAYS = 92
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {word: number for number, word in enumerate(_WORDS, 1)}
_COUNT = r"(\d{1,3}|" + "|".join(_COUNTS) + r"|a)"
_AHEAD = re.compile(rf"(?:(?:in|within|for)\s)?(?:the\s)?(?:next|coming)?\s?{_COUNT}\s(day|week|fortnight|month)s?")
_NEXT = re.compile(r"(?:the\s)?(?:next|coming)\s(week|fortnight|month)")
_SPAN = re.compile(r"(?:from\s|between\s)?(.+?)(?:\s(?:to|until|till|and|through)\s|\s?-\s?)(.+)")
_UNTIL = re.compile(r"(?:up\sto|until|till|to|by|before)\s(.+)")
_FROM_TODAY = re.compile(r"(?:from\s)?(?:now|today)")
_BARE_DAY = re.compile(r"(?:the\s)?(\d{1,2})(?:st|nd|rd|th)?")
_WEEKDAY_FIRST = re.compile(r"^[a-z]{3,9}\s(?=\d)")
_ISO = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})\s?(?:-|to|until)\s?(\d{4}-\d{1,2}-\d{1,2})")
_DAYS_OF = {"day": 1, "week": 7, "fortnight": 14, "month": 30}
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_LONGEST = 100


class TooLong(ValueError):
    """More days than times are looked for in: `LONGEST_DAYS`."""


def read_window(words: str, now: datetime) -> tuple[date, date] | None:
    """The first and the last day that `words` name, seen from the wall time `now`, or None.

    So many days or weeks ahead begin tomorrow. Raises Impossible for days that no calendar has or in the wrong order,
    and TooLong.
    """
    if len(words) > _LONGEST:
        return None
    plain = " ".join(unicodedata.normalize("NFKC", words).casefold().replace(",", " ").split())
    plain = _DASHES.sub("-", plain)
    found = _ahead(plain, now) or _named(plain, now) or _spanned(plain, now)
    if found is None:
        return None
    first, last = max(found[0], now.date()), found[1]
    if last < first:
        raise Impossible
    if (last - first).days >= LONGEST_DAYS:
        raise TooLong
    return first, last


def ahead(today: date, days: int) -> tuple[date, date]:
    """So many days, from tomorrow."""
    return today + timedelta(days=1), today + timedelta(days=days)


def _ahead(words: str, now: datetime) -> tuple[date, date] | None:
    if found := _AHEAD.fullmatch(words):
        count = _COUNTS.get(found[1]) or (1 if found[1] == "a" else int(found[1]))
        if not count:
            raise Impossible
        return ahead(now.date(), count * _DAYS_OF[found[2]])
    return None


def _named(words: str, now: datetime) -> tuple[date, date] | None:
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    if found := _NEXT.fullmatch(words):
        if found[1] == "month":
            return _next_month(today)
        first = monday + timedelta(days=7)
        return first, first + timedelta(days=_DAYS_OF[found[1]] - 1)
    if words in ("this week", "the rest of the week"):
        return today, monday + timedelta(days=6)
    if words in ("this weekend", "the weekend", "weekend"):
        return monday + timedelta(days=5), monday + timedelta(days=6)
    return (today, _next_month(today)[0] - timedelta(days=1)) if words == "this month" else None


def _next_month(today: date) -> tuple[date, date]:
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _spanned(words: str, now: datetime) -> tuple[date, date] | None:
    if only := read_date(words, now.date()):
        return only, only
    if until := _UNTIL.fullmatch(words):
        last = read_date(until[1], now.date())
        return None if last is None else (now.date(), last)
    span = _ISO.fullmatch(words) or _SPAN.fullmatch(words)
    if span is None:
        return None
    said, until_said = span[1].strip(), span[2].strip()
    if bare := _BARE_DAY.fullmatch(said):  # "1-20 March": the month is said once
        said = f"{bare[1]} {_without_day(until_said)}"
    first = now.date() if _FROM_TODAY.fullmatch(said) else read_date(said, now.date())
    if first is None:
        return None
    last = read_date(until_said, max(now.date(), first))
    return None if last is None else (first, last)


def _without_day(words: str) -> str:
    return re.sub(r"^\d{1,2}(?:st|nd|rd|th)?\s", "", _WEEKDAY_FIRST.sub("", words))


def written(window: tuple[date, date]) -> str:
    """The window as `unwritten` reads it: "2027-03-01,2027-03-20"."""
    return f"{window[0]},{window[1]}"


def unwritten(words: str) -> tuple[date, date]:
    """What `written` wrote. Raises ValueError for anything else."""
    first, last = words.split(",")
    return date.fromisoformat(first), date.fromisoformat(last)
