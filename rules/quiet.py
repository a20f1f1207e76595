"""Quiet hours are the person's own: a message that nobody asked for comes while they are awake."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.council import Council

Quiet = tuple[time, time]
SHIFTS = ("days", "evenings", "nights", "early", "mixed", "not_said")
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


def next_good_moment(now: int, zone: ZoneInfo, quiet: Quiet) -> int:
    """The first unix second from `now` on that is outside the quiet hours; `now` itself when it is."""
    if not is_quiet(now, zone, quiet):
        return now
    today = datetime.fromtimestamp(now, zone).date()
    days = (datetime.combine(today + timedelta(days=ahead), quiet[1], zone) for ahead in range(4))
    # An end may come twice, with the first one past already, or fall into the hour that is left out and still be quiet.
    ends = (int(day.replace(fold=fold).timestamp()) for day in days for fold in (0, 1))
    return next(at for at in ends if at > now and not is_quiet(at, zone, quiet))
