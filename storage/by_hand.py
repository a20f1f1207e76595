"""Contacts made by hand: a call, a visit, an e-mail, a letter, a talk. They stand in the log of every message."""

from rules import dispositions
from storage.attempt_row import Attempt, of_row
from storage.database import Reading, Writing

_LOG = """
INSERT INTO contact_attempt (person_id, place, approach_id, reason, about, sequence, language, reward, state, why,
                             due_at, planned_at, sent_at, silent_at, outcome, answered_at, answer, note, made_by,
                             changed_at)
SELECT :person_id, :place, approach.id, 'by_hand', :about,
       1 + COALESCE((SELECT MAX(sequence) FROM contact_attempt
                     WHERE person_id = :person_id AND reason = 'by_hand' AND about = :about), 0),
       COALESCE((SELECT language FROM person WHERE id = :person_id), 'en'),
       COALESCE((SELECT reward FROM meeting WHERE id = :about), ''),
       CASE WHEN :made THEN 'by_hand' ELSE 'skipped' END, CASE WHEN :made THEN '' ELSE 'not_attempted' END, :now, :now,
       CASE WHEN :made THEN :now END, :silent_at, :outcome, :answered_at, :answer, :note, :made_by, :now
FROM approach WHERE approach.code = :approach_code
RETURNING id
"""
_CALL_BACKS = """
SELECT * FROM known_attempt
WHERE reason = 'by_hand' AND answer = 'call_back' AND outcome IS NULL
  AND NOT EXISTS (SELECT 1 FROM contact_attempt AS later
                  WHERE later.person_id = known_attempt.person_id AND later.reason = 'by_hand'
                    AND later.id > known_attempt.id)
ORDER BY sent_at, id
"""


async def log_by_hand(  # noqa: PLR0913 - the four taps, and who and when
    tx: Writing,
    person_id: int | None,
    place: str | None,
    approach_code: str,
    outcome: str,
    note: str,
    made_by: int | None,
    now: int,
    *,
    about: int = 0,
    silent_at: int | None = None,
) -> int:
    """Log a contact with a person on record or at a place, and what came of it; the attempt's id.

    An outcome that is still open closes as non-response at `silent_at` when that is given. Raises ValueError for an
    outcome or approach that does not exist, sqlite3.IntegrityError when there is neither person nor place.
    """
    closed = dispositions.outcome_of(outcome)
    logged: int | None = await tx.value(
        _LOG,
        person_id=person_id,
        place=place,
        approach_code=approach_code,
        answer=outcome,
        made=outcome != "not_attempted",
        outcome=closed,
        answered_at=now if closed == "answered" else None,
        silent_at=silent_at if outcome in dispositions.OPEN else None,
        note=note,
        made_by=made_by,
        now=now,
        about=about,
    )
    if logged is None:
        raise ValueError(f"no such approach: {approach_code!r}")
    return logged


async def call_backs(db: Reading) -> list[Attempt]:
    """The calls that asked for another call and have had none yet, the oldest first."""
    return [of_row(row) for row in await db.rows(_CALL_BACKS)]
