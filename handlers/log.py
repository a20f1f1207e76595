"""Logging a contact made by hand in four taps: how, with whom or where, what came of it, and a note."""

from telegram import Update

from handlers import forms, log_words, route_words
from handlers.context import Context
from handlers.feature import Answers, Button, Command, Feature, Form
from handlers.log_fix import FIX, correct
from handlers.log_form import (
    FIRM,
    LEAVE,
    NEW,
    PLACE,
    WHAT_CAME_OF_IT,
    WITH_WHOM,
    at_once,
    call_back_at,
    firm_of,
    number_typed,
    person_of,
    target,
    told,
)
from handlers.saying import Saying, key
from rules.roles import COORDINATORS, STAFF
from rules.silence import silent_at
from storage import attempts, by_hand, contacts, many, organisations, people, stages
from storage.database import Writing
from storage.organisations import Organisation


async def start(update: Update, context: Context) -> None:
    """The first question: how the contact was made."""
    await forms.begin(context, LOG)


async def start_about(update: Update, context: Context) -> None:
    """Log a contact with the person whose button was pressed, about the meeting it names, if any."""
    number = context.press.number(0)
    person = None if number is None else await people.by_id(context.db, number)
    if person is None:
        return await context.notice("button.closed")
    await forms.begin(context, LOG, {"who": str(person.id), "about": context.press.number(1) or 0})


async def start_with(update: Update, context: Context) -> None:
    """Log a contact with the organisation whose button was pressed."""
    number = context.press.number(0)
    firm = None if number is None else await organisations.by_id(context.db, number)
    if firm is None:
        return await context.notice("button.closed")
    await forms.begin(context, LOG, {"who": f"{FIRM}{firm.id}"})


async def start_at(update: Update, context: Context) -> None:
    """Log the call that was promised at a place: the button names the contact that asked for it."""
    one = await attempts.by_id(context.db, context.press.number(0) or 0)
    if one is None or not one.place or one.person_id or one.organisation_id:
        return await context.notice("button.closed")
    await forms.begin(context, LOG, {"who": PLACE, "place_name": one.place})


async def save(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Write the contact down; what was written, with a way to take it back."""
    if at_once(answers):
        return await _save_many(tx, context, answers)
    if answers["outcome"] == LEAVE:
        return Saying("log.left", {}, ((key("button.home", "go", "home"),),))
    person, name, firm = await _whom(tx, context, answers)
    if person is None and not name:
        return Saying("button.closed")
    again_at = call_back_at(context, answers)
    logged = await by_hand.log_by_hand(
        tx,
        person_id=person,
        place=firm.name if firm else None if person else name,
        organisation_id=firm.id if firm else None,
        approach_code=answers["approach"],
        outcome=answers["outcome"],
        why=answers.get("why", ""),
        note=answers["note"],
        made_by=context.person.id,
        now=context.now,
        about=answers.get("about", 0),
        call_back_at=again_at,
        silent_at=silent_at("by_hand", again_at or context.now, None, context.council),
    )
    if firm is not None:
        await stages.follow(tx, context.now, context.council.zone, organisation_id=firm.id)
    return await log_words.logged(tx, context, logged, person, name)


async def _save_many(tx: Writing, context: Context, answers: Answers) -> Saying:
    place = str(told(answers, "place") or answers["stall_place"])
    talked, took = (int(answers[one]) if one in answers else int(str(told(answers, one))) for one in ("talked", "took"))
    day = f"{context.local(context.now):%Y-%m-%d}"
    invented, by = context.council.rehearsal, context.person.id
    logged = await many.log(tx, place, talked, took, answers["note"], by, day, context.now, invented=invented)
    rows = (log_words.ANOTHER,), (key("log.button.undo", "log.undo", logged),)
    return Saying("log.saved.many", {"name": place, "talked": talked, "took": took}, rows)


async def _whom(tx: Writing, context: Context, answers: Answers) -> tuple[int | None, str, Organisation | None]:
    """The person's id, their name or the place's, and the organisation; no id and no name for who is gone meanwhile."""
    if target(answers) == PLACE:
        return None, answers["place_name"], None
    if (number := firm_of(answers)) is not None:
        firm = await organisations.by_id(tx, number)
        return None, firm.name if firm else "", firm
    if target(answers) == NEW:
        invented = context.council.rehearsal
        person = await people.add_by_hand(
            tx, answers["new_name"], context.now, invented=invented, approach=answers["approach"]
        )
        reach = number_typed(answers) or answers["new_reach"]
        await route_words.keep(tx, person.id, reach, context.now)
        return person.id, person.display_name, None
    known = await people.by_id(tx, person_of(answers) or 0)
    if known is None:
        return None, "", None
    speaks_for = await organisations.by_id(tx, known.organisation_id) if known.organisation_id else None
    return known.id, known.display_name, speaks_for


async def reply(context: Context, logged: Saying) -> None:
    """Say what was written down."""
    await context.speak(logged)


async def undo(update: Update, context: Context) -> None:
    """Mark a contact as logged by mistake; the history keeps that it was."""
    number = context.press.number(0)
    if number is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        undone = await contacts.take_back(tx, number, context.person.id, context.now)
        if undone:
            await many.drop(tx, number)
    if not undone:
        return await context.notice("button.closed")
    await context.show("log.undone")


async def needs_person(update: Update, context: Context) -> None:
    """After this contact a person is needed: it goes on the list."""
    number = context.press.number(0) or 0
    async with context.transaction() as tx:
        noted = await by_hand.set_needs_person(tx, number, needs=True)
    await context.notice("log.needs.saved" if noted else "button.closed", alert=noted)


LOG = Form("log", (*WITH_WHOM, *WHAT_CAME_OF_IT), save, reply, COORDINATORS)
FEATURE = Feature(
    name="log",
    commands=(Command("log", start, COORDINATORS),),
    buttons=(
        Button("log.about", start_about, COORDINATORS),
        Button("log.with", start_with, COORDINATORS),
        Button("log.at", start_at, COORDINATORS),
        Button("log.undo", undo, COORDINATORS),
        Button("log.needs", needs_person, COORDINATORS),
        Button("log.correct", correct, STAFF),
    ),
    forms=(LOG, FIX),
)
