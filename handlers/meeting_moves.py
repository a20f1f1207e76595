"""Moving a meeting to another time or place: what it would do is said first, and those who were coming are told."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from telegram import Update

import texts
from handlers import forms
from handlers.context import Context
from handlers.dates import read_starts, shown_start, sure_start
from handlers.feature import Answers, Button, Choice, Feature, Form, Step
from handlers.meeting_words import can_change, details
from handlers.saying import Saying, key
from handlers.venue_form import VENUES_SHOWN
from rules.local_time import instant
from rules.roles import COORDINATORS
from storage import audit, meeting_changes, meetings, responses, venues
from storage.database import Reading, Writing
from storage.meetings import Meeting


async def ask_time(update: Update, context: Context) -> None:
    """The questions for another time."""
    await _begin(context, TIME)


async def ask_place(update: Update, context: Context) -> None:
    """The questions for another place."""
    await _begin(context, PLACE)


async def _begin(context: Context, form: Form) -> None:
    meeting_id = context.press.number(0)
    meeting = None if meeting_id is None else await meetings.by_id(context.db, meeting_id)
    if meeting is None or not can_change(meeting, context.now):
        return await context.notice("button.closed")
    await forms.begin(context, form, {"meeting": meeting.id})


async def about_now(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The meeting as it stands."""
    return details(await _meeting(db, answers))


async def sure_time(db: Reading, context: Context, answers: Answers, local: str) -> texts.Words:
    """The new time in full, and how many will be told."""
    told = await _told(db, context, answers)
    return texts.words("meeting_time.sure", time=await sure_start(db, context, answers, local), **told)


async def about_place(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The new place, and how many will be told."""
    venue = await venues.by_id(db, int(answers["venue"]))
    return {"venue": venue, **await _told(db, context, answers)}


async def other_places(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The places used last, but for the one it is at."""
    now_at = (await _meeting(db, answers)).venue_id
    return [Choice(str(one.id), one.name) for one in await venues.all(db) if one.id != now_at][:VENUES_SHOWN]


async def move(tx: Writing, context: Context, answers: Answers) -> Saying:
    """The new time or place, written down with the notices that follow; or that nothing was changed."""
    meeting = await _meeting(tx, answers)
    look = ((key("meeting.button.look", "meeting.open", meeting.id),),)
    stays = answers.get("sure") == "no" or answers.get("starts") == "keep"
    if stays or not can_change(meeting, context.now):
        return Saying("meeting.not_moved", details(meeting), look)
    if "starts" in answers:
        if instant(answers["starts"], ZoneInfo(meeting.zone)) <= context.now:
            return Saying("meeting.not_moved", details(meeting), look)
        told = await meeting_changes.change_time(tx, meeting.id, answers["starts"], context.now)
    else:
        told = await meeting_changes.change_venue(tx, meeting.id, int(answers["venue"]), context.now)
    if told is None:
        return Saying("meeting.not_moved", details(meeting), look)
    await audit.record(tx, context.now, f"person:{context.person.id}", "meeting_moved", told, f"meeting:{meeting.id}")
    return Saying("meeting.moved", {"count": told, **details(await _meeting(tx, answers))}, look)


async def reply(context: Context, done: Saying) -> None:
    """What was done; the notices go out at once."""
    context.services.delivery.wake()
    await context.speak(done)


async def _told(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    counts = await responses.summary(db, answers["meeting"], invented=context.council.rehearsal)
    return {"count": counts.yes + counts.waiting + counts.maybe}


async def _meeting(db: Reading, answers: Answers) -> Meeting:
    found = await meetings.by_id(db, answers["meeting"])
    if found is None:
        raise LookupError("a meeting is never deleted")
    return found


TIME = Form(
    "meeting_time",
    (Step("starts", ("keep",), reader=read_starts, about=about_now, shows=shown_start, confirms=sure_time),),
    move,
    reply,
    COORDINATORS,
)
PLACE = Form(
    "meeting_place",
    (
        Step("venue", other_places, about=about_now),
        Step("sure", ("yes", "no"), about=about_place),
    ),
    move,
    reply,
    COORDINATORS,
)
FEATURE: Feature = Feature(
    name="meeting_moves",
    buttons=(
        Button("meeting.time", ask_time, COORDINATORS),
        Button("meeting.place", ask_place, COORDINATORS),
    ),
    forms=(TIME, PLACE),
)
