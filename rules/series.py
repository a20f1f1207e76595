"""When a meeting that repeats is held: the same wall time each week, fortnight or month."""

from calendar import monthrange
from datetime import datetime, timedelta

EVERY = ("week", "fortnight", "month")
MOST = 26


def occasions(local_start: str, every: str, times: int) -> list[str]:
    """The wall times 'YYYY-MM-DDTHH:MM' of so many further meetings.

    'month' is the same weekday of the month: the second Tuesday stays the second, a fifth becomes the last. Raises
    ValueError for another word, or for less than one or more than 26 times.
    """
    if every not in EVERY or not 1 <= times <= MOST:
        raise ValueError("a series repeats every week, fortnight or month, up to 26 times")
    first = datetime.fromisoformat(local_start)
    if every == "month":
        starts = [_months_later(first, ahead) for ahead in range(1, times + 1)]
    else:
        step = timedelta(weeks=1 if every == "week" else 2)
        starts = [first + ahead * step for ahead in range(1, times + 1)]
    return [start.isoformat(timespec="minutes") for start in starts]


def _months_later(first: datetime, months: int) -> datetime:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    begin = first.replace(year=year, month=month + 1, day=1)
    nth = (first.day - 1) // 7
    day = 1 + (first.weekday() - begin.weekday()) % 7 + 7 * nth
    return begin.replace(day=day if day <= monthrange(year, month + 1)[1] else day - 7)
