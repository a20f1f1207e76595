"""How far an organisation has come: its history, a stage given by hand with its day and reason, attempts, comments."""

from collections.abc import Mapping, Sequence
from datetime import date

from telegram import Update

import texts
from handlers import forms, organisation_words, past_day
from handlers.context import Context
from handlers.dates import sure_day
from handlers.feature import Answers, Button, Choice, Feature, Form, Step
from handlers.naming import coded
from handlers.organisations import pressed
from handlers.readers import line
from handlers.saying import key, shortened
from rules.motives import fitting
from rules.roles import COORDINATORS
from rules.stages import STAGES
from storage import approaches, organisation_log, organisations, stages
from storage.database import Reading, Writing
from storage.organisation_log import Logged

WORDS_LONGEST, NOTE_SHOWN, SHOWN = 1_000, 120, 12
BY_HAND = ("call", "visit", "email", "letter", "whatsapp", "in_person")


async def ask_stage(update: Update, context: Context) -> None:
    """The questions about a stage: which, since when, and why."""
    one = await pressed(context)
    if one is None:
        return await context.notice("button.closed")
    await forms.begin(context, STAGE, {"organisation": one.id})


async def history(update: Update, context: Context) -> None:
    """Every step, with its day, what led to it, and their words."""
    one = await pressed(context)
    if one is None:
        return await context.notice("button.closed")
    found = await stages.events(context.db, one.id)
    lines = [_event(event) for event in found[-SHOWN:]] or [texts.words("organisations.history.none")]
    values = {"name": one.name, "lines": texts.listed(lines, "lines")}
    await context.show("organisations.history", (organisation_words.back(one.id),), **values)


def _event(event: stages.Event) -> texts.Words:
    why = texts.words("organisations.motive", motive=event.motive) if event.motive else ""
    said = texts.words("organisations.words", words=shortened(event.words, NOTE_SHOWN)) if event.words else ""
    name = f"organisations.event.{event.how}"
    return texts.words(name, day=event.happened_on, stage=event.stage, why=why, words=said)


async def attempts(update: Update, context: Context) -> None:
    """What was tried, the newest first, and what came of it."""
    one = await pressed(context)
    if one is None:
        return await context.notice("button.closed")
    found = await organisation_log.attempts(context.db, one.id, SHOWN)
    lines = [_attempt(context, logged) for logged in found] or [texts.words("organisations.attempts.none")]
    count = await organisation_log.how_many(context.db, one.id)
    values = {"name": one.name, "count": count, "lines": texts.listed(lines, "lines")}
    await context.show("organisations.attempts", (organisation_words.back(one.id),), **values)


def _attempt(context: Context, one: Logged) -> texts.Words:
    how = f"log.approach.{one.approach}"
    known = texts.exists(how)
    outcome = one.answer if texts.exists(f"log.outcome.{one.answer}") else ""
    came = texts.words(f"log.outcome.{outcome}") if outcome else texts.words(f"organisations.came.{_came(one)}")
    note = texts.words("organisations.words", words=shortened(one.note, NOTE_SHOWN)) if one.note else ""
    return texts.words(
        "organisations.attempt",
        at=context.local(one.at),
        how=texts.words(how) if known else texts.words("organisations.how.message"),
        who=texts.words("organisations.attempt.who", name=one.who) if one.who else "",
        came=came,
        note=note,
    )


def _came(one: Logged) -> str:
    if one.outcome is not None:
        return one.outcome
    return "open" if one.state in ("accepted", "by_hand") else "not_sent"


async def comments(update: Update, context: Context) -> None:
    """What they said about the way they were approached."""
    one = await pressed(context)
    if one is None:
        return await context.notice("button.closed")
    found = await organisation_log.comments(context.db, one.id, SHOWN)
    lines = [
        texts.words("organisations.comment", how=how(said.approach, said.title), words=said.words,
                    day=context.local(said.written_at))
        for said in found
    ]  # fmt: skip
    values = {"name": one.name, "lines": texts.listed(lines or [texts.words("organisations.comments.none")], "lines")}
    add = key("organisations.button.comment", "org.comment", one.id)
    await context.show("organisations.comments", (add,), (organisation_words.back(one.id),), **values)


def how(code: str, title: str) -> object:
    """An approach in words: what staff call it, or our word for its code, or the code."""
    if title:
        return title
    return texts.words(f"log.approach.{code}") if texts.exists(f"log.approach.{code}") else code


async def ask_comment(update: Update, context: Context) -> None:
    """The questions about what they said."""
    one = await pressed(context)
    if one is None:
        return await context.notice("button.closed")
    await forms.begin(context, COMMENT, {"organisation": one.id})


async def approach_choices(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The approaches that were tried with it, or the ways there are by hand."""
    used = await organisation_log.used(db, answers["organisation"])
    titles = {one.code: one.title for one in await approaches.all(db)}
    listed = used or [(code, titles.get(code, "")) for code in BY_HAND]
    return [_choice(code, title) for code, title in listed[:8]]


def _choice(code: str, title: str) -> Choice:
    said = how(code, title)
    return Choice(code, text=said.name) if isinstance(said, texts.Words) else Choice(code, label=str(said))


async def keep_comment(tx: Writing, context: Context, answers: Answers) -> int:
    """Keep what they said; whose it is."""
    number: int = answers["organisation"]
    await organisation_log.comment(tx, number, answers["approach"], answers["words"], context.person.id, context.now)
    await stages.follow(tx, context.now, context.council.zone, organisation_id=number)
    return number


async def motives(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """What may have led there: to engage, or not to."""
    return coded("motive", *fitting(answers["stage"]))


async def about_motive(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The stage that was chosen."""
    return {"stage": answers["stage"]}


async def keep_stage(tx: Writing, context: Context, answers: Answers) -> int:
    """Write the step into the history; whose it is."""
    motive, number = answers["motive"], answers["organisation"]
    day = date.fromisoformat(answers["day"])
    await stages.say(
        tx, number, answers["stage"], day, context.person.id, context.now,
        motive="" if motive == "not_said" else motive, words=answers["words"],
    )  # fmt: skip
    await stages.follow(tx, context.now, context.council.zone, organisation_id=number)
    return int(number)


async def reply(context: Context, number: int) -> None:
    """Its page, with the step in it."""
    one = await organisations.by_id(context.db, number)
    if one is not None:
        await context.speak(await organisation_words.page(context, one))


STAGE: Form = Form(
    "organisation_stage",
    (
        Step("stage", coded("stage", *STAGES), columns=2),
        Step("day", past_day.days, past_day.read_day, shows=past_day.shown, confirms=sure_day),
        Step("motive", motives, about=about_motive, optional=True, columns=2),
        Step("words", reader=line(WORDS_LONGEST), optional=True),
    ),
    keep_stage,
    reply,
    COORDINATORS,
)
COMMENT: Form = Form(
    "organisation_comment",
    (Step("approach", approach_choices, columns=2), Step("words", reader=line(WORDS_LONGEST))),
    keep_comment,
    reply,
    COORDINATORS,
)
FEATURE: Feature = Feature(
    name="organisation_stage",
    buttons=(
        Button("org.stage", ask_stage, COORDINATORS),
        Button("org.history", history, COORDINATORS),
        Button("org.attempts", attempts, COORDINATORS),
        Button("org.comments", comments, COORDINATORS),
        Button("org.comment", ask_comment, COORDINATORS),
    ),
    forms=(STAGE, COMMENT),
)
