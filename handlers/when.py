"""/when: the times that reach the most people, whom each leaves out, and how many have not said when they are free.

The questions are a form; what is found stands under buttons of its own, which know their search by its number.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from telegram import Update

import texts
from handlers import forms, poll_form, when_counting
from handlers.audience_form import NOT_ANSWERED, audience_choices, audience_of, picks_of
from handlers.context import Context
from handlers.dates import read_starts, shown_start
from handlers.feature import Answers, Button, Choice, Command, Feature, Form, Refusal, Step
from handlers.meeting_form import MEETING, read_minutes
from handlers.poll_times import read_wire, unwired, wired
from handlers.when_page import shown_hours, shown_window, starts_shown
from reports.times import Asked
from rules import bands, day_hours, day_window
from rules.date_words import Impossible
from rules.local_time import instant
from rules.roles import COORDINATORS
from storage import searches
from storage.database import Reading, Writing
from storage.searches import Search

WINDOWS: Mapping[str, int] = {"week": 7, "two_weeks": 14, "four_weeks": 28}
HOURS: Mapping[str, day_hours.Ranges] = {
    "waking": ((time(8), time(22)),),
    "office": ((time(9), time(17)),),
    "evening": ((time(17), time(22)),),
    "night": ((time(22), time(5)),),
    "any": day_hours.ALL_DAY,
}
MOST = 5


async def when(update: Update, context: Context) -> None:
    """The first question: for whom."""
    await forms.begin(context, WHEN)


async def audience(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The switches of an invite's audience, but for the one about answers: there is no meeting yet."""
    return [one for one in await audience_choices(db, context, answers) if one.value != NOT_ANSWERED]


def read_window(context: Context, text: str, answers: Answers) -> str | Refusal:
    """Days as people type them: "from 1 March to 20 March", "next 3 weeks"."""
    try:
        found = day_window.read_window(text, context.local(context.now).replace(tzinfo=None))
    except (Impossible, OverflowError):
        return Refusal("when.window.impossible")
    except day_window.TooLong:
        return Refusal("when.window.too_long", {"most": day_window.LONGEST_DAYS})
    return day_window.written(found) if found else Refusal("when.window.not_understood")


def read_hours(context: Context, text: str, answers: Answers) -> str | Refusal:
    """Hours as people type them, several ranges too: "10:00-14:00", "after 6pm", "nights"."""
    found = day_hours.read_hours(text, context.council.bands)
    return day_hours.written(found) if found else Refusal("when.hours.not_understood")


def _asked(context: Context, answers: Answers) -> Asked:
    today = context.local(context.now).date()
    ahead = WINDOWS.get(answers["window"])
    days = day_window.ahead(today, ahead) if ahead else day_window.unwritten(answers["window"])
    hours = HOURS.get(answers["hours"]) or day_hours.unwritten(answers["hours"])
    return Asked(
        audience_of(context, {"meeting": "0", **answers}),
        day_window.written(days),
        day_hours.written(hours),
        int(answers["minutes"]),
        context.council.zone.key,
        bands.written(context.council.bands),
        context.now,
    )


async def keep(tx: Writing, context: Context, answers: Answers) -> int:
    """The search, so that the answer's buttons know it."""
    return await searches.keep(tx, context.person.id, _asked(context, answers).to_json(), context.now)


async def reply(context: Context, search_id: int) -> None:
    """That it is being counted, then the answer in its place."""
    search = await searches.of(context.db, search_id, context.person.id)
    if search is not None:
        await when_counting.first_answer(context, search)


async def look(update: Update, context: Context) -> None:
    """Count once more: the program was stopped while it counted, or something went wrong."""
    search = await _pressed(context)
    if search is None:
        return await context.notice("button.closed")
    await when_counting.first_answer(context, search)


async def many(update: Update, context: Context) -> None:
    """The best so many times together."""
    search, how_many = await _pressed(context), context.press.number(1)
    if search is None or how_many is None or not 1 <= how_many <= MOST:
        return await context.notice("button.closed")
    await when_counting.best_together(context, search, how_many)


async def week(update: Update, context: Context) -> None:
    """The week as a picture, and all of it in words."""
    search = await _pressed(context)
    if search is None:
        return await context.notice("button.closed")
    await when_counting.week(context, search)


async def again(update: Update, context: Context) -> None:
    """Other people, days or hours."""
    await forms.begin(context, WHEN)


async def meet(update: Update, context: Context) -> None:
    """The questions for a meeting at this time; the time and the length are answered already."""
    search, start = await _pressed(context), read_wire(context.press.word(1))
    if search is None or start is None or instant(start, context.council.zone) <= context.now:
        return await context.notice("button.closed")
    await context.say("when.meeting", starts=datetime.fromisoformat(start))
    minutes = str(Asked.from_json(search.asked).minutes)
    await forms.begin(context, MEETING, {"starts": start, "minutes": minutes})


async def poll(update: Update, context: Context) -> None:
    """The questions for a poll among the same people about these times, and others beside them to switch on."""
    search, how_many = await _pressed(context), context.press.number(1)
    if search is None or how_many not in search.found:
        return await context.notice("button.closed")
    asked = Asked.from_json(search.asked)
    others = [start for starts in search.found.values() for start in starts]
    chosen = search.found[how_many]
    given = {
        "meeting": "0",
        "audience_picks": picks_of(asked.audience),
        "audience": forms.DONE,
        "minutes": str(asked.minutes),
        "suggested": [wired(one) for one in dict.fromkeys([*chosen, *others])],
        "slots_picks": [wired(one) for one in chosen],
    }
    await forms.begin(context, poll_form.POLL, given)


async def why(update: Update, context: Context) -> None:
    """Which other time is to stand beside these."""
    search, how_many = await _pressed(context), context.press.number(1)
    if search is None or how_many not in search.found:
        return await context.notice("button.closed")
    await forms.begin(context, WHY, {"search": search.id, "many": how_many})


async def others(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """Good times on other days; any other can be typed."""
    search = await searches.of(db, answers["search"], context.person.id)
    starts = search.found.get(when_counting.BESIDE, ()) if search else ()
    words = [texts.plain(context.language, "when.button.time", at=starts_shown(start)) for start in starts]
    return [Choice(wired(start), label) for start, label in zip(starts, words, strict=True)]


def read_other(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A typed time, as a button would carry it."""
    read = read_starts(context, text, answers)
    return read if isinstance(read, Refusal) else wired(read)


def shown_other(word: str) -> texts.Words:
    """The time in full words."""
    return shown_start(unwired(word))


async def keep_other(tx: Writing, context: Context, answers: Answers) -> Answers:
    """Nothing is kept: the comparison is an answer and no more."""
    return answers


async def reply_why(context: Context, answers: Answers) -> None:
    """Why the best beats the other time, or does not."""
    search = await searches.of(context.db, answers["search"], context.person.id)
    if search is None or answers["many"] not in search.found:
        await context.say("button.closed")
        return
    await when_counting.beside(context, search, answers["many"], unwired(answers["other"]))


async def _pressed(context: Context) -> Search | None:
    number = context.press.number(0)
    return None if number is None else await searches.of(context.db, number, context.person.id)


WHEN: Form = Form(
    "when",
    (
        Step("audience", audience, columns=2, many=True),
        Step("minutes", ("60", "90", "120", "180"), reader=read_minutes, columns=2),
        Step("window", tuple(WINDOWS), reader=read_window, shows=shown_window),
        Step("hours", tuple(HOURS), reader=read_hours, columns=2, shows=shown_hours),
    ),
    keep,
    reply,
    COORDINATORS,
)
WHY: Form = Form(
    "when_why",
    (Step("other", others, reader=read_other, shows=shown_other, columns=2),),
    keep_other,
    reply_why,
    COORDINATORS,
)
FEATURE: Feature = Feature(
    name="when",
    commands=(Command("when", when, COORDINATORS),),
    buttons=(
        Button("when.look", look, COORDINATORS),
        Button("when.many", many, COORDINATORS),
        Button("when.week", week, COORDINATORS),
        Button("when.again", again, COORDINATORS),
        Button("when.meet", meet, COORDINATORS),
        Button("when.poll", poll, COORDINATORS),
        Button("when.why", why, COORDINATORS),
    ),
    forms=(WHEN, WHY),
)
