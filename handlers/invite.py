"""Inviting people to a meeting: who, a look at what they will get, the number typed, a minute to undo, a live count.

Nothing is written down as an invite before the number of people has been typed.
"""

import unicodedata
from collections.abc import Mapping, Sequence

from telegram import Update

from handlers import forms
from handlers.audience_form import audience_choices, audience_of, label
from handlers.audience_words import left_out, sentence, with_lately
from handlers.context import Context
from handlers.feature import Answers, Button, Choice, Command, Feature, Form, Refusal, Step
from handlers.invite_words import progress
from handlers.meeting_words import in_a_line, is_open
from handlers.saying import Saying
from handlers.splitting import FEWEST, SPLIT, balance, previews
from rules.roles import COORDINATORS
from storage import arms, audit, broadcasts, meetings
from storage import audience as audiences
from storage.audience import Audience
from storage.broadcasts import Broadcast
from storage.database import Reading, Writing
from storage.meetings import Meeting
from storage.rewards import offers

__all__ = ["FEATURE", "progress"]

LISTED = 10


async def start(update: Update, context: Context) -> None:
    """What is being sent now, so that any coordinator can stop it; then which meeting, or that there is none."""
    for one in await broadcasts.live(context.db):
        await context.speak(progress(one, await broadcasts.progress(context.db, one.id)))
    if not await _open_meetings(context.db, context):
        await context.say("invite.no_meeting")
        return
    await forms.begin(context, INVITE)


async def start_for(update: Update, context: Context) -> None:
    """Invite to the meeting whose button was pressed."""
    meeting_id = context.press.number(0)
    meeting = None if meeting_id is None else await meetings.by_id(context.db, meeting_id)
    if meeting is None or not is_open(meeting, context.now):
        return await context.notice("button.closed")
    await forms.begin(context, INVITE, {"meeting": str(meeting.id)})


async def _open_meetings(db: Reading, context: Context) -> list[Meeting]:
    return [one for one in await meetings.upcoming(db, context.now) if one.state == "open"][:LISTED]


async def meeting_choices(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The meetings people can be invited to."""
    return [
        Choice(str(one.id), label(context, "meeting.line", **in_a_line(one)))
        for one in await _open_meetings(db, context)
    ]


async def about_audience(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """Who would be asked, how many they are, and who is left out and why."""
    audience, hours = audience_of(context, answers), context.council.cooldown_hours
    return {
        "who": sentence(context.council, audience),
        "count": await audiences.members(db, audience, context.now),
        "left_out": with_lately(
            left_out(await audiences.left_out(db, audience, context.now)), await _lately(db, context, audience), hours
        ),
        "meeting": await meetings.by_id(db, audience.meeting_id),
    }


async def _lately(db: Reading, context: Context, audience: Audience) -> int:
    """How many of those who would get it were talked to a short while ago."""
    if audience.rest_hours is not None:
        return 0
    return await audiences.lately(db, audience, context.now, context.council.cooldown_hours)


async def preview(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """What a worker would get, then the question for the number; the audience again when nobody is in it."""
    audience = audience_of(context, answers)
    meeting = await meetings.by_id(tx, audience.meeting_id)
    count = await audiences.members(tx, audience, context.now)
    if meeting is None or not is_open(meeting, context.now):
        return [Saying("invite.gone")]
    given = {"meeting": answers["meeting"], "audience_picks": answers.get("audience_picks", [])}
    if not count:
        return [Saying("invite.nobody"), await forms.open_in(tx, context, INVITE, given)]
    asked = await forms.open_in(tx, context, SEND, {**given, "count": count})
    return [*await previews(tx, context, meeting), asked]


async def speak_all(context: Context, sayings: list[Saying]) -> None:
    """Say these, one after the other."""
    for saying in sayings:
        await context.speak(saying)


async def about_number(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """Who will get it, and the number to type."""
    return {"count": answers["count"], "who": sentence(context.council, audience_of(context, answers))}


def read_number(context: Context, text: str, answers: Answers) -> str | Refusal:
    """The number of people, typed exactly, in the digits of any script."""
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", text) if not sign.isspace() and sign not in ",.'")
    if digits.isdecimal() and len(digits) < 10 and int(digits) == answers["count"]:  # noqa: PLR2004 - longer than any count
        return str(int(digits))
    return Refusal("invite_send.number.wrong", {"count": answers["count"]})


async def send(tx: Writing, context: Context, answers: Answers) -> list[Saying] | Broadcast:
    """Write down every invite, to be sent in a minute; or go back when something has changed since the question."""
    given = {"meeting": answers["meeting"], "audience_picks": answers.get("audience_picks", [])}
    if answers["number"] == "audience":
        return [await forms.open_in(tx, context, INVITE, given)]
    if answers["number"] == "split":
        return await _split(tx, context, {**given, "count": answers["count"]})
    audience = audience_of(context, answers)
    if not is_open(await meetings.by_id(tx, audience.meeting_id), context.now):
        return [Saying("invite.gone")]
    count = await audiences.members(tx, audience, context.now)
    if count != answers["count"]:
        return [Saying("invite.changed", {"count": count}), await forms.open_in(tx, context, INVITE, given)]
    broadcast = await broadcasts.begin(tx, audience, context.person.id, context.chat_id, context.now)
    await _note(tx, context, "broadcast", count, broadcast)
    return broadcast


async def _split(tx: Writing, context: Context, given: Answers) -> list[Saying]:
    """The questions for a split between offers; where one was drawn already, how it is."""
    trial = await arms.of_meeting(tx, int(given["meeting"]))
    if trial is not None:
        meeting = await meetings.by_id(tx, trial.meeting_id)
        shown = await previews(tx, context, meeting) if meeting else []
        return [await balance(tx, context, trial), *shown, await forms.open_in(tx, context, SEND, given)]
    if len(await offers.catalogue(tx)) < FEWEST:
        return [Saying("split.too_few"), await forms.open_in(tx, context, SEND, given)]
    return [await forms.open_in(tx, context, SPLIT, given)]


async def sent(context: Context, result: list[Saying] | Broadcast) -> None:
    """The live count, whose message is remembered so that it can be edited."""
    if isinstance(result, list):
        return await speak_all(context, result)
    counts = await broadcasts.progress(context.db, result.id)
    message_id = await context.speak(progress(result, counts))
    if message_id is not None:
        async with context.services.database.transaction() as tx:
            await broadcasts.set_message(tx, result.id, message_id)
    context.services.delivery.wake()


async def undo(update: Update, context: Context) -> None:
    """Take every invite back while none has gone out."""
    broadcast = await _live(context)
    if broadcast is None or broadcast.state != "waiting":
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        if await broadcasts.undo(tx, broadcast.id, context.now):
            await _note(tx, context, "broadcast_undone", broadcast.size, broadcast)
    await _show(context, broadcast.id)


async def stop(update: Update, context: Context) -> None:
    """Send no more of it."""
    broadcast = await _live(context)
    if broadcast is None or broadcast.state != "sending":
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        if await broadcasts.stop(tx, broadcast.id, context.now):
            await _note(tx, context, "broadcast_stopped", broadcast.size, broadcast)
    await _show(context, broadcast.id)


async def _live(context: Context) -> Broadcast | None:
    number = context.press.number(0)
    return next((one for one in await broadcasts.live(context.db) if one.id == number), None)


async def _show(context: Context, broadcast_id: int) -> None:
    broadcast = await broadcasts.by_id(context.db, broadcast_id)
    if broadcast is not None:
        await context.replace(progress(broadcast, await broadcasts.progress(context.db, broadcast_id)))


async def _note(tx: Writing, context: Context, action: str, how_many: int, broadcast: Broadcast) -> None:
    about = f"meeting:{broadcast.meeting_id}" if broadcast.poll_id is None else f"poll:{broadcast.poll_id}"
    why = f"broadcast:{broadcast.id} {about}"
    await audit.record(tx, context.now, f"person:{context.person.id}", action, how_many, why)


INVITE = Form(
    "invite",
    (
        Step("meeting", meeting_choices),
        Step("audience", audience_choices, columns=2, about=about_audience, many=True),
    ),
    preview,
    speak_all,
    COORDINATORS,
)
SEND = Form(
    "invite_send",
    (Step("number", ("audience", "split"), reader=read_number, about=about_number, unsaid=True),),
    send,
    sent,
    COORDINATORS,
)
FEATURE = Feature(
    name="invite",
    commands=(Command("invite", start, COORDINATORS),),
    buttons=(
        Button("invite.start", start_for, COORDINATORS),
        Button("invite.undo", undo, COORDINATORS),
        Button("invite.stop", stop, COORDINATORS),
    ),
    forms=(INVITE, SEND, SPLIT),
)
