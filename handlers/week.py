"""A week on one message: a row for each band of hours with a button for each day, and the same in words."""

from collections.abc import Mapping, Sequence
from datetime import time

import texts
from handlers.saying import Key, key
from rules.bands import Band
from rules.presets import DAYS, Week

# What a tap makes of an hour. On the wire an empty word cannot stand, so "not said" has a name.
_NEXT: Mapping[bool | None, str] = {None: "yes", True: "no", False: "unsaid"}
_SHOWN: Mapping[bool | None, str] = {None: "unsaid", True: "yes", False: "no"}
MEANS: Mapping[str, bool | None] = {"yes": True, "no": False, "unsaid": None}
ROW = "row"
Rows = tuple[tuple[Key, ...], ...]


def grid(bands: Sequence[Band], week: Week, verb: str, *about: int | str, after_no: str = "unsaid") -> Rows:
    """The buttons: each carries what a tap makes of it, so that an old one does what it shows."""
    rows: list[tuple[Key, ...]] = []
    following = {**_NEXT, False: after_no}
    for band in bands:
        whole = {week.get((day, band.code)) for day in DAYS}
        wanted = following[whole.pop()] if len(whole) == 1 else "yes"
        rows.append((key(_name(band), verb, *about, ROW, band.code, wanted, **hours(band)),))
        rows.append(tuple(_cell(verb, (*about, day, band.code), week.get((day, band.code)), following) for day in DAYS))
    return tuple(rows)


def _cell(verb: str, about: tuple[int | str, ...], free: bool | None, following: Mapping[bool | None, str]) -> Key:  # noqa: FBT001 - what was said
    short = texts.words(f"free.short.{about[-2]}")
    return key(f"free.cell.{_SHOWN[free]}", verb, *about, following[free], day=short)


def days_of(where: str) -> Sequence[int]:
    """The weekdays a button of the grid is about; none for a forged one."""
    if where == ROW:
        return DAYS
    return [day for day in DAYS if str(day) == where]


def hours(band: Band) -> Mapping[str, time]:
    """From when until when a band lasts."""
    return {"start": band.starts, "end": band.ends}


def _name(band: Band) -> str:
    own = f"free.band.{band.code}"
    return own if texts.exists(own) else "free.band.other"


def called(band: Band) -> texts.Words:
    """A band in words, with its hours."""
    return texts.words(_name(band), **hours(band))


def when(where: str, band: Band) -> texts.Words:
    """A day and a band in full words; a band that ends on the next day is spelled out."""
    if where == ROW:
        return texts.words("free.when.row", band=called(band))
    day = texts.words(f"free.day.{where}")
    if band.crosses_midnight:
        return texts.words("free.when.night", day=day, end=band.ends)
    return texts.words("free.when", day=day, band=called(band))


def summary(bands: Sequence[Band], week: Week) -> texts.Words | texts.Listed:
    """The free hours in words: days with the same hours on one line."""
    if not week:
        return texts.words("free.summary.none")
    alike: dict[tuple[Band, ...], list[int]] = {}
    for day in DAYS:
        alike.setdefault(tuple(band for band in bands if week.get((day, band.code))), []).append(day)
    lines = [_line(days, free) for free, days in alike.items() if free]
    return texts.listed(lines, "lines") if lines else texts.words("free.summary.nothing_free")


def _line(days: Sequence[int], free: Sequence[Band]) -> texts.Words:
    named = texts.listed([texts.words(f"free.day.{day}") for day in days])
    every = texts.words("free.summary.every_day") if len(days) == len(DAYS) else named
    return texts.words("free.summary.line", days=every, bands=texts.listed([called(band) for band in free]))
