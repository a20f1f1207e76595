"""What a search for times needs: the people, what they said, the slots in the window, and the week in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from handlers.audience_form import audience_of
from handlers.context import Context
from handlers.feature import Answers
from rules.bands import touched
from rules.presets import DAYS
from rules.rota import Said, free_on
from rules.slots import Sheet, sheet, slots_between
from storage import audience, availability, groups
from storage.database import Reading

WINDOWS: Mapping[str, tuple[int, int]] = {"week": (1, 7), "two_weeks": (1, 14), "four_weeks": (1, 28)}
HOURS: Mapping[str, tuple[time, time]] = {
    "waking": (time(8), time(22)),
    "office": (time(9), time(17)),
    "evening": (time(17), time(22)),
    "night": (time(22), time(5)),
    "any": (time(0), time(0)),
}


@dataclass(frozen=True)
class Found:
    """The people asked about, what those said who have said anything, and the sheet of slots of so many minutes."""

    people: tuple[int, ...]
    said: Mapping[int, Said]
    minutes: int
    sheet: Sheet


@dataclass(frozen=True)
class Heat:
    """A week in numbers, one row for each band and seven to a row: people free, meetings offered, and the gap.

    The gap is in points of a hundred: the share of all free hours less the share of all meetings.
    """

    free: list[list[int]]
    offered: list[list[int]]
    gap: list[list[int]]


async def find(db: Reading, context: Context, answers: Answers) -> Found:
    """Who is in the audience, what they said, and which slots the window and the hours leave."""
    chosen = replace(audience_of(context, {"meeting": "0", **answers}), not_answered=False)
    people = (await audience.judged(db, chosen, context.now)).get("", [])
    said = await availability.of_people(db, people)
    members = await groups.members(db, people)
    places = await groups.least_reached(db, invented=context.council.rehearsal)
    ranks = {one.person_id: places.get(one.market, 0) for one in members.values()}
    today = context.local(context.now).date()
    first, last = (today + timedelta(days=days) for days in WINDOWS[answers["window"]])
    slots = slots_between(
        first,
        last,
        HOURS[answers["hours"]],
        int(answers["minutes"]),
        context.council.zone,
        context.council.bands,
        after=context.now,
    )
    of = sheet([(one, said.get(one)) for one in people], slots, context.council.bands, ranks)
    return Found(tuple(people), said, int(answers["minutes"]), of)


async def heat(db: Reading, context: Context, found: Found) -> Heat:
    """The coming seven days as the people of the search have them free, against all meetings offered so far."""
    bands, today = context.council.bands, context.local(context.now).date()
    free = {(day, band.code): 0 for band in bands for day in DAYS}
    offered = dict.fromkeys(free, 0)
    for one in found.said.values():
        for day in (today + timedelta(days=ahead) for ahead in DAYS):
            for code, is_free in free_on(one, day, bands).items():
                free[day.weekday(), code] += is_free
    for local_start, minutes in await groups.offered(db):
        start = datetime.fromisoformat(local_start)
        for day, code in touched(start, start + timedelta(minutes=minutes), bands):
            offered[day.weekday(), code] += 1
    all_free, all_offered = sum(free.values()) or 1, sum(offered.values()) or 1
    gap = {cell: round(100 * free[cell] / all_free) - round(100 * offered[cell] / all_offered) for cell in free}
    rows = [[[of[day, band.code] for day in DAYS] for band in bands] for of in (free, offered, gap)]
    return Heat(*rows)
