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
    local = datetime.fromtimestamp(now, zone)
    day = local.date() if local.time() < quiet[1] else local.date() + timedelta(days=1)
    end = datetime.combine(day, quiet[1], zone)
    # In the hour that comes twice, the first end may have passed already.
    return next(at for fold in (0, 1) if (at := int(end.replace(fold=fold).timestamp())) > now)
