"""How somebody who speaks for an organisation joins: the notice, then a name and a position."""

from typing import Any

from handlers.context import Context
from handlers.feature import Answers, Form, Step
from handlers.join_form import JOIN, given
from handlers.readers import line
from handlers.saying import key
from rules.roles import WORKERS
from storage import organisations, people
from storage.database import Writing
from storage.organisations import Organisation
from storage.people import Person

NAME_LONGEST, POSITION_LONGEST = 60, 80
_FIELDS = {"name": "display_name", "position": "position"}


def beginning(person: Person) -> tuple[Form, dict[str, Any]]:
    """The questions of a sign-up for this person, and what they have answered already."""
    if person.organisation_id is None:
        return JOIN, given(person)
    return BOARD_JOIN, {"position": person.position} if person.position else {}


async def save(tx: Writing, context: Context, field: str, value: Any) -> None:
    """Keep one answer at once; a name that is skipped stays as it was."""
    if value:
        await people.change(tx, context.person.id, _FIELDS[field], value)


async def finish(tx: Writing, context: Context, answers: Answers) -> Organisation | None:
    """The sign-up is complete; which organisation they speak for."""
    await people.joined(tx, context.person.id, context.now)
    return await organisations.by_id(tx, context.person.organisation_id or 0)


async def joined(context: Context, one: Organisation | None) -> None:
    """Thanks, and what they can do now."""
    name = one.name if one else context.council.name
    keys = ((key("command.board", "go", "board"),), (key("button.home", "go", "home"),))
    await context.say("board_join.done", *keys, name=name)


BOARD_JOIN: Form = Form(
    "board_join",
    (
        Step("name", reader=line(NAME_LONGEST), optional=True),
        Step("position", reader=line(POSITION_LONGEST), optional=True),
    ),
    finish,
    joined,
    WORKERS,
    save,
)
