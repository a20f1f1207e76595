"""How a value looks inside a text: words escaped and held apart, numbers and dates as the language writes them."""

import html
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

_FIRST_STRONG, _POP, _END_OF_EMBEDDING = "\u2068", "\u2069", "\u202c"
_ISOLATES = "\u2066\u2067\u2068"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_COMMA = {"ar": "، "}
_FOREIGN = {
    "ltr": {"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"},
    "rtl": {"L", "RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"},
}


@dataclass(frozen=True)
class Words:
    """A text inside a text: its name and values, said in the language of the message it stands in."""

    name: str
    values: dict[str, object] = field(default_factory=dict)


def words(name: str, /, **values: object) -> Words:
    """The text `name` as a value for another text."""
    return Words(name, values)


@dataclass(frozen=True)
class Listed:
    """Several values as one list: `and`, `or`, or `lines` with one to a line."""

    items: tuple[object, ...]
    how: str = "and"


def listed(items: Sequence[object], how: str = "and") -> Listed:
    """Several values as one: "a, b and c", "a, b or c", or lines."""
    return Listed(tuple(items), how)


def isolated(typed: str, direction: str) -> str:
    """Somebody's words, unable to turn the words around them: closed in Unicode's isolates when they run the other way.

    Source: Unicode Standard Annex 9, sections 2.4 and 2.5.
    """
    if direction == "ltr" and typed.isascii():
        return typed
    if not any(unicodedata.bidirectional(sign) in _FOREIGN[direction] for sign in typed):
        return typed
    return "\n".join(_FIRST_STRONG + _balanced(line) + _POP for line in typed.split("\n"))


def _balanced(line: str) -> str:
    """Without this a stray closing mark would end our own isolate early."""
    kept, opened = [], []
    for sign in line:
        if sign in _ISOLATES or sign in _EMBEDDINGS:
            opened.append(_POP if sign in _ISOLATES else _END_OF_EMBEDDING)
        elif sign in (_POP, _END_OF_EMBEDDING):
            if not opened or opened[-1] != sign:
                continue
            opened.pop()
        kept.append(sign)
    return "".join(kept) + "".join(reversed(opened))


def british_time(moment: datetime | time) -> str:
    """A time as people in Britain say it: 7pm, 7:30pm, 12 noon, midnight."""
    hour, minute = moment.hour, moment.minute
    if minute == 0 and hour in (0, 12):
        return "12 noon" if hour else "midnight"
    minutes = f":{minute:02}" if minute else ""
    return f"{hour % 12 or 12}{minutes}{'am' if hour < 12 else 'pm'}"  # noqa: PLR2004 - hours of a day


def clock_time(moment: datetime | time, locale: Locale) -> str:
    """The time of day as the language writes it, by the value's own wall clock."""
    if locale.language == "en":
        return british_time(moment)
    return format_time(time(moment.hour, moment.minute), "short", locale=locale)


def _dated(pattern: str) -> Callable[[date, Locale], str]:
    return lambda moment, locale: format_date(moment, pattern, locale=locale)


_DATE = _dated("d MMMM y")
_DAY = _dated("EEEE d MMMM")
_SHORT = _dated("EEE d MMM")
_LONG = _dated("EEEE d MMMM y")


def moment(value: date | time, spec: str, locale: Locale) -> str:
    """A date or time by its spec: when, date, day, short or time. Raises ValueError for another spec."""
    if isinstance(value, time) or spec == "time":
        return clock_time(value, locale) if isinstance(value, datetime | time) else _DATE(value, locale)
    match spec:
        case "" | "date":
            return _DATE(value, locale)
        case "day":
            return _DAY(value, locale)
        case "short":
            return _SHORT(value, locale)
        case "when" if isinstance(value, datetime):
            comma = _COMMA.get(locale.language, ", ")
            return f"{_LONG(value, locale)}{comma}{clock_time(value, locale)}"
    raise ValueError(f"no such way to say a date: {spec!r}")


def number(value: float, locale: Locale) -> str:
    """A number with the language's signs."""
    return str(format_decimal(value, locale=locale))


def joined(parts: list[str], how: str, locale: Locale) -> str:
    """Parts that are said already, as one list."""
    if how == "lines":
        return "\n".join(parts)
    return str(format_list(parts, style="or" if how == "or" else "standard", locale=locale))


def escaped(typed: str) -> str:
    """Live nowhere: as Telegram's HTML wants it."""
    return html.escape(typed, quote=False)
