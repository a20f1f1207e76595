"""Local wall time and instants: what '2027-03-28T01:30' means in a zone where the clocks change."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rules.date_words import Impossible, read_date, read_date_time

BANDS = ("early", "morning", "afternoon", "evening", "late", "small_hours")
_BANDS_UNTIL = {2: "late", 5: "small_hours", 9: "early", 13: "morning", 17: "afternoon", 22: "evening", 24: "late"}


@dataclass(frozen=True)
class Moment:
    """A wall time that somebody typed, as 'YYYY-MM-DDTHH:MM', and the instant it stands for in unix seconds."""

    local: str
    at: int


def instant(local: str, zone: ZoneInfo) -> int:
    """The unix second of a wall time 'YYYY-MM-DDTHH:MM'; raises ValueError for any other writing.

    A time that the clocks skip moves forward by the gap; one that comes twice is the first.
    """
    return int(datetime.strptime(local, "%Y-%m-%dT%H:%M").replace(tzinfo=zone).timestamp())


def wall(at: int, zone: ZoneInfo) -> str:
    """The wall time 'YYYY-MM-DDTHH:MM' at a unix second."""
    return datetime.fromtimestamp(at, zone).replace(tzinfo=None).isoformat(timespec="minutes")


def exists(local: str, zone: ZoneInfo) -> bool:
    """Whether clocks in the zone ever show this wall time."""
    return wall(instant(local, zone), zone) == local


def comes_twice(local: str, zone: ZoneInfo) -> bool:
    """Whether clocks in the zone show this wall time twice, because they are put back."""
    at = instant(local, zone)
    return exists(local, zone) and any(wall(at + gap, zone) == local for gap in (1800, 3600, 7200))


def band(now: int, zone: ZoneInfo) -> str:
    """The part of the local day: one of BANDS, which begin at 05, 09, 13, 17, 22 and 02 o'clock."""
    hour = datetime.fromtimestamp(now, zone).hour
    return next(name for end, name in _BANDS_UNTIL.items() if hour < end)


def day_before(local: str, days: int) -> str:
    """The same wall time so many days earlier, whatever the clocks do in between."""
    return (datetime.fromisoformat(local) - timedelta(days=days)).isoformat(timespec="minutes")


def parse_date_time(words: str, now: int, zone: ZoneInfo) -> Moment | str:
    """What a typed date and time mean, or why not: 'past', 'impossible', 'no_such_time' or 'not_understood'.

    Without a year the next such date is meant; 'tuesday' is the first to come and 'next tuesday' that of next week.
    """
    try:
        read = read_date_time(words, datetime.fromtimestamp(now, zone).replace(tzinfo=None))
    except (Impossible, OverflowError):
        return "impossible"
    if read is None:
        return "not_understood"
    local = read.isoformat(timespec="minutes")
    if not exists(local, zone):
        return "no_such_time"
    at = instant(local, zone)
    return Moment(local, at) if at > now else "past"


def parse_date(words: str, now: int, zone: ZoneInfo) -> date | str:
    """The day that typed words mean, today or later, or why not: 'past', 'impossible' or 'not_understood'."""
    today = datetime.fromtimestamp(now, zone).date()
    try:
        read = read_date(words, today)
    except (Impossible, OverflowError):
        return "impossible"
    if read is None:
        return "not_understood"
    return read if read >= today else "past"
