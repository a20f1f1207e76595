"""A rota of two or four weeks that repeats, one week of it at a time on one message; every tap is kept."""

from dataclasses import replace
from datetime import date, timedelta

from telegram import Update

from handlers import week
from handlers.context import Context
from handlers.feature import Button
from handlers.saying import Key, Saying, key
from rules.presets import DAYS
from rules.roles import WORKERS
from rules.rota import Rota
from storage import availability

LENGTHS = (2, 4)
_WEEK = 7


async def show(update: Update, context: Context) -> None:
    """The rota as it stands in the week that is now, or how many weeks it is to have."""
    said = await availability.of_person(context.db, context.person.id)
    if not _mine(context):
        return await context.notice("button.closed")
    if said.rota:
        await context.replace(_page(context, said.rota, _now(context, said.rota)))
    else:
        await context.show("free.rota.weeks", tuple(_length(context, weeks) for weeks in LENGTHS), (_back(context),))


async def begin(update: Update, context: Context) -> None:
    """A rota of so many weeks whose first week is this one, with nothing said yet."""
    weeks = context.press.number(1)
    if not _mine(context) or weeks not in LENGTHS or await _rota(context):
        return await context.notice("button.closed")
    await _keep(context, Rota(weeks, _monday(context), (None,) * (_WEEK * weeks)), 0)


async def turn(update: Update, context: Context) -> None:
    """Another week of it."""
    rota, number = await _rota(context), context.press.number(1)
    if rota is None or number is None or number >= rota.weeks:
        return await context.notice("button.closed")
    await context.replace(_page(context, rota, number))


async def tap(update: Update, context: Context) -> None:
    """One day's hours in one week of the rota."""
    rota, number, wanted = await _rota(context), context.press.number(1), context.press.word(4)
    days, code = week.days_of(context.press.word(2)), context.press.word(3)
    band = next((one for one in context.council.bands if one.code == code), None)
    if rota is None or number is None or number >= rota.weeks or not days or band is None or wanted not in week.MEANS:
        return await context.notice("button.closed")
    pattern = list(rota.pattern)
    for day in days:
        free = pattern[_WEEK * number + day] or frozenset()
        pattern[_WEEK * number + day] = free | {code} if week.MEANS[wanted] else free - {code}
    await _keep(context, replace(rota, pattern=tuple(pattern)), number)


async def align(update: Update, context: Context) -> None:
    """The week on the screen is the one that is now."""
    rota, number = await _rota(context), context.press.number(1)
    if rota is None or number is None or number >= rota.weeks:
        return await context.notice("button.closed")
    await _keep(context, replace(rota, starts_on=_monday(context) - timedelta(weeks=number)), number)


async def ask_end(update: Update, context: Context) -> None:
    """Whether the rota is to be forgotten: it cannot be brought back."""
    if await _rota(context) is None:
        return await context.notice("button.closed")
    me = context.person.id
    keys = (key("free.rota.button.end", "free.rota.end", me), key("free.rota.button.keep", "free.rota", me))
    await context.show("free.rota.ask_end", keys)


async def end(update: Update, context: Context) -> None:
    """No rota any more; the usual week counts again."""
    if await _rota(context) is None:
        return await context.notice("button.closed")
    said = await availability.of_person(context.db, context.person.id)
    async with context.transaction() as tx:
        await availability.set_week(tx, context.person.id, said.week, context.now)
    await context.show("free.rota.ended", (_back(context),))


async def _keep(context: Context, rota: Rota, number: int) -> None:
    async with context.transaction() as tx:
        await availability.set_rota(tx, context.person.id, rota, context.now)
    await context.replace(_page(context, rota, number))


def _page(context: Context, rota: Rota, number: int) -> Saying:
    me, bands = context.person.id, context.council.bands
    shown = {
        (day, band.code): band.code in free
        for day in DAYS
        if (free := rota.pattern[_WEEK * number + day]) is not None
        for band in bands
    }
    tabs = tuple(_tab(me, one, number) for one in range(rota.weeks))
    now = () if _now(context, rota) == number else ((_this_week(me, number),),)
    ends = ((key("free.rota.button.none", "free.rota.ask_end", me), _back(context)),)
    values = {
        "week": number + 1,
        "of": rota.weeks,
        "starts": _monday(context) + timedelta(weeks=(number - _now(context, rota)) % rota.weeks),
        "summary": week.summary(bands, shown),
    }
    name = "free.rota.now" if _now(context, rota) == number else "free.rota"
    return Saying(
        name, values, (tabs, *week.grid(bands, shown, "free.rota.tap", me, number, after_no="yes"), *now, *ends)
    )


def _tab(me: int, one: int, number: int) -> Key:
    name = "free.rota.button.week_on" if one == number else "free.rota.button.week"
    return key(name, "free.rota.turn", me, one, week=one + 1)


def _this_week(me: int, number: int) -> Key:
    return key("free.rota.button.begin", "free.rota.align", me, number, week=number + 1)


def _length(context: Context, weeks: int) -> Key:
    return key("free.rota.button.weeks", "free.rota.weeks", context.person.id, weeks, weeks=weeks)


def _now(context: Context, rota: Rota) -> int:
    """Which week of the rota this one is, from 0."""
    return (_monday(context) - rota.starts_on).days // _WEEK % rota.weeks


def _monday(context: Context) -> date:
    today = context.local(context.now).date()
    return today - timedelta(days=today.weekday())


async def _rota(context: Context) -> Rota | None:
    return (await availability.of_person(context.db, context.person.id)).rota if _mine(context) else None


def _mine(context: Context) -> bool:
    return context.press.number(0) == context.person.id


def _back(context: Context) -> Key:
    return key("free.button.week", "free.week", context.person.id)


BUTTONS: tuple[Button, ...] = (
    Button("free.rota", show, WORKERS),
    Button("free.rota.weeks", begin, WORKERS),
    Button("free.rota.turn", turn, WORKERS),
    Button("free.rota.tap", tap, WORKERS),
    Button("free.rota.align", align, WORKERS),
    Button("free.rota.ask_end", ask_end, WORKERS),
    Button("free.rota.end", end, WORKERS),
)
