"""The questions about being away and about one day that is different, and how a typed date is read."""

from collections.abc import Mapping, Sequence
from datetime import date

import texts
from handlers import forms, week
from handlers.context import Context
from handlers.dates import read_day, shown_day, sure_day
from handlers.feature import Answers, Choice, Form, Step
from handlers.free_words import saved
from handlers.saying import Saying, key
from rules.roles import WORKERS
from rules.rota import Different
from storage import availability
from storage.database import Reading, Writing


async def begin_away(context: Context) -> None:
    """Ask until when somebody is away."""
    await forms.begin(context, AWAY)


async def begin_day(context: Context) -> None:
    """Ask which day is different, and which of its hours are free."""
    await forms.begin(context, DAY)


async def sure_until(db: Reading, context: Context, answers: Answers, day: str) -> texts.Words:
    """The last day away, to be shown back."""
    return texts.words("free_away.sure", until=date.fromisoformat(day))


async def about_day(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The day that is different, to be shown back."""
    return {"day": date.fromisoformat(answers["day"])}


async def bands(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """A switch for each band of hours, with a mark when it is on; then the way on."""
    picks = answers.get("bands_picks", [])
    switches = [
        Choice(
            band.code,
            texts.plain(
                context.language, f"free_day.bands.{'on' if band.code in picks else 'off'}", band=week.called(band)
            ),
        )
        for band in context.council.bands
    ]
    return [*switches, Choice("done")]


async def keep_away(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Away from today until that day."""
    today = context.local(context.now).date()
    return await _keep(tx, context, Different(0, "away", today, max(today, date.fromisoformat(answers["until"]))))


async def keep_day(tx: Writing, context: Context, answers: Answers) -> Saying:
    """On that day these hours are free, and no others."""
    day = date.fromisoformat(answers["day"])
    return await _keep(tx, context, Different(0, "one_off", day, day, frozenset(answers.get("bands_picks", []))))


async def _keep(tx: Writing, context: Context, one: Different) -> Saying:
    me = context.person.id
    number = await availability.add_exception(
        tx, me, one.kind, one.from_day, one.until_day, context.now, sorted(one.bands)
    )
    undo = (key("free.button.undo", "free.drop", me, number),)
    return saved(context.council, one, (undo, (key("free.button.this_week", "free.other", me),)))


async def reply(context: Context, kept: Saying) -> None:
    """What was kept, with a way to take it back."""
    await context.speak(kept)


AWAY = Form(
    "free_away",
    (Step("until", reader=read_day, shows=shown_day, confirms=sure_until),),
    keep_away,
    reply,
    WORKERS,
)
DAY = Form(
    "free_day",
    (
        Step("day", reader=read_day, shows=shown_day, confirms=sure_day),
        Step("bands", bands, about=about_day, many=True),
    ),
    keep_day,
    reply,
    WORKERS,
)
FORMS = (AWAY, DAY)
