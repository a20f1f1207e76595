"""Who came: by the code on the door, by the coordinator's list, as a walk-in; and what follows for the others.

Not known is never 'did not come'. Every change keeps its event, by trigger.
"""

import secrets
from dataclasses import dataclass

from rules import door_code
from storage.database import Reading, Writing
from storage.rewards import reversing

STANDINGS = ("came", "did_not_come", "cancelled_ahead", "unknown")


@dataclass(frozen=True)
class Listed:
    """A person on the door list. `said` and `place` are their answer; `standing` is '' while nothing is recorded."""

    person_id: int
    display_name: str
    said: str
    place: str
    standing: str
    how: str
    at: int | None


_DOOR = "SELECT secret FROM door WHERE meeting_id = :meeting_id"
_MAKE_DOOR = """
INSERT INTO door (meeting_id, secret, made_at) VALUES (:meeting_id, :secret, :now) ON CONFLICT (meeting_id) DO NOTHING
"""
_WRONG = "SELECT wrong FROM door_try WHERE meeting_id = :meeting_id AND person_id = :person_id"
_WRONG_AGAIN = """
INSERT INTO door_try (meeting_id, person_id, wrong, last_at) VALUES (:meeting_id, :person_id, 1, :now)
ON CONFLICT (meeting_id, person_id) DO UPDATE SET wrong = wrong + 1, last_at = excluded.last_at
"""
_RECORD = """
INSERT INTO attendance (meeting_id, person_id, standing, at, how, recorded_by, changed_at)
VALUES (:meeting_id, :person_id, :standing, :at, :how, :recorded_by, :now)
ON CONFLICT (meeting_id, person_id) DO UPDATE SET
    standing = excluded.standing, at = excluded.at, how = excluded.how, recorded_by = excluded.recorded_by,
    changed_at = excluded.changed_at
"""
_STANDING = "SELECT standing FROM attendance WHERE meeting_id = :meeting_id AND person_id = :person_id"
_TAKE_BACK = "DELETE FROM attendance WHERE meeting_id = :meeting_id AND person_id = :person_id RETURNING person_id"
_LIST = """
SELECT person.id AS person_id, display_name, COALESCE(response.answer, '') AS said,
       COALESCE(response.place, '') AS place, COALESCE(attendance.standing, '') AS standing,
       COALESCE(attendance.how, '') AS how, attendance.at
FROM (SELECT person_id FROM response WHERE meeting_id = :meeting_id AND answer != 'no'
      UNION SELECT person_id FROM attendance WHERE meeting_id = :meeting_id) AS known
JOIN person ON person.id = known.person_id
LEFT JOIN response ON response.person_id = person.id AND response.meeting_id = :meeting_id
LEFT JOIN attendance ON attendance.person_id = person.id AND attendance.meeting_id = :meeting_id
ORDER BY folded(display_name), person.id
"""
_COUNTS = "SELECT standing, COUNT(*) AS how_many FROM attendance WHERE meeting_id = :meeting_id GROUP BY standing"
_COUNT_HEADS = """
INSERT INTO head_count (meeting_id, how_many, counted_at, counted_by)
VALUES (:meeting_id, :how_many, :now, :counted_by)
ON CONFLICT (meeting_id) DO UPDATE SET
    how_many = excluded.how_many, counted_at = excluded.counted_at, counted_by = excluded.counted_by
"""
_HEADS = "SELECT how_many FROM head_count WHERE meeting_id = :meeting_id"
# Whoever said no after a yes gave notice; whoever has a place and no record is not known to have come.
_SETTLE = """
INSERT INTO attendance (meeting_id, person_id, standing, at, how, changed_at)
SELECT response.meeting_id, response.person_id,
       CASE WHEN response.answer = 'no' THEN 'cancelled_ahead'
            WHEN :list_is_full THEN 'did_not_come' ELSE 'unknown' END,
       CASE WHEN response.answer = 'no' THEN response.answered_at ELSE meeting.starts_at END,
       CASE WHEN response.answer = 'no' THEN 'answer' ELSE 'closing' END, :now
FROM response JOIN meeting ON meeting.id = response.meeting_id
WHERE response.meeting_id = :meeting_id
  AND ((response.answer = 'yes' AND response.place = 'held')
       OR (response.answer = 'no' AND EXISTS (
               SELECT 1 FROM response_event AS earlier
               WHERE earlier.person_id = response.person_id AND earlier.meeting_id = response.meeting_id
                 AND earlier.answer = 'yes')))
ON CONFLICT (meeting_id, person_id) DO NOTHING
RETURNING person_id
"""
_FOLLOW_UP = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, state, due_at, until_at,
                             planned_at, changed_at)
SELECT person.id, (SELECT id FROM approach WHERE code = 'bot'), 'no_show', attendance.meeting_id,
       1 + (SELECT COUNT(*) FROM contact_attempt AS earlier
            WHERE earlier.person_id = person.id AND earlier.reason = 'no_show' AND earlier.about = :meeting_id
              AND earlier.why = 'meeting_reopened'),
       person.language, 'planned', :due_at, :until_at, :now, :now
FROM attendance JOIN person ON person.id = attendance.person_id
WHERE attendance.meeting_id = :meeting_id AND standing = 'did_not_come'
ORDER BY person.id
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
RETURNING id
"""
_WHY = """
UPDATE contact_attempt
SET outcome = CASE WHEN outcome IN ('no_response', 'late') THEN 'late' ELSE 'answered' END,
    answered_at = COALESCE(answered_at, :now), answer = 'did_not_come', answer_why = :why, changed_at = :now
WHERE person_id = :person_id AND reason = 'no_show' AND about = :meeting_id AND state IN ('accepted', 'unknown')
RETURNING id
"""


async def door_secret(tx: Writing, meeting_id: int, now: int) -> bytes:
    """The secret of this meeting's door, made at first asking. Raises sqlite3.IntegrityError for no meeting."""
    await tx.run(_MAKE_DOOR, meeting_id=meeting_id, secret=secrets.token_bytes(door_code.SECRET_BYTES), now=now)
    secret: bytes = await tx.value(_DOOR, meeting_id=meeting_id)
    return secret


async def tries_left(db: Reading, meeting_id: int, person_id: int) -> int:
    """How many wrong codes this person may still type for this meeting."""
    wrong = await db.value(_WRONG, meeting_id=meeting_id, person_id=person_id) or 0
    return max(0, door_code.TRIES - wrong)


async def come_in(tx: Writing, meeting_id: int, person_id: int, typed: str, now: int) -> str:
    """Check in with the code on the door: 'came', 'wrong', or 'no_tries_left', which only the coordinator's list mends.

    The door's code counts when its secret was made; nobody may type it, or guess on, after five wrong ones.
    """
    if not await tries_left(tx, meeting_id, person_id):
        return "no_tries_left"
    secret = await tx.value(_DOOR, meeting_id=meeting_id)
    if secret is None or not door_code.accepts(secret, typed, now):
        await tx.run(_WRONG_AGAIN, meeting_id=meeting_id, person_id=person_id, now=now)
        return "wrong" if await tries_left(tx, meeting_id, person_id) else "no_tries_left"
    await record(tx, meeting_id, person_id, "came", "door", now)
    return "came"


async def record(
    tx: Writing,
    meeting_id: int,
    person_id: int,
    standing: str,
    how: str,
    now: int,
    *,
    recorded_by: int | None = None,
    at: int | None = None,
) -> None:
    """Keep how somebody stands: one of STANDINGS, and how we know ('door', 'coordinator', 'walk_in', ...).

    `at` (unix seconds) is when they came, when that is not now. Raises sqlite3.IntegrityError for any other word.
    """
    await tx.run(
        _RECORD,
        meeting_id=meeting_id,
        person_id=person_id,
        standing=standing,
        at=now if at is None else at,
        how=how,
        recorded_by=recorded_by,
        now=now,
    )
    await reversing.attendance_changed(tx, meeting_id, person_id, now)


async def take_back(tx: Writing, meeting_id: int, person_id: int, now: int) -> bool:
    """Undo: nothing is recorded of this person any more, but in the history. False when nothing was."""
    if not await tx.rows(_TAKE_BACK, meeting_id=meeting_id, person_id=person_id):
        return False
    await reversing.attendance_changed(tx, meeting_id, person_id, now)
    return True


async def standing(db: Reading, meeting_id: int, person_id: int) -> str | None:
    """How this person stands, or None when nothing is recorded."""
    value: str | None = await db.value(_STANDING, meeting_id=meeting_id, person_id=person_id)
    return value


async def door_list(db: Reading, meeting_id: int) -> list[Listed]:
    """Everyone who said yes or maybe, or is recorded, by name."""
    return [Listed(**dict(row)) for row in await db.rows(_LIST, meeting_id=meeting_id)]


async def counts(db: Reading, meeting_id: int) -> dict[str, int]:
    """How many people stand how, by the words of STANDINGS; a standing of nobody is not in it."""
    return {row["standing"]: row["how_many"] for row in await db.rows(_COUNTS, meeting_id=meeting_id)}


async def count_heads(tx: Writing, meeting_id: int, how_many: int, counted_by: int | None, now: int) -> None:
    """Keep a bare head-count. Raises sqlite3.IntegrityError for one below 0 or over 100,000."""
    await tx.run(_COUNT_HEADS, meeting_id=meeting_id, how_many=how_many, counted_by=counted_by, now=now)


async def heads(db: Reading, meeting_id: int) -> int | None:
    """The head-count, or None when nobody counted."""
    value: int | None = await db.value(_HEADS, meeting_id=meeting_id)
    return value


async def settle(tx: Writing, meeting_id: int, now: int, *, list_is_full: bool) -> int:
    """Say of everyone with a yes how they stand, unless that is recorded; how many.

    `list_is_full`: the coordinator says that everybody who came is ticked, so the rest did not come. Otherwise they
    are 'unknown'.
    """
    return len(await tx.rows(_SETTLE, meeting_id=meeting_id, list_is_full=int(list_is_full), now=now))


async def follow_up(tx: Writing, meeting_id: int, now: int, due_at: int, until_at: int) -> int:
    """Plan one neutral message to each who did not come, between these unix seconds; how many. Twice does no harm."""
    return len(await tx.rows(_FOLLOW_UP, meeting_id=meeting_id, due_at=due_at, until_at=until_at, now=now))


async def say_why(tx: Writing, meeting_id: int, person_id: int, why: str, now: int) -> bool:
    """Keep why somebody did not come; False when we never asked them."""
    return bool(await tx.rows(_WHY, meeting_id=meeting_id, person_id=person_id, why=why, now=now))
