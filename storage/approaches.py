"""Approaches: the ways in which people are reached, and the codes by which a poster or a link is known again."""

from dataclasses import asdict, dataclass

from rules import approach_codes
from storage.database import Reading, Writing


@dataclass(frozen=True)
class Approach:
    """A way of reaching people. `code` stands in deep links and on posters; `variant` is the wording or design.

    `title` is what staff call it, `sender` in whose name it goes; cost and minutes are for each time it is used. One
    that has ended is used no more; its code is still known, for posters stay on walls.
    """

    id: int
    code: str
    kind: str
    variant: str
    contact_mode: str
    title: str
    sender: str
    language: str
    cost_pence: int
    staff_minutes: int
    made_at: int
    made_by: int | None
    ended_at: int | None


@dataclass(frozen=True)
class Facts:
    """What a coordinator says of an approach, and may change. `language` '' is several; the cost is in pence."""

    kind: str
    contact_mode: str
    title: str = ""
    variant: str = ""
    sender: str = ""
    language: str = ""
    cost_pence: int = 0
    staff_minutes: int = 0


_BY_CODE = "SELECT * FROM approach WHERE code = :code COLLATE NOCASE"
_BY_ID = "SELECT * FROM approach WHERE id = :approach_id"
_ALL = "SELECT * FROM approach ORDER BY id"
_OURS = "SELECT * FROM approach WHERE title != '' ORDER BY ended_at IS NOT NULL, id DESC"
_CODES = "SELECT code FROM approach"
_ADD = """
INSERT INTO approach (code, kind, variant, contact_mode, title, sender, language, cost_pence, staff_minutes, made_at,
                      made_by)
VALUES (:code, :kind, :variant, :contact_mode, :title, :sender, :language, :cost_pence, :staff_minutes, :now, :made_by)
RETURNING *
"""
_USED = """
SELECT EXISTS (SELECT 1 FROM contact_attempt WHERE approach_id = :approach_id)
    OR EXISTS (SELECT 1 FROM placement WHERE approach_id = :approach_id)
    OR EXISTS (SELECT 1 FROM scan_count WHERE approach_id = :approach_id)
    OR EXISTS (SELECT 1 FROM person WHERE first_approach = :approach_id)
    OR EXISTS (SELECT 1 FROM shared_link WHERE approach_id = :approach_id)
    OR EXISTS (SELECT 1 FROM erased_attempt WHERE approach_id = :approach_id)
"""
_CHANGE = """
UPDATE approach SET kind = :kind, contact_mode = :contact_mode, title = :title, variant = :variant, sender = :sender,
                    language = :language, cost_pence = :cost_pence, staff_minutes = :staff_minutes
WHERE id = :approach_id RETURNING *
"""
_END = "UPDATE approach SET ended_at = :now WHERE id = :approach_id AND ended_at IS NULL AND title != '' RETURNING id"
_RESUME = "UPDATE approach SET ended_at = NULL WHERE id = :approach_id AND ended_at IS NOT NULL RETURNING id"


async def by_code(db: Reading, code: str) -> Approach | None:
    """The approach with this code, in capitals or not, or None."""
    row = await db.row(_BY_CODE, code=code)
    return None if row is None else Approach(**dict(row))


async def by_id(db: Reading, approach_id: int) -> Approach | None:
    """The approach of this id, or None."""
    row = await db.row(_BY_ID, approach_id=approach_id)
    return None if row is None else Approach(**dict(row))


async def all(db: Reading) -> list[Approach]:  # noqa: A001 - read as approaches.all, never imported bare
    """Every approach, the first one made first."""
    return [Approach(**dict(row)) for row in await db.rows(_ALL)]


async def ours(db: Reading) -> list[Approach]:
    """Those that staff have made, the newest first, and after them those that have ended."""
    return [Approach(**dict(row)) for row in await db.rows(_OURS)]


async def add(tx: Writing, code: str, kind: str, variant: str, contact_mode: str, now: int) -> Approach:
    """A new approach by its code. Raises sqlite3.IntegrityError for a code that exists or a mode that does not."""
    return await _insert(tx, code, Facts(kind, contact_mode, variant=variant), None, now)


async def make(tx: Writing, facts: Facts, made_by: int | None, now: int) -> Approach:
    """A new approach with a code after its title. Raises sqlite3.IntegrityError for a contact mode there is not."""
    return await _insert(tx, approach_codes.suggested(facts.title, await _codes(tx)), facts, made_by, now)


async def change(tx: Writing, approach: Approach, facts: Facts, made_by: int | None, now: int) -> Approach:
    """The approach with other facts: the same row while nobody was reached by it, and else a new one with its own code.

    What was sent stays as it was: the old one ends, and its code goes on counting for itself.
    """
    if not await tx.value(_USED, approach_id=approach.id):
        (row,) = await tx.rows(_CHANGE, approach_id=approach.id, **asdict(facts))
        return Approach(**dict(row))
    await end(tx, approach.id, now)
    return await _insert(tx, approach_codes.next_of(approach.code, await _codes(tx)), facts, made_by, now)


async def end(tx: Writing, approach_id: int, now: int) -> bool:
    """Use it no more; False when it had ended, or is not one of ours to end."""
    return bool(await tx.rows(_END, approach_id=approach_id, now=now))


async def resume(tx: Writing, approach_id: int) -> bool:
    """Use it again; False when it had not ended."""
    return bool(await tx.rows(_RESUME, approach_id=approach_id))


def facts_of(approach: Approach) -> Facts:
    """What staff have said of it."""
    return Facts(**{name: getattr(approach, name) for name in Facts.__dataclass_fields__})


async def _codes(db: Reading) -> set[str]:
    return {row["code"] for row in await db.rows(_CODES)}


async def _insert(tx: Writing, code: str, facts: Facts, made_by: int | None, now: int) -> Approach:
    (row,) = await tx.rows(_ADD, code=code, made_by=made_by, now=now, **asdict(facts))
    return Approach(**dict(row))
