"""A coordinator's meetings: what is coming, a new one, one looked at closely, and calling one off."""

from telegram import Update

import texts
from handlers import forms
from handlers.context import Context
from handlers.door_forms import can_record
from handlers.feature import Button, Command, Feature
from handlers.meeting_form import MEETING
from handlers.meeting_words import can_change, details, in_a_line, is_on, standing
from handlers.saying import Key, key
from rules.roles import COORDINATORS
from storage import audit, meeting_changes, meetings, responses
from storage.meetings import Meeting

LISTED = 10
EARLIER = 60 * 24 * 3600
LONGEST_ON = 24 * 3600  # no meeting lasts longer
NEW_WORDS = ("new", "add", "make")


async def meeting(update: Update, context: Context) -> None:
    """The coming meetings, or with the word "new" the questions for another one."""
    if any(word.lower() in NEW_WORDS for word in context.args or ()):
        await forms.begin(context, MEETING)
        return
    begun = await meetings.earlier(context.db, context.now, context.now - LONGEST_ON, LISTED)
    coming = [*(one for one in begun if is_on(one, context.now)), *await meetings.upcoming(context.db, context.now)]
    ends = (key("meeting.button.new", "meeting.new"), key("meeting.button.earlier", "meeting.earlier"))
    rows = [(_line(one, context.now),) for one in coming[:LISTED]]
    await context.say("meeting.list" if rows else "meeting.list.none", *rows, ends, count=len(coming))


async def earlier(update: Update, context: Context) -> None:
    """Meetings that have been, or were called off."""
    past = await meetings.earlier(context.db, context.now, context.now - EARLIER, LISTED)
    rows = [(_line(one, context.now),) for one in past]
    await context.show("meeting.earlier" if rows else "meeting.earlier.none", *rows)


async def new(update: Update, context: Context) -> None:
    """The questions for a new meeting."""
    await forms.begin(context, MEETING)


async def look(update: Update, context: Context) -> None:
    """One meeting: its details, how it stands, the answers so far, and what can be done with it."""
    number = context.press.number(0)
    found = None if number is None else await meetings.by_id(context.db, number)
    if found is None:
        return await context.notice("button.closed")
    counts = await responses.summary(context.db, found.id, invented=context.council.rehearsal)
    keys = _to_come(found, context.now) if can_change(found, context.now) else _afterwards(found, context.now)
    told = standing(found, context.now)
    await context.show(f"meeting.look.{found.mode}", *keys, counts=counts, standing=told, **details(found))


def _to_come(found: Meeting, now: int) -> tuple[tuple[Key, ...], ...]:
    """What can be done before it begins; people stand at the door a little earlier than that."""
    door = found.state == "open" and can_record(found, now)
    invite = key("meeting.button.invite", "invite.start", found.id)
    answers = key("meeting.button.answers", "answers.open", found.id)
    return (
        (key("meeting.button.start", "meeting.start", found.id),) if found.state == "draft" else (invite, answers),
        *(((key("meeting.button.door", "door.open", found.id),),) if door else ()),
        *_moves(found),
        (key("meeting.button.places", "meeting.places", found.id), key("meeting.button.more", "more.open", found.id)),
        (key("meeting.button.cancel", "meeting.cancel", found.id),),
    )


def _afterwards(found: Meeting, now: int) -> tuple[tuple[Key, ...], ...]:
    """What is left to do with a meeting that has begun, is closed or called off."""
    more, answers = (
        key("meeting.button.more", "more.open", found.id),
        key("meeting.button.answers", "answers.open", found.id),
    )
    if not can_record(found, now):
        return ((answers, more),)
    ended = key("meeting.button.ended", "close.open", found.id)
    return ((ended if found.state == "closed" else key("meeting.button.door", "door.open", found.id),), (answers, more))


async def start(update: Update, context: Context) -> None:
    """A draft opens: from now on people can be invited and answer."""
    found = await _pressed(context)
    if found is None or found.state != "draft":
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await meetings.open_(tx, found.id)
    keys = (
        (key("meeting.button.invite", "invite.start", found.id),),
        (key("meeting.button.look", "meeting.open", found.id),),
    )
    await context.show("meeting.made", *keys, **details(found))


def _moves(meeting: Meeting) -> tuple[tuple[Key, ...], ...]:
    time = key("meeting.button.time", "meeting.time", meeting.id)
    place = key("meeting.button.place", "meeting.place", meeting.id)
    return ((time, place),) if meeting.mode == "in_person" else ((time,),)


async def ask_cancel(update: Update, context: Context) -> None:
    """Say what calling it off would do, and ask."""
    found = await _pressed(context)
    if found is None:
        return await context.notice("button.closed")
    counts = await responses.summary(context.db, found.id, invented=context.council.rehearsal)
    keys = (
        (key("meeting.button.cancel_now", "meeting.cancel_now", found.id),),
        (key("meeting.button.keep", "meeting.open", found.id),),
    )
    await context.show("meeting.ask_cancel", *keys, count=counts.yes + counts.waiting + counts.maybe, **details(found))


async def cancel(update: Update, context: Context) -> None:
    """Call it off, and tell those who were coming."""
    found = await _pressed(context)
    if found is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        told = await meeting_changes.cancel(tx, found.id, context.now) or 0
        await audit.record(
            tx, context.now, f"person:{context.person.id}", "meeting_cancelled", told, f"meeting:{found.id}"
        )
    context.services.delivery.wake()
    keys = ((key("more.button.seen", "more.open", found.id),),) if told else ()
    await context.show("meeting.cancelled", *keys, count=told, **details(found))


async def _pressed(context: Context) -> Meeting | None:
    """The meeting the button is about, while it can still be changed."""
    meeting_id = context.press.number(0)
    found = None if meeting_id is None else await meetings.by_id(context.db, meeting_id)
    return found if can_change(found, context.now) else None


def _line(one: Meeting, now: int) -> Key:
    about = dict(in_a_line(one))
    if one.state == "open" and one.starts_at <= now:  # that it was full or moved is no news any more
        about["standing"] = texts.words("meeting.on_line.on" if is_on(one, now) else "meeting.on_line.over")
    return key("meeting.line", "meeting.open", one.id, **about)


FEATURE: Feature = Feature(
    name="meetings",
    commands=(Command("meeting", meeting, COORDINATORS),),
    buttons=(
        Button("meeting.new", new, COORDINATORS),
        Button("meeting.earlier", earlier, COORDINATORS),
        Button("meeting.open", look, COORDINATORS),
        Button("meeting.start", start, COORDINATORS),
        Button("meeting.cancel", ask_cancel, COORDINATORS),
        Button("meeting.cancel_now", cancel, COORDINATORS),
    ),
    forms=(MEETING,),
)
