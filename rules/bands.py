"""The bands of the day in which people say when they are free: a setting, by default the six that care work knows."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DAY = 24 * 60
_WRITTEN = re.compile(r"\s*([a-z][a-z0-9_]*)\s*=\s*(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?\s*")


@dataclass(frozen=True)
class Band:
    """A part of the day from `start` to `end`, in minutes after midnight.

    It belongs to the day it starts on. A band that crosses midnight has an `end` over 1,440.
    """

    code: str
    start: int
    end: int

    @property
    def crosses_midnight(self) -> bool:
        """Whether it ends on the day after."""
        return self.end > _DAY

    @property
    def starts(self) -> time:
        """The wall time at which it starts."""
        return time(self.start // 60, self.start % 60)

    @property
    def ends(self) -> time:
        """The wall time at which it ends."""
        return time(self.end % _DAY // 60, self.end % 60)


DEFAULT = (
    Band("early", 5 * 60, 9 * 60),
    Band("morning", 9 * 60, 13 * 60),
    Band("afternoon", 13 * 60, 17 * 60),
    Band("evening", 17 * 60, 22 * 60),
    Band("late", 22 * 60, 26 * 60),
    Band("small_hours", 2 * 60, 5 * 60),
)


def parse(words: str) -> tuple[Band, ...]:
    """Bands written as 'early=05-09, late=22-02'. Raises ValueError unless they fill the day, each minute once."""
    bands = tuple(_band(part) for part in words.split(","))
    if len({band.code for band in bands}) != len(bands):
        raise ValueError("a band is named twice")
    ordered = sorted(bands, key=lambda band: band.start)
    ends = [band.end for band in ordered]
    starts = [band.start for band in ordered[1:]] + [ordered[0].start + _DAY]
    if ends != starts:
        raise ValueError("bands have to fill the day, with no gap and no overlap")
    return bands


def _band(words: str) -> Band:
    read = _WRITTEN.fullmatch(words)
    if read is None:
        raise ValueError("a band is written as early=05-09")
    start = int(read[2]) * 60 + int(read[3] or 0)
    end = int(read[4]) * 60 + int(read[5] or 0)
    if start >= _DAY or end > _DAY:
        raise ValueError("a day has 24 hours")
    return Band(read[1], start, end if end > start else end + _DAY)


def written(bands: tuple[Band, ...]) -> str:
    """The bands as `parse` reads them."""
    return ", ".join(f"{band.code}={band.starts:%H:%M}-{band.ends:%H:%M}" for band in bands)


def touched(start: datetime, end: datetime, bands: tuple[Band, ...]) -> tuple[tuple[date, str], ...]:
    """The cells, each the day a band belongs to and its code, that wall times from `start` until `end` lie in."""
    cells = []
    for ahead in range(-1, (end.date() - start.date()).days + 1):
        day = start.date() + timedelta(days=ahead)
        midnight = datetime.combine(day, time())
        cells += [
            (day, band.code)
            for band in bands
            if midnight + timedelta(minutes=band.start) < end and start < midnight + timedelta(minutes=band.end)
        ]
    return tuple(cells)


def nights_free(bands: tuple[Band, ...]) -> frozenset[str]:
    """The bands left to somebody who works nights and sleeps by day: those that start from noon until eight."""
    return frozenset(band.code for band in bands if 12 * 60 <= band.start < 20 * 60)
