"""Correcting a logged contact: what was right, and why it had been wrong. The old row stays and counts no more."""

from collections.abc import Mapping

from telegram import Update

import texts
from handlers import forms
from handlers.context import Context
from handlers.feature import Answers, Choice, Form, Step
from handlers.log_form import CALL_BACK, NOTE_LONGEST, WHY, call_back_at
from handlers.log_words import ANOTHER
from handlers.naming import coded
from handlers.readers import line
from handlers.saying import Saying, key
from rules.dispositions import OUTCOMES, STRUCK
from rules.roles import STAFF, Role
from rules.silence import silent_at
from storage import attempts, by_hand
from storage.attempts import Attempt
from storage.database import Reading, Writing

KEEP = "keep"
DAY = 24 * 3600


def can_correct(context: Context, attempt: Attempt) -> bool:
    """Whether this turn's person may: whoever logged it, or an officer, within the council's days."""
    fresh = attempt.planned_at > context.now - context.council.correct_within_days * DAY
    theirs = attempt.made_by == context.person.id or Role.OFFICER in context.roles
    by_itself = attempt.reason == "by_hand" and attempt.placement_id is None and attempt.why not in STRUCK
    return fresh and theirs and by_itself


async def correct(update: Update, context: Context) -> None:
    """Ask what was right."""
    attempt = await attempts.by_id(context.db, context.press.number(0) or 0)
    if attempt is None or not can_correct(context, attempt):
        return await context.notice("log.too_late", alert=True)
    await forms.begin(context, FIX, {"attempt": attempt.id})


async def about_old(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """What the log says now."""
    old = await attempts.by_id(db, answers["attempt"])
    said = texts.words(f"log.outcome.{old.answer}") if old and old.answer else texts.words("value.none")
    return {"name": (old and (old.display_name or old.place)) or texts.words("queue.nameless"), "outcome": said}


async def save(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Write down what was right."""
    old = await attempts.by_id(tx, answers["attempt"])
    if old is None or not can_correct(context, old):
        return Saying("log.too_late")
    again_at = call_back_at(context, answers)
    made = await by_hand.correct(
        tx,
        old.id,
        answers["outcome"],
        old.note if answers["note"] == KEEP else answers["note"],
        answers["reason"],
        context.person.id,
        context.now,
        since=context.now - context.council.correct_within_days * DAY,
        anybodys=Role.OFFICER in context.roles,
        why=answers.get("why", ""),
        call_back_at=again_at,
        silent_at=silent_at("by_hand", again_at or context.now, None, context.council),
    )
    name = old.display_name or old.place or texts.words("queue.nameless")
    rows = (ANOTHER,), (key("log.button.correct", "log.correct", made or old.id),)
    return Saying("log.corrected", {"name": name}, rows)


async def reply(context: Context, done: Saying) -> None:
    """What counts now."""
    await context.speak(done)


FIX = Form(
    "log_fix",
    (
        Step("outcome", coded("log.outcome", *OUTCOMES), columns=2, about=about_old),
        CALL_BACK,
        WHY,
        Step("note", (Choice(KEEP),), reader=line(NOTE_LONGEST), optional=True),
        Step("reason", reader=line(NOTE_LONGEST)),
    ),
    save,
    reply,
    STAFF,
)
