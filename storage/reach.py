"""Whom the council reached: counts by approach, by market and by shift, and the people nobody tried to reach."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from storage.database import Reading

_HERE = Path(__file__).parent
_BY_APPROACH = (_HERE / "reach_by_approach.sql").read_text(encoding="utf-8")
_BY_GROUP = (_HERE / "reach_by_group.sql").read_text(encoding="utf-8")
_NOT_ATTEMPTED = (_HERE / "reach_not_attempted.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Span:
    """From `from_at` to before `until_at` (unix seconds), in the zone whose days and months count."""

    from_at: int
    until_at: int
    zone: ZoneInfo

    def params(self) -> dict[str, Any]:
        """The named parameters of the queries: instants, local days and months. A part of a month counts as one."""
        first, end = (datetime.fromtimestamp(at, self.zone) for at in (self.from_at, self.until_at))
        last = datetime.fromtimestamp(max(self.from_at, self.until_at - 1), self.zone)
        after = f"{last.year + last.month // 12:04}-{last.month % 12 + 1:02}"
        return {
            "from_at": self.from_at,
            "until_at": self.until_at,
            "from_day": f"{first:%Y-%m-%d}",
            "until_day": f"{end:%Y-%m-%d}",
            "from_month": f"{first:%Y-%m}",
            "until_month": after,
        }


@dataclass(frozen=True)
class Approach:
    """What became of one approach. `made`, `left_out` and `to_come` are attempts; the next five are people, once each.

    `engaged` are those who did something substantive after they were first approached this way. `erased_*` are attempts
    to people who had themselves erased, in no other count. `opened` is how often its code was opened; `first_met`,
    `signed_up` and `arrived_engaged` are people who came by it. Money is pence, `reach_*` an estimate of care workers.
    """

    code: str
    kind: str
    variant: str
    title: str
    contact_mode: str
    language: str
    made: int
    left_out: int
    to_come: int
    attempted: int
    accepted: int
    answered: int
    silent: int
    engaged: int
    organisations: int
    organisations_answered: int
    erased_made: int
    erased_answered: int
    erased_silent: int
    opened: int
    first_met: int
    signed_up: int
    arrived_engaged: int
    placements: int
    reach_low: int | None
    reach_high: int | None
    cost_pence: int
    staff_minutes: int

    @property
    def used(self) -> bool:
        """Whether there is anything to say of it."""
        return any((self.made, self.opened, self.first_met, self.placements, self.erased_made, self.left_out))


@dataclass(frozen=True)
class Group:
    """People by market, by shift, or all: known, attempted, answered, engaged. `said` None: not given."""

    by_what: str
    said: str | None
    known: int
    attempted: int
    answered: int
    engaged: int


async def by_approach(db: Reading, span: Span, *, invented: bool) -> list[Approach]:
    """Every approach there is, the one with the most people first; those without evidence are in it too."""
    rows = await db.rows(_BY_APPROACH, **span.params(), invented=int(invented))
    return [Approach(**dict(row)) for row in rows]


async def by_group(db: Reading, span: Span, *, invented: bool) -> list[Group]:
    """Everybody together, then by market, then by shift; in each, those who have not said come last."""
    rows = await db.rows(_BY_GROUP, **span.params(), invented=int(invented))
    return [Group(**dict(row)) for row in rows]


async def not_attempted(db: Reading, span: Span, now: int, *, invented: bool) -> list[tuple[str, int]]:
    """Why nobody tried to reach some people in the period, and how many they are, the largest group first."""
    rows = await db.rows(_NOT_ATTEMPTED, **span.params(), now=now, invented=int(invented))
    return [(row["why"], row["how_many"]) for row in rows]
