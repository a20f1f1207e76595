"""The ladder of reminders: so many days before at the same wall time, or so many hours before."""

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rules.local_time import day_before, instant

_HOUR, _DAY = 60, 24 * 60
_MOST = {"d": 60, "h": 20}  # a day can be 23 hours long, and must stay longer than any of these
_WRITTEN = re.compile(r"(\d{1,2})([dh])")
# A move starts the reminders anew: its rungs must never be those of before.
_PER_MOVE = 100_000


@dataclass(frozen=True)
class Rung:
    """One reminder, so many days ('d') or hours ('h') before the meeting."""

    count: int
    unit: str

    @property
    def minutes(self) -> int:
        """How long before, when the clocks do not change in between."""
        return self.count * (_DAY if self.unit == "d" else _HOUR)


DEFAULT = (Rung(7, "d"), Rung(1, "d"), Rung(2, "h"))


@dataclass(frozen=True)
class Reminder:
    """When one reminder is due and when it is too late, in unix seconds; `sequence` is its name for one meeting."""

    sequence: int
    due_at: int
    until_at: int


def parse(words: str) -> tuple[Rung, ...]:
    """A ladder written as '7d 1d 2h', the longest first; '' is none. Raises ValueError for anything else."""
    rungs = {_rung(word) for word in words.replace(",", " ").split()}
    return tuple(sorted(rungs, key=lambda rung: -rung.minutes))


def _rung(word: str) -> Rung:
    read = _WRITTEN.fullmatch(word)
    if read is None or not 1 <= int(read[1]) <= _MOST[read[2]]:
        raise ValueError("reminders are written as 7d 1d 2h: up to 60 days, or up to 20 hours")
    return Rung(int(read[1]), read[2])


def written(rungs: tuple[Rung, ...]) -> str:
    """The ladder as `parse` reads it."""
    return " ".join(f"{rung.count}{rung.unit}" for rung in rungs)


def reminders(rungs: tuple[Rung, ...], local_start: str, zone: ZoneInfo, moved: int) -> list[Reminder]:
    """The reminders of a meeting at this wall time, moved so often, the first to go first.

    Days keep the wall time whatever the clocks do; each is of use until the next is due, the last until the start.
    """
    starts_at = instant(local_start, zone)
    due = [(_due_at(rung, local_start, starts_at, zone), rung) for rung in rungs]
    ends = [*[at for at, _ in due], starts_at][1:]
    return [Reminder(moved * _PER_MOVE + rung.minutes, at, until) for (at, rung), until in zip(due, ends, strict=True)]


def _due_at(rung: Rung, local_start: str, starts_at: int, zone: ZoneInfo) -> int:
    if rung.unit == "h":
        return starts_at - rung.minutes * 60
    return instant(day_before(local_start, rung.count), zone)
