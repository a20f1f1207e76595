"""Who has tapped "seen" on the notice of a change or a cancellation, and who has not."""

from dataclasses import dataclass

from storage.database import Reading, Writing


@dataclass(frozen=True)
class Told:
    """Somebody who was sent the last notice about a meeting. `seen_at` is a unix second, None: no tap so far."""

    person_id: int
    display_name: str
    reason: str
    state: str
    seen_at: int | None


_SEE = """
INSERT INTO notice_seen (attempt_id, seen_at)
SELECT id, :now FROM contact_attempt
WHERE id = :attempt_id AND person_id = :person_id AND reason IN ('changed', 'cancelled', 'place_free')
  AND state IN ('sending', 'accepted', 'unknown')
ON CONFLICT (attempt_id) DO NOTHING
"""
_SEEN = """
SELECT seen_at FROM notice_seen JOIN contact_attempt ON id = attempt_id
WHERE id = :attempt_id AND person_id = :person_id
"""
# What goes to one person more than once is told by the last of them.
_LIST = """
SELECT person.id AS person_id, display_name, reason, contact_attempt.state, seen_at
FROM contact_attempt
JOIN person ON person.id = contact_attempt.person_id
LEFT JOIN notice_seen ON attempt_id = contact_attempt.id
WHERE contact_attempt.id IN (
    SELECT MAX(id) FROM contact_attempt
    WHERE about = :meeting_id AND reason IN ('changed', 'cancelled') AND state != 'cancelled' GROUP BY person_id)
ORDER BY seen_at IS NOT NULL, folded(display_name), person.id
"""


async def see(tx: Writing, attempt_id: int, person_id: int, now: int) -> int | None:
    """This person has seen the notice; when they first said so (unix seconds), or None when it is not theirs."""
    await tx.run(_SEE, attempt_id=attempt_id, person_id=person_id, now=now)
    value: int | None = await tx.value(_SEEN, attempt_id=attempt_id, person_id=person_id)
    return value


async def told(db: Reading, meeting_id: int) -> list[Told]:
    """Everyone the last change or cancellation was meant for: first those who have not tapped "seen", by name."""
    return [Told(**dict(row)) for row in await db.rows(_LIST, meeting_id=meeting_id)]
