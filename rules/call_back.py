"""When somebody asked to be called again: the times that are one tap."""

from datetime import datetime, time, timedelta

SOON_HOURS = 2
_MORNING, _AFTERNOON, _EVENING = time(10), time(14), time(18)
TAPS = ("soon", "tomorrow_morning", "tomorrow_afternoon", "tomorrow_evening", "next_week")


def moment(tap: str, now: datetime) -> datetime:
    """The wall time that a tap means, seen from the wall time `now`. Raises KeyError for another tap."""
    tomorrow = (now + timedelta(days=1)).date()
    return {
        "soon": now + timedelta(hours=SOON_HOURS),
        "tomorrow_morning": datetime.combine(tomorrow, _MORNING),
        "tomorrow_afternoon": datetime.combine(tomorrow, _AFTERNOON),
        "tomorrow_evening": datetime.combine(tomorrow, _EVENING),
        "next_week": datetime.combine((now + timedelta(days=7)).date(), _MORNING),
    }[tap]
