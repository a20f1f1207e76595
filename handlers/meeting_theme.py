"""A board meeting's theme, and which organisation leads it."""

from collections.abc import Sequence

from telegram import Update

from handlers import forms
from handlers.context import Context
from handlers.feature import Answers, Button, Choice, Feature, Form, Refusal, Step
from handlers.readers import line
from handlers.saying import Saying, key
from rules.roles import COORDINATORS
from rules.themes import THEMES
from storage import meeting_facts, meetings, organisations, stages
from storage.database import Reading, Writing
from storage.meetings import Meeting

WORDS_LONGEST, SHOWN = 60, 8
NOBODY = "nobody"


async def ask_theme(update: Update, context: Context) -> None:
    """Ask which of the five themes it is about."""
    meeting = await _board_meeting(context)
    if meeting is None:
        return await context.notice("button.closed")
    keys = [(key(f"board_theme.{theme}", "more.set_theme", meeting.id, theme),) for theme in THEMES]
    none = (key("more.theme.none", "more.set_theme", meeting.id, "none"),)
    await context.show("more.theme", *keys, none, (key("more.button.more", "more.open", meeting.id),))


async def set_theme(update: Update, context: Context) -> None:
    """Keep it; another tap changes it."""
    meeting, theme = await _board_meeting(context), context.press.word(1)
    if meeting is None or theme not in (*THEMES, "none"):
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await meeting_facts.set_theme(tx, meeting.id, "" if theme == "none" else theme)
    keys = (key("more.button.theme", "more.theme", meeting.id), key("more.button.more", "more.open", meeting.id))
    if theme == "none":
        await context.show("more.theme.gone", keys)
    else:
        await context.show("more.theme.saved", keys, theme=theme)


async def ask_led(update: Update, context: Context) -> None:
    """Ask which organisation leads it."""
    meeting = await _board_meeting(context)
    if meeting is None:
        return await context.notice("button.closed")
    await forms.begin(context, LED, {"meeting": meeting.id})


async def leaders(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """Those that come regularly, then the engaged ones, then that none of them does."""
    found = [
        one
        for stage in ("regular", "engaged")
        for one in await organisations.find(db, "", SHOWN, stage=stage, invented=context.council.rehearsal)
    ]
    return [*(Choice(str(one.id), one.name) for one in found[:SHOWN]), Choice(NOBODY)]


async def read_who(context: Context, typed: str, answers: Answers) -> str | Choice | Refusal:
    """The one organisation that has these words in its name."""
    words = line(WORDS_LONGEST)(context, typed, answers)
    if isinstance(words, Refusal):
        return words
    found = await organisations.named(context.db, words) or await organisations.find(context.db, words, 2)
    return Choice(str(found[0].id), found[0].name) if len(found) == 1 else Refusal("meeting_led.who.which")


async def keep_led(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Keep who leads it."""
    number = None if answers["who"] == NOBODY else int(answers["who"])
    await meeting_facts.set_led_by(tx, answers["meeting"], number)
    if number is not None:
        await stages.follow(tx, context.now, context.council.zone, organisation_id=number)
    meeting = await meetings.by_id(tx, answers["meeting"])
    over = meeting is not None and meeting.state == "closed"
    back = key("close.button.back", "close.open", answers["meeting"])
    return Saying(
        "more.led.saved", {}, ((back if over else key("more.button.more", "more.open", answers["meeting"]),),)
    )


async def reply(context: Context, kept: Saying) -> None:
    """Say that it was kept."""
    await context.speak(kept)


async def _board_meeting(context: Context) -> Meeting | None:
    number = context.press.number(0)
    meeting = None if number is None else await meetings.by_id(context.db, number)
    return meeting if meeting and meeting.strand == "board" and meeting.state != "cancelled" else None


LED: Form = Form("meeting_led", (Step("who", leaders, read_who, columns=2),), keep_led, reply, COORDINATORS)
FEATURE: Feature = Feature(
    name="meeting_theme",
    buttons=(
        Button("more.theme", ask_theme, COORDINATORS),
        Button("more.set_theme", set_theme, COORDINATORS),
        Button("more.led", ask_led, COORDINATORS),
    ),
    forms=(LED,),
)
