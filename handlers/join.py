"""/start: to somebody new, to somebody who left halfway, to somebody who is back; or a role by its one-time code.

A link may carry an approach's code (a poster's, a leaflet's) or an enrolment code, which gives a role.
"""

from functools import partial

from telegram import Update

from handlers import arrivals, bringing, certificate, forms, menus, welcome
from handlers.acquaintance import meet
from handlers.board_form import beginning
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.join_form import JOIN
from handlers.saying import key
from rules.roles import EVERYONE, Role
from storage import audit, grants, people
from storage.database import Writing

ENROL = "enrol-"
MEET = "meet-"
VERIFY = "verify-"


async def start(update: Update, context: Context) -> None:
    """Where this person is: not met, not asked yet, halfway, or signed up."""
    code = context.args[0] if context.args else ""
    if code.startswith(ENROL):
        await _enrol(update, context, code.removeprefix(ENROL))
    elif code.startswith(VERIFY):
        await certificate.check(context, code.removeprefix(VERIFY))
    elif code.startswith(MEET):
        await bringing.bring(context, code.removeprefix(MEET))
    else:
        await _arrive(context, await arrivals.by(context.db, code))


async def _arrive(context: Context, came: arrivals.Arrival) -> None:
    if context.known is None:
        await welcome.first(context, came)
    elif not context.person.consented:
        await welcome.greet(context, came)
    elif context.person.joined_at is None:
        if context.person.stopped_at is not None:
            await context.say("join.stopped", (key("staying.come_back", "go", "back"),))
        await forms.begin(context, *beginning(context.person), partial(_count, context, came))
    else:
        if came.approach:
            async with context.transaction() as tx:
                await _count(context, came, tx)
        await _welcome_back(context)


async def _count(context: Context, came: arrivals.Arrival, tx: Writing) -> None:
    await arrivals.count(tx, context, came, first_met=False)


async def _welcome_back(context: Context) -> None:
    person, keys = context.person, (key("button.home", "go", "home"), key("command.me", "go", "me"))
    away = person.stopped_at is not None or (person.paused_until or 0) > context.now
    back = ((key("staying.come_back", "go", "back"),),) if away else ()
    await context.say("join.welcome_back" if person.stopped_at is None else "join.stopped", *back, keys)


async def _enrol(update: Update, context: Context, code: str) -> None:
    async with context.transaction() as tx:
        person = await meet(tx, context)
        if not person.display_name and update.effective_user:
            await people.change(tx, person.id, "display_name", update.effective_user.first_name[: welcome.NAME_AT_MOST])
        role = await grants.redeem(tx, code, person.id, context.now)
        if role is not None:
            await audit.record(tx, context.now, f"person:{person.id}", "role_given", 1, role.value)
    context.turn.person = person
    if role is None:
        await context.say("join.enrol.refused")
        return
    await context.say(f"join.enrol.{role}", (key("button.home", "go", "home"),), council=context.council.name)
    await menus.refresh(context)


FEATURE: Feature = Feature(
    name="join",
    commands=(Command("start", start, EVERYONE), Command("language", welcome.language, EVERYONE)),
    buttons=(
        Button("consent", welcome.consent, frozenset(Role)),
        Button("language", welcome.set_language, frozenset(Role)),
    ),
    forms=(JOIN,),
)
