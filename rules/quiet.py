"""Quiet hours are the person's own: a message that nobody asked for comes while they are awake."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.council import Council

Quiet = tuple[time, time]
SHIFTS = ("days", "evenings", "nights", "early", "mixed", "not_said")
_WEEK = 7 * 24 * 3600
_ASLEEP_BY_DAY: Quiet = (time(8, 0), time(16, 0))


def quiet_hours(shift: str | None, quiet_from: str | None, quiet_until: str | None, council: Council) -> Quiet:
    """From when until when to leave the person alone: what they chose ('HH:MM'), their shift's, or the council's."""
    if quiet_from is not None and quiet_until is not None:
        return time.fromisoformat(quiet_from), time.fromisoformat(quiet_until)
    return _ASLEEP_BY_DAY if shift == "nights" else (council.quiet_from, council.quiet_until)


def is_quiet(at: int, zone: ZoneInfo, quiet: Quiet) -> bool:
    """Whether the wall clock at this unix second lies within the quiet hours. Equal ends mean no quiet hours."""
    clock = datetime.fromtimestamp(at, zone).time()
    start, end = quiet
    return start <= clock < end if start <= end else clock >= start or clock < end


@dataclass(frozen=True)
class Moved:
    """Quiet hours that stand in for the usual ones until a unix second: "I'm on nights this week"."""

    quiet: Quiet
    until: int

    @classmethod
    def of(cls, moved_from: str | None, moved_until: str | None, end_at: int | None) -> "Moved | None":
        """As they are kept for a person ('HH:MM' local), or None when nothing was moved."""
        if moved_from is None or moved_until is None or end_at is None:
            return None
        return cls((time.fromisoformat(moved_from), time.fromisoformat(moved_until)), end_at)


def asleep(at: int, zone: ZoneInfo, usual: Quiet, moved: Moved | None = None) -> bool:
    """Whether the person is to be left alone at this unix second."""
    return is_quiet(at, zone, moved.quiet if moved and at < moved.until else usual)


def next_good_moment(now: int, zone: ZoneInfo, usual: Quiet, moved: Moved | None = None) -> int:
    """The first unix second from `now` on at which the person may be written to; `now` itself when it is one."""
    if moved is None or now >= moved.until:
        return _end_of_quiet(now, zone, usual)
    at = _end_of_quiet(now, zone, moved.quiet)
    return at if at < moved.until else _end_of_quiet(moved.until, zone, usual)


def last_good_moment(before: int, zone: ZoneInfo, usual: Quiet, moved: Moved | None = None) -> int:
    """The last whole minute, at most a week back, that begins before this unix second and is outside the quiet hours.

    The second itself when there is none.
    """
    minute = (before - 1) // 60 * 60
    return next((at for at in range(minute, minute - _WEEK, -60) if not asleep(at, zone, usual, moved)), before)


def _end_of_quiet(now: int, zone: ZoneInfo, quiet: Quiet) -> int:
    if not is_quiet(now, zone, quiet):
        return now
    today = datetime.fromtimestamp(now, zone).date()
    days = (datetime.combine(today + timedelta(days=ahead), quiet[1], zone) for ahead in range(4))
    # An end may come twice, with the first one past already, or fall into the hour that is left out and still be quiet.
    ends = (int(day.replace(fold=fold).timestamp()) for day in days for fold in (0, 1))
    return next(at for at in ends if at > now and not is_quiet(at, zone, quiet))
