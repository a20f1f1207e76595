"""A worker's answers to invites: yes, maybe or can't, one tap why, and a change of mind until the meeting begins.

A button names the meeting and the person it was made for. It counts only when that person presses it, was invited,
and the meeting has not begun; any other press gets "that question is closed" and changes nothing.
"""

from dataclasses import dataclass

from telegram import Update

from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.meeting_words import details, full, in_a_line, is_open
from handlers.rsvp_words import COMPOSES, answer_keys
from handlers.saying import Key, Saying, key
from rules.dispositions import WHY_NOT
from rules.roles import WORKERS
from storage import attempts, meetings, responses
from storage.meetings import Meeting
from storage.responses import Response

ANSWERS = ("yes", "maybe", "no")
LISTED = 10


@dataclass(frozen=True)
class Asked:
    """A question that is still open to this person: the meeting, and what they have said so far."""

    meeting: Meeting
    response: Response | None


async def answer(update: Update, context: Context) -> None:
    """Keep a yes, a maybe or a no, and show what was saved."""
    asked = await _asked(context)
    said = context.press.word(2)
    if asked is None or said not in ANSWERS:
        return await context.notice("button.closed")
    if asked.response is None or asked.response.answer != said:
        try:
            async with context.transaction() as tx:
                await responses.record(tx, context.person.id, asked.meeting.id, said, context.now)
        except responses.MeetingGone:
            return await context.notice("button.closed")
        context.services.delivery.wake()
    await _show_saved(context, asked.meeting)


async def why(update: Update, context: Context) -> None:
    """Keep the reason someone cannot come."""
    asked = await _asked(context)
    reason = context.press.word(2)
    if asked is None or reason not in WHY_NOT or asked.response is None or asked.response.answer != "no":
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await responses.set_reason(tx, context.person.id, asked.meeting.id, reason, context.now)
    await _show_saved(context, asked.meeting)


async def ask_why(update: Update, context: Context) -> None:
    """Ask for the reason again, to change it."""
    asked = await _asked(context)
    if asked is None or asked.response is None or asked.response.answer != "no":
        return await context.notice("button.closed")
    await context.show("rsvp.why", *_reasons(context, asked.meeting), **details(asked.meeting))


async def mine(update: Update, context: Context) -> None:
    """The meetings I was asked to, and what I said."""
    coming = await responses.upcoming_of(context.db, context.person.id, context.now)
    if not coming:
        await context.say("rsvp.mine.none")
        return
    await context.say("rsvp.mine", *[(_line(context, meeting, response),) for meeting, response in coming[:LISTED]])


async def open_one(update: Update, context: Context) -> None:
    """One of my meetings: when, where, what I said, and buttons to change it."""
    asked = await _asked(context)
    if asked is None:
        return await context.notice("button.closed")
    await _show_saved(context, asked.meeting)


async def _asked(context: Context) -> Asked | None:
    """What the button asks, when it is this person's own and still open."""
    meeting_id, person_id = context.press.number(0), context.press.number(1)
    if meeting_id is None or person_id != context.person.id:
        return None
    meeting = await meetings.by_id(context.db, meeting_id)
    if meeting is None or not is_open(meeting, context.now):
        return None
    response = await responses.of_person(context.db, context.person.id, meeting_id)
    if response is None and not await attempts.invited(context.db, context.person.id, meeting_id):
        return None
    return Asked(meeting, response)


async def _show_saved(context: Context, meeting: Meeting) -> None:
    response = await responses.of_person(context.db, context.person.id, meeting.id)
    await context.replace(_saved(context, meeting, response))


def _saved(context: Context, meeting: Meeting, response: Response | None) -> Saying:
    """What was said, and the ways to change it."""
    me = context.person.id
    if response is None:
        values = {**details(meeting), "full": full(meeting)}
        return Saying(f"rsvp.open.{meeting.mode}", values, (answer_keys(meeting.id, me, *ANSWERS),))
    others = answer_keys(meeting.id, me, *[other for other in ANSWERS if other != response.answer])
    if response.answer == "no" and not response.why:
        return Saying("rsvp.why", details(meeting), (*_reasons(context, meeting), others))
    if response.answer == "no":
        change = (key("rsvp.button.change_why", "rsvp.ask_why", meeting.id, me),)
        return Saying(f"rsvp.saved.no.{response.why}", details(meeting), (change, others))
    return Saying(f"rsvp.saved.{_standing(meeting, response)}", details(meeting), (others, *_for_coming(meeting, me)))


def _for_coming(meeting: Meeting, me: int) -> tuple[tuple[Key, ...], ...]:
    """What somebody who may come can ask for."""
    also = [key("coming.button.calendar", "coming.calendar", meeting.id, me)]
    if meeting.latitude is not None:
        also.append(key("coming.button.map", "coming.map", meeting.id, me))
    if meeting.lead:
        also.append(key("coming.button.lead", "coming.lead", meeting.id, me))
    return ((key("coming.button.needs", "coming.needs", meeting.id, me),), tuple(also))


def _standing(meeting: Meeting, response: Response) -> str:
    """'maybe', 'waiting', 'yes.in_person', 'yes.online' or 'yes.online_link'."""
    if response.answer == "maybe":
        return "maybe"
    if response.place == "waiting":
        return "waiting"
    return "yes.online_link" if meeting.mode == "online" and meeting.join_link else f"yes.{meeting.mode}"


def _reasons(context: Context, meeting: Meeting) -> tuple[tuple[Key, ...], ...]:
    keys = [key(f"rsvp.why.{code}", "rsvp.why", meeting.id, context.person.id, code) for code in WHY_NOT]
    return tuple(tuple(keys[first : first + 2]) for first in range(0, len(keys), 2))


def _line(context: Context, meeting: Meeting, response: Response | None) -> Key:
    said = "open" if response is None else "waiting" if response.place == "waiting" else response.answer
    return key(f"rsvp.mine.{said}", "rsvp.open", meeting.id, context.person.id, **in_a_line(meeting))


FEATURE = Feature(
    name="rsvp",
    commands=(Command("meetings", mine, WORKERS),),
    buttons=(
        Button("rsvp", answer, WORKERS),
        Button("rsvp.why", why, WORKERS),
        Button("rsvp.ask_why", ask_why, WORKERS),
        Button("rsvp.open", open_one, WORKERS),
    ),
    composes=COMPOSES,
)
