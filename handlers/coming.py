"""For somebody who is coming: what they need, the date for a calendar, the place on a map, who leads, and "seen"."""

from collections.abc import Mapping

from telegram import Update

import texts
from handlers import forms
from handlers.context import Context
from handlers.feature import Answers, Button, Feature, Form, Step
from handlers.meeting_words import details, is_open, where
from handlers.readers import line
from handlers.saying import Document, Saying, Spot, key
from reports.invitation import Event, calendar_file
from rules.roles import WORKERS
from storage import meetings, needs, responses, seen
from storage.database import Reading, Writing
from storage.meetings import Meeting
from storage.needs import NEEDS

WORDS_LONGEST = 200


async def ask_needs(update: Update, context: Context) -> None:
    """What would help somebody to come, each a switch."""
    meeting = await _coming(context)
    if meeting is None:
        return await context.notice("button.closed")
    await context.replace(await _needs(context.db, context, meeting))


async def tap_need(update: Update, context: Context) -> None:
    """One need is there, or is not any more."""
    meeting, need, wanted = await _coming(context), context.press.word(2), context.press.word(3)
    if meeting is None or need not in NEEDS or wanted not in ("on", "off"):
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await needs.switch(tx, context.person.id, meeting.id, need, context.now, on=wanted == "on")
        shown = await _needs(tx, context, meeting)
    await context.replace(shown)


async def _needs(db: Reading, context: Context, meeting: Meeting) -> Saying:
    me = context.person.id
    mine = await needs.of_person(db, me, meeting.id)
    rows = [
        (key(f"coming.need.{need}.{'on' if need in mine else 'off'}", "coming.need", meeting.id, me, need,
             "off" if need in mine else "on"),)
        for need in NEEDS
    ]  # fmt: skip
    lines = [texts.words(f"coming.words.{need}", words=words) for need, words in mine.items() if words]
    said = texts.words("coming.said", lines=texts.listed(lines, "lines")) if lines else ""
    tell = tuple(key(f"coming.tell.{need}", "coming.tell", meeting.id, me, need) for need in NEEDS if need in mine)
    back = (key("coming.button.back", "rsvp.open", meeting.id, me),)
    pairs = tuple(tell[first : first + 2] for first in range(0, len(tell), 2))
    return Saying("coming.needs", {**details(meeting), "said": said}, (*rows, *pairs, back))


async def ask_words(update: Update, context: Context) -> None:
    """A few words about one need: the question."""
    meeting, need = await _coming(context), context.press.word(2)
    if meeting is None or need not in NEEDS:
        return await context.notice("button.closed")
    await forms.begin(context, WORDS, {"meeting": meeting.id, "need": need})


async def about_need(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The need, in words."""
    return {"need": texts.words(f"coming.need.{answers['need']}.off")}


async def keep_words(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Keep the words beside the need; skipped, there are none any more."""
    me, meeting = context.person.id, await meetings.by_id(tx, answers["meeting"])
    response = await responses.of_person(tx, me, answers["meeting"])
    if response is None or response.answer == "no" or not is_open(meeting, context.now):
        return Saying("coming.too_late")
    await needs.say(tx, me, answers["meeting"], answers["need"], answers["words"], context.now)
    again = (key("coming.button.needs", "coming.needs", answers["meeting"], me),)
    return Saying("coming.words_kept" if answers["words"] else "coming.words_gone", {}, (again,))


async def reply(context: Context, kept: Saying) -> None:
    """What was kept."""
    await context.speak(kept)


async def calendar(update: Update, context: Context) -> None:
    """The date as a file that a phone's calendar opens."""
    meeting = await _coming(context)
    if meeting is None:
        return await context.notice("button.closed")
    place = where(meeting) or meeting.join_link
    event = Event(
        f"meeting-{meeting.id}@care-compact",
        meeting.title,
        meeting.starts_at,
        meeting.ends_at,
        place,
        texts.plain(context.language, "coming.calendar.words"),
        meeting.moved,
        context.now,
    )
    document = Document("date.ics", calendar_file(event))
    await context.speak(Saying("coming.calendar", details(meeting), document=document))


async def on_a_map(update: Update, context: Context) -> None:
    """The place on a map, when its coordinates are known."""
    meeting = await _coming(context)
    if meeting is None or meeting.latitude is None or meeting.longitude is None:
        return await context.notice("button.closed")
    spot = Spot(meeting.latitude, meeting.longitude, meeting.venue_name, meeting.venue_address or meeting.venue_name)
    await context.speak(Saying("coming.map", details(meeting), spot=spot))


async def lead(update: Update, context: Context) -> None:
    """Who leads it, and how to reach them."""
    meeting = await _coming(context)
    if meeting is None or not meeting.lead:
        return await context.notice("button.closed")
    name = "coming.lead" if meeting.lead_contact else "coming.lead.none"
    await context.say(name, (key("button.person", "go", "person"),), meeting=meeting)


async def has_seen(update: Update, context: Context) -> None:
    """The notice was seen: the coordinator's list says so."""
    number = context.press.number(0)
    if number is None or context.press.number(1) != context.person.id:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        at = await seen.see(tx, number, context.person.id, context.now)
    await context.notice("coming.seen" if at else "button.closed")


async def _coming(context: Context) -> Meeting | None:
    """The meeting, when the button is this person's own and they said that they may come."""
    meeting_id, me = context.press.number(0), context.person.id
    if meeting_id is None or context.press.number(1) != me:
        return None
    meeting = await meetings.by_id(context.db, meeting_id)
    response = await responses.of_person(context.db, me, meeting_id)
    may_come = response is not None and response.answer in ("yes", "maybe")
    return meeting if may_come and is_open(meeting, context.now) else None


WORDS: Form = Form(
    "coming_words",
    (Step("words", reader=line(WORDS_LONGEST), about=about_need, optional=True),),
    keep_words,
    reply,
    WORKERS,
)
FEATURE: Feature = Feature(
    name="coming",
    buttons=(
        Button("coming.needs", ask_needs, WORKERS),
        Button("coming.need", tap_need, WORKERS),
        Button("coming.tell", ask_words, WORKERS),
        Button("coming.calendar", calendar, WORKERS),
        Button("coming.map", on_a_map, WORKERS),
        Button("coming.lead", lead, WORKERS),
        Button("coming.seen", has_seen, WORKERS),
    ),
    forms=(WORDS,),
)
