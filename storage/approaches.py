"""Approaches: the ways in which people are reached, and the codes by which a poster or a link is known again."""

from dataclasses import dataclass

from storage.database import Reading, Writing


@dataclass(frozen=True)
class Approach:
    """A way of reaching people. `code` stands in deep links and on posters; `variant` is the wording or design.

    `title` is what staff call it, `sender` in whose name it goes; cost and minutes are for each time it is used.
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


_BY_CODE = "SELECT * FROM approach WHERE code = :code"
_ALL = "SELECT * FROM approach ORDER BY id"
_ADD = """
INSERT INTO approach (code, kind, variant, contact_mode, made_at) VALUES (:code, :kind, :variant, :contact_mode, :now)
RETURNING *
"""


async def by_code(db: Reading, code: str) -> Approach | None:
    """The approach with this code, or None."""
    row = await db.row(_BY_CODE, code=code)
    return None if row is None else Approach(**dict(row))


async def all(db: Reading) -> list[Approach]:  # noqa: A001 - read as approaches.all, never imported bare
    """Every approach, the first one made first."""
    return [Approach(**dict(row)) for row in await db.rows(_ALL)]


async def add(tx: Writing, code: str, kind: str, variant: str, contact_mode: str, now: int) -> Approach:
    """A new approach. Raises sqlite3.IntegrityError for a code that exists or a contact mode that does not."""
    (row,) = await tx.rows(_ADD, code=code, kind=kind, variant=variant, contact_mode=contact_mode, now=now)
    return Approach(**dict(row))
