"""Hours of the day in which something may be: ranges of wall time, put together and read from typed words.

"10:00-14:00", "after 6pm", "9 to 5", "nights", "mornings and evenings": several ranges may stand in one line.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import time

from rules.bands import Band

Ranges = tuple[tuple[time, time], ...]
ALL_DAY: Ranges = ((time(0), time(0)),)
_DAY = 24 * 60
_NAMED = {
    "any": (0, _DAY), "any time": (0, _DAY), "anytime": (0, _DAY), "all day": (0, _DAY), "any hour": (0, _DAY),
    "night": (22 * 60, 29 * 60), "office hours": (9 * 60, 17 * 60), "day": (8 * 60, 18 * 60),
    "daytime": (8 * 60, 18 * 60), "lunchtime": (12 * 60, 14 * 60), "lunch": (12 * 60, 14 * 60),
}  # fmt: skip
_CLOCK = r"(?:(\d{1,2})(?:[:.]?([0-5]\d))?\s?(am|pm)?|(noon|midday|midnight))"
_TO = re.compile(rf"{_CLOCK}\s?(?:-|to|until|till)\s?{_CLOCK}")
_ONE_SIDE = re.compile(rf"(after|from|before|until|till|by)\s{_CLOCK}(?:\s(?:on|onwards))?")
_BETWEEN = re.compile(r"\bbetween\s+(\S+?)\s+and\s+")
_APART = re.compile(r"\s*(?:[,;&+/]|\band\b|\bor\b)\s*")
_NOISE = re.compile(r"\b(?:in|the|at|only|hours of)\b")
_TWELVE = re.compile(r"\b12\s?(?=noon|midday|midnight)")
_HALVES = 12 * 60
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_LONGEST = 120


def read_hours(words: str, bands: Sequence[Band]) -> Ranges | None:
    """The ranges that `words` name, or None when any of them is not understood. `bands` may be named too.

    "9 to 5" ends in the afternoon; a single "after 6" is the evening, as people say it.
    """
    plain = unicodedata.normalize("NFKC", words).casefold().replace("a.m.", "am").replace("p.m.", "pm")
    plain = _TWELVE.sub("", _DASHES.sub("-", plain))
    plain = _BETWEEN.sub(r"\1-", plain)
    parts = [" ".join(_NOISE.sub(" ", part).split()) for part in _APART.split(plain) if part.strip()]
    if not parts or len(words) > _LONGEST:
        return None
    found = [_range(part, bands) for part in parts]
    whole = [one for one in found if one is not None]
    return together(whole) if len(whole) == len(found) else None


def _range(words: str, bands: Sequence[Band]) -> tuple[int, int] | None:
    name = words.removesuffix("s") if words.removesuffix("s") in _NAMED else words
    if name in _NAMED:
        return _NAMED[name]
    named = {band.code.replace("_", " "): (band.start, band.end) for band in bands}
    if (known := words if words in named else words.removesuffix("s")) in named:
        return named[known]
    if found := _TO.fullmatch(words):
        return _between(found.groups()[:4], found.groups()[4:])
    if found := _ONE_SIDE.fullmatch(words):
        return _one_sided(found[1], found.groups()[1:])
    return None


def _between(first: Sequence[str | None], last: Sequence[str | None]) -> tuple[int, int] | None:
    start, end = _minutes(first), _minutes(last)
    if start is None or end is None:
        return None
    if first[2] is None and last[2] is not None and _is_hour_of_a_clock_face(first):
        # "10 to 2pm", "2 to 5pm": the half that makes it short.
        start = min((start % _HALVES, start % _HALVES + _HALVES), key=lambda at: (end - at) % _DAY or _DAY)
    elif last[2] is None and _is_hour_of_a_clock_face(last) and end <= start < end + _HALVES:
        end += _HALVES
    return start, end if end > start else end + _DAY


def _one_sided(which: str, clock: Sequence[str | None]) -> tuple[int, int] | None:
    at = _minutes(clock)
    if at is None:
        return None
    if clock[2] is None and _is_hour_of_a_clock_face(clock) and 0 < at < 8 * 60:
        at += _HALVES
    return (at, _DAY) if which in ("after", "from") else (0, at or _DAY)


def _is_hour_of_a_clock_face(clock: Sequence[str | None]) -> bool:
    return clock[0] is not None and not clock[0].startswith("0") and 1 <= int(clock[0]) <= 12  # noqa: PLR2004 - the numbers of a clock face


def _minutes(clock: Sequence[str | None]) -> int | None:
    hour, minute, half, name = clock
    if name:
        return 0 if name == "midnight" else _HALVES
    hours = int(hour or 0)
    if hours > 24 or (half and not 1 <= hours <= 12):  # noqa: PLR2004 - the numbers of a clock
        return None
    if half:
        hours = hours % 12 + 12 * (half == "pm")
    return (hours * 60 + int(minute or 0)) % _DAY


def together(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Ranges in minutes after midnight (an end over 1,440 is on the next day) as the fewest that say the same."""
    on = [False] * _DAY
    for start, end in ranges:
        for minute in range(start, end):
            on[minute % _DAY] = True
    if all(on):
        return ALL_DAY
    starts = [at for at in range(_DAY) if on[at] and not on[at - 1]]
    return tuple((_clock(at), _clock(_end(on, at))) for at in starts)


def _end(on: Sequence[bool], start: int) -> int:
    return next(at for at in range(start, start + _DAY + 1) if not on[at % _DAY]) % _DAY


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def written(ranges: Ranges) -> str:
    """The ranges as `unwritten` reads them: "10:00-14:00,18:00-00:00"."""
    return ",".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in ranges)


def unwritten(words: str) -> Ranges:
    """What `written` wrote. Raises ValueError for anything else."""
    pairs = [part.split("-") for part in words.split(",")]
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in pairs)
