"""The best times for an audience: whom each choice reaches and leaves out, why one beats another, the week in numbers.

Everything is worked out from what people said about their hours. The questions and answers here are plain data, so
that a process of their own can work them out: see reports/apart.py.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from reports import day_grid
from reports.day_grid import Heat
from rules import bands, day_hours, day_window
from rules.rota import Said
from rules.slots import Choice, Sheet, Slot, best, sheet, slot_at, slots_between
from rules.weights import Weights
from storage import audience, availability, groups
from storage.audience import Audience
from storage.database import Reading
from storage.groups import Member

KINDS = ("market", "shift", "strand")
# How much counting a search may do, in looks at a slot times groups of people: some seconds of one core.
WORK = 6_000_000_000
_SMALL = 1_000  # a look at a slot costs something when the groups are few, too
_BESIDE = 5


@dataclass(frozen=True)
class Asked:
    """For whom, in which days and hours, and how many minutes long, asked at `now` (unix seconds).

    `days` and `hours` are as rules/day_window and rules/day_hours write them, `bands` as rules/bands.
    """

    audience: Audience
    days: str
    hours: str
    minutes: int
    zone: str
    bands: str
    now: int

    def to_json(self) -> str:
        """The question as text that `from_json` reads."""
        return json.dumps({**asdict(self), "audience": self.audience.to_json()})

    @classmethod
    def from_json(cls, text: str) -> "Asked":
        """The question that `to_json` wrote. Raises ValueError or TypeError for anything else."""
        read = json.loads(text)
        return cls(**{**read, "audience": Audience.from_json(read["audience"])})


@dataclass(frozen=True)
class Share:
    """Of one group (a market, a shift, a strand; '' has not said which): how many can come, cannot, have not said."""

    kind: str
    code: str
    can: int
    left_out: int
    not_said: int


@dataclass(frozen=True)
class Chosen:
    """Some times, how many people can come to at least one, cannot come to any, have not said; and that by group.

    No choice of as many times reaches more than `at_most` people.
    """

    starts: tuple[str, ...]
    can: int
    left_out: int
    not_said: int
    at_most: int
    shares: tuple[Share, ...]

    @property
    def proved(self) -> bool:
        """Whether no other choice reaches more people."""
        return self.can >= self.at_most


@dataclass(frozen=True)
class Times:
    """The answer: how many `people` there are, how many of them are `silent` about their hours, what is best.

    `beside` are good times on other days, to compare with. Without a time in the window nothing is chosen.
    """

    people: int
    silent: int
    chosen: tuple[Chosen, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """One choice against another time: who can come to the first only, to the other only, to both; by group."""

    best: tuple[str, ...]
    other: str
    best_can: int
    other_can: int
    other_not_said: int
    both: int
    only_best: tuple[Share, ...]
    only_other: tuple[Share, ...]


@dataclass(frozen=True)
class _Crowd:
    """The people of an audience, the groups they are in, what those said who have said anything."""

    people: tuple[int, ...]
    members: Mapping[int, Member]
    said: Mapping[int, Said]

    def sheet(self, slots: Sequence[Slot], asked: Asked, ranks: Mapping[int, int] | None = None) -> Sheet:
        """Who can come to which of these slots."""
        hours = [(one, self.said.get(one)) for one in self.people]
        return sheet(hours, tuple(slots), bands.parse(asked.bands), ranks)


async def best_times(db: Reading, asked: Asked, wanted: Sequence[int], work: int = WORK) -> Times:
    """The best one, pair ... as `wanted` says, each number from 1 to 5; fewer when there are fewer slots."""
    crowd = await _crowd(db, asked)
    first, last = day_window.unwritten(asked.days)
    slots = slots_between(
        first,
        last,
        day_hours.unwritten(asked.hours),
        asked.minutes,
        ZoneInfo(asked.zone),
        bands.parse(asked.bands),
        after=asked.now,
    )
    places = await groups.least_reached(db, invented=asked.audience.invented)
    ranks = {one.person_id: places.get(one.market, 0) for one in crowd.members.values()}
    of = crowd.sheet(slots, asked, ranks)
    silent = len(crowd.people) - len(crowd.said)
    if not slots:
        return Times(len(crowd.people), silent, (), ())
    looks = work // max(_SMALL, len(of.groups))
    found = [best(of, min(many, len(slots)), looks) for many in wanted]
    chosen = tuple(_chosen(crowd, one) for one in found)
    return Times(len(crowd.people), silent, chosen, _beside(of, found[0]))


async def compared(db: Reading, asked: Asked, chosen: Sequence[str], other: str) -> Compared:
    """Why these times beat another one, or do not."""
    crowd = await _crowd(db, asked)
    zone, in_bands = ZoneInfo(asked.zone), bands.parse(asked.bands)
    slots = [slot_at(datetime.fromisoformat(one), asked.minutes, zone, in_bands) for one in (*chosen, other)]
    of = crowd.sheet(slots, asked)
    here = {person for can in of.can[:-1] for person in of.people(can)}
    there = set(of.people(of.can[-1]))
    return Compared(
        tuple(chosen),
        other,
        len(here),
        len(there),
        len(of.people(of.unsure[-1])),
        len(here & there),
        _counted(crowd, here - there),
        _counted(crowd, there - here),
    )


async def week(db: Reading, asked: Asked) -> Heat:
    """The coming seven days as the people of the audience have them free, against all meetings offered so far."""
    crowd = await _crowd(db, asked)
    today = datetime.fromtimestamp(asked.now, ZoneInfo(asked.zone)).date()
    return day_grid.heat(crowd.said.values(), await groups.offered(db), today, bands.parse(asked.bands))


async def _crowd(db: Reading, asked: Asked) -> _Crowd:
    chosen = replace(asked.audience, not_answered=False)
    people = (await audience.judged(db, chosen, asked.now)).get("", [])
    return _Crowd(tuple(people), await groups.members(db, people), await availability.of_people(db, people))


def _chosen(crowd: _Crowd, found: Choice) -> Chosen:
    starts = tuple(slot.local_start for slot in found.slots)
    counts = (len(found.can), len(found.left_out), len(found.not_said))
    return Chosen(starts, *counts, found.at_most, _shares(crowd, found.can, found.left_out, found.not_said))


def _shares(crowd: _Crowd, can: Iterable[int], left_out: Iterable[int], not_said: Iterable[int]) -> tuple[Share, ...]:
    counts: dict[tuple[str, str], list[int]] = {}
    for place, people in enumerate((can, left_out, not_said)):
        for person in people:
            for kind in KINDS:
                code = getattr(crowd.members[person], kind)
                counts.setdefault((kind, code), [0, 0, 0])[place] += 1
    ordered = sorted(counts.items(), key=lambda item: (KINDS.index(item[0][0]), -sum(item[1]), item[0][1]))
    return tuple(Share(kind, code, *three) for (kind, code), three in ordered)


def _counted(crowd: _Crowd, people: Collection[int]) -> tuple[Share, ...]:
    return _shares(crowd, people, (), ())


def _beside(of: Sheet, found: Choice) -> tuple[str, ...]:
    """The best time of each other day, the best of them first."""
    taken = {slot.local_start[:10] for slot in found.slots}
    weights = Weights([len(group) for group in of.groups])
    ranked = sorted(zip(of.slots, of.can, strict=True), key=lambda pair: -weights.of(pair[1]))
    days: dict[str, str] = {}
    for slot, _ in ranked:
        days.setdefault(slot.local_start[:10], slot.local_start)
    return tuple(start for day, start in days.items() if day not in taken)[:_BESIDE]
