"""Dates and times that people type, the same in every form: how they are read, shown back in full, and shown saved."""

from datetime import date, datetime, timedelta

import texts
from handlers.context import Context
from handlers.feature import Answers, Refusal
from rules.local_time import comes_twice, parse_date, parse_date_time
from storage.database import Reading


def read_starts(context: Context, text: str, answers: Answers) -> str | Refusal:
    """The local wall time as 'YYYY-MM-DDTHH:MM'; a time that is past or does not exist is asked about again."""
    read = parse_date_time(text, context.now, context.council.zone)
    return Refusal(f"meeting.starts.{read}") if isinstance(read, str) else read.local


async def sure_start(db: Reading, context: Context, answers: Answers, local: str) -> texts.Words:
    """A wall time in full words, as a question, for a step's `confirms`; midnight and a doubled hour say so."""
    starts = datetime.fromisoformat(local)
    if comes_twice(local, context.council.zone):
        return texts.words("form.sure.twice", starts=starts)
    if starts.hour == 0:
        return texts.words("form.sure.after_midnight", starts=starts, before=starts - timedelta(days=1))
    return texts.words("form.sure.start", starts=starts)


def shown_start(local: str) -> texts.Words:
    """A start as it is shown once it is saved: in full words, with the weekday."""
    return texts.words("meeting.starts.shown", starts=datetime.fromisoformat(local))


def read_day(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A date as 'YYYY-MM-DD', today or later; one that is past or on no calendar is asked about again."""
    read = parse_date(text, context.now, context.council.zone)
    return Refusal(f"free.date.{read}") if isinstance(read, str) else read.isoformat()


async def sure_day(db: Reading, context: Context, answers: Answers, day: str) -> texts.Words:
    """A date in full words, as a question: for a step's `confirms`."""
    return texts.words("form.sure.day", day=date.fromisoformat(day), year=day[:4])


def shown_day(day: str) -> texts.Words:
    """A date in full words, with the weekday."""
    return texts.words("free.date.shown", day=date.fromisoformat(day))
