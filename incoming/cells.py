"""What a cell holds, as text; and the marks of cells whose value cannot be taken."""

import re
from datetime import date, datetime, time, timedelta

from incoming.limits import LONGEST_CELL

MARK = "\0"
"""No cell's text holds this; one that begins with it is a problem by its code: formula, error, merged, too_long …"""
FORMULA = f"{MARK}formula"
ERROR = f"{MARK}error"
MERGED = f"{MARK}merged"
TOO_LONG = f"{MARK}too_long"
UNREADABLE = f"{MARK}unreadable"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_MIDNIGHT = time()


def text_of(value: object) -> str:
    """A cell's value as text: whole numbers without a point, dates as 2026-09-16, with a time when there is one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return str(int(value))
    if isinstance(value, timedelta):
        return text_of(value.total_seconds() / 86_400)
    return _moment(value) if isinstance(value, date | time) else cleaned("" if value is None else str(value))


def _moment(value: date | time) -> str:
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, datetime) and value.time() != _MIDNIGHT:
        return value.isoformat(" ", "minutes")
    return value.isoformat()[:10]


def cleaned(text: str) -> str:
    """The text without characters that nobody typed and with one kind of line end, or the mark of what is wrong."""
    if "\ufffd" in text:
        return UNREADABLE
    if len(text) > LONGEST_CELL:
        return TOO_LONG
    if not text.isprintable() or not text.isascii():
        text = _CONTROLS.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text.strip()


def problem_of(cell: str) -> str | None:
    """The code of what is wrong with the cell, or None."""
    return cell[1:] if cell.startswith(MARK) else None
