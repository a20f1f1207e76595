"""The questions behind /me: one form, of which only the field that is to change is asked."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import texts
from handlers import forms, me_page, readers
from handlers.context import Context
from handlers.feature import Answers, Form, Refusal, Step
from handlers.me_page import CHANGEABLE
from handlers.naming import JOBS, SHIFTS_SHOWN, STRANDS, coded, market_choices
from rules.roles import Role
from storage import people
from storage.database import Writing

NAME_AT_MOST, EMPLOYER_AT_MOST = 60, 120
_QUIET = {"night": ("21:00", "08:00"), "day": ("08:00", "16:00"), "by_shift": (None, None)}
_HOURS = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\s*(?:-|–|to|until)\s*(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")


def _only(field: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get("field") == field


def read_quiet(context: Context, typed: str, answers: Answers) -> str | Refusal:
    """Quiet hours as 'HH:MM-HH:MM', from "22:00 to 07:00", "10pm - 7am" and the like."""
    found = _HOURS.fullmatch(typed.strip().lower())
    ends = [_clock(*found.groups()[start : start + 3]) for start in (0, 3)] if found else [None]
    if None in ends or ends[0] == ends[-1]:
        return Refusal("me.quiet.not_understood")
    return "-".join(str(end) for end in ends)


def _clock(hour: str, minute: str | None, half: str | None) -> str | None:
    hours, minutes = int(hour), int(minute or 0)
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0) if 1 <= hours <= 12 else 99  # noqa: PLR2004 - a clock's face
    return f"{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else None  # noqa: PLR2004 - a day and an hour


def _shown_quiet(value: str) -> texts.Words:
    start, end = (time.fromisoformat(part) for part in value.split("-"))
    return texts.words("me.hours", start=start, end=end)


async def save(tx: Writing, context: Context, field: str, value: Any) -> None:
    """Keep the one answer."""
    person_id = context.person.id
    if field == "quiet":
        ends = _QUIET.get(value) or value.split("-")
        for name, end in zip(("quiet_from", "quiet_until"), ends, strict=True):
            await people.change(tx, person_id, name, end)
    else:
        await people.change(tx, person_id, {"name": "display_name"}.get(field, field), value)


async def finish(tx: Writing, context: Context, answers: Answers) -> None:
    """The answer is saved already; there is nothing more to do."""
    context.turn.person = await people.by_id(tx, context.person.id)


async def changed(context: Context, result: object) -> None:
    """What is held, with the change in it."""
    await context.speak(await me_page.page(context))


async def ask_again(context: Context, field: str) -> None:
    """Ask for one of the fields again, whenever that is wanted."""
    if field in CHANGEABLE:
        await forms.begin(context, ME, {"field": field})
    else:
        await context.notice("button.closed", alert=True)


ME = Form(
    "me",
    (
        Step("name", reader=readers.line(NAME_AT_MOST), when=_only("name"), optional=True),
        Step("market", market_choices, when=_only("market"), optional=True, columns=2),
        Step("shift", coded("shift", *SHIFTS_SHOWN), when=_only("shift"), optional=True, columns=2),
        Step("job", coded("job", *JOBS), when=_only("job"), optional=True, columns=2),
        Step("strand", coded("strand", *STRANDS), when=_only("strand"), optional=True),
        Step("employer", reader=readers.line(EMPLOYER_AT_MOST), when=_only("employer"), optional=True),
        Step("quiet", ("night", "day", "by_shift"), read_quiet, when=_only("quiet"), shows=_shown_quiet),
    ),
    finish,
    changed,
    frozenset(Role) - {Role.ANYONE},
    save,
    ask_again,
)
