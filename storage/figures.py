"""Counts of attempts in a period, for a summary: how many were made and what became of them."""

from dataclasses import dataclass

from storage.database import Reading


@dataclass(frozen=True)
class Figures:
    """Attempts, the people in them, and how many were `sent`, `answered`, stayed `silent`, or are still open."""

    attempts: int
    people: int
    sent: int
    answered: int
    silent: int
    still_open: int
    unreachable: int
    not_attempted: int
    yes: int
    maybe: int
    no: int


_ATTEMPTS = """
SELECT count(*) AS attempts,
       count(DISTINCT person_id) AS people,
       count(sent_at) AS sent,
       count(*) FILTER (WHERE outcome IN ('answered', 'late')) AS answered,
       count(*) FILTER (WHERE outcome = 'no_response') AS silent,
       count(*) FILTER (WHERE sent_at IS NOT NULL AND outcome IS NULL) AS still_open,
       count(*) FILTER (WHERE state IN ('blocked', 'failed')) AS unreachable,
       count(*) FILTER (WHERE state IN ('skipped', 'expired', 'cancelled')) AS not_attempted,
       count(*) FILTER (WHERE reason = 'invite' AND answer = 'yes') AS yes,
       count(*) FILTER (WHERE reason = 'invite' AND answer = 'maybe') AS maybe,
       count(*) FILTER (WHERE reason = 'invite' AND answer = 'no') AS no
FROM contact_attempt LEFT JOIN person ON person.id = person_id
WHERE planned_at >= :from_at AND planned_at < :until_at AND COALESCE(invented, 0) = :invented
"""


async def of_attempts(db: Reading, from_at: int, until_at: int, *, invented: bool) -> Figures:
    """The counts for attempts planned from `from_at` to before `until_at` (unix seconds), in one of the two worlds."""
    row = (await db.rows(_ATTEMPTS, from_at=from_at, until_at=until_at, invented=int(invented)))[0]
    return Figures(**dict(row))
