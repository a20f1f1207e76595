"""The questions after a meeting: minutes, which organisations were there, and what was promised."""

from collections.abc import Mapping
from datetime import date

import texts
from handlers.context import Context
from handlers.dates import read_day, shown_day, sure_day
from handlers.door_forms import can_record
from handlers.feature import Answers, Form, Refusal, Step
from handlers.readers import line
from handlers.saying import Saying, key
from rules.roles import COORDINATORS
from storage import closing, meetings
from storage.database import Reading, Writing

NAME_LONGEST, LINE_LONGEST, MINUTES_LONGEST, MOST_DIGITS = 120, 300, 3500, 4


def read_minutes(context: Context, text: str, answers: Answers) -> str | Refusal:
    """The minutes with their lines as they were typed."""
    words = text.strip()
    return words if len(words) <= MINUTES_LONGEST else Refusal("form.too_long", {"most": MINUTES_LONGEST})


def read_number(context: Context, text: str, answers: Answers) -> str | Refusal:
    """How many people, 0 to take an organisation off the list."""
    words = text.strip()
    return str(int(words)) if words.isdecimal() and len(words) <= MOST_DIGITS else Refusal("close.number")


async def keep_minutes(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Keep what was said, in place of what was kept before."""
    if not await _can(tx, context, answers):
        return Saying("door.too_late")
    await closing.set_minutes(tx, answers["meeting"], answers["minutes"])
    return _kept("close.kept.minutes", answers, "close.minutes")


async def keep_organisation(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Keep how many were there of one organisation; named again, the new number counts."""
    if not await _can(tx, context, answers):
        return Saying("door.too_late")
    number = int(answers["how_many"])
    await closing.present(tx, answers["meeting"], answers["name"], number)
    name = "close.kept.organisation" if number else "close.kept.no_organisation"
    return _kept(name, answers, "close.organisation", name=answers["name"], count=number)


async def about_organisation(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The organisation that was named."""
    return {"name": answers["name"]}


async def about_promise(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The promise as it was said, to be shown back."""
    day = answers.get("by_when")
    by = texts.words("close.by", day=date.fromisoformat(day)) if day else texts.words("close.no_day")
    return {"who": answers["who"], "what": answers["what"], "by": by}


async def keep_promise(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Keep who promised what, by when, and whether it is published."""
    if not await _can(tx, context, answers):
        return Saying("door.too_late")
    if answers["publish"] == "drop":
        return Saying("close.not_kept", {}, ((key("close.button.back", "close.open", answers["meeting"]),),))
    await closing.promise(
        tx,
        answers["meeting"],
        answers["who"],
        answers["what"],
        context.now,
        by_when=answers["by_when"] or None,
        publish=answers["publish"] == "yes",
        made_by=context.person.id,
    )
    return _kept("close.kept.promise", answers, "close.promises")


def _kept(text: str, /, answers: Answers, verb: str, **values: object) -> Saying:
    again = key("close.button.change" if verb == "close.minutes" else "close.button.more", verb, answers["meeting"])
    return Saying(text, values, ((again, key("close.button.back", "close.open", answers["meeting"])),))


async def _can(tx: Writing, context: Context, answers: Answers) -> bool:
    meeting = await meetings.by_id(tx, answers["meeting"])
    return meeting is not None and meeting.state == "closed" and can_record(meeting, context.now)


async def reply(context: Context, done: Saying) -> None:
    """What was kept."""
    await context.speak(done)


MINUTES: Form = Form("close_minutes", (Step("minutes", reader=read_minutes),), keep_minutes, reply, COORDINATORS)
ORGANISATION: Form = Form(
    "close_organisation",
    (Step("name", reader=line(NAME_LONGEST)), Step("how_many", reader=read_number, about=about_organisation)),
    keep_organisation,
    reply,
    COORDINATORS,
)
PROMISE: Form = Form(
    "close_promise",
    (
        Step("who", reader=line(NAME_LONGEST)),
        Step("what", reader=line(LINE_LONGEST)),
        Step("by_when", reader=read_day, shows=shown_day, confirms=sure_day, optional=True),
        Step("publish", ("yes", "no", "drop"), about=about_promise),
    ),
    keep_promise,
    reply,
    COORDINATORS,
)
