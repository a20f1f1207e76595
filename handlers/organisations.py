"""/organisations: providers and partners, found by name, market or stage; each on a page of its own."""

from typing import Any

from telegram import Update

import texts
from handlers import forms, organisation_form, organisation_words
from handlers.context import Context
from handlers.feature import Answers, Button, Command, Feature, Form, Step
from handlers.naming import market
from handlers.readers import line
from handlers.saying import Key, Saying, key, labelled
from rules.roles import COORDINATORS
from rules.stages import STAGES
from storage import organisations
from storage.database import Writing
from storage.organisations import Organisation

LISTED, WORDS_LONGEST = 8, 60
KINDS = ("all", "provider", "partner", "silent")
STAGE, MARKET = "stage-", "market-"


async def show(update: Update, context: Context) -> None:
    """The list, or what is found by the words after the command."""
    await context.speak(await _list(context, "all", 0, " ".join(context.args or ())))


async def back(update: Update, context: Context) -> None:
    """The list again, of one kind, stage or market, from some place on."""
    await context.replace(await _list(context, context.press.word(0) or "all", context.press.number(1) or 0))


async def open_one(update: Update, context: Context) -> None:
    """The page of one."""
    one = await pressed(context)
    if one is None:
        return await context.notice("button.closed")
    await context.replace(await organisation_words.page(context, one))


async def pressed(context: Context) -> Organisation | None:
    """The organisation a button is about."""
    number = context.press.number(0)
    return None if number is None else await organisations.by_id(context.db, number)


async def choose(update: Update, context: Context) -> None:
    """Which of them to list: a kind, a stage, a market."""
    kinds = [(key(f"organisations.kind.{kind}", "org.list", kind),) for kind in KINDS]
    stages = [key(f"stage.{stage}", "org.list", STAGE + stage) for stage in STAGES]
    markets = [_market(context, code) for code in context.council.markets]
    rows = [tuple(keys[at : at + 2]) for keys in (stages, markets) for at in range(0, len(keys), 2)]
    await context.show("organisations.choose", *kinds, *rows)


def _market(context: Context, code: str) -> Key:
    named = market(context.council, code)
    return (
        labelled(named, "org.list", MARKET + code)
        if isinstance(named, str)
        else key(named.name, "org.list", MARKET + code)
    )


async def search(update: Update, context: Context) -> None:
    """Ask for a part of a name."""
    await forms.begin(context, FIND)


async def found(tx: Writing, context: Context, answers: Answers) -> str:
    """The words to look for."""
    words: str = answers["words"]
    return words


async def reply(context: Context, words: str) -> None:
    """What has these words in its name."""
    await context.speak(await _list(context, "all", 0, words))


async def _list(context: Context, which: str, skipped: int, words: str = "") -> Saying:
    switches: dict[str, Any] = {
        "invented": context.council.rehearsal,
        "kind": which if which in ("provider", "partner") else None,
        "stage": which.removeprefix(STAGE) if which.startswith(STAGE) else None,
        "market": which.removeprefix(MARKET) if which.startswith(MARKET) else None,
    }
    silent = which == "silent"
    listed = await organisations.find(context.db, words, LISTED, **switches, silent=silent, skipped=skipped)
    count = await organisations.count(context.db, words, **switches, silent=silent)
    rows = [(organisation_words.line(one),) for one in listed]
    tools = (
        (key("organisations.button.search", "org.search"), key("organisations.button.choose", "org.choose")),
        (key("organisations.button.new", "org.new"), key("organisations.button.themes", "org.counts")),
    )
    title = texts.words("organisations.found", words=words) if words else _title(context, which)
    values = {"count": count, "title": title}
    name = "organisations.list" if count else "organisations.list.none"
    return Saying(name, values, (*rows, _turning(which, skipped, count if not words else len(rows)), *tools))


def _title(context: Context, which: str) -> object:
    if which.startswith(STAGE):
        return texts.words("organisations.of_stage", stage=which.removeprefix(STAGE))
    if which.startswith(MARKET):
        return market(context.council, which.removeprefix(MARKET))
    return texts.words(f"organisations.kind.{which if which in KINDS else 'all'}")


def _turning(which: str, skipped: int, count: int) -> tuple[Key, ...]:
    earlier = key("organisations.button.earlier", "org.list", which, max(0, skipped - LISTED))
    later = key("organisations.button.later", "org.list", which, skipped + LISTED)
    return (*((earlier,) if skipped else ()), *((later,) if skipped + LISTED < count else ()))


FIND: Form = Form(
    "organisation_find", (Step("words", reader=line(WORDS_LONGEST), unsaid=True),), found, reply, COORDINATORS
)
FEATURE: Feature = Feature(
    name="organisations",
    commands=(Command("organisations", show, COORDINATORS),),
    buttons=(
        Button("org.list", back, COORDINATORS),
        Button("org.open", open_one, COORDINATORS),
        Button("org.choose", choose, COORDINATORS),
        Button("org.search", search, COORDINATORS),
        *organisation_form.BUTTONS,
    ),
    forms=(FIND, *organisation_form.FORMS),
)
