"""An audience: whom an invite is for, as data that can say itself, be kept and be counted."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from storage.database import Reading

FILTERS = ("markets", "shifts", "languages", "strands")
_JUDGED = Path(__file__).with_name("audience.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Audience:
    """People to invite to one meeting. A filter that is None lets everyone through; values in one filter are either-or.

    `not_answered` also asks those again who were invited and have said nothing. `invented` chooses the invented people
    of a rehearsal instead of the real ones; the two are never mixed. With `rest_hours`, those somebody has called,
    visited or talked to within so many hours are left in peace.
    """

    meeting_id: int
    markets: tuple[str, ...] | None = None
    shifts: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    strands: tuple[str, ...] | None = None
    not_answered: bool = False
    invented: bool = False
    rest_hours: int | None = None

    def params(self) -> dict[str, Any]:
        """The named parameters of audience.sql, but for `now`."""
        lists = {name: _listed(getattr(self, name)) for name in FILTERS}
        return {
            **lists,
            "meeting_id": self.meeting_id,
            "not_answered": int(self.not_answered),
            "invented": int(self.invented),
            "rest_hours": self.rest_hours,
        }

    def parts(self) -> dict[str, tuple[str, ...]]:
        """The filters that are on, by name, in the order in which they are said."""
        return {name: tuple(getattr(self, name)) for name in FILTERS if getattr(self, name) is not None}

    def to_json(self) -> str:
        """The audience as text that `from_json` reads."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Audience":
        """The audience that `to_json` wrote. Raises ValueError or TypeError for anything else."""
        read = json.loads(text)
        return cls(**{**read, **{name: _tuple(read.get(name)) for name in FILTERS}})


async def members(db: Reading, audience: Audience, now: int) -> int:
    """How many people an invite would go to."""
    return len((await judged(db, audience, now)).get("", ()))


async def left_out(db: Reading, audience: Audience, now: int) -> list[tuple[str, int]]:
    """Why people are left out and how many, the largest group first. With the members they are everyone we know."""
    people = await judged(db, audience, now)
    return [(why, len(ids)) for why, ids in people.items() if why]


async def lately(db: Reading, audience: Audience, now: int, hours: int) -> int:
    """How many of them somebody has called, visited or talked to within so many hours."""
    rested = (await judged(db, replace(audience, rest_hours=hours), now)).get("contacted_lately", ())
    return len(rested)


async def judged(db: Reading, audience: Audience, now: int) -> dict[str, list[int]]:
    """Everyone's id under the reason why they are left out; under '' those an invite would go to."""
    rows = await db.rows(_JUDGED, **audience.params(), now=now)
    return {row["why"]: json.loads(row["people"]) for row in rows}


def _tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _listed(values: tuple[str, ...] | None) -> str | None:
    return None if values is None else json.dumps(values)
