"""What is different this week or on some days: nights, the same as last week, away, one day. Each can be taken back."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from telegram import Update

import texts
from handlers import week
from handlers.context import Context
from handlers.feature import Button, Compose
from handlers.free_day import begin_away, begin_day
from handlers.free_words import asleep_until, line, saved
from handlers.saying import Key, Saying, key
from rules.council import Council
from rules.presets import ASLEEP_BY_DAY
from rules.roles import WORKERS
from rules.rota import Different
from storage import availability, people
from storage.attempts import Attempt
from storage.database import Reading, Writing

KINDS = ("nights_this_week", "same_as_last_week", "away", "one_off")
_WEEK = timedelta(days=6)  # to the last of seven days


async def show(update: Update, context: Context) -> None:
    """What is different by now, and what can be."""
    if context.press.number(0) != context.person.id:
        return await context.notice("button.closed")
    await context.replace(await _page(context, context.db))


async def nights(update: Update, context: Context) -> None:
    """Nights for seven days from today, with the quiet hours moved into the day."""
    if context.press.number(0) != context.person.id:
        return await context.notice("button.closed")
    await on_nights(context)


async def on_nights(context: Context) -> None:
    """The same, by button or in words."""
    today = _today(context)
    await add_different(context, Different(0, "nights_this_week", today, today + _WEEK))


async def same(update: Update, context: Context) -> None:
    """This week like the week before it, quiet hours too."""
    if context.press.number(0) != context.person.id:
        return await context.notice("button.closed")
    await like_last_week(context)


async def like_last_week(context: Context) -> None:
    """The same, by button or in words."""
    monday = _today(context) - timedelta(days=_today(context).weekday())
    await add_different(context, Different(0, "same_as_last_week", monday, monday + _WEEK))


async def away(update: Update, context: Context) -> None:
    """The question until when."""
    await begin_away(context)


async def one_day(update: Update, context: Context) -> None:
    """The questions which day, and which hours."""
    await begin_day(context)


async def take_back(update: Update, context: Context) -> None:
    """It is not different after all; with a way back to that."""
    number = context.press.number(1)
    said = await availability.of_person(context.db, context.person.id)
    found = next((one for one in said.exceptions if one.id == number), None)
    if context.press.number(0) != context.person.id or found is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await availability.drop_exception(tx, context.person.id, found.id)
        if found.kind in ("nights_this_week", "same_as_last_week"):
            await people.move_quiet_back(tx, context.person.id)
    undo = key("free.button.undo", "free.again", context.person.id, *_wire(context, found))
    await context.show("free.taken_back", (undo,), _ends(context), what=line(found))


async def again(update: Update, context: Context) -> None:
    """What was taken back is different again."""
    found = _off_the_wire(context)
    if context.press.number(0) != context.person.id or found is None or found.until_day < _today(context):
        return await context.notice("button.closed")
    await add_different(context, found)


async def add_different(context: Context, different: Different) -> None:
    """Keep that some days are different, and show it with a way to take it back."""
    me = context.person.id
    async with context.transaction() as tx:
        number = await availability.add_exception(
            tx, me, different.kind, different.from_day, different.until_day, context.now, sorted(different.bands)
        )
        await _sleep(tx, context, different)
    undo = key("free.button.undo", "free.drop", me, number)
    await context.replace(saved(context.council, different, ((undo,), _ends(context))))


async def _sleep(tx: Writing, context: Context, different: Different) -> None:
    """Somebody on nights sleeps by day: their quiet hours move, until the nights are over."""
    said = await availability.of_person(tx, context.person.id)
    if asleep_until(said, different):
        end = datetime.combine(different.until_day + timedelta(days=1), time(), context.council.zone)
        await people.move_quiet(tx, context.person.id, *ASLEEP_BY_DAY, int(end.timestamp()))


async def _page(context: Context, db: Reading) -> Saying:
    me, today = context.person.id, _today(context)
    said = await availability.of_person(db, me, today.isoformat())
    lines = [line(one) for one in said.exceptions]
    taken = [
        (Key("free.button.take_back", key("free.week", "free.drop", me, one.id).data, {"what": line(one)}),)
        for one in said.exceptions
    ]
    rows = (
        *taken,
        (key("free.button.nights_week", "free.nights", me),),
        (key("free.button.same", "free.same", me), key("free.button.away", "free.away", me)),
        (key("free.button.day", "free.day", me), key("free.button.week", "free.week", me)),
    )
    return Saying("free.other" if lines else "free.other.none", {"lines": texts.listed(lines, "lines")}, rows)


def _ends(context: Context) -> tuple[Key, ...]:
    me = context.person.id
    return key("free.button.this_week", "free.other", me), key("free.button.week", "free.week", me)


def _wire(context: Context, found: Different) -> tuple[int, str, str, int]:
    mask = sum(1 << place for place, band in enumerate(context.council.bands) if band.code in found.bands)
    return KINDS.index(found.kind), f"{found.from_day:%Y%m%d}", f"{found.until_day:%Y%m%d}", mask


def _off_the_wire(context: Context) -> Different | None:
    kind, mask = context.press.number(1), context.press.number(4)
    try:
        first, last = (datetime.strptime(context.press.word(place), "%Y%m%d").date() for place in (2, 3))  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
    if kind is None or mask is None or kind >= len(KINDS) or last < first:
        return None
    bands = frozenset(band.code for place, band in enumerate(context.council.bands) if mask >> place & 1)
    return Different(0, KINDS[kind], first, last, bands)


def _today(context: Context) -> date:
    return context.local(context.now).date()


async def compose_ask(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """The gentle question whether the hours are still right, while there are any."""
    me = attempt.person_id or 0
    said = await availability.of_person(db, me)
    if not said.week and said.rota is None:
        return None
    keys = (key("free.button.still_right", "free.still", me), key("free.button.not_right", "free.week", me))
    return Saying(
        "free.ask.rota" if said.rota else "free.ask", {"summary": week.summary(council.bands, said.week)}, (keys,)
    )


async def still_right(update: Update, context: Context) -> None:
    """The hours are as new as if they had been said now."""
    if context.press.number(0) != context.person.id:
        return await context.notice("button.closed")
    said = await availability.of_person(context.db, context.person.id)
    async with context.transaction() as tx:
        await availability.set_week(tx, context.person.id, said.week, context.now)
        if said.rota:
            await availability.set_rota(tx, context.person.id, said.rota, context.now)
    await context.show("free.done", (key("free.button.week", "free.week", context.person.id),))


COMPOSES: Mapping[str, Compose] = {"ask_hours": compose_ask}
BUTTONS: tuple[Button, ...] = (
    Button("free.other", show, WORKERS),
    Button("free.nights", nights, WORKERS),
    Button("free.same", same, WORKERS),
    Button("free.away", away, WORKERS),
    Button("free.day", one_day, WORKERS),
    Button("free.drop", take_back, WORKERS),
    Button("free.again", again, WORKERS),
    Button("free.still", still_right, WORKERS),
)
