"""Times of day as people in England say them: "half six", "quarter past 7", "7pm", "1930", "7 in the evening"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time


class Impossible(ValueError):
    """The words name a date or time that no calendar or clock has, such as 31 February or 25:00."""


@dataclass(frozen=True)
class Clock:
    """A time of day that was said: what it may mean, the likeliest first, and how many days after the day named.

    `bare` is an hour and nothing else: alone it could be anything. `year_like` is four digits that may be a year.
    """

    options: tuple[time, ...]
    days_on: int = 0
    bare: bool = False
    year_like: int | None = None


_PAST = r"(?P<past>half(?: past)?|quarter past|quarter to|\d{1,2}(?: minutes?)? (?:past|to)) (?P<base>\d{1,2})"
_TIME = (
    r"(?:(?P<name>noon|midday|midnight)"
    rf"|(?:{_PAST}|(?P<sharp>\d{{1,2}}) ?o ?clock) ?(?P<turn>am|pm)?"
    r"|(?P<hour>\d{1,2}) ?(?P<half>am|pm)"
    r"|(?P<hours>\d{1,2})[:.](?P<minutes>\d{2}) ?(?P<side>am|pm)?"
    r"|(?P<clock>\d{4})(?: ?hrs?)?"
    r"|(?P<bare>1[0-2]|[1-9]))"
)
_LAST, _FIRST = re.compile(rf"(?:^|\s){_TIME}$"), re.compile(rf"^{_TIME}(?=\s|$)")
_PART = re.compile(r"\b(?:(?:in )?(this )?(morning|afternoon|evening|night)|(tonight))\b")
_TO_TWELVE = range(1, 13)
_MORNING_FROM, _SMALL_HOURS = 8, 5
_NIGHT = "night"


def clocks(words: str) -> Iterator[tuple[Clock, str]]:
    """Each way to find a time at the end or the start of `words`, with what is left: the day. Raises Impossible.

    `words` are folded: lower case, single spaces, numbers in digits.
    """
    part = _PART.search(words)
    rest, side = words, ""
    if part:
        side = part[2] or _NIGHT
        today = " today " if part[1] or part[3] else " "
        rest = " ".join((words[: part.start()] + today + words[part.end() :]).split())
    for pattern in (_LAST, _FIRST):
        if found := pattern.search(rest):
            yield _clock(found, side), (rest[: found.start()] + rest[found.end() :]).strip()


def _clock(found: re.Match[str], side: str) -> Clock:
    if found["name"]:
        return Clock((time(0),), days_on=1) if found["name"] == "midnight" else Clock((time(12),))
    if found["past"] or found["sharp"]:
        hour, minute = _spoken(found)
        return _on_the_face(hour, minute, found["turn"] or "", side)
    hour = int(found["hour"] or found["hours"] or found["bare"] or found["clock"][:2])
    minute = int(found["minutes"] or (found["clock"] or "0000")[2:])
    half = found["half"] or found["side"] or ""
    one_digit = found["hours"] is not None and found["hours"] in set("123456789")
    if half or found["bare"] or one_digit or (side and hour in _TO_TWELVE):
        said = _on_the_face(hour, minute, half, side)
        return Clock(said.options, said.days_on, bare=bool(found["bare"]) and not side)
    return Clock((_time(hour, minute),), year_like=int(found["clock"]) if found["clock"] else None)


def _spoken(found: re.Match[str]) -> tuple[int, int]:
    """Hour and minute of "half six", "ten to 7" and "7 o'clock"."""
    if found["sharp"]:
        return int(found["sharp"]), 0
    before, base = found["past"], int(found["base"])
    named = {"h": 30, "q": 15}.get(before[0])
    minutes = int(before.split()[0]) if named is None else named
    if base not in _TO_TWELVE or not 0 < minutes < 60:  # noqa: PLR2004 - an hour has sixty minutes
        raise Impossible
    return ((base - 2) % 12 + 1, 60 - minutes) if before.endswith("to") else (base, minutes)


def _on_the_face(hour: int, minute: int, half: str, side: str) -> Clock:
    """What a time on a clock's face may mean: the half of the day that was said, or else the likelier one first."""
    if hour not in _TO_TWELVE:
        raise Impossible
    morning, later = _time(hour % 12, minute), _time(hour % 12 + 12, minute)
    at_night = side == _NIGHT and (hour % 12) <= _SMALL_HOURS
    if half or side:
        early = half == "am" or (not half and (side == "morning" or at_night))
        return Clock((morning if early else later,), days_on=int(at_night and early))
    return Clock((morning, later) if _MORNING_FROM <= hour < 12 else (later, morning))  # noqa: PLR2004 - the face of a clock


def _time(hour: int, minute: int) -> time:
    try:
        return time(hour, minute)
    except ValueError as error:
        raise Impossible from error
