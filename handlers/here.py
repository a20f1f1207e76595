"""A worker at the door: six digits from the sheet there; and afterwards one neutral question to whoever was missed."""

from collections.abc import Sequence

from telegram import Update

import texts
from handlers import forms, reward_words
from handlers.context import Context
from handlers.feature import Answers, Button, Choice, Command, Feature, Form, Refusal, Step
from handlers.meeting_words import details, in_a_line
from handlers.saying import Key, Saying, key
from rules.council import Council
from rules.dispositions import WHY_NOT
from rules.door_code import TRIES
from rules.roles import WORKERS
from storage import attendance, meetings
from storage.attempts import Attempt
from storage.database import Reading, Writing
from storage.meetings import Meeting

OPENS, STAYS = 3600, 3 * 3600  # seconds before the start, and after the end
DIGITS = 6


def door_is_open(meeting: Meeting | None, now: int) -> bool:
    """Whether people can check in: from an hour before the start until three hours after the end, while it is open."""
    return (
        meeting is not None and meeting.state == "open" and meeting.starts_at - OPENS <= now < meeting.ends_at + STAYS
    )


async def here(update: Update, context: Context) -> None:
    """The question for the code, when something is on."""
    on_now = await _on_now(context.db, context)
    if not on_now:
        await context.say("here.nothing_on", (key("button.home", "go", "home"),))
        return
    await forms.begin(context, HERE, {"meeting": str(on_now[0].id)} if len(on_now) == 1 else None)


async def _on_now(db: Reading, context: Context) -> list[Meeting]:
    listed = await meetings.upcoming(db, context.now - 48 * 3600)
    return [one for one in listed if door_is_open(one, context.now)]


async def typed(context: Context, words: str) -> bool:
    """A bare code from the door, typed without asking first; False when it cannot be one, or nothing is on."""
    code = read_code(context, words, {})
    if any(sign.isalpha() for sign in words) or not isinstance(code, str) or not context.roles & WORKERS:
        return False
    on_now = await _on_now(context.db, context)
    if len(on_now) != 1:
        return False
    async with context.transaction() as tx:
        sayings = await check(tx, context, {"meeting": str(on_now[0].id), "code": code})
    await reply(context, sayings)
    return True


async def which(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The meetings that are on now."""
    return [
        Choice(str(one.id), texts.plain(context.language, "here.line", **in_a_line(one)))
        for one in await _on_now(db, context)
    ]


def read_code(context: Context, text: str, answers: Answers) -> str | Refusal:
    """Six digits, in whatever script and however spaced."""
    digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    return digits if len(digits) == DIGITS else Refusal("here.code.six")


async def check(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """Checked in; or the question again; or, after five wrong codes, whom to ask."""
    meeting = await meetings.by_id(tx, int(answers["meeting"]))
    if meeting is None or not door_is_open(meeting, context.now):
        return [Saying("here.nothing_on")]
    me = context.person.id
    came = await attendance.come_in(tx, meeting.id, me, answers["code"], context.now)
    if came == "came":
        undo = (key("here.button.mistake", "here.undo", meeting.id, me),)
        return [Saying("here.came", details(meeting), (undo,)), *await _offer(tx, context, meeting)]
    if came == "no_tries_left":
        return [Saying("here.no_tries_left", {"lead": meeting.lead or texts.words("here.lead")})]
    left = await attendance.tries_left(tx, meeting.id, me)
    return [
        Saying("here.wrong", {"left": left, "most": TRIES}),
        await forms.open_in(tx, context, HERE, {"meeting": answers["meeting"]}),
    ]


async def _offer(tx: Writing, context: Context, meeting: Meeting) -> list[Saying]:
    """What they may have as thanks, to be asked for at once or after the meeting."""
    items = await reward_words.offer_of(tx, context.person.id, meeting.id)
    if not items:
        return []
    offer = reward_words.offer(items, context.council, context.language)
    keys = reward_words.offer_keys(items, meeting.id, context.language)
    return [Saying("reward.at_the_door", {"offer": offer}, keys)]


async def reply(context: Context, sayings: list[Saying]) -> None:
    """What came of it."""
    for saying in sayings:
        await context.speak(saying)


async def undo(update: Update, context: Context) -> None:
    """Not here after all: only what the door itself recorded of this person, while it is open."""
    meeting_id, me = context.press.number(0), context.person.id
    meeting = None if meeting_id is None else await meetings.by_id(context.db, meeting_id)
    if meeting is None or context.press.number(1) != me or not door_is_open(meeting, context.now):
        return await context.notice("button.closed")
    listed = await attendance.door_list(context.db, meeting.id)
    if not any(one.person_id == me and one.how == "door" for one in listed):
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await attendance.take_back(tx, meeting.id, me, context.now)
    await context.show("here.undone", (key("command.here", "go", "here"),))


async def compose_no_show(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """A neutral question, while the list still says that the person did not come."""
    meeting, me = await meetings.by_id(db, attempt.about), attempt.person_id or 0
    if meeting is None or await attendance.standing(db, meeting.id, me) != "did_not_come":
        return None
    there = key("missed.button.was_there", "missed.there", meeting.id, me)
    return Saying("missed.ask", details(meeting), ((there,), *_reasons(meeting, me)))


def _reasons(meeting: Meeting, me: int) -> list[tuple[Key, ...]]:
    keys = [key(f"rsvp.why.{code}", "missed.why", meeting.id, me, code) for code in WHY_NOT]
    return [tuple(keys[first : first + 2]) for first in range(0, len(keys), 2)]


async def why(update: Update, context: Context) -> None:
    """Keep why somebody did not come."""
    meeting, code = await _missed(context), context.press.word(2)
    if meeting is None or code not in WHY_NOT:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        kept = await attendance.say_why(tx, meeting.id, context.person.id, code, context.now)
    if not kept:
        return await context.notice("button.closed")
    again = (key("rsvp.button.change_why", "missed.again", meeting.id, context.person.id),)
    await context.show("missed.saved", again, why=texts.words(f"rsvp.why.{code}"))


async def ask_again(update: Update, context: Context) -> None:
    """The question once more, to change the answer."""
    meeting = await _missed(context)
    if meeting is None:
        return await context.notice("button.closed")
    await context.show("missed.again", *_reasons(meeting, context.person.id))


async def was_there(update: Update, context: Context) -> None:
    """They say that they came: then it is not known, and the coordinator's list decides."""
    meeting = await _missed(context)
    if meeting is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await attendance.record(tx, meeting.id, context.person.id, "unknown", "answer", context.now)
    await context.show("missed.was_there")


async def _missed(context: Context) -> Meeting | None:
    meeting_id, me = context.press.number(0), context.person.id
    if meeting_id is None or context.press.number(1) != me:
        return None
    missed = await attendance.standing(context.db, meeting_id, me) == "did_not_come"
    return await meetings.by_id(context.db, meeting_id) if missed else None


HERE: Form = Form(
    "here",
    (Step("meeting", which), Step("code", reader=read_code)),
    check,
    reply,
    WORKERS,
)
FEATURE: Feature = Feature(
    name="here",
    commands=(Command("here", here, WORKERS),),
    buttons=(
        Button("here.undo", undo, WORKERS),
        Button("missed.why", why, WORKERS),
        Button("missed.again", ask_again, WORKERS),
        Button("missed.there", was_there, WORKERS),
    ),
    forms=(HERE,),
    composes={"no_show": compose_no_show},
)
