"""Who answered what about a meeting, who is silent, and who could not be reached and why: for coordinators only.

Names are shown a few at a time, in a message that cannot be forwarded or saved.
"""

from telegram import Update

import texts
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.meeting_words import in_a_line
from handlers.saying import Key, Saying, key, shortened
from rules.roles import COORDINATORS
from storage import contacts, meetings, responses
from storage.meetings import Meeting
from storage.standings import GROUPS, Named

LISTED = 10
NAMES = 8
NARROW = 20  # letters of a name that fit half a phone's width
KEPT = 14 * 24 * 3600  # seconds that a meeting stays in the list after its start
WORTH_A_CALL = frozenset({"silent", "pending", "unreachable", "not_attempted"})


async def show(update: Update, context: Context) -> None:
    """Which meeting, or the only one at once."""
    listed = [one for one in await meetings.upcoming(context.db, context.now - KEPT) if one.state == "open"]
    if not listed:
        await context.say("answers.none")
        return
    if len(listed) == 1:
        await context.speak(await overview(context, listed[0]))
        return
    await context.say(
        "answers.choose",
        *[(key("meeting.line", "answers.open", one.id, **in_a_line(one)),) for one in listed[-LISTED:]],
    )


async def open_one(update: Update, context: Context) -> None:
    """The numbers of one meeting, in a message of their own."""
    meeting = await _meeting(context)
    if meeting is None:
        return await context.notice("button.closed")
    await context.speak(await overview(context, meeting))


async def back(update: Update, context: Context) -> None:
    """The numbers again, in place."""
    meeting = await _meeting(context)
    if meeting is None:
        return await context.notice("button.closed")
    await context.replace(await overview(context, meeting))


async def group(update: Update, context: Context) -> None:
    """The names in one group, a few at a time."""
    meeting, name, page = await _meeting(context), context.press.word(1), context.press.number(2)
    if meeting is None or name not in GROUPS or page is None:
        return await context.notice("button.closed")
    people = await responses.people(context.db, meeting.id, name, invented=context.council.rehearsal)
    shown = people[page * NAMES : (page + 1) * NAMES]
    if not shown:
        await context.replace(await overview(context, meeting))
        return None
    whys = await contacts.why_not_reached(context.db, meeting.id)
    lines = texts.listed([_line(person, whys.get(person.person_id, "")) for person in shown], "lines")
    title = texts.words(f"answers.group.{name}", count=len(people))
    calls = _calls(meeting, name, shown)
    moves = _moves(meeting, name, page + 1 if len(people) > (page + 1) * NAMES else None)
    values = {"meeting": meeting, "group": title, "lines": lines}
    await context.replace(Saying("answers.list.log" if calls else "answers.list", values, (*calls, *moves)))


async def overview(context: Context, meeting: Meeting) -> Saying:
    """How many are in each group, each a button to the names."""
    counts = await responses.summary(context.db, meeting.id, invented=context.council.rehearsal)
    rows = [
        (key(f"answers.group.{name}", "answers.group", meeting.id, name, 0, count=getattr(counts, name)),)
        for name in GROUPS
        if getattr(counts, name)
    ]
    return Saying("answers.overview" if rows else "answers.nobody", {"meeting": meeting}, tuple(rows), protected=True)


async def _meeting(context: Context) -> Meeting | None:
    meeting_id = context.press.number(0)
    return None if meeting_id is None else await meetings.by_id(context.db, meeting_id)


def _line(person: Named, why: str) -> texts.Words:
    name = person.display_name or texts.words("answers.nameless")
    if person.answer == "no" and person.why:
        return texts.words("answers.line.because", name=name, why=texts.words(f"rsvp.why.{person.why}"))
    if person.answer or not why:
        return texts.words("answers.line", name=name)
    known = f"answers.because.{why}"
    return texts.words(
        "answers.line.because", name=name, why=texts.words(known if texts.exists(known) else "answers.because.other")
    )


def _calls(meeting: Meeting, name: str, shown: list[Named]) -> tuple[tuple[Key, ...], ...]:
    """The names worth a call as buttons, side by side, so that they leave room for the lines."""
    keys = [
        key(
            "answers.button.log", "log.about", person.person_id, meeting.id, name=shortened(person.display_name, NARROW)
        )
        for person in shown
        if name in WORTH_A_CALL and person.display_name
    ]
    return tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))


def _moves(meeting: Meeting, name: str, more: int | None) -> tuple[tuple[Key, ...], ...]:
    onward = () if more is None else (key("answers.button.more", "answers.group", meeting.id, name, more),)
    return onward, (key("answers.button.back", "answers.back", meeting.id),)


FEATURE = Feature(
    name="answers",
    commands=(Command("answers", show, COORDINATORS),),
    buttons=(
        Button("answers.open", open_one, COORDINATORS),
        Button("answers.back", back, COORDINATORS),
        Button("answers.group", group, COORDINATORS),
    ),
)
