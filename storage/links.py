"""Codes that somebody hands on: a worker to a colleague, a manager to the staff. Only counts come back.

Who came by which code is known while they sign up, so that it can be counted, and is then forgotten.
"""

import secrets
from dataclasses import dataclass

from storage.database import Reading, Writing

PREFIX = "by-"
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 10  # 50 bits: nobody comes upon another's by chance


@dataclass(frozen=True)
class Link:
    """A code to hand on, the approach it counts for, whose it is, and how many came by it."""

    id: int
    code: str
    approach_id: int
    approach_code: str
    person_id: int | None
    organisation_id: int | None
    opened: int
    first_met: int
    joined: int
    invented: bool


_ADD = """
INSERT INTO shared_link (code, approach_id, person_id, organisation_id, invented, made_by, made_at)
SELECT :code, approach.id, :person_id, :organisation_id, :invented, :made_by, :now
FROM approach WHERE approach.code = :approach_code
ON CONFLICT (person_id) WHERE person_id IS NOT NULL DO NOTHING
"""
_KNOWN = """
SELECT shared_link.id, shared_link.code, approach_id, approach.code AS approach_code, person_id, organisation_id,
       opened, first_met, joined, invented
FROM shared_link JOIN approach ON approach.id = approach_id
WHERE (:code IS NULL OR shared_link.code = :code) AND (:person_id IS NULL OR person_id = :person_id)
ORDER BY shared_link.id DESC LIMIT 1
"""
_OPENED = "UPDATE shared_link SET opened = opened + 1, first_met = first_met + :first_met WHERE id = :link_id"
_CAME_BY = "UPDATE person SET came_by = :link_id WHERE id = :person_id AND joined_at IS NULL"
_JOINED = """
UPDATE shared_link SET joined = joined + 1
WHERE (id, invented) = (SELECT came_by, invented FROM person WHERE id = :person_id)
"""
_FORGET = "UPDATE person SET came_by = NULL WHERE id = :person_id AND came_by IS NOT NULL"
_FORGET_OLD = """
UPDATE person SET came_by = NULL WHERE came_by IS NOT NULL AND (joined_at IS NOT NULL OR met_at <= :then) RETURNING id
"""


async def of_worker(tx: Writing, person_id: int, now: int, *, invented: bool) -> Link:
    """The worker's own code, made the first time it is asked for."""
    await add(tx, "peer", now, person_id=person_id, invented=invented)
    row = await tx.row(_KNOWN, code=None, person_id=person_id)
    return _link(dict(row or {}))


async def add(
    tx: Writing,
    approach_code: str,
    now: int,
    *,
    person_id: int | None = None,
    organisation_id: int | None = None,
    invented: bool = False,
    made_by: int | None = None,
) -> str:
    """A new code for a worker or an organisation to hand on; a worker who has one keeps it. The code that was made."""
    code = PREFIX + "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    whose = {"person_id": person_id, "organisation_id": organisation_id, "made_by": made_by, "invented": int(invented)}
    await tx.run(_ADD, code=code, approach_code=approach_code, now=now, **whose)
    return code


async def by_code(db: Reading, code: str) -> Link | None:
    """The link with this code, in capitals or not, or None."""
    row = await db.row(_KNOWN, code=code.lower(), person_id=None) if code.lower().startswith(PREFIX) else None
    return None if row is None else _link(dict(row))


async def opened(tx: Writing, link: Link, person_id: int, *, first_met: bool) -> None:
    """Count one opening. Whoever was met by it is known by it until they have signed up."""
    await tx.run(_OPENED, link_id=link.id, first_met=int(first_met))
    if first_met:
        await tx.run(_CAME_BY, link_id=link.id, person_id=person_id)


async def joined(tx: Writing, person_id: int) -> None:
    """The sign-up is complete: count it for the code they came by, if any, and forget which it was."""
    await tx.run(_JOINED, person_id=person_id)
    await tx.run(_FORGET, person_id=person_id)


async def forget_abandoned(tx: Writing, then: int) -> int:
    """Forget by which code people came whom we met at `then` or before and who never signed up; how many."""
    return len(await tx.rows(_FORGET_OLD, then=then))


def _link(row: dict[str, object]) -> Link:
    return Link(**row | {"invented": bool(row["invented"])})  # type: ignore[arg-type]  # a row of the view above
