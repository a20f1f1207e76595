"""A choice of times in words: when it is, whom it reaches and whom it leaves out, by market, shift and strand."""

from collections.abc import Sequence
from datetime import datetime

import texts
from handlers.context import Context
from handlers.naming import market
from handlers.saying import Document, Saying
from handlers.week import called
from handlers.when_finding import Found, Heat
from reports.heat import Grid, heat_map
from rules.presets import DAYS
from rules.slots import Choice, sheet, slots_between
from storage import groups
from storage.database import Reading
from storage.groups import Member

KINDS = ("market", "shift", "strand")
_BEST_CELLS = 3


async def chosen(db: Reading, context: Context, found: Found, choice: Choice) -> texts.Words:
    """The slots, how many can come to one of them, how many cannot, who has not said; and the same by group."""
    members = await groups.members(db, found.people)
    lines = [_by_group(context, kind, members, set(choice.can)) for kind in KINDS]
    proof = texts.words("when.proved") if choice.proved else texts.words("when.not_proved", most=choice.at_most)
    slots = [texts.words("when.slot", at=datetime.fromisoformat(slot.local_start)) for slot in choice.slots]
    return texts.words(
        "when.choice",
        slots=texts.listed(slots, "lines"),
        can=len(choice.can),
        left_out=len(choice.left_out),
        not_said=len(choice.not_said),
        groups=texts.listed(lines, "lines"),
        proof=proof,
    )


def _by_group(context: Context, kind: str, members: dict[int, Member], can: set[int]) -> texts.Words:
    counts: dict[str, list[int]] = {}
    for one in members.values():
        reached_of = counts.setdefault(getattr(one, kind), [0, 0])
        reached_of[0] += one.person_id in can
        reached_of[1] += 1
    shares = [
        texts.words("when.share", group=_named(context, kind, code), reached=reached, of=of)
        for code, (reached, of) in sorted(counts.items())
    ]
    return texts.words(f"when.by.{kind}", shares=texts.listed(shares))


def _named(context: Context, kind: str, code: str) -> object:
    if not code:
        return texts.words("value.none")
    return market(context.council, code) if kind == "market" else texts.words(f"{kind}.{code}")


async def compared(db: Reading, context: Context, found: Found, one: Choice, other: str) -> texts.Words:
    """Why one time beats another: who can come to the first and not to the other, and the other way round."""
    start, bands = datetime.fromisoformat(other), context.council.bands
    allowed = (start.time(), start.time())  # all day, but only this one start in it
    day, zone = start.date(), context.council.zone
    slots = slots_between(day, day, allowed, found.minutes, zone, bands, step=24 * 60)
    of = sheet([(person, found.said.get(person)) for person in found.people], slots, bands)
    there = set(of.people(of.can[0])) if slots else set()
    only_here, only_there = set(one.can) - there, there - set(one.can)
    members = await groups.members(db, only_here)
    return texts.words(
        "when.compared",
        best=datetime.fromisoformat(one.slots[0].local_start),
        best_can=len(one.can),
        other=start,
        other_can=len(there),
        gained=len(only_here),
        lost=len(only_there),
        who=texts.listed([_by_group(context, kind, members, only_here) for kind in KINDS], "lines"),
    )


def heat_in_words(context: Context, heat: Heat) -> Saying:
    """The same as the picture in words: the hours most people have free, and the hours where most is missing."""
    values = {
        "free": texts.listed(_highest(context, heat.free), "lines"),
        "gap": texts.listed(_highest(context, heat.gap), "lines"),
    }
    return Saying("when.heat", values)


def _highest(context: Context, rows: Sequence[Sequence[int]]) -> list[texts.Words]:
    cells = [(rows[down][day], -day, -down) for down in range(len(rows)) for day in DAYS if rows[down][day] > 0]
    return [
        texts.words(
            "when.heat.line",
            day=texts.words(f"free.day.{-day}"),
            band=called(context.council.bands[-down]),
            count=count,
        )
        for count, day, down in sorted(cells, reverse=True)[:_BEST_CELLS]
    ] or [texts.words("when.heat.none")]


def picture(context: Context, heat: Heat) -> Saying:
    """The week as a heat map: hours free, hours offered, and the gap."""
    titles = [texts.plain(context.language, f"when.heat.{name}") for name in ("free", "offered", "gap")]
    days = [texts.plain(context.language, f"free.short.{day}") for day in DAYS]
    bands = [f"{band.starts:%H}-{band.ends:%H}" for band in context.council.bands]
    grids = [Grid(title, rows) for title, rows in zip(titles, (heat.free, heat.offered, heat.gap), strict=True)]
    return Saying("when.picture", picture=Document("week.png", heat_map(grids, days, bands)))
