"""Around contacts made by hand: whom the next one is likely to be with, why others failed, and taking one back."""

import json
from dataclasses import dataclass

from rules.sending import UNASKED
from storage.attempt_row import Attempt, of_row
from storage.database import Reading, Writing
from storage.people import Person, person_of

TAKEN_BACK_WITHIN = 24 * 3600

_RECENT = """
SELECT known_person.*, MAX(seen.at) AS seen_at
FROM (SELECT person_id, planned_at AS at, 0 AS first FROM contact_attempt
      WHERE reason = 'by_hand' AND person_id IS NOT NULL
      UNION ALL
      SELECT person_id, asked_at, 1 FROM help_request WHERE done_at IS NULL
      UNION ALL
      SELECT person_id, silent_at, 0 FROM contact_attempt WHERE outcome = 'no_response' AND silent_at IS NOT NULL
      UNION ALL
      SELECT person_id, sent_at, 0 FROM contact_attempt
      WHERE reason = 'invite' AND state = 'accepted' AND outcome IS NULL AND silent_at IS NOT NULL) AS seen
JOIN known_person ON known_person.id = seen.person_id
WHERE display_name != ''
GROUP BY known_person.id ORDER BY MAX(seen.first) DESC, seen_at DESC, known_person.id DESC LIMIT :most
"""
# The row stays and its events say what it was; a state made by hand is final.
_TAKE_BACK = """
UPDATE contact_attempt
SET why = 'taken_back', outcome = NULL, answered_at = NULL, silent_at = NULL, sent_at = NULL, answer = '', note = '',
    answer_why = '', call_back_at = NULL, needs_person = 0, changed_at = :now
WHERE id = :attempt_id AND reason = 'by_hand' AND made_by = :made_by
  AND why NOT IN ('taken_back', 'corrected') AND planned_at > :since
RETURNING id
"""
_CONTACTS = json.dumps(sorted(UNASKED | {"by_hand"}))
_LATELY = """
SELECT known_attempt.*, author.display_name AS author, approach.code AS approach_code
FROM known_attempt
JOIN approach ON approach.id = approach_id
LEFT JOIN person AS author ON author.id = known_attempt.made_by
WHERE (person_id = :person_id OR (:person_id IS NULL AND known_attempt.organisation_id = :organisation_id))
  AND sent_at > :since AND reason IN (SELECT value FROM json_each(:contacts))
  AND known_attempt.state IN ('by_hand', 'accepted', 'unknown')
ORDER BY sent_at DESC, known_attempt.id DESC LIMIT 1
"""
_TRIES = """
SELECT COUNT(*) FROM contact_attempt
WHERE person_id = :person_id AND reason = 'by_hand' AND about = :about AND sent_at IS NOT NULL
"""
_WHYS = """
SELECT person_id,
       CASE WHEN state = 'cancelled' AND why = 'stopped' THEN 'sending_stopped'
            ELSE COALESCE(NULLIF(why, ''), state) END AS why
FROM contact_attempt
WHERE about = :meeting_id AND reason = 'invite' AND person_id IS NOT NULL
  AND state IN ('blocked', 'failed', 'skipped', 'expired', 'cancelled')
ORDER BY state != 'cancelled', id
"""


async def recent_people(db: Reading, most: int) -> list[Person]:
    """People with a name: who waits for a person, then who was logged, fell silent or has not answered an invite yet.

    The latest first.
    """
    return [person_of(row) for row in await db.rows(_RECENT, most=most)]


@dataclass(frozen=True)
class Lately:
    """The last contact anybody had with somebody: the attempt, its approach's code, and who made it, or ''."""

    attempt: Attempt
    approach: str
    author: str


async def lately(db: Reading, person_id: int | None, since: int, organisation_id: int | None = None) -> Lately | None:
    """The last contact after `since` (unix seconds), by hand or by the bot unasked, in whatever campaign; or None."""
    row = await db.row(_LATELY, person_id=person_id, organisation_id=organisation_id, since=since, contacts=_CONTACTS)
    return None if row is None else Lately(of_row(row), row["approach_code"], row["author"] or "")


async def tries(db: Reading, person_id: int, about: int = 0) -> int:
    """How often this person has been tried by hand about this meeting, those that count."""
    return int(await db.value(_TRIES, person_id=person_id, about=about))


async def take_back(tx: Writing, attempt_id: int, made_by: int, now: int) -> bool:
    """A contact logged by mistake counts no more; False when it is not theirs, a day old, or taken back already."""
    since = now - TAKEN_BACK_WITHIN
    return bool(await tx.rows(_TAKE_BACK, attempt_id=attempt_id, made_by=made_by, now=now, since=since))


async def why_not_reached(db: Reading, meeting_id: int) -> dict[int, str]:
    """By person, the code of why the last invite that came to nothing did so."""
    return {row["person_id"]: row["why"] for row in await db.rows(_WHYS, meeting_id=meeting_id)}
