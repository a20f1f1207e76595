"""What a feedback reader types: an answer, and the words of a quote, with what in them could point at somebody."""

from collections.abc import Mapping
from datetime import datetime

from handlers.context import Context
from handlers.feature import Answers, Form, Refusal, Step
from rules import identity
from rules.notices import Notice
from rules.release import week_of
from rules.roles import Role
from storage import attempts, named
from storage.database import Reading, Writing

SHORTEST, LONGEST = 2, 1500
ANSWER_KEEPS = 14 * 24 * 3600
_READERS = frozenset({Role.FEEDBACK_READER})


def _words(context: Context, typed: str, answers: Answers) -> str | Refusal:
    said = typed.replace("\0", "").strip()
    if len(said) < SHORTEST:
        return Refusal("form.line")
    return said if len(said) <= LONGEST else Refusal("form.too_long", {"most": LONGEST})


async def _answered(tx: Writing, context: Context, answers: Answers) -> str:
    """Into the mailbox, which is written first and takes the same answer once; or to the person, with a name."""
    words = answers["words"]
    if "slot" in answers:
        week = week_of(datetime.fromtimestamp(context.now, context.council.zone).date())
        await context.services.unlinked.answer(bytes.fromhex(answers["slot"]), words, week)
        return "reading.answered"
    about = Notice("answered", answers["named"]).about
    person_id = await named.answer(tx, answers["named"], words, context.person.id, context.now)
    if person_id is None:
        return "button.closed"
    await attempts.plan(tx, person_id, "notice", about, 1, context.now, context.now + ANSWER_KEEPS, context.now)
    return "reading.answered_named"


async def _quoted(tx: Writing, context: Context, answers: Answers) -> str:
    if answers.get("sure") == "no":
        return "quotes.not_proposed"
    unlinked, slot = context.services.unlinked, bytes.fromhex(answers["slot"])
    done = await unlinked.propose_quote(slot, answers["words"], context.person.id)
    return "quotes.proposed" if done else "button.closed"


async def _said(context: Context, name: str) -> None:
    context.services.delivery.wake()
    await context.say(name)


def flagged(words: str) -> list[str]:
    """What in the words could point at somebody."""
    return [words[span.start : span.end] for span in identity.flagged(words)]


async def _found(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    return {"found": ", ".join(flagged(answers["words"]))}


ANSWER = Form("reading", (Step("words", reader=_words),), _answered, _said, _READERS)
QUOTE = Form(
    "quote",
    (
        Step("words", reader=_words),
        Step("sure", ("yes", "no"), when=lambda answers: bool(flagged(answers.get("words", ""))), about=_found),
    ),
    _quoted,
    _said,
    _READERS,
)
