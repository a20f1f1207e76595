"""Logging a contact made by hand in four taps: how, with whom or where, what came of it, and a note."""

from telegram import Update

from handlers import forms, log_words, route_words
from handlers.context import Context
from handlers.feature import Answers, Button, Command, Feature, Form
from handlers.log_fix import FIX, correct
from handlers.log_form import (
    LEAVE,
    NEW,
    PLACE,
    WHAT_CAME_OF_IT,
    WITH_WHOM,
    at_once,
    call_back_at,
    person_of,
    target,
    told,
)
from handlers.saying import Saying, key
from rules.roles import COORDINATORS, STAFF
from rules.silence import silent_at
from storage import by_hand, contacts, many, people
from storage.database import Writing


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


async def save(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Write the contact down; what was written, with a way to take it back."""
    if at_once(answers):
        return await _save_many(tx, context, answers)
    if answers["outcome"] == LEAVE:
        return Saying("log.left", {}, ((key("button.home", "go", "home"),),))
    person_id, name = await _whom(tx, context, answers)
    if not name and person_id is None:
        return Saying("button.closed")
    again_at = call_back_at(context, answers)
    logged = await by_hand.log_by_hand(
        tx,
        person_id=person_id,
        place=None if person_id else name,
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
    return await log_words.logged(tx, context, logged, person_id, name)


async def _save_many(tx: Writing, context: Context, answers: Answers) -> Saying:
    place = str(told(answers, "place") or answers["stall_place"])
    talked, took = (int(answers[one]) if one in answers else int(str(told(answers, one))) for one in ("talked", "took"))
    day = f"{context.local(context.now):%Y-%m-%d}"
    invented, by = context.council.rehearsal, context.person.id
    logged = await many.log(tx, place, talked, took, answers["note"], by, day, context.now, invented=invented)
    undo_key = key("log.button.undo", "log.undo", logged)
    return Saying("log.saved.many", {"name": place, "talked": talked, "took": took}, ((undo_key,),))


async def _whom(tx: Writing, context: Context, answers: Answers) -> tuple[int | None, str]:
    """The person's id and name, or the place; no id and no name for somebody who was erased meanwhile."""
    if target(answers) == PLACE:
        return None, answers["place_name"]
    if target(answers) == NEW:
        invented = context.council.rehearsal
        person = await people.add_by_hand(
            tx, answers["new_name"], context.now, invented=invented, approach=answers["approach"]
        )
        await route_words.keep(tx, person.id, answers["new_reach"], context.now)
        return person.id, person.display_name
    known = await people.by_id(tx, person_of(answers) or 0)
    return (known.id, known.display_name) if known else (None, "")


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
        Button("log.undo", undo, COORDINATORS),
        Button("log.needs", needs_person, COORDINATORS),
        Button("log.correct", correct, STAFF),
    ),
    forms=(LOG, FIX),
)
