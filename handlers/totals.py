"""/totals: how many care workers and providers there are, by whose account, and how many of them take part."""

from collections.abc import Sequence
from datetime import date

from telegram import Update

import texts
from handlers import forms, past_day
from handlers.context import Context
from handlers.dates import sure_day
from handlers.feature import Answers, Button, Choice, Command, Feature, Form, Refusal, Step
from handlers.naming import coded, market_choices
from handlers.readers import line
from handlers.saying import Saying, key
from handlers.totals_words import in_words, page
from rules import figures_typed
from rules.roles import OFFICERS
from rules.shares import Total
from storage import audit, totals
from storage.database import Reading, Writing
from storage.organisations import SIZE_BANDS
from storage.totals import UNITS, Known

SOURCE_LONGEST, LISTED = 200, 20
SIZES = tuple(Choice(band, text=f"size_band.{number}") for number, band in enumerate(SIZE_BANDS))
EVERY_SIZE = "every"


async def show(update: Update, context: Context) -> None:
    """What is known of each market, and how much of it takes part."""
    await context.speak(await page(context))


async def back(update: Update, context: Context) -> None:
    """The same, in place."""
    await context.replace(await page(context))


async def new(update: Update, context: Context) -> None:
    """The questions about a figure."""
    await forms.begin(context, NEW)


async def history(update: Update, context: Context) -> None:
    """The newest entries, the withdrawn ones too."""
    found = await totals.history(context.db, LISTED)
    if not found:
        return await context.notice("button.closed")
    lines = [
        texts.words("totals.withdrawn" if one.withdrawn_at else "totals.entered", what=in_words(context.council, one))
        for one in found
    ]
    await context.show(
        "totals.history", (key("totals.button.page", "totals.page"),), lines=texts.listed(lines, "lines")
    )


async def choose(update: Update, context: Context) -> None:
    """Which figure was a mistake."""
    found = await totals.current(context.db)
    if not found:
        return await context.notice("button.closed")
    rows = [(key("totals.line", "totals.ask", one.id, what=in_words(context.council, one)),) for one in found[:LISTED]]
    await context.show("totals.choose", *rows, (key("totals.button.page", "totals.page"),))


async def ask_withdraw(update: Update, context: Context) -> None:
    """Ask before a figure counts no more."""
    one = await _standing(context)
    if one is None:
        return await context.notice("button.closed")
    keys = (key("totals.button.withdraw_now", "totals.withdraw", one.id), key("totals.button.keep", "totals.page"))
    await context.show("totals.ask_withdraw", keys, what=in_words(context.council, one), source=one.source)


async def withdraw(update: Update, context: Context) -> None:
    """It counts no more, and stays in the history."""
    one = await _standing(context)
    if one is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await totals.withdraw(tx, one.id, context.now)
        await audit.record(tx, context.now, f"person:{context.person.id}", "total_withdrawn", 1, f"total:{one.id}")
    await context.notice("totals.gone")
    await context.replace(await page(context))


async def _standing(context: Context) -> Known | None:
    number = context.press.number(0)
    one = None if number is None else await totals.by_id(context.db, number)
    return one if one and one.withdrawn_at is None else None


async def markets(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The council's markets, and all of them together."""
    return [*await market_choices(db, context, answers), Choice(totals.ALL, text="totals.all")]


def read_figure(context: Context, typed: str, answers: Answers) -> str | Refusal:
    """A number, a range, or both, kept as 'low figure high'."""
    total = figures_typed.read(typed)
    return f"{total.low} {total.figure} {total.high}" if total else Refusal("total_new.figure.not_understood")


def shown_figure(value: str) -> texts.Words:
    """The figure as it was understood, with its range."""
    low, figure, high = (int(part) for part in value.split())
    return texts.words("totals.range" if low != high else "totals.exact", figure=figure, low=low, high=high)


async def keep(tx: Writing, context: Context, answers: Answers) -> None:
    """Enter the figure into the ledger."""
    size = answers["size_band"]
    made_by = f"person:{context.person.id}"
    total = Total(*(int(part) for part in answers["figure"].split()))
    day = date.fromisoformat(answers["day"])
    known = await totals.add(
        tx, answers["market"], answers["unit"], total, answers["source"], day, made_by, context.now,
        size_band=None if size == EVERY_SIZE else size,
    )  # fmt: skip
    await audit.record(tx, context.now, made_by, "total_added", 1, f"total:{known.id}")


async def reply(context: Context, _: object) -> None:
    """The page, with the figure in it."""
    saying: Saying = await page(context)
    await context.speak(saying)


NEW: Form = Form(
    "total_new",
    (
        Step("market", markets, columns=2),
        Step("unit", coded("unit", *UNITS)),
        Step("size_band", (Choice(EVERY_SIZE, text="totals.every_size"), *SIZES), columns=2),
        Step("figure", reader=read_figure, shows=shown_figure),
        Step("source", reader=line(SOURCE_LONGEST)),
        Step("day", past_day.days, past_day.read_day, shows=past_day.shown, confirms=sure_day),
    ),
    keep,
    reply,
    OFFICERS,
)
FEATURE: Feature = Feature(
    name="totals",
    commands=(Command("totals", show, OFFICERS),),
    buttons=(
        Button("totals.page", back, OFFICERS),
        Button("totals.new", new, OFFICERS),
        Button("totals.history", history, OFFICERS),
        Button("totals.choose", choose, OFFICERS),
        Button("totals.ask", ask_withdraw, OFFICERS),
        Button("totals.withdraw", withdraw, OFFICERS),
    ),
    forms=(NEW,),
)
