"""Signing up, once the notice is accepted: four questions, each answer kept as it is given."""

from typing import Any

from handlers.context import Context
from handlers.feature import Answers, Form, Step
from handlers.me_form import ask_again
from handlers.naming import JOBS, SHIFTS_SHOWN, STRANDS, coded, market, market_choices
from handlers.saying import key
from rules.quiet import quiet_hours
from rules.roles import WORKERS
from storage import links, people
from storage.database import Writing
from storage.people import Person

_SAVED_BEFORE_THE_LAST = ("market", "shift", "job")


def given(person: Person) -> dict[str, Any]:
    """What was saved before somebody left, so that nothing is asked twice."""
    return {name: value for name in _SAVED_BEFORE_THE_LAST if (value := getattr(person, name)) is not None}


async def save(tx: Writing, context: Context, field: str, value: Any) -> None:
    """Keep one answer at once."""
    await people.change(tx, context.person.id, field, value)


async def finish(tx: Writing, context: Context, answers: Answers) -> Person:
    """The sign-up is complete."""
    await people.joined(tx, context.person.id, context.now)
    await links.joined(tx, context.person.id)
    row = await people.by_id(tx, context.person.id)
    return row or context.person


async def joined(context: Context, person: Person) -> None:
    """Thanks, and what happens next: when a message may come, and how to change or end it."""
    quiet_from, quiet_until = quiet_hours(person.shift, person.quiet_from, person.quiet_until, context.council)
    stopped = person.stopped_at is not None
    back = ((key("staying.come_back", "go", "back"),),) if stopped else ()
    await context.say(
        "join.done.stopped" if stopped else "join.done",
        *back,
        (key("command.free", "go", "free"),),
        (key("command.me", "go", "me"), key("button.home", "go", "home")),
        council=context.council.name,
        market=market(context.council, person.market),
        quiet_from=quiet_from,
        quiet_until=quiet_until,
    )


JOIN = Form(
    "join",
    (
        Step("market", market_choices, optional=True, columns=2),
        Step("shift", coded("shift", *SHIFTS_SHOWN), optional=True, columns=2),
        Step("job", coded("job", *JOBS), optional=True, columns=2),
        Step("strand", coded("strand", *STRANDS), optional=True),
    ),
    finish,
    joined,
    WORKERS,
    save,
    ask_again,
)
