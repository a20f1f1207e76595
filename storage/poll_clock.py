"""What the clock does about polls: reminds those who have not answered, tells when all have, and closes in time."""

from storage.database import Writing

_REMIND = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, reward, state, due_at, until_at,
                             planned_at, made_by, changed_at)
SELECT asked.person_id, asked.approach_id, 'poll_reminder', poll.id, 1, person.language, poll.reward, 'planned',
       poll.reminds_at, poll.closes_at, :now, poll.made_by, :now
FROM poll
JOIN contact_attempt AS asked
  ON asked.reason = 'poll' AND asked.about = poll.id AND asked.state IN ('accepted', 'unknown')
JOIN person ON person.id = asked.person_id
WHERE poll.state = 'open' AND poll.reminds_at <= :now AND poll.closes_at > :now
  AND COALESCE(asked.sent_at, asked.changed_at) < poll.reminds_at
  AND NOT EXISTS (SELECT 1 FROM poll_vote JOIN poll_slot ON poll_slot.id = slot_id
                  WHERE poll_id = poll.id AND poll_vote.person_id = asked.person_id)
ORDER BY asked.person_id
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
RETURNING id
"""
# Nobody is still to be asked, somebody was, and each of those has voted.
_ALL_ANSWERED = """
UPDATE poll SET all_answered_at = :now
WHERE state = 'open' AND all_answered_at IS NULL
  AND EXISTS (SELECT 1 FROM contact_attempt
              WHERE reason = 'poll' AND about = poll.id AND state IN ('accepted', 'unknown'))
  AND NOT EXISTS (
      SELECT 1 FROM contact_attempt AS asked
      WHERE asked.reason = 'poll' AND asked.about = poll.id
        AND asked.state IN ('planned', 'queued', 'sending', 'retry_wait', 'accepted', 'unknown')
        AND NOT EXISTS (SELECT 1 FROM poll_vote JOIN poll_slot ON poll_slot.id = slot_id
                        WHERE poll_id = poll.id AND poll_vote.person_id = asked.person_id))
RETURNING id
"""
_CLOSE = """
UPDATE poll SET state = 'closed', closed_at = :now WHERE state = 'open' AND closes_at <= :now RETURNING id
"""
_TELL_MAKER = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, state, due_at, planned_at,
                             changed_at)
SELECT person.id, (SELECT id FROM approach WHERE code = 'bot'), :reason, poll.id, 1, person.language, 'planned', :now,
       :now, :now
FROM poll JOIN person ON person.id = poll.made_by
WHERE poll.id = :poll_id
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
"""


async def remind_due(tx: Writing, now: int) -> int:
    """Plan a reminder to everyone who was asked before its time and has not voted; how many."""
    return len(await tx.rows(_REMIND, now=now))


async def tell_all_answered(tx: Writing, now: int) -> int:
    """Tell the makers of those polls in which everybody has answered; how many polls."""
    return await _tell(tx, _ALL_ANSWERED, "poll_all_answered", now)


async def close_due(tx: Writing, now: int) -> int:
    """Close the polls whose deadline has passed, and tell their makers; how many polls."""
    return await _tell(tx, _CLOSE, "poll_closed", now)


async def _tell(tx: Writing, changes: str, reason: str, now: int) -> int:
    polls = [row["id"] for row in await tx.rows(changes, now=now)]
    for poll_id in polls:
        await tx.run(_TELL_MAKER, poll_id=poll_id, reason=reason, now=now)
    return len(polls)
