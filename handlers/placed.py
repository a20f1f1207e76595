"""/placed: what was put up, dropped, held or said on the radio, for whoever came by: where, when, for how much."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from telegram import Update

import texts
from handlers import forms
from handlers.approach_readers import read_day, read_minutes, read_money, read_reach
from handlers.approach_words import money
from handlers.context import Context
from handlers.dates import shown_day, sure_day
from handlers.feature import Answers, Button, Choice, Command, Feature, Form, Step
from handlers.readers import line
from handlers.saying import Key, Saying, key, labelled
from rules.roles import COORDINATORS
from storage import approaches, placements
from storage.database import Reading, Writing
from storage.placements import Facts, Placement

LISTED, PLACE_LONGEST, NOTE_LONGEST = 12, 120, 500
REACHES = ("1_10", "10_30", "30_100", "100_300", "unknown")
UNTIL = {"day": 0, "week": 7, "month": 30}
UNTARGETED = ("poster", "card", "leaflet_drop", "stall", "radio", "letter")


async def show(update: Update, context: Context) -> None:
    """The latest placements, and a new one."""
    await context.speak(await _list(context))


async def back(update: Update, context: Context) -> None:
    """The list again, in place."""
    await context.replace(await _list(context))


async def _list(context: Context) -> Saying:
    found = await placements.latest(context.db, LISTED, invented=context.council.rehearsal)
    rows = [(_line(one),) for one in found]
    foot = (key("placed.button.new", "placed.new"), key("approach.button.list", "approach.list"))
    return Saying("placed.list" if rows else "placed.list.none", {"count": len(rows)}, (*rows, foot))


def _line(one: Placement) -> Key:
    return key(
        "placed.line", "placed.open", one.id, place=one.place, title=one.title, day=date.fromisoformat(one.from_day)
    )


async def new(update: Update, context: Context) -> None:
    """The questions for another one, about the approach whose button was pressed, if any."""
    number = context.press.number(0)
    known = None if number is None else await approaches.by_id(context.db, number)
    if number is not None and (known is None or known.ended_at is not None):
        return await context.notice("button.closed")
    await forms.begin(context, PLACING, {"approach": str(known.id)} if known else None)


async def which(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The approaches that can be put somewhere: those of the council, then the plain ones."""
    every = [one for one in await approaches.all(db) if one.kind in UNTARGETED and one.ended_at is None]
    named = sorted(every, key=lambda one: (not one.title, -one.id))
    return [
        Choice(str(one.id), one.title or texts.plain(context.language, f"approach.kind.{one.kind}"))
        for one in named[:LISTED]
    ]


async def about_cost(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """What each use of the approach costs, as its page says."""
    known = await approaches.by_id(db, int(answers["approach"]))
    return {"cost": money(known.cost_pence if known else 0), "minutes": known.staff_minutes if known else 0}


async def save(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Write it down; what was written, with a way to take it back."""
    approach = await approaches.by_id(tx, int(answers["approach"]))
    if approach is None:
        return Saying("button.closed")
    low, _, high = answers["reach"].replace("_", "-").partition("-")
    start = _day(context, answers["from"])
    facts = Facts(
        approach_id=approach.id,
        place=answers["place"],
        from_day=start.isoformat(),
        until_day=_until(start, answers["until"]),
        reach_low=int(low) if high else None,
        reach_high=int(high) if high else None,
        cost_pence=approach.cost_pence if answers["cost"] in ("", "same") else int(answers["cost"]),
        staff_minutes=approach.staff_minutes if answers["minutes"] in ("", "same") else int(answers["minutes"]),
        note=answers["note"],
    )
    number = await placements.add(tx, facts, context.person.id, context.now, invented=context.council.rehearsal)
    return await _page(tx, number)


def _day(context: Context, said: str) -> date:
    today = context.local(context.now).date()
    back = {"today": 0, "yesterday": 1}
    return today - timedelta(days=back[said]) if said in back else date.fromisoformat(said)


def _until(start: date, said: str) -> str | None:
    if said == "still":
        return None
    last = start + timedelta(days=UNTIL[said]) if said in UNTIL else date.fromisoformat(said)
    return max(start, last).isoformat()


async def _page(db: Reading, number: int) -> Saying:
    one = await placements.by_id(db, number)
    if one is None or one.taken_back_at is not None:
        return Saying("button.closed")
    values = {
        "one": one,
        "from_day": date.fromisoformat(one.from_day),
        "until": date.fromisoformat(one.until_day) if one.until_day else texts.words("placed.still"),
        "reach": texts.words("placed.reach", one=one) if one.reach_high is not None else texts.words("approach.unsaid"),
        "cost": money(one.cost_pence),
        "met": texts.words("placed.met", one=one) if one.talked_to is not None else "",
        "note": one.note or texts.words("approach.unsaid"),
    }
    keys = (
        (labelled(one.title, "approach.open", one.approach_id),),
        (key("placed.button.take_back", "placed.undo", one.id), key("placed.button.list", "placed.list")),
    )
    return Saying("placed.page", values, keys)


async def look(update: Update, context: Context) -> None:
    """One placement."""
    number = context.press.number(0)
    found = Saying("button.closed") if number is None else await _page(context.db, number)
    if found.name == "button.closed":
        return await context.notice("button.closed")
    await context.replace(found)


async def undo(update: Update, context: Context) -> None:
    """It was written down by mistake: count it no more."""
    number = context.press.number(0)
    if number is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        gone = await placements.take_back(tx, number, context.now)
    if not gone:
        return await context.notice("button.closed")
    await context.show("placed.taken_back", (key("placed.button.list", "placed.list"),))


async def reply(context: Context, written: Saying) -> None:
    """What was written down."""
    await context.speak(written)


PLACING: Form = Form(
    "placing",
    (
        Step("approach", which, columns=2),
        Step("place", reader=line(PLACE_LONGEST)),
        Step("from", ("today", "yesterday"), reader=read_day, shows=shown_day, confirms=sure_day, columns=2),
        Step(
            "until", ("day", "week", "month", "still"), reader=read_day, shows=shown_day, confirms=sure_day, columns=2
        ),
        Step("reach", REACHES, reader=read_reach, columns=2),
        Step(
            "cost", ("same", "0"), reader=read_money, columns=2, about=about_cost, shows=lambda pence: money(int(pence))
        ),
        Step("minutes", ("same", "30", "60", "120"), reader=read_minutes, columns=2, about=about_cost),
        Step("note", reader=line(NOTE_LONGEST), optional=True),
    ),
    save,
    reply,
    COORDINATORS,
)
FEATURE: Feature = Feature(
    name="placed",
    commands=(Command("placed", show, COORDINATORS),),
    buttons=(
        Button("placed.list", back, COORDINATORS),
        Button("placed.new", new, COORDINATORS),
        Button("placed.open", look, COORDINATORS),
        Button("placed.undo", undo, COORDINATORS),
    ),
    forms=(PLACING,),
)
