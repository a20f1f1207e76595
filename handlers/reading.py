"""Reading feedback by week and topic, for feedback readers: what was released, and what came with a name.

Counts are shown as bands allow; which words came from whom is nowhere to be shown.
"""

from collections.abc import Mapping

from telegram import Update

import texts
from handlers import forms
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.feedback import topic_name
from handlers.reading_forms import ANSWER, QUOTE
from handlers.saying import Key, Saying, key
from rules import crowd
from rules.roles import Role
from storage import named
from storage.unlinked import Item

READERS = frozenset({Role.FEEDBACK_READER})
WEEKS = 8


async def show(update: Update, context: Context) -> None:
    """The last weeks, and what came with a name and waits for an answer."""
    await context.speak(await _weeks(context))


async def back(update: Update, context: Context) -> None:
    """The weeks again, in place."""
    await context.replace(await _weeks(context))


async def week(update: Update, context: Context) -> None:
    """The topics of one week, with what may be said of their size."""
    name = context.press.word(0)
    counts = {topic: count for (at, topic), count in (await context.services.unlinked.counts()).items() if at == name}
    if not counts:
        return await context.notice("button.closed")
    shown, _ = crowd.hidden(counts, context.council.smallest_crowd)
    keys = [(_topic_key(name, topic, shown),) for topic in counts]
    await context.show("reading.week", *keys, (key("reading.button.weeks", "read.weeks"),), week=name)


async def item(update: Update, context: Context) -> None:
    """One item, with what can be done about it and the way to the next."""
    name, topic, place = context.press.word(0), context.press.word(1), context.press.number(2)
    items = await context.services.unlinked.issued(name, topic)
    if place is None or place >= len(items):
        return await context.notice("button.closed")
    await context.replace(_item(items[place], place, more=place + 1 < len(items)))


async def answer(update: Update, context: Context) -> None:
    """Ask for the answer to an item."""
    slot = context.press.word(0)
    if await item_of(context, slot) is None:
        return await context.notice("button.closed", alert=True)
    await forms.begin(context, ANSWER, {"slot": slot})


async def quote(update: Update, context: Context) -> None:
    """Ask for the words that are to be published."""
    slot = context.press.word(0)
    if await item_of(context, slot) is None:
        return await context.notice("button.closed", alert=True)
    await forms.begin(context, QUOTE, {"slot": slot})


async def with_names(update: Update, context: Context) -> None:
    """The oldest feedback with a name that waits for an answer."""
    waiting = await named.waiting(context.db)
    if not waiting:
        await context.show("reading.named.none", (key("reading.button.weeks", "read.weeks"),))
        return
    one = waiting[0]
    keys = (
        (key("reading.button.answer", "read.answer_named", one.id),),
        (key("reading.button.weeks", "read.weeks"),),
    )
    name = "reading.named.quote" if one.may_quote else "reading.named"
    values = {"name": one.display_name or texts.words("answers.nameless"), "topic": topic_name(one.topic)}
    await context.replace(Saying(name, {**values, "body": one.body}, keys, protected=True))


async def answer_named(update: Update, context: Context) -> None:
    """Ask for the answer to feedback with a name."""
    number = context.press.number(0)
    if number is None or await named.by_id(context.db, number) is None:
        return await context.notice("button.closed", alert=True)
    await forms.begin(context, ANSWER, {"named": number})


async def item_of(context: Context, slot: str) -> Item | None:
    """The issued item of this slot, written in hexadecimal digits, or None."""
    return next((one for one in await context.services.unlinked.issued() if one.slot.hex() == slot), None)


async def _weeks(context: Context) -> Saying:
    weeks = sorted({name for name, _ in await context.services.unlinked.counts()}, reverse=True)[:WEEKS]
    waiting = len(await named.waiting(context.db))
    rows = [(key("reading.button.week", "read.week", name, week=name),) for name in weeks]
    rows.append((key("reading.button.named", "read.named", count=waiting),))
    return Saying("reading.weeks" if weeks else "reading.none", {}, tuple(rows))


def _topic_key(name: str, topic: str, shown: Mapping[str, int | None]) -> Key:
    count = shown[topic]
    label = "reading.button.topic.few" if count is None else "reading.button.topic"
    return key(label, "read.item", name, topic, 0, topic=topic_name(topic), count=count or 0)


def _item(one: Item, place: int, *, more: bool) -> Saying:
    slot = one.slot.hex()
    onward = (key("reading.button.next", "read.item", one.week, one.topic, place + 1),) if more else ()
    keys = (
        (key("reading.button.answer", "read.answer", slot), key("reading.button.quote", "read.quote", slot)),
        onward,
        (key("reading.button.week", "read.week", one.week, week=one.week),),
    )
    return Saying("reading.item", {"topic": topic_name(one.topic), "body": one.body, "week": one.week}, keys)


FEATURE: Feature = Feature(
    name="reading",
    commands=(Command("read", show, READERS),),
    buttons=(
        Button("read.weeks", back, READERS),
        Button("read.week", week, READERS),
        Button("read.item", item, READERS),
        Button("read.answer", answer, READERS),
        Button("read.quote", quote, READERS),
        Button("read.named", with_names, READERS),
        Button("read.answer_named", answer_named, READERS),
    ),
    forms=(ANSWER, QUOTE),
)
