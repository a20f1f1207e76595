"""Asking people about times, and their votes."""

from dataclasses import dataclass

from storage import broadcasts
from storage.audience import Audience
from storage.broadcasts import Broadcast
from storage.database import Reading, Writing


@dataclass(frozen=True)
class Tally:
    """How many have said what about a slot. Who has not answered the poll at all is counted in `standing`, not here."""

    slot_id: int
    local_start: str
    starts_at: int
    yes: int
    if_need: int
    no: int


class PollClosed(Exception):
    """The poll takes no votes: it is not open, or its deadline has passed."""


_OPEN = """
UPDATE poll SET state = 'open', audience = :audience
WHERE id = :poll_id AND state = 'draft' AND closes_at > :now
  AND EXISTS (SELECT 1 FROM poll_slot WHERE poll_id = poll.id)
RETURNING closes_at
"""
_VOTABLE = """
SELECT poll.id FROM poll JOIN poll_slot ON poll_id = poll.id
WHERE poll_slot.id = :slot_id AND state = 'open' AND closes_at > :now
"""
_VOTE = """
INSERT INTO poll_vote (slot_id, person_id, answer, voted_at) VALUES (:slot_id, :person_id, :answer, :now)
ON CONFLICT (slot_id, person_id) DO UPDATE SET answer = excluded.answer, voted_at = excluded.voted_at
"""
# A vote answers the question, whether Telegram ever said that it arrived or not.
_RESOLVE = """
UPDATE contact_attempt
SET state = CASE state WHEN 'unknown' THEN 'accepted' ELSE state END,
    why = CASE state WHEN 'unknown' THEN '' ELSE why END,
    sent_at = COALESCE(sent_at, CASE state WHEN 'unknown' THEN changed_at END),
    outcome = CASE WHEN outcome IN ('no_response', 'late') THEN 'late' ELSE 'answered' END,
    answered_at = COALESCE(answered_at, :now), answer = 'voted', changed_at = :now
WHERE person_id = :person_id AND reason = 'poll' AND about = :poll_id AND state IN ('accepted', 'unknown')
"""
_MINE = """
SELECT slot_id, answer FROM poll_vote JOIN poll_slot ON poll_slot.id = slot_id
WHERE poll_id = :poll_id AND person_id = :person_id
"""
_TALLIES = """
SELECT poll_slot.id AS slot_id, local_start, starts_at, COALESCE(SUM(answer = 'yes'), 0) AS yes,
       COALESCE(SUM(answer = 'if_need'), 0) AS if_need, COALESCE(SUM(answer = 'no'), 0) AS no
FROM poll_slot LEFT JOIN poll_vote ON slot_id = poll_slot.id
WHERE poll_id = :poll_id GROUP BY poll_slot.id ORDER BY starts_at, poll_slot.id
"""
_NOT_ANSWERED = """
SELECT DISTINCT person_id FROM contact_attempt
WHERE reason = 'poll' AND about = :poll_id AND state IN ('sending', 'accepted', 'unknown')
  AND NOT EXISTS (SELECT 1 FROM poll_vote JOIN poll_slot ON poll_slot.id = slot_id
                  WHERE poll_id = :poll_id AND poll_vote.person_id = contact_attempt.person_id)
ORDER BY person_id
"""


async def open_(
    tx: Writing,
    poll_id: int,
    audience: Audience,
    now: int,
    *,
    made_by: int | None = None,
    chat_id: int | None = None,
    undo_seconds: int = 0,
) -> Broadcast | None:
    """Ask the audience when the time to undo is over; None for no draft, no slots, or a deadline in the past."""
    if not await tx.rows(_OPEN, poll_id=poll_id, audience=audience.to_json(), now=now):
        return None
    return await broadcasts.begin(tx, audience, made_by, chat_id, now, undo_seconds, poll_id)


async def vote(tx: Writing, person_id: int, slot_id: int, answer: str, now: int) -> dict[int, str]:
    """Keep 'yes', 'if_need' or 'no' about one slot; then all this person's votes in the poll, by slot.

    Raises PollClosed, and sqlite3.IntegrityError for another answer.
    """
    poll_id = await tx.value(_VOTABLE, slot_id=slot_id, now=now)
    if poll_id is None:
        raise PollClosed
    await tx.run(_VOTE, slot_id=slot_id, person_id=person_id, answer=answer, now=now)
    await tx.run(_RESOLVE, person_id=person_id, poll_id=poll_id, now=now)
    return await mine(tx, person_id, poll_id)


async def mine(db: Reading, person_id: int, poll_id: int) -> dict[int, str]:
    """This person's own votes, by slot; a slot they have not answered is not in it."""
    return {row["slot_id"]: row["answer"] for row in await db.rows(_MINE, person_id=person_id, poll_id=poll_id)}


async def standing(db: Reading, poll_id: int) -> list[Tally]:
    """What the votes for each slot add up to, the earliest slot first."""
    return [Tally(**dict(row)) for row in await db.rows(_TALLIES, poll_id=poll_id)]


async def not_answered(db: Reading, poll_id: int) -> list[int]:
    """Who was asked (or may have been) and has not voted on any slot."""
    return [row["person_id"] for row in await db.rows(_NOT_ANSWERED, poll_id=poll_id)]
