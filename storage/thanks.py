"""Thanks to whoever came: one message after the meeting, in their own waking hours."""

from storage.database import Writing

AFTER, WITHIN = 30 * 60, 7 * 24 * 3600
"""Seconds after the end of a meeting: from when people are thanked, and until when."""

_PLAN = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, state, due_at, until_at,
                             planned_at, changed_at)
SELECT person.id, (SELECT id FROM approach WHERE code = 'bot'), 'thanks', meeting.id, 1, person.language, 'planned',
       :now, starts_at + minutes * 60 + :within, :now, :now
FROM attendance JOIN meeting ON meeting.id = attendance.meeting_id JOIN person ON person.id = attendance.person_id
WHERE standing = 'came' AND meeting.state IN ('open', 'closed') AND telegram_id IS NOT NULL
  AND starts_at + minutes * 60 + :after <= :now AND starts_at + minutes * 60 + :within > :now
ORDER BY meeting.id, person.id
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
"""


async def plan_due(tx: Writing, now: int) -> None:
    """Plan a thank-you for everyone who came to a meeting that ended lately. Running it twice changes nothing."""
    await tx.run(_PLAN, after=AFTER, within=WITHIN, now=now)
