"""/start: first contact and its approach, language, the notice, and four questions; at most six taps.

A link may carry an approach's code (a poster's, a leaflet's) or a one-time enrolment code, which gives a role.
"""

from typing import Any

from telegram import Update

import texts
from handlers import forms, menus
from handlers.acquaintance import meet
from handlers.context import Context
from handlers.feature import Answers, Button, Command, Feature, Form, Step
from handlers.me_form import ask_again
from handlers.naming import JOBS, SHIFTS_SHOWN, STRANDS, coded, market, market_choices
from handlers.saying import key, labelled
from rules.quiet import quiet_hours
from rules.roles import EVERYONE, WORKERS, Role
from storage import consents, grants, people
from storage.database import Writing
from storage.people import Person

ENROL = "enrol-"
NAME_AT_MOST = 60
_SAVED_BEFORE_THE_LAST = ("market", "shift", "job")


async def start(update: Update, context: Context) -> None:
    """Hello: to somebody new, to somebody who left halfway, to somebody who is back; or a role by its code."""
    code = context.args[0] if context.args else ""
    if code.startswith(ENROL):
        await _enrol(update, context, code.removeprefix(ENROL))
    elif context.known is None:
        await _meet(context, code)
    elif not context.person.consented:
        await greet(context)
    elif context.person.joined_at is None:
        await forms.begin(context, JOIN, _given(context.person))
    else:
        keys = (key("button.home", "go", "home"), key("command.me", "go", "me"))
        stopped = context.person.stopped_at or context.person.paused_until
        back = ((key("staying.come_back", "go", "back"),),) if stopped else ()
        await context.say("join.welcome_back", *back, keys)


async def _meet(context: Context, code: str) -> None:
    async with context.transaction() as tx:
        context.turn.person = await meet(tx, context, code or None)
    await menus.refresh(context)
    if len(context.council.languages) > 1:
        await ask_language(context)
    else:
        await greet(context)


async def greet(context: Context) -> None:
    """Who we are and why; then, as a message of its own, the notice with Yes and Not now."""
    await context.say("join.hello", council=context.council.name)
    await _show_notice(context)


async def _show_notice(context: Context) -> None:
    version = context.council.notice_version
    keys = (
        key("join.consent.button.yes", "consent", "yes", version),
        key("join.consent.button.no", "consent", "no", version),
    )
    council, contact = context.council.name, context.council.privacy_contact
    name = "join.consent.contact" if context.council.privacy_contact else "join.consent"
    await context.say(name, keys, (key("button.person", "go", "person"),), council=council, contact=contact)


async def consent(update: Update, context: Context) -> None:
    """An answer to the notice, kept with its version, time and route; a notice that has changed is shown anew."""
    if context.known is None or context.press.word(1) != context.council.notice_version:
        await context.notice("join.consent.changed" if context.known else "button.closed", alert=True)
        if context.known:
            await _show_notice(context)
    elif context.press.word(0) == "yes":
        await _accept(update, context)
    elif context.press.word(0) == "no":
        await _decline(context)
    else:
        await _show_notice(context)


async def _accept(update: Update, context: Context) -> None:
    person = context.person
    asked = None
    if not person.consented:
        async with context.transaction() as tx:
            await consents.record(tx, person.id, context.council.notice_version, True, "telegram", context.now)
            if not person.display_name and update.effective_user:
                await people.change(tx, person.id, "display_name", update.effective_user.first_name[:NAME_AT_MOST])
            if person.joined_at is None:
                asked = await forms.open_in(tx, context, JOIN, _given(person))
        context.turn.person = await people.by_id(context.db, person.id)
    await context.show("join.consent.yes", (key("button.change", "consent", "ask", context.council.notice_version),))
    await menus.refresh(context)
    if asked:
        await context.speak(asked)


async def _decline(context: Context) -> None:
    async with context.transaction() as tx:
        await consents.record(tx, context.person.id, context.council.notice_version, False, "telegram", context.now)
    context.turn.person = await people.by_id(context.db, context.person.id)
    await context.show("join.consent.no", (key("button.change", "consent", "ask", context.council.notice_version),))
    await menus.refresh(context)


def _given(person: Person) -> dict[str, Any]:
    """What was saved before somebody left, so that nothing is asked twice."""
    return {name: value for name in _SAVED_BEFORE_THE_LAST if (value := getattr(person, name)) is not None}


async def save(tx: Writing, context: Context, field: str, value: Any) -> None:
    """Keep one answer at once."""
    await people.change(tx, context.person.id, field, value)


async def finish(tx: Writing, context: Context, answers: Answers) -> Person:
    """The sign-up is complete."""
    await people.joined(tx, context.person.id, context.now)
    row = await people.by_id(tx, context.person.id)
    return row or context.person


async def joined(context: Context, person: Person) -> None:
    """Thanks, and what happens next: when a message may come, and how to change or end it."""
    quiet_from, quiet_until = quiet_hours(person.shift, person.quiet_from, person.quiet_until, context.council)
    await context.say(
        "join.done",
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


async def ask_language(context: Context) -> None:
    """The languages there are, each in its own script."""
    offered = context.council.languages
    lines = "\n".join(texts.plain(code, "language.choose") for code in offered)
    keys = [(labelled(_language_name(code), "language", code),) for code in offered]
    await context.say("language.ask", *keys, lines=lines)


def _language_name(code: str) -> str:
    """In itself, and marked where nobody but its translator has read it."""
    name = "language.draft" if texts.is_draft(code) else "language.name"
    return texts.plain(code, name, name=texts.native_name(code))


async def language(update: Update, context: Context) -> None:
    """Another language, or that there is one only."""
    if len(context.council.languages) > 1:
        await ask_language(context)
    else:
        await context.say("language.only", language=texts.native_name(context.language))


async def set_language(update: Update, context: Context) -> None:
    """Speak this language from now on, and go on where the person was."""
    code = context.press.word(0)
    if code not in context.council.languages or context.known is None:
        await context.notice("button.closed", alert=True)
        return
    async with context.transaction() as tx:
        await people.change(tx, context.person.id, "language", code)
    context.turn.language = code
    again = (key("button.change", "go", "language"),)
    await context.show("language.saved", again, language=texts.native_name(code))
    await menus.refresh(context)
    if not context.person.consented and not context.roles - {Role.ANYONE}:
        await greet(context)
    else:
        await forms.ask_again(context)


async def _enrol(update: Update, context: Context, code: str) -> None:
    async with context.transaction() as tx:
        person = await meet(tx, context)
        if not person.display_name and update.effective_user:
            await people.change(tx, person.id, "display_name", update.effective_user.first_name[:NAME_AT_MOST])
        role = await grants.redeem(tx, code, person.id, context.now)
    context.turn.person = person
    if role is None:
        await context.say("join.enrol.refused")
        return
    await context.say(f"join.enrol.{role}", (key("button.home", "go", "home"),), council=context.council.name)
    await menus.refresh(context)


FEATURE = Feature(
    name="join",
    commands=(Command("start", start, EVERYONE), Command("language", language, EVERYONE)),
    buttons=(Button("consent", consent, frozenset(Role)), Button("language", set_language, frozenset(Role))),
    forms=(JOIN,),
)
