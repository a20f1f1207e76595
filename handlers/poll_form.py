"""The questions for a poll about times: for whom, which times, what the meeting is, until when people can answer.

It goes out as an invite does: a look at what people will get, the number of them typed, a minute to undo.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace

import texts
from handlers import forms
from handlers.audience_form import NOT_ANSWERED, audience_choices, audience_of
from handlers.audience_words import left_out, sentence
from handlers.context import Context
from handlers.feature import Answers, Choice, Form, Step
from handlers.invite import read_number, sent, speak_all
from handlers.meeting_form import LINE_LONGEST, read_capacity, read_minutes
from handlers.poll_times import read_slot, slots, starts_of, sure_slot, wired
from handlers.readers import line
from handlers.saying import Saying
from rules.local_time import instant
from rules.roles import COORDINATORS
from storage import audience as audiences
from storage import audit, polls, venues
from storage.audience import Audience
from storage.broadcasts import Broadcast
from storage.database import Reading, Writing
from storage.polls import Poll

DONE = forms.DONE
TITLE_LONGEST, VENUES_SHOWN, DAY = 120, 6, 24 * 3600
CLOSES: Mapping[str, int] = {"two": 2, "three": 3, "week": 7}
ONLINE, NO_LIMIT, NONE = "online", "no_limit", "none"
UNDO_SECONDS = 60


async def audience(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The switches of an invite's audience, but for the one about answers."""
    return [one for one in await audience_choices(db, context, answers) if one.value != NOT_ANSWERED]


async def places(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """Online, and the places used last."""
    return [*[Choice(str(one.id), one.name) for one in (await venues.all(db))[:VENUES_SHOWN]], Choice(ONLINE)]


def _closes_at(context: Context, answers: Answers) -> int:
    """The end of the time to answer: so many days from now, but before the first of the times."""
    first = min(instant(one, context.council.zone) for one in starts_of(answers))
    return min(context.now + CLOSES[answers["closes"]] * DAY, first - 3600)


def _audience(context: Context, answers: Answers) -> Audience:
    return audience_of(context, {"meeting": "0", **answers})


async def about_check(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """What would be asked, whom, how many they are, who is left out and why, and until when."""
    chosen = _audience(context, answers)
    return {
        "title": answers["title"],
        "times": texts.listed(_times(answers), "lines"),
        "who": sentence(context.council, chosen),
        "count": await audiences.members(db, chosen, context.now),
        "left_out": left_out(await audiences.left_out(db, chosen, context.now)),
        "closes": context.local(_closes_at(context, answers)),
    }


def _times(answers: Answers) -> list[texts.Words]:
    return [texts.words("when.slot", at=datetime.fromisoformat(one)) for one in starts_of(answers)]


def _without(answers: Answers, *steps: str) -> dict[str, object]:
    return {name: value for name, value in answers.items() if name not in (*steps, "check", "number", "count")}


async def preview(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """What a worker would get, then the question for the number; or nothing; or the question that is in the way."""
    if answers["check"] == "no":
        return [Saying("poll.not_sent")]
    if _closes_at(context, answers) <= context.now:
        return [Saying("poll.too_soon"), await _ask_times(tx, context, answers)]
    count = await audiences.members(tx, _audience(context, answers), context.now)
    if not count:
        return [Saying("poll.nobody"), await forms.open_in(tx, context, POLL, _without(answers, "audience"))]
    lines = [
        texts.words("poll.mine", number=place, at=datetime.fromisoformat(one), said=texts.words("poll.said.open"))
        for place, one in enumerate(starts_of(answers), 1)
    ]
    closes = context.local(_closes_at(context, answers))
    shown = Saying(
        "poll.ask",
        {"poll": SimpleNamespace(title=answers["title"]), "lines": texts.listed(lines, "lines"), "closes": closes},
    )
    return [shown, await forms.open_in(tx, context, SEND, {**_without(answers), "count": count})]


async def _ask_times(tx: Writing, context: Context, answers: Answers) -> Saying:
    return await forms.open_in(tx, context, POLL, _without(answers, "slots", "slots_picks", "closes"))


async def about_number(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """Who will be asked, and the number to type."""
    return {"count": answers["count"], "who": sentence(context.council, _audience(context, answers))}


async def send(tx: Writing, context: Context, answers: Answers) -> list[Saying] | Broadcast:
    """The poll and its questions written down, to be sent in a minute; or what has changed since the question."""
    chosen, kept = _audience(context, answers), _without(answers)
    if answers["number"] == "audience":
        return [await forms.open_in(tx, context, POLL, _without(answers, "audience"))]
    if _closes_at(context, answers) <= context.now:
        return [Saying("poll.too_soon"), await _ask_times(tx, context, answers)]
    count = await audiences.members(tx, chosen, context.now)
    if count != answers["count"]:
        return [Saying("invite.changed", {"count": count}), await forms.open_in(tx, context, POLL, kept)]
    poll = await _make(tx, context, answers)
    broadcast = await polls.open_(
        tx,
        poll.id,
        chosen,
        context.now,
        made_by=context.person.id,
        chat_id=context.chat_id,
        undo_seconds=UNDO_SECONDS,
    )
    await audit.record(tx, context.now, f"person:{context.person.id}", "poll", count, f"poll:{poll.id}")
    return broadcast or [Saying("poll.not_sent")]


async def _make(tx: Writing, context: Context, answers: Answers) -> Poll:
    closes_at, online = _closes_at(context, answers), answers["venue"] == ONLINE
    poll = await polls.make(
        tx,
        title=answers["title"],
        strand=answers["strand"],
        mode=ONLINE if online else "in_person",
        venue_id=None if online else int(answers["venue"]),
        zone=context.council.zone.key,
        minutes=int(answers["minutes"]),
        capacity=None if answers["capacity"] == NO_LIMIT else int(answers["capacity"]),
        reward="" if answers["reward"] == NONE else answers["reward"],
        closes_at=closes_at,
        reminds_at=context.now + (closes_at - context.now) // 2,
        lead=context.person.display_name,
        made_by=context.person.id,
        now=context.now,
    )
    await polls.add_slots(tx, poll, starts_of(answers))
    if answers.get("instead"):
        await polls.cancel(tx, answers["instead"], context.now)
    return poll


async def given_again(db: Reading, poll: Poll) -> dict[str, object]:
    """The answers that a poll was made of which was undone, but for whom to ask and until when; it is its successor."""
    times = [wired(one.local_start) for one in await polls.slots(db, poll.id)]
    return {
        "meeting": "0",
        "instead": poll.id,
        "minutes": str(poll.minutes),
        "suggested": times,
        "slots_picks": times,
        "slots": DONE,
        "title": poll.title,
        "strand": poll.strand,
        "venue": ONLINE if poll.venue_id is None else str(poll.venue_id),
        "capacity": NO_LIMIT if poll.capacity is None else str(poll.capacity),
        "reward": poll.reward or NONE,
    }


def _shown_capacity(capacity: str) -> texts.Words:
    return texts.words("poll.capacity.shown", count=int(capacity))


POLL: Form = Form(
    "poll",
    (
        Step("audience", audience, columns=2, many=True),
        Step("minutes", ("60", "90", "120", "180"), reader=read_minutes, columns=2),
        Step("slots", slots, reader=read_slot, many=True, confirms=sure_slot),
        Step("title", reader=line(TITLE_LONGEST)),
        Step("strand", ("network", "board")),
        Step("venue", places),
        Step("capacity", ("10", "15", "20", "30", NO_LIMIT), reader=read_capacity, columns=2, shows=_shown_capacity),
        Step("reward", (NONE,), reader=line(LINE_LONGEST)),
        Step("closes", tuple(CLOSES)),
        Step("check", ("yes", "no"), about=about_check),
    ),
    preview,
    speak_all,
    COORDINATORS,
)
SEND: Form = Form(
    "poll_send",
    (Step("number", ("audience",), reader=read_number, about=about_number, unsaid=True),),
    send,
    sent,
    COORDINATORS,
)
