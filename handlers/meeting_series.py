"""Holding a meeting again each week, fortnight or month: every date is shown in full before anything is made."""

from datetime import datetime
from zoneinfo import ZoneInfo

from telegram import Update

import texts
from handlers.context import Context
from handlers.feature import Button, Feature
from handlers.meeting_words import can_change, details
from handlers.saying import key
from rules.local_time import comes_twice, exists, instant
from rules.roles import COORDINATORS
from rules.series import EVERY, occasions
from storage import audit, meetings, series
from storage.meetings import Meeting

TIMES = (3, 6, 12)


async def ask(update: Update, context: Context) -> None:
    """How often it is to be held again, and how many times."""
    meeting = await _first(context)
    if meeting is None:
        return await context.notice("button.closed")
    rows = [
        tuple(key(f"more.every.{every}", "more.repeat", meeting.id, every, times, count=times) for times in TIMES)
        for every in EVERY
    ]
    await context.show("more.series", *rows, (key("more.button.more", "more.open", meeting.id),), **details(meeting))


async def show(update: Update, context: Context) -> None:
    """The dates it would be held on, and whether they are right."""
    meeting, every, times = await _first(context), context.press.word(1), context.press.number(2)
    if meeting is None or every not in EVERY or times not in TIMES:
        return await context.notice("button.closed")
    lines = [_line(meeting, local) for local in occasions(meeting.local_start, every, times)]
    keys = (
        key("more.button.yes_repeat", "more.repeat_now", meeting.id, every, times),
        key("more.button.no_repeat", "more.series", meeting.id),
    )
    await context.show("more.series.sure", keys, lines=texts.listed(lines, "lines"), **details(meeting))


def _line(meeting: Meeting, local: str) -> texts.Words:
    """One date; a time that the clocks skip or show twice on that night says so."""
    zone = ZoneInfo(meeting.zone)
    at = datetime.fromtimestamp(instant(local, zone), zone)
    odd = comes_twice(local, zone) or not exists(local, zone)
    return texts.words("more.occasion.clocks" if odd else "when.slot", at=at)


async def repeat(update: Update, context: Context) -> None:
    """Make the meetings of the series, drafts of a draft; each can be moved or called off like any other."""
    meeting, every, times = await _first(context), context.press.word(1), context.press.number(2)
    if meeting is None or every not in EVERY or times not in TIMES:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        made = await series.repeat(tx, meeting, every, times, context.now)
        for one in made if meeting.state == "open" else ():
            await meetings.open_(tx, one.id)
        why = f"meeting:{meeting.id}"
        await audit.record(tx, context.now, f"person:{context.person.id}", "meeting_repeated", len(made), why)
    lines = texts.listed([_line(one, one.local_start) for one in made], "lines")
    await context.show("more.series.made", (key("command.meeting", "go", "meeting"),), count=len(made), lines=lines)


async def _first(context: Context) -> Meeting | None:
    """The meeting the button is about, while it can change and is in no series yet."""
    number = context.press.number(0)
    meeting = None if number is None else await meetings.by_id(context.db, number)
    return meeting if meeting and can_change(meeting, context.now) and meeting.series_id is None else None


FEATURE: Feature = Feature(
    name="meeting_series",
    buttons=(
        Button("more.series", ask, COORDINATORS),
        Button("more.repeat", show, COORDINATORS),
        Button("more.repeat_now", repeat, COORDINATORS),
    ),
)
