"""Placements: an approach put somewhere for whoever comes by. Nobody was asked in particular, or is written down."""

from dataclasses import dataclass

from storage.database import Reading, Writing


@dataclass(frozen=True)
class Facts:
    """What a coordinator says of one. Days are 'YYYY-MM-DD'; no `until_day`: it is still there.

    `reach_low` and `reach_high` are a guess at how many care workers may have seen it; None: nobody guessed. The cost
    is in pence.
    """

    approach_id: int
    place: str
    from_day: str
    until_day: str | None = None
    reach_low: int | None = None
    reach_high: int | None = None
    cost_pence: int = 0
    staff_minutes: int = 0
    note: str = ""


@dataclass(frozen=True)
class Placement:
    """One as it is kept. Of a stall: how many people were talked to, and how many took a card; None: not counted."""

    id: int
    approach_id: int
    code: str
    title: str
    place: str
    from_day: str
    until_day: str | None
    reach_low: int | None
    reach_high: int | None
    cost_pence: int
    staff_minutes: int
    talked_to: int | None
    took_one: int | None
    note: str
    made_by: int | None
    made_at: int
    taken_back_at: int | None


_ADD = """
INSERT INTO placement (approach_id, place, from_day, until_day, reach_low, reach_high, cost_pence, staff_minutes, note,
                       invented, made_by, made_at)
VALUES (:approach_id, :place, :from_day, :until_day, :reach_low, :reach_high, :cost_pence, :staff_minutes, :note,
        :invented, :made_by, :now)
RETURNING id
"""
_KNOWN = """
SELECT placement.id, approach_id, code, CASE title WHEN '' THEN kind ELSE title END AS title, place, from_day,
       until_day, reach_low, reach_high, placement.cost_pence, placement.staff_minutes, talked_to, took_one, note,
       placement.made_by, placement.made_at, taken_back_at
FROM placement JOIN approach ON approach.id = approach_id
WHERE (:placement_id IS NULL OR placement.id = :placement_id)
  AND (:approach_id IS NULL OR approach_id = :approach_id)
  AND (:live IS NULL OR taken_back_at IS NULL)
  AND (:invented IS NULL OR placement.invented = :invented)
ORDER BY from_day DESC, placement.id DESC LIMIT :most
"""
_TAKE_BACK = """
UPDATE placement SET taken_back_at = :now WHERE id = :placement_id AND taken_back_at IS NULL RETURNING id
"""
_COUNTED = """
UPDATE placement SET talked_to = :talked_to, took_one = :took_one WHERE id = :placement_id AND taken_back_at IS NULL
RETURNING id
"""
_ANY, _MOST = {"placement_id": None, "approach_id": None, "live": None, "invented": None}, 1_000


async def add(tx: Writing, facts: Facts, made_by: int | None, now: int, *, invented: bool) -> int:
    """Write it down; its id. Raises sqlite3.IntegrityError for days or guesses in the wrong order."""
    values = {name: getattr(facts, name) for name in Facts.__dataclass_fields__}
    placement_id: int = await tx.value(_ADD, **values, made_by=made_by, now=now, invented=int(invented))
    return placement_id


async def by_id(db: Reading, placement_id: int) -> Placement | None:
    """The placement of this id, also one that was taken back, or None."""
    row = await db.row(_KNOWN, **_ANY | {"placement_id": placement_id}, most=1)
    return None if row is None else Placement(**dict(row))


async def of_approach(db: Reading, approach_id: int, *, invented: bool) -> list[Placement]:
    """Where this approach was put, the newest first, without what was taken back."""
    chosen = {"approach_id": approach_id, "live": 1, "invented": int(invented)}
    return [Placement(**dict(row)) for row in await db.rows(_KNOWN, **_ANY | chosen, most=_MOST)]


async def latest(db: Reading, limit: int, *, invented: bool) -> list[Placement]:
    """The newest of all approaches, without what was taken back."""
    rows = await db.rows(_KNOWN, **_ANY | {"live": 1, "invented": int(invented)}, most=limit)
    return [Placement(**dict(row)) for row in rows]


async def counted(tx: Writing, placement_id: int, talked_to: int | None, took_one: int | None) -> bool:
    """So many were talked to there, and so many took one; False when there is no such placement."""
    return bool(await tx.rows(_COUNTED, placement_id=placement_id, talked_to=talked_to, took_one=took_one))


async def take_back(tx: Writing, placement_id: int, now: int) -> bool:
    """It was written down by mistake and is counted no more; False when there is no such placement."""
    return bool(await tx.rows(_TAKE_BACK, placement_id=placement_id, now=now))
