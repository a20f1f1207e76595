"""Who people are, in groups, and how far each group has been reached: what a choice of times is judged by."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from storage.database import Reading


@dataclass(frozen=True)
class Member:
    """The groups somebody is in; '' where nothing was said."""

    person_id: int
    market: str
    shift: str
    strand: str


_MEMBERS = """
SELECT id AS person_id, COALESCE(market, '') AS market, COALESCE(shift, '') AS shift, COALESCE(strand, '') AS strand
FROM person WHERE id IN (SELECT value FROM json_each(:people)) ORDER BY id
"""
# How many in a hundred of each market have ever said yes to anything: the group reached least comes first.
_REACHED = """
SELECT COALESCE(market, '') AS market,
       SUM(EXISTS (SELECT 1 FROM response WHERE person_id = person.id AND answer = 'yes')) * 100 / COUNT(*) AS reached
FROM person WHERE invented = :invented GROUP BY 1 ORDER BY reached, 1
"""
_OFFERED = "SELECT local_start, minutes FROM meeting WHERE state IN ('open', 'closed') ORDER BY id"


async def members(db: Reading, people: Collection[int]) -> dict[int, Member]:
    """The groups of each of these people."""
    rows = await db.rows(_MEMBERS, people=json.dumps(list(people)))
    return {row["person_id"]: Member(**dict(row)) for row in rows}


async def least_reached(db: Reading, *, invented: bool) -> dict[str, int]:
    """Each market's place in the order in which they have been reached, 0 the least; equals share a place."""
    rows = await db.rows(_REACHED, invented=int(invented))
    shares = sorted({row["reached"] for row in rows})
    return {row["market"]: shares.index(row["reached"]) for row in rows}


async def offered(db: Reading) -> list[tuple[str, int]]:
    """The local start 'YYYY-MM-DDTHH:MM' and the length in minutes of every meeting that was offered."""
    return [(row["local_start"], row["minutes"]) for row in await db.rows(_OFFERED)]
