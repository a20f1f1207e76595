"""How many places a meeting has, changed while people answer: with more of them, those who wait move up."""

from collections.abc import Mapping

from telegram import Update

import texts
from handlers import forms
from handlers.context import Context
from handlers.feature import Answers, Button, Feature, Form, Step
from handlers.meeting_form import read_capacity
from handlers.meeting_words import can_change, details
from handlers.saying import Saying, key
from rules.roles import COORDINATORS
from storage import audit, meeting_facts, meetings, responses
from storage.database import Reading, Writing

NO_LIMIT, KEEP = "no_limit", "keep"


async def ask(update: Update, context: Context) -> None:
    """The question how many places there should be."""
    number = context.press.number(0)
    meeting = None if number is None else await meetings.by_id(context.db, number)
    if meeting is None or not can_change(meeting, context.now):
        return await context.notice("button.closed")
    await forms.begin(context, PLACES, {"meeting": meeting.id})


async def about(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """How many have a place, and how many wait for one."""
    counts = await responses.summary(db, answers["meeting"], invented=context.council.rehearsal)
    meeting = await meetings.by_id(db, answers["meeting"])
    places = meeting.capacity if meeting and meeting.capacity is not None else texts.words("meeting.capacity.no_limit")
    return {"counts": counts, "meeting": meeting, "places": places}


async def change(tx: Writing, context: Context, answers: Answers) -> Saying:
    """The new number, written down, and who moves up; or why nothing was changed."""
    meeting, wanted = await meetings.by_id(tx, answers["meeting"]), answers["number"]
    if meeting is None:
        raise LookupError("a meeting is never deleted")
    back = ((key("more.button.back", "meeting.open", meeting.id),),)
    if wanted == KEEP or not can_change(meeting, context.now):
        return Saying("meeting.not_moved", details(meeting), back)
    number = None if wanted == NO_LIMIT else int(wanted)
    moved = await meeting_facts.set_capacity(tx, meeting.id, number, context.now)
    if moved is None:
        again = (key("meeting.button.places", "meeting.places", meeting.id),)
        return Saying("meeting_places.too_few", {"meeting": meeting}, (again, *back))
    await audit.record(tx, context.now, f"person:{context.person.id}", "meeting_places", moved, f"meeting:{meeting.id}")
    said = "meeting_places.saved" if moved else "meeting_places.saved.nobody"
    return Saying(said, {"count": moved, "meeting": meeting}, back)


async def reply(context: Context, done: Saying) -> None:
    """What was done; those who moved up are told at once."""
    context.services.delivery.wake()
    await context.speak(done)


PLACES: Form = Form(
    "meeting_places",
    (Step("number", (NO_LIMIT, KEEP), reader=read_capacity, about=about, columns=1),),
    change,
    reply,
    COORDINATORS,
)
FEATURE: Feature = Feature(
    name="meeting_capacity",
    buttons=(Button("meeting.places", ask, COORDINATORS),),
    forms=(PLACES,),
)
