"""People who asked for a person: the coordinators' queue."""

from dataclasses import dataclass

from storage.database import Reading, Writing
from storage.people import Person, person_of


@dataclass(frozen=True)
class HelpRequest:
    """Somebody who waits for a person to get in touch, since `asked_at` (unix seconds)."""

    id: int
    person: Person
    asked_at: int


_ASK = """
INSERT INTO help_request (person_id, asked_at) VALUES (:person_id, :now)
ON CONFLICT (person_id) WHERE done_at IS NULL DO NOTHING RETURNING id
"""
_WAITING = """
SELECT known_person.*, help_request.id AS request_id, asked_at
FROM help_request JOIN known_person ON known_person.id = help_request.person_id
WHERE done_at IS NULL ORDER BY asked_at, help_request.id
"""
_DONE = """
UPDATE help_request SET done_at = :now, done_by = :by WHERE id = :request_id AND done_at IS NULL RETURNING id
"""


async def ask(tx: Writing, person_id: int, now: int) -> bool:
    """The person waits in the queue; False when they did already."""
    return bool(await tx.rows(_ASK, person_id=person_id, now=now))


async def waiting(db: Reading) -> list[HelpRequest]:
    """Everybody who waits, the longest first."""
    return [HelpRequest(row["request_id"], person_of(row), row["asked_at"]) for row in await db.rows(_WAITING)]


async def done(tx: Writing, request_id: int, by: int, now: int) -> bool:
    """This person has been in touch with whoever asked; False when somebody had already."""
    return bool(await tx.rows(_DONE, request_id=request_id, by=by, now=now))
