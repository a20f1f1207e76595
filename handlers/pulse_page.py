"""What people tapped after a meeting: from five answers up, with small cells hidden, and what would give them away."""

from collections.abc import Sequence

from telegram import Update

import texts
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.meeting_words import in_a_line
from handlers.pulse import ANSWERS, QUESTIONS
from handlers.saying import Saying, key
from rules import crowd
from rules.release import NEVER_UNDER
from rules.roles import COORDINATORS
from storage import meetings
from storage.unlinked import Told

LISTED = 10
SINCE = 120 * 24 * 3600  # seconds that a meeting stays in the list


async def show(update: Update, context: Context) -> None:
    """The meetings that are over, newest first."""
    over = [one for one in await meetings.upcoming(context.db, context.now - SINCE) if one.ends_at < context.now]
    if not over:
        return await _say_none(context)
    keys = [(key("meeting.line", "pulses.open", one.id, **in_a_line(one)),) for one in reversed(over[-LISTED:])]
    await context.say("pulses.choose", *keys)


async def _say_none(context: Context) -> None:
    await context.say("pulses.none")


async def open_one(update: Update, context: Context) -> None:
    """One meeting's answers, question by question."""
    number = context.press.number(0)
    meeting = await meetings.by_id(context.db, number) if number is not None else None
    if meeting is None:
        return await context.notice("button.closed", alert=True)
    told = await context.services.unlinked.pulses(meeting.id)
    lines = [_line(told, wave, question) for wave, asked in QUESTIONS.items() for question in asked]
    found = [line for line in lines if line is not None] or [texts.words("pulses.too_few")]
    await context.speak(Saying("pulses.page", {"meeting": meeting, "lines": texts.listed(found, "lines")}))


def _line(told: Sequence[Told], wave: str, question: str) -> texts.Words | None:
    counts = dict.fromkeys(ANSWERS, 0)
    counts |= {one.answer: one.count for one in told if (one.wave, one.question) == (wave, question)}
    if not sum(counts.values()):
        return None
    shown, _ = crowd.hidden(counts, NEVER_UNDER)
    cells = {answer: texts.words("pulses.few") if count is None else count for answer, count in shown.items()}
    return texts.words(f"pulses.{wave}", question=texts.words(f"pulses.about.{question}"), **cells)


FEATURE: Feature = Feature(
    name="pulse_page",
    commands=(Command("pulse", show, COORDINATORS),),
    buttons=(Button("pulses.open", open_one, COORDINATORS),),
)
