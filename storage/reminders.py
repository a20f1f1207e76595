"""Reminders, as the meeting's ladder or the council's says, to those who said yes and have a place, or maybe."""

from zoneinfo import ZoneInfo

from rules import ladder
from rules.council import Council
from rules.quiet import Moved, last_good_moment, next_good_moment, quiet_hours
from storage.database import Writing

_DAY = 24 * 3600
AHEAD = 61 * _DAY
SOON = 14 * _DAY
LEAD = 15 * 60
_SPELL = 26 * 3600
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


_NEXT_SPELL = """
SELECT id, due_at, until_at, shift, quiet_from, quiet_until, moved_from, moved_until, moved_end_at FROM known_attempt
WHERE state = 'planned' AND reason = 'reminder' AND due_at > :now AND due_at <= :horizon
"""
_GO_NOW = "UPDATE contact_attempt SET due_at = :now, why = 'brought_forward', changed_at = :now WHERE id = :attempt_id"


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


async def bring_forward(tx: Writing, now: int, council: Council) -> int:
    """Let go now what would find its person asleep from when it is due until it is too late; how many.

    It goes at the last good moment before that sleep, with a lead of 15 minutes, by the quiet hours of then.
    """
    moved = 0
    for row in await tx.rows(_NEXT_SPELL, now=now, horizon=now + _SPELL):
        usual = quiet_hours(row["shift"], row["quiet_from"], row["quiet_until"], council)
        other = Moved.of(row["moved_from"], row["moved_until"], row["moved_end_at"])
        if next_good_moment(row["due_at"], council.zone, usual, other) < row["until_at"]:
            continue
        if last_good_moment(row["due_at"], council.zone, usual, other) - LEAD <= now:
            await tx.run(_GO_NOW, attempt_id=row["id"], now=now)
            moved += 1
    return moved
