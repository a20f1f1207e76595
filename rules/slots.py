"""Which times reach the most people: slots, who can come to each, and the best one, pair, or up to five of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_, or_
from zoneinfo import ZoneInfo

from rules.bands import Band, touched
from rules.calendar import Calendar, bits_of, columns
from rules.coverage import Cover, best_cover
from rules.day_hours import Ranges
from rules.local_time import exists, instant, wall
from rules.rota import Said
from rules.weights import Weights

MOST = 5
LOOKS = 2_000_000


@dataclass(frozen=True)
class Slot:
    """A time a meeting could be held: its wall time 'YYYY-MM-DDTHH:MM', its unix second, and the cells it lies in."""

    local_start: str
    starts_at: int
    cells: tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class Sheet:
    """Who can come when, with people who are free at the same times in one group.

    `can` and `unsure` have one number per slot: bit i says of group i that it is free all the time, or that it has not
    said enough to tell. `groups` are the people in each, the largest group first; `ranks` says how each breaks ties.
    """

    slots: tuple[Slot, ...]
    groups: tuple[tuple[int, ...], ...]
    ranks: tuple[int, ...]
    can: tuple[int, ...]
    unsure: tuple[int, ...]

    def people(self, bits: int) -> tuple[int, ...]:
        """Everyone in the groups whose bits are set."""
        return tuple(person for at, group in enumerate(self.groups) if bits >> at & 1 for person in group)


@dataclass(frozen=True)
class Choice:
    """The best slots of a sheet: `reached` people can come to one of them, and no choice reaches over `at_most`.

    Everybody is in one of three: who `can`, who is `left_out`, and of whom it is `not_said`.
    """

    slots: tuple[Slot, ...]
    reached: int
    at_most: int
    can: tuple[int, ...]
    left_out: tuple[int, ...]
    not_said: tuple[int, ...]

    @property
    def proved(self) -> bool:
        """Whether no other choice reaches more people."""
        return self.reached == self.at_most


def slots_between(
    first: date,
    last: date,
    allowed: Ranges,
    minutes: int,
    zone: ZoneInfo,
    bands: tuple[Band, ...],
    step: int = 30,
    after: int = 0,
) -> tuple[Slot, ...]:
    """Every time from the first to the last day at which a meeting of so many minutes lies in the allowed hours.

    They start every `step` minutes, after the unix second `after`. Hours that end before they begin go over midnight,
    and equal ones are all day. A wall time that the clocks skip is none.
    """
    days = [datetime.combine(first + timedelta(days=ahead), time()) for ahead in range((last - first).days + 1)]
    found = {
        start: slot_at(start, minutes, zone, bands)
        for midnight in days
        for hours in allowed
        for start in _starts(midnight, hours, minutes, step)
    }
    slots = (found[start] for start in sorted(found))
    return tuple(slot for slot in slots if slot.starts_at > after and exists(slot.local_start, zone))


def _starts(midnight: datetime, hours: tuple[time, time], minutes: int, step: int) -> Iterator[datetime]:
    opens, closes = (clock.hour * 60 + clock.minute for clock in hours)
    length = (closes - opens) % (24 * 60) or 24 * 60
    for at in range(opens, opens + length - (minutes if length < 24 * 60 else 1) + 1, step):
        yield midnight + timedelta(minutes=at)


def slot_at(start: datetime, minutes: int, zone: ZoneInfo, bands: tuple[Band, ...]) -> Slot:
    """The slot of so many minutes that begins at this wall time."""
    local_start = start.isoformat(timespec="minutes")
    starts_at = instant(local_start, zone)
    end = datetime.fromisoformat(wall(starts_at + minutes * 60, zone))
    return Slot(local_start, starts_at, touched(start, end, bands))


def sheet(
    people: Iterable[tuple[int, Said | None]],
    slots: tuple[Slot, ...],
    bands: tuple[Band, ...],
    rank: Mapping[int, int] | None = None,
) -> Sheet:
    """Who of these people (each with what they have said, if anything) can come to which slot.

    `rank` is how much of ties a person breaks: 0, the group reached least so far, goes first. Without it nobody does.
    """
    calendar = Calendar.of(slots, bands)
    ranks = rank or {}
    alike: dict[tuple[int, int, int], list[int]] = {}
    for person, said in people:
        free, known = calendar.row(said) if said else (0, 0)
        alike.setdefault((free, known, ranks.get(person, 0)), []).append(person)
    ordered = sorted(alike.items(), key=lambda item: (-len(item[1]), item[0]))
    frees = columns([key[0] for key, _ in ordered], len(calendar.cells))
    knowns = columns([key[1] for key, _ in ordered], len(calendar.cells))
    everyone = (1 << len(ordered)) - 1
    busy = [known & ~free for free, known in zip(frees, knowns, strict=True)]
    can, unsure = [], []
    for slot in slots:
        cells = [calendar.cells[cell] for cell in slot.cells]
        can.append(reduce(and_, (frees[cell] for cell in cells), everyone))
        unsure.append(everyone & ~can[-1] & ~reduce(or_, (busy[cell] for cell in cells), 0))
    groups = tuple(tuple(members) for _, members in ordered)
    return Sheet(slots, groups, tuple(key[2] for key, _ in ordered), tuple(can), tuple(unsure))


def best(of: Sheet, how_many: int, looks: int = LOOKS) -> Choice:
    """The so many slots (1 to 5) that together reach the most people.

    Of equal choices, the one that reaches more of rank 0, then of rank 1 ..., then the earliest. `looks` bounds the
    work; when it runs out, `at_most` says how far from proved the choice is. Raises ValueError for another number.
    """
    if not 1 <= how_many <= MOST:
        raise ValueError("one to five slots")
    weights = Weights([len(group) for group in of.groups])
    ranks = sorted(set(of.ranks))
    ties = [bits_of(at for at, rank in enumerate(of.ranks) if rank == wanted) for wanted in ranks[:-1]]
    return choice(of, best_cover(of.can, how_many, weights, ties, looks))


def choice(of: Sheet, cover: Cover) -> Choice:
    """A cover of the sheet's slots, in words of slots and people."""
    everyone = (1 << len(of.groups)) - 1
    can = reduce(or_, (of.can[at] for at in cover.chosen), 0)
    unsure = reduce(or_, (of.unsure[at] for at in cover.chosen), 0) & ~can
    return Choice(
        tuple(of.slots[at] for at in sorted(cover.chosen)),
        cover.reached,
        cover.at_most,
        of.people(can),
        of.people(everyone & ~can & ~unsure),
        of.people(unsure),
    )
