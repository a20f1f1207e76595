"""/approaches: the ways in which people are reached, each with its code, what it cost and what came of it."""

import asyncio
from collections.abc import Callable
from functools import partial

from telegram import Update

from handlers import forms
from handlers.approach_form import APPROACH, CHANGE, FIELDS
from handlers.approach_words import line, link, page, square, title
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.saying import Document, Saying, key
from reports import pages, paper, poster
from rules.roles import COORDINATORS
from storage import approaches, scans
from storage.approaches import Approach

LISTED = 20


async def show(update: Update, context: Context) -> None:
    """The approaches that staff have made, the newest first."""
    await context.speak(await _list(context))


async def back(update: Update, context: Context) -> None:
    """The list again, in place."""
    await context.replace(await _list(context))


async def new(update: Update, context: Context) -> None:
    """The questions for another one."""
    await forms.begin(context, APPROACH)


async def look(update: Update, context: Context) -> None:
    """One approach: its facts, its link, and what came of it."""
    approach = await _pressed(context)
    if approach is None:
        return await context.notice("button.closed")
    await context.replace(await page(context.db, context, approach))


async def code(update: Update, context: Context) -> None:
    """The code to scan, as a picture to print or to hand on."""
    approach = await _pressed(context)
    if approach is None:
        return await context.notice("button.closed")
    await context.speak(square(context, approach))


async def printed(update: Update, context: Context) -> None:
    """The poster or the card as a PDF: nothing personal is on it."""
    approach, size = await _pressed(context), context.press.word(1)
    if approach is None or size not in poster.SIZES:
        return await context.notice("button.closed")
    address, spoken = link(context, approach.code), _languages(context, approach)
    asked = poster.Poster(address, approach.code, approach.variant, spoken, size)
    await _send(context, approach, f"approach.printed.{size}", size, partial(poster.sheet, asked, context.council))


async def on_paper(update: Update, context: Context) -> None:
    """The form to fill in by hand as a PDF, with this approach's code on it."""
    approach, form = await _pressed(context), context.press.word(1)
    if approach is None or form not in paper.FORMS:
        return await context.notice("button.closed")
    asked = paper.Paper(form, link(context, approach.code), approach.code, _languages(context, approach)[0])
    await _send(context, approach, f"approach.on_paper.{form}", form, partial(paper.sheet, asked, context.council))


async def _send(context: Context, approach: Approach, words: str, what: str, make: Callable[[], bytes]) -> None:
    try:
        sheet = await asyncio.to_thread(make)
    except pages.MissingLetters as missing:
        await context.say("approach.missing_letters", letters=missing.letters)
        return
    except pages.TooLong:
        await context.say("approach.too_long")
        return
    file = Document(f"{approach.code}-{what}.pdf", sheet)
    await context.speak(Saying(words, {"title": title(approach)}, document=file))


def _languages(context: Context, approach: Approach) -> tuple[str, ...]:
    chosen = [code for code in context.council.languages if code == approach.language]
    return tuple(chosen or context.council.languages[: poster.MOST_LANGUAGES])


async def ask_edit(update: Update, context: Context) -> None:
    """Which fact is to change."""
    approach = await _pressed(context)
    if approach is None or approach.ended_at is not None:
        return await context.notice("button.closed")
    keys = [(key(f"approach.field.{field}", "approach.change", approach.id, field),) for field in FIELDS]
    await context.show(
        "approach.edit", *keys, (key("button.back", "approach.open", approach.id),), title=title(approach)
    )


async def edit(update: Update, context: Context) -> None:
    """Ask for the one fact anew."""
    approach, field = await _pressed(context), context.press.word(1)
    if approach is None or approach.ended_at is not None or field not in FIELDS:
        return await context.notice("button.closed")
    await forms.begin(context, CHANGE, {"approach": approach.id, "field": field})


async def end(update: Update, context: Context) -> None:
    """Use it no more; what hangs on walls still counts."""
    approach = await _pressed(context)
    if approach is None or approach.ended_at is not None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await approaches.end(tx, approach.id, context.now)
    again = (
        key("approach.button.resume", "approach.resume", approach.id),
        key("approach.button.list", "approach.list"),
    )
    await context.show("approach.ended", again, title=title(approach))


async def resume(update: Update, context: Context) -> None:
    """Use it again."""
    approach = await _pressed(context)
    if approach is None or approach.ended_at is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await approaches.resume(tx, approach.id)
        saying = await page(tx, context, await approaches.by_id(tx, approach.id) or approach)
    await context.replace(saying)


async def _pressed(context: Context) -> Approach | None:
    """The approach the button is about, when it is one that staff have made."""
    number = context.press.number(0)
    found = None if number is None else await approaches.by_id(context.db, number)
    return found if found and found.title else None


async def _list(context: Context) -> Saying:
    listed = await approaches.ours(context.db)
    tallies = {one.approach_id: one for one in await scans.tallies(context.db, invented=context.council.rehearsal)}
    rows = [(line(one, tallies[one.id]),) for one in listed[:LISTED]]
    foot = (key("approaches.button.new", "approach.new"), key("approaches.button.placed", "placed.list"))
    return Saying("approaches.list" if rows else "approaches.list.none", {"count": len(listed)}, (*rows, foot))


FEATURE: Feature = Feature(
    name="approaches",
    commands=(Command("approaches", show, COORDINATORS),),
    buttons=(
        Button("approach.list", back, COORDINATORS),
        Button("approach.new", new, COORDINATORS),
        Button("approach.open", look, COORDINATORS),
        Button("approach.code", code, COORDINATORS),
        Button("approach.print", printed, COORDINATORS),
        Button("approach.paper", on_paper, COORDINATORS),
        Button("approach.edit", ask_edit, COORDINATORS),
        Button("approach.change", edit, COORDINATORS),
        Button("approach.end", end, COORDINATORS),
        Button("approach.resume", resume, COORDINATORS),
    ),
    forms=(APPROACH, CHANGE),
)
