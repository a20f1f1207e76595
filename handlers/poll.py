"""Polls about times: the coordinator's page, and a worker's votes of yes, if need be or no on up to ten times."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from telegram import Update

import texts
from handlers import forms
from handlers.context import Context
from handlers.feature import Button, Command, Compose, Feature
from handlers.invite_words import progress
from handlers.meeting_words import details
from handlers.poll_form import POLL, SEND, given_again
from handlers.poll_page import MARKS, page_of
from handlers.saying import Key, Saying, key, shortened
from rules.council import Council
from rules.roles import COORDINATORS, WORKERS
from storage import attempts, audit, broadcasts, meetings, polls
from storage.attempts import Attempt
from storage.database import Reading
from storage.polls import Poll

ENDS = ("open", "closed")  # what can become a meeting


async def show(update: Update, context: Context) -> None:
    """What is being sent now, so that any coordinator can stop it; my polls, and a new one."""
    for one in await broadcasts.live(context.db):
        if one.poll_id is not None:
            await context.speak(progress(one, await broadcasts.progress(context.db, one.id)))
    listed = await polls.of_maker(context.db, context.person.id)
    rows = [(key("poll.line", "poll.open", one.id, title=shortened(one.title, 30)),) for one in listed[-10:]]
    await context.say("poll.list" if rows else "poll.list.none", *rows, (key("poll.button.new", "poll.new"),))


async def new(update: Update, context: Context) -> None:
    """The questions for a new poll."""
    await forms.begin(context, POLL, {"meeting": "0"})


async def again(update: Update, context: Context) -> None:
    """The questions once more for a poll that was undone."""
    poll = await _pressed(context)
    if poll is None or poll.state != "draft" or poll.made_by != context.person.id:
        return await context.notice("button.closed")
    await forms.begin(context, POLL, await given_again(context.db, poll))


async def open_one(update: Update, context: Context) -> None:
    """How the poll stands now."""
    poll = await _pressed(context)
    if poll is None:
        return await context.notice("button.closed")
    await context.replace(await page_of(context.db, poll.id))


async def ask_choose(update: Update, context: Context) -> None:
    """Whether this time is to be the meeting: the poll ends with it."""
    poll, slot = await _pressed(context), context.press.number(1)
    chosen = next((one for one in await polls.slots(context.db, poll.id) if one.id == slot), None) if poll else None
    if poll is None or chosen is None or poll.meeting_id is not None or poll.state not in ENDS:
        return await context.notice("button.closed")
    at = datetime.fromisoformat(chosen.local_start)
    keys = (key("poll.button.yes", "poll.make", poll.id, chosen.id), key("poll.button.no", "poll.open", poll.id))
    await context.show("poll.ask.choose", keys, poll=poll, at=at)


async def make(update: Update, context: Context) -> None:
    """The chosen time becomes a meeting, open for invites."""
    poll, slot = await _pressed(context), context.press.number(1)
    chosen = next((one for one in await polls.slots(context.db, poll.id) if one.id == slot), None) if poll else None
    if poll is None or chosen is None or poll.state not in ENDS or chosen.starts_at <= context.now:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        made = await polls.into_meeting(tx, poll, chosen.id, context.now)
        if made:
            await meetings.open_(tx, made.id)
    if made is None:
        return await context.notice("button.closed")
    keys = (
        (key("meeting.button.invite", "invite.start", made.id),),
        (key("meeting.button.look", "meeting.open", made.id),),
    )
    await context.show("meeting.made", *keys, **details(made))


async def ask_end(update: Update, context: Context) -> None:
    """Whether to close it now, or to call it off."""
    poll, how = await _pressed(context), context.press.verb.removeprefix("poll.")
    if poll is None or not _can_end(poll, how):
        return await context.notice("button.closed")
    keys = (key("poll.button.yes", "poll.end", poll.id, how), key("poll.button.no", "poll.open", poll.id))
    await context.show(f"poll.ask.{how}", keys, poll=poll)


async def end(update: Update, context: Context) -> None:
    """Close it or call it off; nobody is reminded any more."""
    poll, how = await _pressed(context), context.press.word(1)
    if poll is None or not _can_end(poll, how):
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await (polls.close if how == "close" else polls.cancel)(tx, poll.id, context.now)
        await audit.record(tx, context.now, f"person:{context.person.id}", f"poll_{how}", 1, f"poll:{poll.id}")
        page = await page_of(tx, poll.id)
    await context.replace(page)


def _can_end(poll: Poll, how: str) -> bool:
    return how in {"open": ("close", "cancel"), "draft": ("cancel",)}.get(poll.state, ())


async def vote(update: Update, context: Context) -> None:
    """Keep one vote, and show what this person has said to each time."""
    slot, me, answer = context.press.number(0), context.press.number(1), context.press.word(2)
    poll = await polls.of_slot(context.db, slot) if slot is not None and me == context.person.id else None
    if slot is None or poll is None or answer not in MARKS or not await _asked(context, poll.id):
        return await context.notice("button.closed")
    try:
        async with context.transaction() as tx:
            await polls.vote(tx, context.person.id, slot, answer, context.now)
            shown = await question(tx, poll, context.person.id, "poll.voted")
    except polls.PollClosed:
        return await context.notice("button.closed")
    await context.replace(shown)


async def _asked(context: Context, poll_id: int) -> bool:
    made = await attempts.of_person(context.db, context.person.id)
    return any(one.reason == "poll" and one.about == poll_id for one in made)


async def _pressed(context: Context) -> Poll | None:
    number = context.press.number(0)
    return None if number is None else await polls.by_id(context.db, number)


async def question(db: Reading, poll: Poll, person_id: int, name: str) -> Saying:
    """The times with this person's own votes beside them, and three buttons for each."""
    votes, slots = await polls.mine(db, person_id, poll.id), await polls.slots(db, poll.id)
    lines = [
        texts.words(
            "poll.mine",
            number=place,
            at=datetime.fromisoformat(slot.local_start),
            said=texts.words(f"poll.said.{votes.get(slot.id, 'open')}"),
        )
        for place, slot in enumerate(slots, 1)
    ]
    rows = tuple(_votes(place, slot.id, person_id, votes.get(slot.id)) for place, slot in enumerate(slots, 1))
    closes = datetime.fromtimestamp(poll.closes_at, ZoneInfo(poll.zone))
    return Saying(name, {"poll": poll, "lines": texts.listed(lines, "lines"), "closes": closes}, rows)


def _votes(place: int, slot_id: int, person_id: int, said: str | None) -> tuple[Key, ...]:
    return tuple(
        key(f"poll.vote.{mark}{'.on' if mark == said else ''}", "poll.vote", slot_id, person_id, mark, number=place)
        for mark in MARKS
    )


async def compose_poll(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """The question, while the poll is open."""
    return await _open(db, attempt, "poll.ask")


async def compose_reminder(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """The question once more, for somebody who has not answered."""
    voted = await polls.mine(db, attempt.person_id or 0, attempt.about)
    return None if voted else await _open(db, attempt, "poll.remind")


async def _open(db: Reading, attempt: Attempt, name: str) -> Saying | None:
    poll = await polls.by_id(db, attempt.about)
    return await question(db, poll, attempt.person_id or 0, name) if poll and poll.state == "open" else None


async def compose_news(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """To whoever made it: all have answered, or it has closed."""
    poll = await polls.by_id(db, attempt.about)
    if poll is None or poll.meeting_id is not None:
        return None
    return Saying(f"poll.news.{attempt.reason}", {"poll": poll}, ((key("poll.button.look", "poll.open", poll.id),),))


COMPOSES: Mapping[str, Compose] = {
    "poll": compose_poll,
    "poll_reminder": compose_reminder,
    "poll_all_answered": compose_news,
    "poll_closed": compose_news,
}
FEATURE: Feature = Feature(
    name="poll",
    commands=(Command("poll", show, COORDINATORS),),
    buttons=(
        Button("poll.new", new, COORDINATORS),
        Button("poll.again", again, COORDINATORS),
        Button("poll.open", open_one, COORDINATORS),
        Button("poll.choose", ask_choose, COORDINATORS),
        Button("poll.make", make, COORDINATORS),
        Button("poll.close", ask_end, COORDINATORS),
        Button("poll.cancel", ask_end, COORDINATORS),
        Button("poll.end", end, COORDINATORS),
        Button("poll.vote", vote, WORKERS),
    ),
    forms=(POLL, SEND),
    composes=COMPOSES,
)
