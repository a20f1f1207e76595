"""Feedback: the choice between with your name and without, what is said with it, and the consent to be quoted.

What is said without a name never comes here: intake recognises it first (bot/sealed.py), `/feedback` and `/inbox`
included. Their functions here answer only should that way ever be closed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telegram import Update

import texts
from handlers import forms, unlinked_words
from handlers.context import Context
from handlers.feature import Answers, Button, Choice, Command, Feature, Form, Refusal, Step
from handlers.saying import Saying, key
from rules.release import LONGEST, SHORTEST
from rules.roles import EVERYONE, WORKERS
from rules.topics import TOPICS
from storage import named
from storage.database import Reading, Writing


@dataclass(frozen=True)
class Given:
    """What was just kept: its id, and whether it may be quoted."""

    id: int
    may_quote: bool


async def choose(update: Update, context: Context) -> None:
    """With your name or without."""
    await context.speak(unlinked_words.choice())


async def inbox(update: Update, context: Context) -> None:
    """How to read an answer."""
    await context.say("unlinked.inbox.how")


async def ask_named(update: Update, context: Context) -> None:
    """Begin what is said with a name."""
    await forms.begin(context, NAMED)


async def _topics(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    return [Choice(topic, text=f"topic.{topic}") for topic in TOPICS]


async def _shown(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    return {"least": SHORTEST, "most": LONGEST}


def _words(context: Context, typed: str, answers: Answers) -> str | Refusal:
    said = typed.replace("\0", "").strip()
    if len(said) < SHORTEST:
        return Refusal("unlinked.short", {"least": SHORTEST})
    return said if len(said) <= LONGEST else Refusal("unlinked.long", {"length": len(said), "most": LONGEST})


async def _finish(tx: Writing, context: Context, answers: Answers) -> Given:
    may_quote = answers["quote"] == "yes"
    person_id, topic = context.person.id, answers["topic"]
    kept = await named.give(tx, person_id, topic, answers["words"], context.now, may_quote=may_quote)
    return Given(kept, may_quote)


async def _thanks(context: Context, given: Given) -> None:
    await context.speak(_receipt(given))


def _receipt(given: Given) -> Saying:
    name = "named.thanks.quote" if given.may_quote else "named.thanks"
    other = "no" if given.may_quote else "yes"
    return Saying(name, {}, ((key(f"named.button.quote.{other}", "named.quote", given.id, other),),))


async def switch_quote(update: Update, context: Context) -> None:
    """The consent to be quoted, given or taken back at any time."""
    item_id, may = context.press.number(0), context.press.word(1)
    if item_id is None or may not in ("yes", "no"):
        return await context.notice("button.closed", alert=True)
    async with context.transaction() as tx:
        own = await named.set_may_quote(tx, item_id, context.person.id, may=may == "yes")
    if not own:
        return await context.notice("button.closed", alert=True)
    await context.replace(_receipt(Given(item_id, may == "yes")))


def topic_name(topic: str) -> texts.Words:
    """A topic in words; one that is no longer offered is "something else"."""
    return texts.words(f"topic.{topic if topic in TOPICS else 'general'}")


NAMED = Form(
    "named",
    (
        Step("topic", _topics, columns=2),
        Step("words", reader=_words, about=_shown, shows=lambda said: said),
        Step("quote", ("yes", "no")),
    ),
    _finish,
    _thanks,
    WORKERS,
)

FEATURE: Feature = Feature(
    name="feedback",
    commands=(
        Command("feedback", choose, EVERYONE),
        Command("inbox", inbox, EVERYONE),
    ),
    buttons=(Button("named.ask", ask_named, WORKERS), Button("named.quote", switch_quote, WORKERS)),
    forms=(NAMED,),
)
