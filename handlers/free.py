"""/free: when somebody is usually free, tapped on one message. Every tap is kept; not said is not "not free"."""

from telegram import Update

import texts
from handlers import free_changing, free_day, free_other, free_rota, week
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.saying import Key, Saying, key
from rules.bands import Band
from rules.presets import ASLEEP_BY_DAY, PRESETS, Week, packed, preset, unpacked
from rules.quiet import quiet_hours
from rules.roles import WORKERS
from storage import availability, people
from storage.database import Reading

_CHANGES = "changes"  # "it changes every week": nothing is usual
_UNSET = "_"


async def free(update: Update, context: Context) -> None:
    """The usual week, with a button for every hour of it."""
    await context.speak(await page(context, context.db))


async def again(update: Update, context: Context) -> None:
    """The usual week, in place."""
    if _mine(context):
        await context.replace(await page(context, context.db))
    else:
        await context.notice("button.closed")


async def tap(update: Update, context: Context) -> None:
    """One hour of the week, or one row, becomes free, not free or not said; said in full words as well."""
    where, wanted = context.press.word(1), context.press.word(3)
    days, band = week.days_of(where), band_of(context, context.press.word(2))
    if not _mine(context) or not days or band is None or wanted not in week.MEANS:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await availability.say(tx, context.person.id, days, [band.code], week.MEANS[wanted], context.now)
        shown = await page(context, tx)
    await context.notice(f"free.tapped.{wanted}", when=week.when(where, band))
    await context.replace(shown)


async def choose(update: Update, context: Context) -> None:
    """A whole week in one tap, with a way back to the week before it."""
    name, codes = context.press.word(1), _codes(context)
    before = await availability.of_person(context.db, context.person.id)
    if not _mine(context) or name not in (*PRESETS, _CHANGES) or before.rota:
        return await context.notice("button.closed")
    wanted = preset("clear" if name == _CHANGES else name, codes)
    await _set(context, wanted, name, packed(before.week, codes), changes=name == _CHANGES)


async def put_back(update: Update, context: Context) -> None:
    """The week as it was before."""
    before = unpacked(context.press.word(1), _codes(context))
    said = await availability.of_person(context.db, context.person.id)
    if not _mine(context) or before is None or said.rota:
        return await context.notice("button.closed")
    await _set(context, before, "undone", None, changes=False)


async def _set(context: Context, wanted: Week, name: str, back: str | None, *, changes: bool) -> None:
    async with context.transaction() as tx:
        await people.change(tx, context.person.id, "week_changes", int(changes))
        await availability.set_week(tx, context.person.id, wanted, context.now)
        shown = await page(context, tx, name, back)
    await context.replace(shown)


async def keep_quiet(update: Update, context: Context) -> None:
    """Quiet hours for somebody who sleeps by day, or those from before."""
    start, end = context.press.word(1), context.press.word(2)
    if not _mine(context) or not all(word == _UNSET or _clock(word) for word in (start, end)):
        return await context.notice("button.closed")
    before = (context.person.quiet_from, context.person.quiet_until)
    async with context.transaction() as tx:
        await people.change(tx, context.person.id, "quiet_from", _clock(start))
        await people.change(tx, context.person.id, "quiet_until", _clock(end))
    shown = quiet_hours(context.person.shift, _clock(start), _clock(end), context.council)
    undo = key("free.button.undo", "free.quiet", context.person.id, *[_wire(word) for word in before])
    rows = (*(((undo,),) if before != (_clock(start), _clock(end)) else ()), (_back(context),))
    await context.show("free.quiet", *rows, start=shown[0], end=shown[1])


async def finish(update: Update, context: Context) -> None:
    """Nothing more to say for now."""
    await context.show("free.done", (_back(context),), (key("button.home", "go", "home"),))


async def page(context: Context, db: Reading, changed: str = "", back: str | None = None) -> Saying:
    """The week as it stands; after a change in one tap, what was changed and a way back."""
    said, bands, me = await availability.of_person(db, context.person.id), context.council.bands, context.person.id
    undo = (key("free.button.undo", "free.back", me, back),) if back is not None else ()
    changes = changed == _CHANGES or (not changed and bool(context.person.week_changes))
    told = texts.words("free.summary.changes") if changes and not said.week else week.summary(bands, said.week)
    usual = texts.words("free.week", summary=told)
    note = texts.words(f"free.changed.{changed}") if changed else texts.words("free.week.rota") if said.rota else None
    asked = ((free_changing.ask_key(me, asked=True),),) if changed == _CHANGES else ()
    rows = (
        undo,
        *asked,
        *_ways(context, said.rota is not None),
        *week.grid(bands, said.week, "free.tap", me),
        *_ends(context),
    )
    if changed == "nights" and quiet_hours_differ(context):
        rows = ((key("free.button.quiet", "free.quiet", me, *[_wire(word) for word in ASLEEP_BY_DAY]),), *rows)
    if note is None:
        return Saying("free.week", usual.values, rows)
    return Saying("free.week.after", {"what": note, "week": usual}, rows)


def _ways(context: Context, has_rota: bool) -> tuple[tuple[Key, ...], ...]:  # noqa: FBT001 - a fact about the person
    me = context.person.id
    if has_rota:
        return ((key("free.button.rota", "free.rota", me),),)
    presets = [key(f"free.preset.{name}", "free.preset", me, name) for name in ("nights", "weekends", _CHANGES)]
    return (tuple(presets[:2]), (key("free.preset.every_other", "free.rota.weeks", me, 2), presets[2]))


def _ends(context: Context) -> tuple[tuple[Key, ...], ...]:
    me = context.person.id
    return (
        (key("free.button.this_week", "free.other", me),),
        (key("free.button.rota", "free.rota", me), key("free.button.clear", "free.preset", me, "clear")),
        (key("free.button.done", "free.done", me),),
    )


def quiet_hours_differ(context: Context) -> bool:
    """Whether the person is left alone at other hours than those of somebody who sleeps by day."""
    person = context.person
    start, end = quiet_hours(person.shift, person.quiet_from, person.quiet_until, context.council)
    return (f"{start:%H:%M}", f"{end:%H:%M}") != ASLEEP_BY_DAY


def band_of(context: Context, code: str) -> Band | None:
    """The band of this code, while the council has it."""
    return next((band for band in context.council.bands if band.code == code), None)


def _codes(context: Context) -> list[str]:
    return [band.code for band in context.council.bands]


def _mine(context: Context) -> bool:
    return context.press.number(0) == context.person.id


def _back(context: Context) -> Key:
    return key("free.button.week", "free.week", context.person.id)


def _wire(clock: str | None) -> str:
    return clock.replace(":", "") if clock else _UNSET


def _clock(word: str) -> str | None:
    """'HH:MM' from four digits, or None."""
    hour, minute = word[:2], word[2:]
    if len(word) != 4 or not word.isascii() or not word.isdecimal() or hour > "23" or minute > "59":  # noqa: PLR2004 - two digits of hours and two of minutes
        return None
    return f"{hour}:{minute}"


FEATURE: Feature = Feature(
    name="free",
    commands=(Command("free", free, WORKERS),),
    buttons=(
        Button("free.week", again, WORKERS),
        Button("free.tap", tap, WORKERS),
        Button("free.preset", choose, WORKERS),
        Button("free.back", put_back, WORKERS),
        Button("free.quiet", keep_quiet, WORKERS),
        Button("free.done", finish, WORKERS),
        *free_rota.BUTTONS,
        *free_other.BUTTONS,
        *free_changing.BUTTONS,
    ),
    forms=free_day.FORMS,
    composes={**free_other.COMPOSES, **free_changing.COMPOSES},
)
