"""Reminders, a day and two hours before, to those who said yes and have a place, or maybe."""

from zoneinfo import ZoneInfo

from rules.council import Council
from rules.local_time import day_before, instant
from storage.database import Writing

TWO_HOURS = 2 * 3600
AHEAD = 8 * 24 * 3600
_SOON = """
SELECT id, local_start, zone, starts_at, moved FROM meeting
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


async def plan_reminders(tx: Writing, now: int, council: Council) -> int:  # noqa: ARG001 - the ladder will be the council's
    """Write the reminders of the coming days that are not written yet; how many.

    Doing it twice, or late, does no harm. After a meeting has moved, its reminders are new occasions.
    """
    written = 0
    for meeting in await tx.rows(_SOON, now=now, horizon=now + AHEAD):
        day = instant(day_before(meeting["local_start"], 1), ZoneInfo(meeting["zone"]))
        hours = meeting["starts_at"] - TWO_HOURS
        first = 2 * meeting["moved"] + 1
        for sequence, due_at, until_at in ((first, day, hours), (first + 1, hours, meeting["starts_at"])):
            written += len(
                await tx.rows(
                    _PLAN, meeting_id=meeting["id"], sequence=sequence, due_at=due_at, until_at=until_at, now=now
                )
            )
    return written
