"""Records that may be one person: the same number or e-mail address, or a name alike in the same market."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rules import same_name
from storage.database import Reading, Writing

MOST_COMPARED = 200
"""Names that begin alike in one market; past these, only the same name is looked for."""


@dataclass(frozen=True)
class Pair:
    """Two records, the older first, and why they look alike: 'phone', 'email' or 'name'."""

    one: int
    other: int
    why: str


# Two accounts of Telegram are two people's, or one's own affair; invented people are another world.
_SAME_ROUTE = """
SELECT mine.person_id AS one, theirs.person_id AS other, mine.kind AS why
FROM contact_route AS mine
JOIN contact_route AS theirs ON theirs.kind = mine.kind AND theirs.value = mine.value
                            AND theirs.person_id > mine.person_id
JOIN person AS first ON first.id = mine.person_id
JOIN person AS second ON second.id = theirs.person_id
WHERE mine.kind IN ('phone', 'email') AND first.invented = second.invented
  AND (first.telegram_id IS NULL OR second.telegram_id IS NULL)
ORDER BY mine.person_id, theirs.person_id, mine.kind DESC
"""
_NAMES = """
SELECT id, display_name, COALESCE(NULLIF(market, 'not_said'), '') AS market, invented,
       telegram_id IS NULL AS without
FROM person WHERE display_name != '' ORDER BY id
"""
_TOLD_APART = "SELECT one, other FROM two_people"
_TELL_APART = """
INSERT INTO two_people (one, other, said_by, said_at) VALUES (:one, :other, :said_by, :now)
ON CONFLICT (one, other) DO NOTHING
"""


async def pairs(db: Reading, person_id: int | None = None) -> list[Pair]:
    """The pairs nobody has told apart yet, those with the same number first; with a `person_id` only theirs."""
    apart = {(row["one"], row["other"]) for row in await db.rows(_TOLD_APART)}
    found: dict[tuple[int, int], Pair] = {}
    for row in await db.rows(_SAME_ROUTE):
        found.setdefault((row["one"], row["other"]), Pair(row["one"], row["other"], row["why"]))
    for one, other in _alike([(*row,) for row in await db.rows(_NAMES)]):
        found.setdefault((one, other), Pair(one, other, "name"))
    return [pair for ids, pair in found.items() if ids not in apart and person_id in (None, *ids)]


def _alike(rows: list[tuple[int, str, str, int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of names alike within one market, or where one has none, of which at least one is without Telegram."""
    groups: dict[tuple[str, int], list[tuple[int, str, str, int]]] = defaultdict(list)
    for number, name, market, invented, without in rows:
        plain = same_name.plain(name)
        groups[plain[:1], invented].append((number, plain, market, without))
    for members in groups.values():
        for place, (one, name, market, without) in enumerate(members):
            for other, their_name, their_market, they_without in members[place + 1 :]:
                if not (without or they_without) or (market and their_market and market != their_market):
                    continue
                same = name == their_name if len(members) > MOST_COMPARED else same_name.alike(name, their_name)
                if same and name:
                    yield one, other


async def tell_apart(tx: Writing, one: int, other: int, said_by: int | None, now: int) -> None:
    """These two are two people: they are not asked about again."""
    await tx.run(_TELL_APART, one=min(one, other), other=max(one, other), said_by=said_by, now=now)
