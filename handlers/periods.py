"""Stretches of time that staff ask about, by one tap."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

PERIODS = ("this_month", "last_month", "this_year", "all")


@dataclass(frozen=True)
class Period:
    """From `first` to before `until`, both local midnights; the code is the one that was tapped."""

    code: str
    first: datetime
    until: datetime


def period(code: str, now: int, zone: ZoneInfo) -> Period:
    """The period that a choice means at `now` (unix seconds). Raises ValueError for an unknown one."""
    today = datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    month, next_month = today.replace(day=1), _month_after(today)
    match code:
        case "this_month":
            return Period(code, month, next_month)
        case "last_month":
            return Period(code, _month_before(month), month)
        case "this_year":
            return Period(code, month.replace(month=1), month.replace(year=month.year + 1, month=1))
        case "all":
            return Period(code, datetime.fromtimestamp(0, zone), next_month)
    raise ValueError(f"no such period: {code!r}")


def _month_after(day: datetime) -> datetime:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1, day=1)


def _month_before(first: datetime) -> datetime:
    return first.replace(year=first.year - (first.month == 1), month=(first.month - 2) % 12 + 1)
