"""Meetings that are over and were not closed: one message to whoever made it, or to another coordinator."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from rules.local_time import instant, wall
from storage.database import Writing

AT = "10:00"  # wall time, on the day that is due
WITHIN = 13 * 24 * 3600  # after that, who came can no longer be written down
_OVER = """
SELECT id, zone, starts_at + 60 * minutes AS ends_at FROM meeting
WHERE state = 'open' AND starts_at + 60 * minutes <= :now AND starts_at + 60 * minutes > :now - :within
  AND NOT EXISTS (SELECT 1 FROM contact_attempt WHERE reason = 'close_due' AND about = meeting.id)
ORDER BY starts_at, id
"""
# Whoever made it comes first, while they are a coordinator and can be written to; then the one longest in the role.
_TELL = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, state, due_at, until_at,
                             planned_at, changed_at)
SELECT person.id, (SELECT id FROM approach WHERE code = 'bot'), 'close_due', meeting.id, 1, person.language, 'planned',
       :now, :until_at, :now, :now
FROM meeting
JOIN role_grant ON role = 'coordinator' AND revoked_at IS NULL
JOIN person ON person.id = role_grant.person_id AND person.invented = :invented
WHERE meeting.id = :meeting_id AND telegram_id IS NOT NULL AND stopped_at IS NULL AND unreachable_at IS NULL
ORDER BY person.id IS meeting.made_by DESC, granted_at, role_grant.id
LIMIT 1
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
RETURNING id
"""


async def remind(tx: Writing, now: int, days: int, *, invented: bool) -> int:
    """Plan one message about each meeting that ended so many days ago and is not closed; how many. 0 days: never.

    It is due at ten in the morning by the meeting's own clock. Doing it twice, or late, does no harm.
    """
    planned = 0
    for meeting in await tx.rows(_OVER, now=now, within=WITHIN) if days else ():
        zone = ZoneInfo(meeting["zone"])
        day = date.fromisoformat(wall(meeting["ends_at"], zone)[:10]) + timedelta(days=days)
        if instant(f"{day}T{AT}", zone) <= now:
            until_at = meeting["ends_at"] + WITHIN
            rows = await tx.rows(_TELL, meeting_id=meeting["id"], now=now, until_at=until_at, invented=int(invented))
            planned += len(rows)
    return planned
