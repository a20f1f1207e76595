"""A day that is over, as a question of any form: today at a tap, others typed."""

from collections.abc import Sequence
from datetime import date

import texts
from handlers.context import Context
from handlers.feature import Answers, Choice, Refusal
from rules import past_days
from storage.database import Reading


def read_day(context: Context, typed: str, answers: Answers) -> str | Refusal:
    """The day as 'YYYY-MM-DD'; one that is still to come is asked about again."""
    day = past_days.read(typed, context.local(context.now).date())
    return day.isoformat() if day else Refusal("past_day.not_understood")


async def days(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """Today, at a tap."""
    return [Choice(context.local(context.now).date().isoformat(), text="past_day.today")]


def shown(day: str) -> texts.Words:
    """The day in full, once it is saved."""
    return texts.words("past_day.shown", day=date.fromisoformat(day))
