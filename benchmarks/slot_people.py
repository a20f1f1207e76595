"""Invented people with hours of their own: what each shift leaves free, with gaps, and a tenth away or on nights."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from rules.bands import DEFAULT
from rules.council import Council
from rules.day_hours import ALL_DAY
from rules.rota import Different, Said
from rules.slots import Sheet, sheet, slots_between

MONDAY = date(2027, 3, 1)
WEEKS = 4
# How likely each band is free on a weekday, by shift, in the order of the bands.
_SHIFTS = (
    (0, 0.1, 0.8, 0.8, 0, 0), (0.1, 0, 0.05, 0.7, 0.1, 0), (0, 0, 0.6, 0.8, 0.1, 0), (0.1, 0.8, 0.3, 0, 0.1, 0),
    (0.1, 0.35, 0.35, 0.45, 0.1, 0.02),
)  # fmt: skip
_CELLS = [(weekday, band.code, at) for weekday in range(7) for at, band in enumerate(DEFAULT)]


def people(how_many: int, *, alike: int = 0) -> Iterator[tuple[int, Said | None]]:
    """So many people and what each has said; with `alike`, one of so many ways to be free, as presets make them."""
    chance = random.Random(1)
    ways = [_week(chance) for _ in range(alike)]
    for person in range(how_many):
        if chance.random() < 0.15:
            yield person, None
            continue
        week = chance.choice(ways) if ways else _week(chance)
        yield person, Said(week, _away(chance, person) if chance.random() < 0.1 else ())


def _week(chance: random.Random) -> dict[tuple[int, str], bool]:
    likely = chance.choice(_SHIFTS)
    return {
        (weekday, band): chance.random() < (likely[at] if weekday < 5 else 0.1 + 0.7 * likely[at])
        for weekday, band, at in _CELLS
        if chance.random() > 0.1
    }


def _away(chance: random.Random, person: int) -> tuple[Different, ...]:
    first = MONDAY + timedelta(days=chance.randrange(7 * WEEKS - 3))
    kind = chance.choice(("away", "nights_this_week"))
    return (Different(person, kind, first, first + timedelta(days=6)),)


def month_of(how_many: int, *, alike: int = 0) -> Sheet:
    """The sheet of these people over every half hour of four weeks."""
    last = MONDAY + timedelta(days=7 * WEEKS - 1)
    slots = slots_between(MONDAY, last, ALL_DAY, 60, Council().zone, DEFAULT)
    return sheet(people(how_many, alike=alike), slots, DEFAULT)
