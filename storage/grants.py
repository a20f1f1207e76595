"""Roles that people hold, and the one-time codes that give them."""

import hashlib
import secrets

from rules.roles import Role
from storage.database import Reading, Writing
from storage.people import Person, person_of

_MAKE_CODE = """
INSERT INTO enrolment_code (code_hash, role, made_by, made_at, expires_at)
VALUES (:code_hash, :role, :made_by, :now, :expires_at)
"""
_REDEEM = """
UPDATE enrolment_code SET used_at = :now
WHERE code_hash = :code_hash AND used_at IS NULL AND made_at <= :now AND expires_at > :now
RETURNING role, made_by
"""
_GRANT = """
INSERT INTO role_grant (person_id, role, granted_by, granted_at) VALUES (:person_id, :role, :granted_by, :now)
ON CONFLICT (person_id, role) WHERE revoked_at IS NULL DO NOTHING
"""
_REVOKE = """
UPDATE role_grant SET revoked_at = :now
WHERE person_id = :person_id AND role = :role AND revoked_at IS NULL RETURNING id
"""
_HOLDERS = """
SELECT known_person.*, role_grant.role AS role
FROM role_grant JOIN known_person ON known_person.id = role_grant.person_id
WHERE revoked_at IS NULL ORDER BY role_grant.role, role_grant.granted_at, role_grant.id
"""
_ROLES_OF = "SELECT role FROM role_grant WHERE person_id = :person_id AND revoked_at IS NULL"
_SWEEP = "DELETE FROM enrolment_code WHERE expires_at <= :now"


async def make_code(tx: Writing, role: Role, made_by: int | None, now: int, minutes: int = 15) -> str:
    """A one-time code of 128 bits, fit for a deep link; only its hash is kept. `made_by` None is the host."""
    code = secrets.token_urlsafe(16)
    await tx.run(_SWEEP, now=now)
    await tx.run(
        _MAKE_CODE, code_hash=_hash(code), role=role.value, made_by=made_by, now=now, expires_at=now + minutes * 60
    )
    return code


async def redeem(tx: Writing, code: str, person_id: int, now: int) -> Role | None:
    """The role that this code has just given the person, or None when it is wrong, used or too old."""
    row = await tx.row(_REDEEM, code_hash=_hash(code), now=now)
    if row is None:
        return None
    await grant(tx, person_id, Role(row["role"]), now, by=row["made_by"])
    return Role(row["role"])


async def grant(tx: Writing, person_id: int, role: Role, now: int, *, by: int | None = None) -> None:
    """The person holds this role from now on; nothing changes when they do already. `by` None: the host."""
    await tx.run(_GRANT, person_id=person_id, role=role.value, granted_by=by, now=now)


async def revoke(tx: Writing, person_id: int, role: Role, now: int) -> bool:
    """The person no longer holds this role; False when they did not."""
    return bool(await tx.rows(_REVOKE, person_id=person_id, role=role.value, now=now))


async def holders(db: Reading) -> list[tuple[Person, Role]]:
    """Everybody who holds a granted role, once per role."""
    return [(person_of(row), Role(row["role"])) for row in await db.rows(_HOLDERS)]


async def roles_of(db: Reading, person_id: int) -> frozenset[Role]:
    """The granted roles this person holds at this moment."""
    return frozenset(Role(row["role"]) for row in await db.rows(_ROLES_OF, person_id=person_id))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
