"""A week that is another each time: asked about once a week, answered with one tap, and turned off with another."""

from collections.abc import Mapping
from datetime import date, timedelta

from telegram import Update

import texts
from handlers import week
from handlers.context import Context
from handlers.feature import Button, Compose
from handlers.free_other import add_different
from handlers.saying import Key, Saying, key
from rules.council import Council
from rules.roles import WORKERS
from rules.rota import Different, free_on
from storage import availability, people
from storage.attempts import Attempt
from storage.coming_week import monday_of
from storage.database import Reading

_WEEK = timedelta(days=6)  # to the last of seven days


def ask_key(person_id: int, *, asked: bool) -> Key:
    """Turns the weekly question on or off."""
    return key(f"free.button.asking.{'off' if asked else 'on'}", "free.asking", person_id, "off" if asked else "on")


async def compose_week(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """The question about the coming week, while the person wants it."""
    person = await people.by_id(db, attempt.person_id or 0)
    if person is None or not person.week_changes:
        return None
    monday, said = monday_of(attempt.sequence), await availability.of_person(db, person.id)
    before = {
        (day.weekday(), band): free
        for ahead in range(7)
        for day in [monday - timedelta(days=7 - ahead)]
        for band, free in free_on(said, day, council.bands).items()
    }
    same = (key("free.button.same_again", "free.same_on", person.id, f"{monday:%Y%m%d}"),) if before else ()
    rows = (
        same,
        (key("free.button.tell", "free.other", person.id), ask_key(person.id, asked=True)),
    )
    last = texts.words("free.ask_week.last", summary=week.summary(council.bands, before)) if before else ""
    return Saying("free.ask_week", {"monday": monday, "last": last}, rows)


async def same_on(update: Update, context: Context) -> None:
    """That week is like the week before it."""
    monday = _day(context.press.word(1))
    today = context.local(context.now).date()
    if context.press.number(0) != context.person.id or monday is None or monday.weekday() or monday + _WEEK < today:
        return await context.notice("button.closed")
    await add_different(context, Different(0, "same_as_last_week", monday, monday + _WEEK))


def _day(word: str) -> date | None:
    if len(word) != 8 or not word.isascii() or not word.isdecimal():  # noqa: PLR2004 - year, month and day
        return None
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


async def asking(update: Update, context: Context) -> None:
    """Ask each week, or never; the other button changes it."""
    wanted = context.press.word(1)
    if context.press.number(0) != context.person.id or wanted not in ("on", "off"):
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await people.change(tx, context.person.id, "week_changes", int(wanted == "on"))
    keys = (ask_key(context.person.id, asked=wanted == "on"), key("free.button.week", "free.week", context.person.id))
    await context.show(f"free.asking.{wanted}", keys)


COMPOSES: Mapping[str, Compose] = {"ask_week": compose_week}
BUTTONS: tuple[Button, ...] = (
    Button("free.same_on", same_on, WORKERS),
    Button("free.asking", asking, WORKERS),
)
