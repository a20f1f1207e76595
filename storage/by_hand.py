"""Contacts made by hand: a call, a visit, an e-mail, a letter, a talk. They stand in the log of every message."""

from rules import dispositions
from storage.attempt_row import Attempt, of_row
from storage.database import Reading, Writing

_LOG = """
INSERT INTO contact_attempt (person_id, place, organisation_id, approach_id, reason, about, sequence, language, reward,
                             state, why, due_at, planned_at, sent_at, silent_at, outcome, answered_at, answer,
                             answer_why, call_back_at, needs_person, placement_id, import_id, note, made_by, changed_at)
SELECT :person_id, :place, :organisation_id, approach.id, 'by_hand', :about,
       1 + COALESCE((SELECT MAX(sequence) FROM contact_attempt
                     WHERE person_id = :person_id AND reason = 'by_hand' AND about = :about), 0),
       COALESCE((SELECT language FROM person WHERE id = :person_id), 'en'),
       COALESCE((SELECT reward FROM meeting WHERE id = :about), ''),
       CASE WHEN :made THEN 'by_hand' ELSE 'skipped' END, CASE WHEN :made THEN '' ELSE 'not_attempted' END, :at, :at,
       CASE WHEN :made THEN :at END, :silent_at, :outcome, :answered_at, :answer, :answer_why, :call_back_at,
       :needs_person, :placement_id, :import_id, :note, :made_by, :now
FROM approach WHERE approach.code = :approach_code
RETURNING id
"""
# The row for the correction takes the place of the old one in time, and the next number.
_CORRECTED = """
INSERT INTO contact_attempt (person_id, place, organisation_id, approach_id, reason, about, sequence, language, reward,
                             state, why, due_at, planned_at, sent_at, silent_at, outcome, answered_at, answer,
                             answer_why, call_back_at, needs_person, corrects, correction, placement_id, import_id,
                             note, made_by, changed_at)
SELECT person_id, place, organisation_id, approach_id, reason, about,
       1 + COALESCE((SELECT MAX(sequence) FROM contact_attempt AS other
                     WHERE other.person_id = wrong.person_id AND other.reason = 'by_hand'
                       AND other.about = wrong.about), wrong.sequence),
       language, reward, CASE WHEN :made THEN 'by_hand' ELSE 'skipped' END,
       CASE WHEN :made THEN '' ELSE 'not_attempted' END, due_at, planned_at, CASE WHEN :made THEN due_at END,
       :silent_at, :outcome, CASE WHEN :outcome = 'answered' THEN due_at END, :answer, :answer_why, :call_back_at,
       needs_person, id, :correction, placement_id, import_id, :note, :made_by, :now
FROM contact_attempt AS wrong
WHERE id = :attempt_id AND reason = 'by_hand' AND why NOT IN ('taken_back', 'corrected') AND planned_at > :since
  AND (made_by = :made_by OR :anybodys)
RETURNING id
"""
# What it said stays in the row; that it counts is taken from it.
_STRIKE = """
UPDATE contact_attempt
SET why = 'corrected', outcome = NULL, answered_at = NULL, silent_at = NULL, sent_at = NULL, needs_person = 0,
    changed_at = :now
WHERE id = :attempt_id
"""
_CALL_BACKS = """
SELECT * FROM known_attempt
WHERE answer = 'call_back' AND reason = 'by_hand' AND why NOT IN ('taken_back', 'corrected')
  AND NOT EXISTS (SELECT 1 FROM contact_attempt AS later
                  WHERE later.reason = 'by_hand' AND later.why NOT IN ('taken_back', 'corrected')
                    AND (later.person_id = known_attempt.person_id
                         OR (known_attempt.person_id IS NULL
                             AND later.organisation_id = known_attempt.organisation_id)
                         OR (known_attempt.person_id IS NULL AND known_attempt.organisation_id IS NULL
                             AND later.person_id IS NULL AND later.organisation_id IS NULL
                             AND later.placement_id IS NULL AND folded(later.place) = folded(known_attempt.place)))
                    AND (later.planned_at, later.id) > (known_attempt.planned_at, known_attempt.id))
ORDER BY COALESCE(call_back_at, sent_at), id
"""
_NEEDS = "SELECT * FROM known_attempt WHERE needs_person = 1 ORDER BY planned_at, id"
_SET_NEEDS = """
UPDATE contact_attempt SET needs_person = :needs
WHERE id = :attempt_id AND reason = 'by_hand' AND needs_person != :needs AND why NOT IN ('taken_back', 'corrected')
RETURNING id
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
    at: int | None = None,
    why: str = "",
    call_back_at: int | None = None,
    needs_person: bool = False,
    organisation_id: int | None = None,
    placement_id: int | None = None,
    import_id: int | None = None,
) -> int:
    """Log a contact with a person, an organisation or at a place, and what came of it; the attempt's id.

    It took place `at` (unix seconds), or now. `why` says why it was 'not_attempted'. An outcome that is still open
    closes as non-response at `silent_at` when that is given. Raises ValueError for an outcome or approach that does not
    exist, sqlite3.IntegrityError when there is neither person nor place.
    """
    closed, moment = dispositions.outcome_of(outcome), now if at is None else at
    who = {"person_id": person_id, "place": place, "organisation_id": organisation_id, "made_by": made_by}
    what = {"approach_code": approach_code, "about": about, "placement_id": placement_id, "import_id": import_id}
    came = {"answer": outcome, "answer_why": why, "outcome": closed, "note": note, "needs_person": int(needs_person)}
    logged: int | None = await tx.value(
        _LOG,
        **who,
        **what,
        **came,
        made=outcome != "not_attempted",
        answered_at=moment if closed == "answered" else None,
        silent_at=silent_at if outcome in dispositions.OPEN else None,
        call_back_at=call_back_at,
        at=moment,
        now=now,
    )
    if logged is None:
        raise ValueError(f"no such approach: {approach_code!r}")
    return logged


async def correct(  # noqa: PLR0913 - what is right instead, why, by whom and within which time
    tx: Writing,
    attempt_id: int,
    outcome: str,
    note: str,
    correction: str,
    made_by: int,
    now: int,
    *,
    since: int,
    anybodys: bool = False,
    why: str = "",
    call_back_at: int | None = None,
    silent_at: int | None = None,
) -> int | None:
    """Write down what was right, in a new row that stands in for the old one; its id.

    The old row stays as it was and counts no more. None when it is not theirs (unless `anybodys`), was made at or
    before `since`, or does not count any more. Raises ValueError for an outcome that does not exist.
    """
    made: int | None = await tx.value(
        _CORRECTED,
        attempt_id=attempt_id,
        answer=outcome,
        answer_why=why,
        made=outcome != "not_attempted",
        outcome=dispositions.outcome_of(outcome),
        silent_at=silent_at if outcome in dispositions.OPEN else None,
        call_back_at=call_back_at,
        correction=correction,
        note=note,
        made_by=made_by,
        now=now,
        since=since,
        anybodys=int(anybodys),
    )
    if made is not None:
        await tx.run(_STRIKE, attempt_id=attempt_id, now=now)
    return made


async def call_backs(db: Reading) -> list[Attempt]:
    """The calls that asked for another call and have had none yet, the first due first; without a time, when made."""
    return [of_row(row) for row in await db.rows(_CALL_BACKS)]


async def needing(db: Reading) -> list[Attempt]:
    """The contacts after which somebody said that a person is needed, the oldest first."""
    return [of_row(row) for row in await db.rows(_NEEDS)]


async def set_needs_person(tx: Writing, attempt_id: int, *, needs: bool) -> bool:
    """A person is needed after this contact, or not any more; False when that stands so already."""
    return bool(await tx.rows(_SET_NEEDS, attempt_id=attempt_id, needs=int(needs)))
