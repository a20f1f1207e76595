"""Dates and times as people in England type them. Day comes before month."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from rules.clock_words import Clock, Impossible, clocks

__all__ = ["Impossible", "read_date", "read_date_time"]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMBERS_IN_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NOISE = re.compile(r"\b(at|on|the|of|from|a|about|around|please)\b|[,;!?]")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s([a-z]{3,9})|([a-z]{3,9})\s(\d{1,2})(?:st|nd|rd|th)?)(?:\s(\d{4}))?"
)
_WEEKDAY = re.compile(r"(?:(this|next|last)\s)?([a-z]{3,9})")
_AHEAD = re.compile(r"in (\d{1,2}) (day|week)s?")
_WEEK_AFTER = re.compile(r"week (today|tomorrow|[a-z]{3,9})|(today|tomorrow|[a-z]{3,9}) week")
_LONGEST = 100
_SHORTEST = 3
_YEARS_AHEAD = 2


def read_date_time(words: str, now: datetime) -> datetime | None:
    """The wall time that `words` name, seen from the wall time `now`, or None. Raises Impossible.

    A time without a day is the next such time. Midnight ends the day it is said with, as a night does.
    """
    plain, refused = _folded(words), False
    for clock, rest in _clocks(plain):
        try:
            found = _moment(clock, rest, now) if clock else None
        except Impossible:
            found, refused = None, True
        if found is not None:
            return found
        refused = refused or clock is None
    if refused:
        raise Impossible
    return None


def read_date(words: str, today: date) -> date | None:
    """The day that `words` name, seen from `today`, or None. Raises Impossible."""
    plain = _folded(words)
    return _day(plain, True, today) if plain else None


def _folded(words: str) -> str:
    """Lower case, without marks and small words, numbers in digits; '' for what is too long to be a date."""
    if len(words) > _LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", words).casefold().replace("a.m.", "am").replace("p.m.", "pm")
    plain = re.sub(r"o\W?clock", "o clock", plain).replace("twenty five", "25").replace("twenty", "20")
    plain = re.sub(r"[a-z]+", lambda found: _in_digits(found[0]), plain)
    return " ".join(_NOISE.sub(" ", re.sub(r"(?<=\d)t(?=\d)", " ", plain)).split())


def _in_digits(word: str) -> str:
    return str(_NUMBERS_IN_WORDS.index(word)) if word in _NUMBERS_IN_WORDS else word


def _clocks(plain: str) -> list[tuple[Clock | None, str]]:
    """The times to be found in the words; None for one that no clock shows."""
    found: list[tuple[Clock | None, str]] = []
    try:
        found.extend(clocks(plain))
    except Impossible:
        found.append((None, ""))
    return found


def _moment(clock: Clock, rest: str, now: datetime) -> datetime | None:
    today, ahead = now.date(), timedelta(days=clock.days_on)
    to_come = any(datetime.combine(today + ahead, one) > now for one in clock.options)
    if not rest:
        day = None if clock.bare or clock.year_like is not None else today if to_come else today + timedelta(days=1)
    elif _is_year(clock, rest, today):
        return None
    else:
        day = _day(rest, to_come, today)
    if day is None:
        return None
    moments = [datetime.combine(day + ahead, one) for one in clock.options]
    return next((one for one in moments if one > now), moments[0]) if day == today else moments[0]


def _is_year(clock: Clock, rest: str, today: date) -> bool:
    """Whether "5 March 2027" is a day without a time, and not 20:27."""
    ahead = -1 if clock.year_like is None else clock.year_like - today.year
    return 0 <= ahead <= _YEARS_AHEAD and bool(_NAMED.fullmatch(rest) or _NUMBERS.fullmatch(rest))


def _day(words: str, still_today: bool, today: date) -> date | None:  # noqa: FBT001 - a fact about the clock, not a switch
    near = {"today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "tomorow": 1, "day after tomorrow": 2, "yesterday": -1}
    if words in near:
        return today + timedelta(days=near[words])
    if ahead := _AHEAD.fullmatch(words):
        return today + timedelta(days=int(ahead[1]) * (7 if ahead[2] == "week" else 1))
    if week := _WEEK_AFTER.fullmatch(words):
        day = _day(week[1] or week[2], still_today, today)
        return None if day is None else day + timedelta(days=7)
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
    if which == "last":  # always past: so the question is about that, and not about words nobody understood
        return today + timedelta(days=ahead - 7)
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
