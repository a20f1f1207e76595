"""What people agreed to: every answer to the notice, with its version, route and time."""

from dataclasses import dataclass

from storage.database import Reading, Writing


@dataclass(frozen=True)
class Consent:
    """One answer to the notice; `route` is 'telegram', 'paper' ...; `given_at` unix seconds."""

    person_id: int
    notice_version: str
    accepted: bool
    route: str
    given_at: int


_RECORD = """
INSERT INTO consent (person_id, notice_version, accepted, route, given_at)
VALUES (:person_id, :version, :accepted, :route, :now)
"""
_LATEST = """
SELECT person_id, notice_version, accepted, route, given_at
FROM consent WHERE person_id = :person_id ORDER BY id DESC LIMIT 1
"""


async def record(tx: Writing, person_id: int, version: str, accepted: bool, route: str, now: int) -> None:  # noqa: FBT001 - it is the answer
    """Keep the person's answer to this version of the notice."""
    await tx.run(_RECORD, person_id=person_id, version=version, accepted=int(accepted), route=route, now=now)


async def latest(db: Reading, person_id: int) -> Consent | None:
    """The answer that holds, or None when the person has given none."""
    row = await db.row(_LATEST, person_id=person_id)
    return None if row is None else Consent(**dict(row) | {"accepted": bool(row["accepted"])})
