"""The times a poll asks about: switched on one by one, or typed; and a wall time as a button can carry it."""

from collections.abc import Sequence
from datetime import datetime

import texts
from handlers import forms
from handlers.context import Context
from handlers.dates import read_starts, sure_start
from handlers.feature import Answers, Choice, Refusal
from storage.database import Reading
from storage.polls import MOST_SLOTS


def wired(local_start: str) -> str:
    """A wall time as a button can carry it."""
    return local_start.replace("-", "").replace(":", "")


def read_wire(word: str) -> str | None:
    """The wall time that a button carried, or None for a forged one."""
    try:
        return unwired(word)
    except ValueError:
        return None


def unwired(word: str) -> str:
    """The wall time 'YYYY-MM-DDTHH:MM' that `wired` was given."""
    return datetime.strptime(word, "%Y%m%dT%H%M").isoformat(timespec="minutes")  # noqa: DTZ007 - a wall time


async def slots(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The times suggested or typed, each a switch; then the way on."""
    picks = answers.get("slots_picks", [])
    listed = list(dict.fromkeys([*answers.get("suggested", []), *picks]))[: 2 * MOST_SLOTS]
    switches = [
        Choice(
            one,
            texts.plain(
                context.language,
                f"poll.slot.{'on' if one in picks else 'off'}",
                at=datetime.fromisoformat(unwired(one)),
            ),
        )
        for one in listed
    ]
    return [*switches, *([Choice(forms.DONE)] if picks else [])]


def read_slot(context: Context, text: str, answers: Answers) -> str | Refusal:
    """One more time; ten are enough."""
    read = read_starts(context, text, answers)
    if isinstance(read, Refusal):
        return read
    picks = answers.get("slots_picks", [])
    return Refusal("poll.slots.enough", {"most": MOST_SLOTS}) if len(picks) >= MOST_SLOTS else wired(read)


async def sure_slot(db: Reading, context: Context, answers: Answers, value: str) -> texts.Words:
    """The time that was typed, to be shown back."""
    return await sure_start(db, context, answers, unwired(value))


def starts_of(answers: Answers) -> list[str]:
    """The wall times that were switched on, at most ten, the earliest first."""
    return sorted(unwired(one) for one in answers.get("slots_picks", []))[:MOST_SLOTS]
