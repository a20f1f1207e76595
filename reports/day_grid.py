"""A week in numbers, band by band and day by day: people free, meetings offered, and the gap between the two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.bands import Band, touched
from rules.presets import DAYS
from rules.rota import Said, free_on

Rows = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Heat:
    """A row for each band and seven numbers to a row, Monday first: people free, meetings offered, and the gap.

    The gap is in points of a hundred: the share of all free hours less the share of all meetings. Above 0, people are
    free there and few meetings were held.
    """

    free: Rows
    offered: Rows
    gap: Rows


def heat(said: Iterable[Said], offered: Iterable[tuple[str, int]], today: date, bands: tuple[Band, ...]) -> Heat:
    """The seven days from `today`. `offered` are local starts 'YYYY-MM-DDTHH:MM' and minutes of every meeting."""
    free = {(day, band.code): 0 for band in bands for day in DAYS}
    held = dict.fromkeys(free, 0)
    for one in said:
        for day in (today + timedelta(days=ahead) for ahead in DAYS):
            for code, is_free in free_on(one, day, bands).items():
                free[day.weekday(), code] += is_free
    for local_start, minutes in offered:
        start = datetime.fromisoformat(local_start)
        for day, code in touched(start, start + timedelta(minutes=minutes), bands):
            held[day.weekday(), code] += 1
    all_free, all_held = sum(free.values()) or 1, sum(held.values()) or 1
    gap = {cell: round(100 * free[cell] / all_free) - round(100 * held[cell] / all_held) for cell in free}
    return Heat(*(tuple(tuple(of[day, band.code] for day in DAYS) for band in bands) for of in (free, held, gap)))
