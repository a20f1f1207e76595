"""What people write in spreadsheets, read: days, times, yes and no, whole numbers. None for what cannot be read."""

import re
from datetime import date, time, timedelta

import texts
from incoming.layout import plain
from incoming.record import Wrong
from rules import phones
from rules.council import Council
from rules.services import markets

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: .*)?")
_NAMED = re.compile(r"(?:[a-z]+day,? )?(\d{1,2})(?:st|nd|rd|th)?[ /.-]([a-z]{3,9})\.?,?[ /.-](\d{4}|\d{2})(?: .*)?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_ZERO = date(1899, 12, 30)
_CENTURY = 2000
_SHORT_YEAR = 100
_CLOCK = re.compile(r"(?:.* )?(\d{1,2})[:.](\d{2})(?::\d{2})?\s?(am|pm)?")
_HOUR = re.compile(r"(\d{1,2})\s?(am|pm)")
_FRACTION = re.compile(r"0?\.\d+(?:e-\d+)?")
_DAY_MINUTES = 24 * 60
_YES = frozenset({"y", "yes", "true", "1", "x", "ok", "agreed", "given", "consented", "t"})
_NO = frozenset({"n", "no", "false", "0", "refused", "not given", "declined", "f"})
_WHOLE = re.compile(r"(?:about |approx(?:imately)? |circa |c )?(\d{1,3}(?:[, ]\d{3})+|\d{1,9})(?:\.0+)?")


def day(words: str) -> date | None:
    """A date as 2026-09-16, 16/09/2026, 16 Sept 2026, 09/Jan/2018, or a workbook's own number. Day before month."""
    said = " ".join(words.casefold().split())
    try:
        if found := _ISO.fullmatch(said):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.fullmatch(said):
            return date(_year(found[3]), int(found[2]), int(found[1]))
        if (found := _NAMED.fullmatch(said)) and found[2][:3] in _MONTHS:
            return date(_year(found[3]), _MONTHS.index(found[2][:3]) + 1, int(found[1]))
        if found := _SERIAL.fullmatch(said):
            return _SERIAL_ZERO + timedelta(days=int(found[1]))
    except (ValueError, OverflowError):
        return None
    return None


def _year(digits: str) -> int:
    year = int(digits)
    return year + _CENTURY if year < _SHORT_YEAR else year


def clock(words: str) -> time | None:
    """A time of day as 14:30, 2.30pm, 2pm, or a workbook's own part of a day."""
    said = " ".join(words.casefold().split())
    try:
        if found := _CLOCK.fullmatch(said):
            return time(_hour(int(found[1]), found[3]), int(found[2]))
        if found := _HOUR.fullmatch(said):
            return time(_hour(int(found[1]), found[2]))
        if _FRACTION.fullmatch(said):
            minutes = round(float(said) * _DAY_MINUTES) % _DAY_MINUTES
            return time(minutes // 60, minutes % 60)
    except ValueError:
        return None
    return None


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:  # noqa: PLR2004 - the face of a clock
        raise ValueError(hour)
    return hour % 12 + 12 * (half == "pm")


def yes_no(words: str) -> bool | None:
    """Yes or no in the words and signs that forms use."""
    said = plain(words)
    return True if said in _YES else False if said in _NO else None


def whole(words: str) -> int | None:
    """A whole number from 0, with or without commas between thousands."""
    found = _WHOLE.fullmatch(" ".join(words.casefold().split()))
    return int(re.sub(r"[, ]", "", found[1])) if found else None


def degrees(words: str, most: int) -> float | None:
    """Degrees between -`most` and `most`."""
    try:
        number = float(words)
    except ValueError:
        return None
    return number if -most <= number <= most else None


def phone(words: str) -> str | None:
    """A phone number as +447700900123; the point that a spreadsheet puts behind a number is left out."""
    try:
        return phones.read(words.strip().removesuffix(".0")).number
    except phones.NotAPhone:
        return None


def market(words: str, council: Council) -> str | None:
    """The council's market of these words: its code, its name, or a service of the regulator's; None for no words.

    Raises Wrong for a market that the council does not have.
    """
    if not words:
        return None
    named = {plain(code): code for code in council.markets}
    named |= {plain(texts.plain("en", f"market.{c}")): c for c in council.markets if texts.exists(f"market.{c}")}
    named |= {plain(name): code for code, name in council.market_names.items()}
    code = named.get(plain(words)) or next((one for one in markets([words]) if one in council.markets), None)
    if code is None:
        raise Wrong("not_a_market", "market")
    return code
