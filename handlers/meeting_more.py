"""More about one meeting, for coordinators: who has seen the news, what people need, who leads, reminders, a series."""

from telegram import Update

import texts
from handlers import forms
from handlers.context import Context
from handlers.feature import Answers, Button, Feature, Form, Step
from handlers.meeting_words import can_change, details, need_line
from handlers.readers import line
from handlers.saying import Saying, Spot, key
from handlers.venue_form import read_spot
from rules import spots
from rules.roles import COORDINATORS
from storage import meeting_facts, meetings, needs, seen, venues
from storage.database import Writing
from storage.meetings import Meeting

NAMES, CONTACT_LONGEST = 30, 200
LADDERS = {"council": None, "week": "7d 1d 2h", "day": "1d 2h", "hours": "2h", "none": ""}


async def more(update: Update, context: Context) -> None:
    """What people need, who has seen the last news, and what else can be set."""
    meeting = await _known(context)
    if meeting is None:
        return await context.notice("button.closed")
    wanted = await needs.of_meeting(context.db, meeting.id)
    told = await seen.told(context.db, meeting.id)
    said = [texts.words(f"more.need.{need}", count=count) for need, count in wanted.items()]
    number = meeting.id
    open_keys = (
        (key("more.button.contact", "more.contact", number), key("more.button.ladder", "more.ladders", number)),
        *(((key("more.button.spot", "more.spot", number),),) if meeting.venue_id is not None else ()),
        (key("more.button.series", "more.series", number), key("offer.button.open", "offer.open", number)),
        (key("more.button.back", "meeting.open", number),),
    )
    board = (key("more.button.theme", "more.theme", number), key("more.button.led", "more.led", number))
    rows = (
        *((board,) if meeting.strand == "board" else ()),
        *(((key("more.button.seen", "more.seen", number),),) if told else ()),
        *(((key("more.button.needs", "more.needs", number),),) if wanted else ()),
        *(open_keys if can_change(meeting, context.now) else ()),
    )
    await context.show(
        "more.page",
        *rows,
        meeting=meeting,
        needs=texts.listed(said) if said else texts.words("close.none"),
        seen=sum(one.seen_at is not None for one in told),
        told=len(told),
        on_map=texts.words("more.on_map.no" if meeting.latitude is None else "more.on_map.yes"),
        contact=meeting.lead_contact or texts.words("close.none"),
    )


async def who_has_seen(update: Update, context: Context) -> None:
    """Who has tapped "seen" on the last news, and who has not."""
    meeting = await _known(context)
    told = await seen.told(context.db, meeting.id) if meeting else []
    if meeting is None or not told:
        return await context.notice("button.closed")
    lines = [
        texts.words(
            "more.seen.yes" if one.seen_at is not None else "more.seen.no",
            name=one.display_name or texts.words("queue.nameless"),
        )
        for one in told[:NAMES]
    ]
    back = (key("more.button.more", "more.open", meeting.id),)
    values = {"meeting": meeting, "lines": texts.listed(lines, "lines")}
    await context.speak(Saying("more.seen", values, (back,), protected=True))


async def who_needs(update: Update, context: Context) -> None:
    """Who needs what, in their own words where they have said any."""
    meeting = await _known(context)
    wanted = await needs.by_person(context.db, meeting.id) if meeting else []
    if meeting is None or not wanted:
        return await context.notice("button.closed")
    lines = [need_line(one) for one in wanted[:NAMES]]
    back = (key("more.button.more", "more.open", meeting.id),)
    values = {"meeting": meeting, "lines": texts.listed(lines, "lines")}
    await context.speak(Saying("more.needs", values, (back,), protected=True))


async def ladders(update: Update, context: Context) -> None:
    """When reminders go, to be chosen."""
    meeting = await _open(context)
    if meeting is None:
        return await context.notice("button.closed")
    keys = [(key(f"more.ladder.{name}", "more.ladder", meeting.id, name),) for name in LADDERS]
    await context.show("more.ladders", *keys, (key("more.button.more", "more.open", meeting.id),))


async def set_ladder(update: Update, context: Context) -> None:
    """Keep when reminders go; another tap changes it."""
    meeting, name = await _open(context), context.press.word(1)
    if meeting is None or name not in LADDERS:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await meeting_facts.set_ladder(tx, meeting.id, LADDERS[name])
    keys = (key("more.button.ladder", "more.ladders", meeting.id), key("more.button.more", "more.open", meeting.id))
    await context.show("more.ladder.saved", keys, ladder=texts.words(f"more.ladder.{name}"))


async def ask_contact(update: Update, context: Context) -> None:
    """How can people reach who leads it: the question."""
    meeting = await _open(context)
    if meeting is None:
        return await context.notice("button.closed")
    await forms.begin(context, CONTACT, {"meeting": meeting.id})


async def keep_contact(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Keep how people with a place can reach who leads it."""
    await meeting_facts.set_contact(tx, answers["meeting"], answers["contact"])
    back = key("more.button.more", "more.open", answers["meeting"])
    return Saying("more.contact.saved", {}, ((key("more.button.contact", "more.contact", answers["meeting"]), back),))


async def ask_spot(update: Update, context: Context) -> None:
    """Where is the place on the map: the question, while the meeting is in a room."""
    meeting = await _open(context)
    if meeting is None or meeting.venue_id is None:
        return await context.notice("button.closed")
    await forms.begin(context, SPOT, {"meeting": meeting.id})


async def keep_spot(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Keep where the venue is, for every meeting there; skipped, it is on no map any more."""
    meeting = await meetings.by_id(tx, answers["meeting"])
    spot = spots.read_spot(answers["spot"])
    if meeting is not None and meeting.venue_id is not None:
        await venues.set_spot(tx, meeting.venue_id, *(spot or (None, None)))
    back = key("more.button.more", "more.open", answers["meeting"])
    look = (key("more.button.map", "more.map", answers["meeting"]),) if spot else ()
    return Saying("more.spot.saved" if spot else "more.spot.gone", {}, ((*look, back),))


async def on_a_map(update: Update, context: Context) -> None:
    """The place as people who are coming see it."""
    meeting = await _known(context)
    if meeting is None or meeting.latitude is None or meeting.longitude is None:
        return await context.notice("button.closed")
    spot = Spot(meeting.latitude, meeting.longitude, meeting.venue_name, meeting.venue_address or meeting.venue_name)
    await context.speak(Saying("coming.map", details(meeting), spot=spot))


async def reply(context: Context, kept: Saying) -> None:
    """What was kept."""
    await context.speak(kept)


async def _known(context: Context) -> Meeting | None:
    number = context.press.number(0)
    return None if number is None else await meetings.by_id(context.db, number)


async def _open(context: Context) -> Meeting | None:
    meeting = await _known(context)
    return meeting if can_change(meeting, context.now) else None


CONTACT: Form = Form(
    "meeting_contact",
    (Step("contact", reader=line(CONTACT_LONGEST), optional=True),),
    keep_contact,
    reply,
    COORDINATORS,
)
SPOT: Form = Form(
    "meeting_spot",
    (Step("spot", reader=read_spot, optional=True, pins=True),),
    keep_spot,
    reply,
    COORDINATORS,
)
FEATURE: Feature = Feature(
    name="meeting_more",
    buttons=(
        Button("more.open", more, COORDINATORS),
        Button("more.seen", who_has_seen, COORDINATORS),
        Button("more.needs", who_needs, COORDINATORS),
        Button("more.ladders", ladders, COORDINATORS),
        Button("more.ladder", set_ladder, COORDINATORS),
        Button("more.contact", ask_contact, COORDINATORS),
        Button("more.spot", ask_spot, COORDINATORS),
        Button("more.map", on_a_map, COORDINATORS),
    ),
    forms=(CONTACT, SPOT),
)
