"""Records that look alike, as pairs: one person, or two. Nothing becomes one before somebody has seen what would."""

from telegram import Update

import texts
from handlers.context import Context
from handlers.feature import Button
from handlers.people_page import called, page
from handlers.saying import Key, Saying, key
from rules.roles import COORDINATORS
from storage import audit, duplicates, merging, people
from storage.database import Reading
from storage.duplicates import Pair
from storage.people import Person

LISTED = 10


async def show(update: Update, context: Context) -> None:
    """Every pair that nobody has judged yet, those with the same number first."""
    await context.replace(await pairs_list(context.db))


async def open_pair(update: Update, context: Context) -> None:
    """What would become of the two, and the question."""
    pair = await _pair(context)
    if pair is None:
        return await context.notice("button.closed")
    try:
        seen = await merging.preview(context.db, pair.one, pair.other)
    except merging.CannotMerge:
        return await context.notice("people.claimed_twice", alert=True)
    keys = (
        (key("people.button.one_person", "people.merge", pair.one, pair.other),),
        (key("people.button.two_people", "people.apart", pair.one, pair.other),),
        (key("people.button.pairs", "people.pairs"),),
    )
    await context.show(
        "people.pair",
        *keys,
        kept=_described(seen.kept),
        gone=_described(seen.gone),
        why=texts.words(f"people.pair.{pair.why}"),
        attempts=seen.attempts,
        answers=seen.answers,
        routes=seen.routes,
    )


def _described(person: Person) -> texts.Words:
    name = "people.pair.telegram" if person.telegram_id is not None else "people.pair.paper"
    return texts.words(name, name=called(person))


async def merge(update: Update, context: Context) -> None:
    """The two become one."""
    pair = await _pair(context)
    if pair is None:
        return await context.notice("button.closed")
    try:
        await merging.preview(context.db, pair.one, pair.other)
    except merging.CannotMerge:
        return await context.notice("people.claimed_twice", alert=True)
    async with context.transaction() as tx:
        seen = await merging.merge(tx, pair.one, pair.other, "coordinator", context.person.id, context.now)
        why = f"person:{seen.gone.id} into person:{seen.kept.id}"
        await audit.record(tx, context.now, f"person:{context.person.id}", "people_merged", 1, why)
    kept = await people.by_id(context.db, seen.kept.id) or seen.kept
    await context.notice("people.merged")
    await context.replace(await page(context.db, context, kept))


async def apart(update: Update, context: Context) -> None:
    """They are two people, and are not asked about again."""
    pair = await _pair(context)
    if pair is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await duplicates.tell_apart(tx, pair.one, pair.other, context.person.id, context.now)
    await context.notice("people.apart")
    await context.replace(await pairs_list(context.db))


async def _pair(context: Context) -> Pair | None:
    """The pair the button is about, while it stands to be judged."""
    ids = (context.press.number(0), context.press.number(1))
    found = await duplicates.pairs(context.db, ids[0]) if ids[0] is not None else []
    return next((pair for pair in found if (pair.one, pair.other) == ids), None)


async def pairs_list(db: Reading) -> Saying:
    """Every pair, each a tap away."""
    found = await duplicates.pairs(db)
    rows = [(await _key(db, pair),) for pair in found[:LISTED]]
    back = (key("people.button.another", "go", "people"), key("button.home", "go", "home"))
    return Saying("people.pairs" if found else "people.pairs.none", {"count": len(found)}, (*rows, back))


async def _key(db: Reading, pair: Pair) -> Key:
    one, other = [await people.by_id(db, number) for number in (pair.one, pair.other)]
    names = [called(person) if person else texts.words("queue.nameless") for person in (one, other)]
    return key("people.button.a_pair", "people.pair", pair.one, pair.other, one=names[0], other=names[1])


BUTTONS = (
    Button("people.pairs", show, COORDINATORS),
    Button("people.pair", open_pair, COORDINATORS),
    Button("people.merge", merge, COORDINATORS),
    Button("people.apart", apart, COORDINATORS),
)
