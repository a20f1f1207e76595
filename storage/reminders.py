"""Reminders, as the meeting's ladder or the council's says, to those who said yes and have a place, or maybe."""

from zoneinfo import ZoneInfo

from rules import ladder
from rules.council import Council
from storage.database import Writing

_DAY = 24 * 3600
AHEAD = 61 * _DAY
SOON = 8 * _DAY
_SOON = """
SELECT id, local_start, zone, moved, ladder FROM meeting
WHERE state = 'open' AND starts_at > :now AND starts_at <= :horizon
"""
# Somebody who answered after a reminder would have gone has just been told: the next one is theirs.
_PLAN = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, reward, state, due_at, until_at,
                             planned_at, changed_at)
SELECT person.id, (SELECT id FROM approach WHERE code = 'bot'), 'reminder', :meeting_id, :sequence, person.language, '',
       'planned', :due_at, :until_at, :now, :now
FROM response JOIN person ON person.id = response.person_id
WHERE response.meeting_id = :meeting_id
  AND (response.answer = 'maybe' OR (response.answer = 'yes' AND response.place = 'held'))
  AND MAX(response.answered_at, response.changed_at) <= :due_at
ORDER BY person.id
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
RETURNING id
"""


async def plan_reminders(tx: Writing, now: int, council: Council) -> int:
    """Write the reminders of the coming days that are not written yet; how many.

    Doing it twice, or late, does no harm. After a meeting has moved, its reminders are new occasions.
    """
    written = 0
    for meeting in await tx.rows(_SOON, now=now, horizon=now + AHEAD):
        rungs = council.reminders if meeting["ladder"] is None else ladder.parse(meeting["ladder"])
        for one in ladder.reminders(rungs, meeting["local_start"], ZoneInfo(meeting["zone"]), meeting["moved"]):
            if one.due_at <= now + SOON:
                rows = await tx.rows(
                    _PLAN,
                    meeting_id=meeting["id"],
                    sequence=one.sequence,
                    due_at=one.due_at,
                    until_at=one.until_at,
                    now=now,
                )
                written += len(rows)
    return written
