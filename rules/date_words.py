"""Dates and times as people in England type them. Day comes before month."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NOISE = re.compile(r"\b(at|on|the|of|from)\b|[,;!]")
_TIME = re.compile(
    r"(?:^|\s)(?:(?P<name>noon|midday|midnight)|(?P<hour>\d{1,2})\s?(?P<half>am|pm)"
    r"|(?P<hours>\d{1,2})[:.](?P<minutes>\d{2})\s?(?P<side>am|pm)?|(?P<clock>\d{4})(?:\s?hrs?)?)$"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s([a-z]{3,9})|([a-z]{3,9})\s(\d{1,2})(?:st|nd|rd|th)?)(?:\s(\d{4}))?"
)
_WEEKDAY = re.compile(r"(?:(this|next)\s)?([a-z]{3,9})")
_LONGEST = 100
_SHORTEST = 3
_HOURS_OF_A_CLOCK_FACE = range(1, 13)


class Impossible(ValueError):
    """The words name a date or time that no calendar or clock has, such as 31 February or 25:00."""


def read_date_time(words: str, now: datetime) -> datetime | None:
    """The wall time that `words` name, seen from the wall time `now`, or None. Raises Impossible."""
    if len(words) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", words).casefold().replace("a.m.", "am").replace("p.m.", "pm")
    plain = " ".join(_NOISE.sub(" ", re.sub(r"(?<=\d)t(?=\d)", " ", plain)).split())
    found = _TIME.search(plain)
    if not found:
        return None
    clock = _clock(found)
    day = _day(plain[: found.start()].strip(), datetime.combine(now.date(), clock) > now, now.date())
    return None if day is None else datetime.combine(day, clock)


def _clock(found: re.Match[str]) -> time:
    if found["name"]:
        return time(0) if found["name"] == "midnight" else time(12)
    hour = int(found["hour"] or found["hours"] or found["clock"][:2])
    minute = int(found["minutes"] or (found["clock"] or "0000")[2:])
    half = found["half"] or found["side"]
    if half and hour not in _HOURS_OF_A_CLOCK_FACE:
        raise Impossible
    try:
        return time(hour % 12 + 12 * (half == "pm") if half else hour, minute)
    except ValueError as error:
        raise Impossible from error


def _day(words: str, still_today: bool, today: date) -> date | None:  # noqa: FBT001 - a fact about the clock, not a switch
    if words in ("today", "tonight"):
        return today
    if words == "tomorrow":
        return today + timedelta(days=1)
    if weekday := _WEEKDAY.fullmatch(words):
        return _next_weekday(weekday[1], _place(weekday[2], _DAYS), still_today, today)
    first, _, rest = words.partition(" ")
    named_day = _place(first, _DAYS)
    if named_day is None or not rest:
        return _dated(words, today)
    day = _dated(rest, today)
    if day is not None and day.weekday() != named_day:
        raise Impossible
    return day


def _next_weekday(which: str | None, wanted: int | None, still_today: bool, today: date) -> date | None:  # noqa: FBT001 - a fact about the clock
    if wanted is None:
        return None
    if which == "next":
        return today + timedelta(days=7 - today.weekday() + wanted)
    ahead = (wanted - today.weekday()) % 7
    return today + timedelta(days=ahead if ahead or still_today else 7)


def _dated(words: str, today: date) -> date | None:
    if found := _ISO.fullmatch(words):
        return _calendar(int(found[1]), int(found[2]), int(found[3]), today)
    if found := _NUMBERS.fullmatch(words):
        return _calendar(
            int("20"[: 4 - len(found[3])] + found[3]) if found[3] else None, int(found[2]), int(found[1]), today
        )
    if found := _NAMED.fullmatch(words):
        month = _place(found[2] or found[3], _MONTHS)
        year = int(found[5]) if found[5] else None
        return None if month is None else _calendar(year, month + 1, int(found[1] or found[4]), today)
    return None


def _calendar(year: int | None, month: int, day: int, today: date) -> date:
    try:
        if year is not None:
            return date(year, month, day)
        # 29 February is a date of every year that has one: the next of eight years must.
        return next(found for ahead in range(9) if (found := _maybe(today.year + ahead, month, day)) and found >= today)
    except (ValueError, StopIteration) as error:
        raise Impossible from error


def _maybe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _place(word: str, names: tuple[str, ...]) -> int | None:
    """Where the day or month stands that the word is, or shortens to three letters or more."""
    return next((i for i, name in enumerate(names) if len(word) >= _SHORTEST and name.startswith(word)), None)
