"""For somebody who is coming: what they need, the date for a calendar, the place on a map, who leads, and "seen"."""

from telegram import Update

import texts
from handlers.context import Context
from handlers.feature import Button, Feature
from handlers.meeting_words import details, is_open, where
from handlers.saying import Document, Saying, Spot, key
from reports.invitation import Event, calendar_file
from rules.roles import WORKERS
from storage import meetings, needs, responses, seen
from storage.database import Reading
from storage.meetings import Meeting
from storage.needs import NEEDS


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
    mine = await needs.of_person(context.db, context.person.id, meeting.id)
    async with context.transaction() as tx:
        if (need in mine) != (wanted == "on"):
            await needs.toggle(tx, context.person.id, meeting.id, need, context.now)
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
    back = (key("coming.button.back", "rsvp.open", meeting.id, me),)
    return Saying("coming.needs", details(meeting), (*rows, back))


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


FEATURE: Feature = Feature(
    name="coming",
    buttons=(
        Button("coming.needs", ask_needs, WORKERS),
        Button("coming.need", tap_need, WORKERS),
        Button("coming.calendar", calendar, WORKERS),
        Button("coming.map", on_a_map, WORKERS),
        Button("coming.lead", lead, WORKERS),
        Button("coming.seen", has_seen, WORKERS),
    ),
)
