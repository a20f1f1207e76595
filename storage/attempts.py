"""Attempts to reach people: the log, the outbox and the schedule under one name.

Written here and read here; sending is in `outbox`, silence in `silence`, reminders in `reminders`, paper and phone in
`by_hand`.
"""

import json

from rules.sending import UNASKED
from storage.attempt_row import Attempt, of_row
from storage.by_hand import call_backs, log_by_hand
from storage.database import Reading, Writing
from storage.outbox import (
    accepted,
    candidate,
    claim,
    finish,
    hold,
    next_due,
    release_due,
    retry,
    retry_unknown,
    sending_left_over,
    unknown,
)
from storage.reminders import bring_forward, plan_reminders
from storage.silence import close_silent

__all__ = [
    "Attempt",
    "accepted",
    "bring_forward",
    "by_id",
    "call_backs",
    "candidate",
    "claim",
    "close_silent",
    "finish",
    "hold",
    "invited",
    "last_late_at",
    "log_by_hand",
    "next_due",
    "of_person",
    "plan",
    "plan_reminders",
    "recent_unasked",
    "release_due",
    "retry",
    "retry_unknown",
    "sending_left_over",
    "silent",
    "unknown",
]

_PLAN = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, reward, state, due_at, until_at,
                             planned_at, changed_at)
SELECT person.id, approach.id, :reason, :about, :sequence, COALESCE(:language, person.language), :reward, 'planned',
       :due_at, :until_at, :now, :now
FROM person, approach
WHERE person.id = :person_id AND approach.code = :approach
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
RETURNING id
"""
_BY_ID = "SELECT * FROM known_attempt WHERE id = :attempt_id"
_OF_PERSON = "SELECT * FROM known_attempt WHERE person_id = :person_id ORDER BY id"
_INVITED = """
SELECT 1 FROM contact_attempt
WHERE person_id = :person_id AND reason = 'invite' AND about = :meeting_id
  AND state IN ('sending', 'retry_wait', 'accepted', 'unknown')
"""
_SILENT = """
SELECT * FROM known_attempt
WHERE about = :meeting_id AND reason = 'invite' AND outcome = 'no_response' AND said IS NULL
  AND id = (SELECT MAX(later.id) FROM contact_attempt AS later
            WHERE later.person_id = known_attempt.person_id AND later.reason = 'invite' AND later.about = :meeting_id
              AND later.sent_at IS NOT NULL)
ORDER BY sent_at, id
"""
_UNASKED = json.dumps(sorted(UNASKED))
# What may have reached them counts, not only what is known to have.
_RECENT_UNASKED = """
SELECT COALESCE(sent_at, changed_at) AS at FROM contact_attempt
WHERE person_id = :person_id AND reason IN (SELECT value FROM json_each(:unasked))
  AND state IN ('sending', 'accepted', 'unknown') AND COALESCE(sent_at, changed_at) > :since
ORDER BY at
"""
_LAST_LATE = """
SELECT MAX(sent_at) FROM contact_attempt
WHERE person_id = :person_id AND sent_at - due_at > 3600 AND state = 'accepted'
"""


async def plan(  # noqa: PLR0913 - what a message is, and when it may go
    tx: Writing,
    person_id: int,
    reason: str,
    about: int,
    sequence: int,
    due_at: int,
    until_at: int | None,
    now: int,
    *,
    approach: str = "bot",
    language: str | None = None,
    reward: str = "",
) -> bool:
    """Write down that this will be sent; False, and nothing changes, when this occasion was planned before.

    Not before `due_at` and not after `until_at` (unix seconds). Without a language it is the person's.
    """
    rows = await tx.rows(
        _PLAN,
        person_id=person_id,
        reason=reason,
        about=about,
        sequence=sequence,
        due_at=due_at,
        until_at=until_at,
        now=now,
        approach=approach,
        language=language,
        reward=reward,
    )
    return bool(rows)


async def by_id(db: Reading, attempt_id: int) -> Attempt | None:
    """The attempt, or None when there is no such one."""
    row = await db.row(_BY_ID, attempt_id=attempt_id)
    return None if row is None else of_row(row)


async def of_person(db: Reading, person_id: int) -> list[Attempt]:
    """Every attempt to reach this person, the first one first."""
    return [of_row(row) for row in await db.rows(_OF_PERSON, person_id=person_id)]


async def invited(db: Reading, person_id: int, meeting_id: int) -> bool:
    """Whether an invite to this meeting has left for this person, or may have."""
    return await db.row(_INVITED, person_id=person_id, meeting_id=meeting_id) is not None


async def silent(db: Reading, meeting_id: int) -> list[Attempt]:
    """The last invite of everyone who was asked to this meeting and whose silence has closed it."""
    return [of_row(row) for row in await db.rows(_SILENT, meeting_id=meeting_id)]


async def recent_unasked(db: Reading, person_id: int, since: int) -> tuple[int, ...]:
    """When (unix seconds) messages that nobody asked for went to this person after `since`, the first one first."""
    return tuple(
        row["at"] for row in await db.rows(_RECENT_UNASKED, person_id=person_id, since=since, unasked=_UNASKED)
    )


async def last_late_at(db: Reading, person_id: int) -> int | None:
    """When this person last got a message over an hour after it was due (unix seconds), or None."""
    value: int | None = await db.value(_LAST_LATE, person_id=person_id)
    return value
