"""Notices planned for many at once: one statement each, and running it twice changes nothing."""

from storage.database import Writing

# Everyone who agreed to messages: a list of those who opted in after writing would be a list of who wrote.
_TO_EVERYONE = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, state, due_at, until_at,
                             planned_at, changed_at)
SELECT known_person.id, approach.id, 'notice', :about, 1, known_person.language, 'planned', :now, :until, :now, :now
FROM known_person, approach
WHERE approach.code = 'bot' AND consented AND stopped_at IS NULL AND telegram_id IS NOT NULL AND joined_at IS NOT NULL
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
"""
_TO_THOSE_WHO_CAME = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, state, due_at, until_at,
                             planned_at, changed_at)
SELECT person.id, approach.id, 'notice', :about, 1, person.language, 'planned', :due, :until, :now, :now
FROM person JOIN response ON response.person_id = person.id, approach
WHERE approach.code = 'bot' AND meeting_id = :meeting_id AND answer = 'yes' AND place = 'held'
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
"""
_ENDED = """
SELECT id, strand, starts_at + minutes * 60 AS ended_at FROM meeting
WHERE state IN ('open', 'closed') AND starts_at + minutes * 60 BETWEEN :since AND :now ORDER BY id
"""


async def to_everyone(tx: Writing, about: int, until: int, now: int) -> None:
    """Everyone who has joined and agreed to messages is told, not after `until`."""
    await tx.run(_TO_EVERYONE, about=about, until=until, now=now)


async def to_those_who_came(tx: Writing, meeting_id: int, about: int, due: int, until: int, now: int) -> None:
    """Whoever had a place at the meeting is asked, from `due` on and not after `until`."""
    await tx.run(_TO_THOSE_WHO_CAME, meeting_id=meeting_id, about=about, due=due, until=until, now=now)


async def ended(tx: Writing, since: int, now: int) -> list[tuple[int, str, int]]:
    """Meetings that ended in this time: id, strand, and when (unix seconds)."""
    return [(row["id"], row["strand"], row["ended_at"]) for row in await tx.rows(_ENDED, since=since, now=now)]
