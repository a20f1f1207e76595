"""What happens when a meeting is moved, changes its place or is cancelled: who is told, and what is no longer sent."""

from zoneinfo import ZoneInfo

from rules.local_time import instant
from storage.database import Writing

_CANCEL = "UPDATE meeting SET state = 'cancelled' WHERE id = :meeting_id AND state IN ('draft', 'open') RETURNING id"
_STOP_BROADCASTS = (
    "UPDATE broadcast SET state = 'stopped' WHERE meeting_id = :meeting_id AND state IN ('waiting', 'sending')"
)
# What may have arrived stays unknown; it only does not go again.
_VOID = """
UPDATE contact_attempt
SET state = CASE state WHEN 'unknown' THEN 'unknown' ELSE 'cancelled' END,
    why = CASE state WHEN 'unknown' THEN 'left_unknown' ELSE :why END, changed_at = :now
WHERE about = :meeting_id AND reason IN (SELECT value FROM json_each(:reasons))
  AND state IN ('planned', 'queued', 'retry_wait', 'unknown')
"""
# Nobody can be silent about a meeting that is off: such an attempt stays open for good.
_STOP_CLOCKS = """
UPDATE contact_attempt SET silent_at = NULL, why = 'meeting_cancelled', changed_at = :now
WHERE about = :meeting_id AND state = 'accepted' AND outcome IS NULL AND silent_at IS NOT NULL
"""
_MOVE = """
UPDATE meeting SET local_start = :local_start, starts_at = :starts_at, moved = moved + 1
WHERE id = :meeting_id AND state IN ('draft', 'open') AND local_start != :local_start
RETURNING id
"""
_ZONE = "SELECT zone FROM meeting WHERE id = :meeting_id"
_PLACE = """
UPDATE meeting SET venue_id = :venue_id, mode = 'in_person'
WHERE id = :meeting_id AND state IN ('draft', 'open') AND venue_id IS NOT :venue_id
RETURNING id
"""
_FIT_DEADLINES = """
UPDATE contact_attempt SET until_at = :starts_at
WHERE about = :meeting_id AND reason IN ('invite', 'place_free', 'changed') AND until_at IS NOT NULL
  AND state IN ('planned', 'queued', 'sending', 'retry_wait', 'unknown')
"""
_FIT_CLOCKS = """
UPDATE contact_attempt SET silent_at = MAX(sent_at, :starts_at)
WHERE about = :meeting_id AND state = 'accepted' AND outcome IS NULL AND silent_at > :starts_at
"""
# The same number for everyone who is told of one change, so that running it twice tells nobody twice.
_TELL = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, reward, state, due_at, until_at,
                             planned_at, changed_at)
SELECT person.id, (SELECT id FROM approach WHERE code = 'bot'), :reason, :meeting_id,
       1 + COALESCE((SELECT MAX(sequence) FROM contact_attempt WHERE about = :meeting_id AND reason = :reason), 0),
       person.language, meeting.reward, 'planned', :now, meeting.starts_at, :now, :now
FROM response
JOIN person ON person.id = response.person_id
JOIN meeting ON meeting.id = response.meeting_id
WHERE response.meeting_id = :meeting_id AND response.answer IN ('yes', 'maybe')
ORDER BY response.answered_at, person.id
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
RETURNING id
"""
_TO_COME = (
    "SELECT id, local_start, zone, starts_at FROM meeting WHERE starts_at > :since AND state IN ('draft', 'open')"
)
_SET_START = "UPDATE meeting SET starts_at = :starts_at WHERE id = :meeting_id"
_SHIFT_UNSENT = """
UPDATE contact_attempt
SET until_at = until_at + :by, due_at = CASE reason WHEN 'reminder' THEN due_at + :by ELSE due_at END
WHERE about = :meeting_id AND reason IN ('invite', 'place_free', 'changed', 'reminder')
  AND state IN ('planned', 'queued', 'sending', 'retry_wait', 'unknown')
"""
_DAY = 24 * 3600


async def cancel(tx: Writing, meeting_id: int, now: int) -> int | None:
    """Call it off: nothing else is sent about it, and all who said yes or maybe will be told.

    How many will be told, or None when it was cancelled or closed already.
    """
    if not await tx.rows(_CANCEL, meeting_id=meeting_id):
        return None
    await tx.run(_STOP_BROADCASTS, meeting_id=meeting_id)
    reasons = '["invite", "reminder", "place_free", "changed", "notice"]'
    await tx.run(_VOID, meeting_id=meeting_id, reasons=reasons, why="meeting_cancelled", now=now)
    await tx.run(_STOP_CLOCKS, meeting_id=meeting_id, now=now)
    return len(await tx.rows(_TELL, meeting_id=meeting_id, reason="cancelled", now=now))


async def change_time(tx: Writing, meeting_id: int, local_start: str, now: int) -> int | None:
    """Move it to another wall time in its zone; reminders start anew and all who said yes or maybe will be told.

    How many will be told, or None when nothing changed. Raises ValueError for a wall time that cannot be read.
    """
    zone = await tx.value(_ZONE, meeting_id=meeting_id)
    if zone is None:
        return None
    starts_at = instant(local_start, ZoneInfo(zone))
    if not await tx.rows(_MOVE, meeting_id=meeting_id, local_start=local_start, starts_at=starts_at):
        return None
    await tx.run(_VOID, meeting_id=meeting_id, reasons='["reminder", "changed"]', why="meeting_moved", now=now)
    await tx.run(_FIT_DEADLINES, meeting_id=meeting_id, starts_at=starts_at)
    await tx.run(_FIT_CLOCKS, meeting_id=meeting_id, starts_at=starts_at)
    return len(await tx.rows(_TELL, meeting_id=meeting_id, reason="changed", now=now))


async def change_venue(tx: Writing, meeting_id: int, venue_id: int, now: int) -> int | None:
    """Hold it at another venue; all who said yes or maybe will be told. How many, or None when nothing changed.

    Raises sqlite3.IntegrityError for a venue that does not exist.
    """
    if not await tx.rows(_PLACE, meeting_id=meeting_id, venue_id=venue_id):
        return None
    await tx.run(_VOID, meeting_id=meeting_id, reasons='["changed"]', why="superseded", now=now)
    return len(await tx.rows(_TELL, meeting_id=meeting_id, reason="changed", now=now))


async def recompute_starts(tx: Writing, now: int) -> int:
    """Compute the instants of coming meetings from their wall times again: clocks' rules change. How many moved."""
    moved = 0
    for row in await tx.rows(_TO_COME, since=now - _DAY):
        starts_at = instant(row["local_start"], ZoneInfo(row["zone"]))
        if starts_at != row["starts_at"]:
            await tx.run(_SET_START, meeting_id=row["id"], starts_at=starts_at)
            await tx.run(_SHIFT_UNSENT, meeting_id=row["id"], by=starts_at - row["starts_at"])
            moved += 1
    return moved
