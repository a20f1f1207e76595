"""Readers for what a way of reaching people costs, how long it takes, whom it may reach, and on which days."""

import re
from datetime import date, datetime, time, timedelta

from handlers.context import Context
from handlers.feature import Answers, Refusal
from rules.date_words import Impossible, read_date_time

_MONEY = re.compile(r"£?\s*(\d{1,6})(?:[.,](\d{1,2}))?\s*(?:£|pounds?)?|(\d{1,7})\s*(?:p|pence)", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,7})(?:\s*(?:-|–|to)\s*(\d{1,7}))?")
_MOST_MINUTES = 10_000
_YEAR = re.compile(r"\d{4}")
_HALF_A_YEAR = timedelta(days=183)


def read_money(context: Context, text: str, answers: Answers) -> int | Refusal:
    """Pence, from "4.50", "£4.50", "5" or "450p"."""
    found = _MONEY.fullmatch(text.strip().replace(" ", "")) if text.isascii() or "£" in text else None
    if found is None:
        return Refusal("approach.cost.not_understood")
    return int(found[3]) if found[3] else int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def read_minutes(context: Context, text: str, answers: Answers) -> int | Refusal:
    """Whole minutes, from "20", "20 minutes" or "2 hours"."""
    found = re.fullmatch(r"(\d{1,5})\s*(h|hours?|m|min|mins|minutes?)?", text.strip().lower())
    minutes = int(found[1]) * (60 if (found[2] or "m").startswith("h") else 1) if found else _MOST_MINUTES + 1
    return minutes if minutes <= _MOST_MINUTES else Refusal("approach.minutes.not_understood")


def read_reach(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A guess from low to high as "20-40"; one number stands for both."""
    found = _RANGE.fullmatch(text.strip().replace(",", ""))
    low, high = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    return f"{low}-{high}" if low <= high else Refusal("placing.reach.not_understood")


def read_day(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A local day as 'YYYY-MM-DD'; without a year, the nearest one: what was put up lies behind as often as ahead."""
    now = context.local(context.now).replace(tzinfo=None)
    try:
        read = read_date_time(f"{text.strip().lower()} 12:00", datetime.combine(now.date(), time()))
    except Impossible:
        return Refusal("placing.day.impossible")
    if read is None:
        return Refusal("placing.day.not_understood")
    day = read.date()
    return (day if _YEAR.search(text) or day - now.date() <= _HALF_A_YEAR else _a_year_before(day)).isoformat()


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day - timedelta(days=366)
