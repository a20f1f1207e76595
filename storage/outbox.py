"""The outbox: what is due, whose turn it is, and what became of it. Every step is one conditional statement.

Each UPDATE asks for the states from which rules/transitions allows the step, so a result that comes twice, or too late,
changes nothing.
"""

import json
from dataclasses import replace

from rules import sending
from rules.quiet import Moved
from rules.transitions import before
from storage import broadcasts
from storage.attempt_row import Attempt, of_row
from storage.database import Reading, Writing

_RELEASE = """
UPDATE contact_attempt
SET state = CASE WHEN until_at <= :now THEN 'expired' ELSE 'queued' END,
    why = CASE WHEN until_at <= :now THEN 'too_late' ELSE why END, changed_at = :now
WHERE id IN (SELECT id FROM contact_attempt WHERE state = 'planned' AND due_at <= :now
             ORDER BY reason = 'invite', due_at, id LIMIT :at_most)
RETURNING id
"""
# What answers a person's own yes goes before invites; then what has been due longest. One message per chat at a time.
_NEXT = """
SELECT * FROM known_attempt WHERE id = (
    SELECT id FROM contact_attempt AS due INDEXED BY attempt_turn
    WHERE (state IN ('queued', 'retry_wait') OR (state = 'unknown' AND why = 'again')) AND due_at <= :now
      AND NOT EXISTS (SELECT 1 FROM contact_attempt AS busy
                      WHERE busy.state = 'sending' AND busy.person_id = due.person_id)
    ORDER BY reason = 'invite', due_at, id LIMIT 1)
"""
_CLAIM = """
UPDATE contact_attempt SET state = 'sending', tries = tries + 1, changed_at = :now
WHERE id = :attempt_id AND state IN (SELECT value FROM json_each(:before)) RETURNING tries
"""
# An invite is only sent to somebody without an answer, so an answer that is there now came while it was on its way.
_ACCEPTED = """
UPDATE contact_attempt
SET state = 'accepted', why = :why, message_id = :message_id, sent_at = :now, silent_at = :silent_at, changed_at = :now,
    (outcome, answered_at, answer, answer_why) = (
        SELECT CASE WHEN COUNT(*) THEN 'answered' END, MAX(:now, answered_at), COALESCE(answer, ''), COALESCE(why, '')
        FROM response
        WHERE reason = 'invite' AND response.person_id = contact_attempt.person_id AND meeting_id = about)
WHERE id = :attempt_id AND state = 'sending' RETURNING id
"""
# What goes a second time ('again') may have arrived the first time: it never becomes anything that says it did not.
# A broadcast that was stopped while this was on its way does not begin anew.
_LATER = """
UPDATE contact_attempt
SET (state, why) = (
        SELECT CASE WHEN why = 'again' THEN 'unknown' WHEN stopped THEN 'cancelled' ELSE :state END,
               CASE WHEN why = 'again' AND stopped THEN 'left_unknown' WHEN why = 'again' THEN why
                    WHEN stopped THEN 'stopped' ELSE :why END
        FROM (SELECT EXISTS (SELECT 1 FROM broadcast WHERE id = broadcast_id AND state = 'stopped') AS stopped)),
    due_at = :until, tries = tries - (:state = 'planned'), changed_at = :now
WHERE id = :attempt_id AND state = 'sending' RETURNING id
"""
_FINISH = """
UPDATE contact_attempt
SET state = CASE WHEN why = 'again' AND :state IN ('expired', 'skipped', 'cancelled') THEN 'unknown' ELSE :state END,
    why = CASE WHEN why = 'again' AND :state IN ('expired', 'skipped', 'cancelled') THEN 'left_unknown' ELSE :why END,
    changed_at = :now
WHERE id = :attempt_id AND state IN (SELECT value FROM json_each(:before)) RETURNING id
"""
_UNKNOWN = """
UPDATE contact_attempt SET state = 'unknown', why = :why, changed_at = :now
WHERE state = 'sending' AND (:attempt_id IS NULL OR id = :attempt_id) RETURNING id
"""
# Whoever has answered an invite has got it.
_ANSWERED = """
UPDATE contact_attempt
SET state = 'accepted', why = '', sent_at = :now, outcome = 'answered', answered_at = :now, changed_at = :now,
    answer = response.answer, answer_why = response.why
FROM response
WHERE contact_attempt.id = :attempt_id AND state = 'unknown' AND reason = 'invite'
  AND response.person_id = contact_attempt.person_id AND meeting_id = about
"""
_UNRESOLVED = """
SELECT known.*, SUM(event.why != 'again') AS times, MIN(event.at) AS first_at
FROM contact_attempt AS known JOIN attempt_event AS event ON event.attempt_id = known.id AND event.state = 'unknown'
WHERE known.state = 'unknown' AND known.why NOT IN ('again', 'left_unknown')
GROUP BY known.id
"""
_AGAIN = """
UPDATE contact_attempt SET why = 'again', due_at = :now, changed_at = :now
WHERE id = :attempt_id AND state = 'unknown'
"""
_LEAVE = """
UPDATE contact_attempt SET why = 'left_unknown', changed_at = :now WHERE id = :attempt_id AND state = 'unknown'
"""
_NEXT_DUE = """
SELECT MIN(due_at) FROM contact_attempt
WHERE state IN ('planned', 'queued', 'retry_wait') OR (state = 'unknown' AND why = 'again')
"""
AT_ONCE = 500


async def release_due(tx: Writing, now: int, at_most: int = AT_ONCE) -> int:
    """Put what is due into the queue, so many at once, and let what is too late expire. How many were moved."""
    await broadcasts.move_on(tx, now)
    return len(await tx.rows(_RELEASE, now=now, at_most=at_most))


async def next_due(db: Reading) -> int | None:
    """The unix second at which the next message is due, or None when nothing is waiting."""
    value: int | None = await db.value(_NEXT_DUE)
    return value


async def claim(tx: Writing, now: int) -> Attempt | None:
    """The attempt whose turn it is, now `sending` and nobody else's; None when nothing is due.

    Whoever may not be written to at this moment is skipped on the way, with the reason kept.
    """
    while row := await tx.row(_NEXT, now=now):
        attempt = of_row(row)
        obstacle = sending.obstacle(candidate(attempt), now)
        if obstacle is None:
            await tx.run(_CLAIM, attempt_id=attempt.id, before=_before("sending"), now=now)
            return replace(attempt, state="sending", tries=attempt.tries + 1, changed_at=now)
        if attempt.state == "unknown":
            await tx.run(_LEAVE, attempt_id=attempt.id, now=now)
        else:
            await finish(tx, attempt.id, _end(obstacle), obstacle.why, now)
    return None


def candidate(attempt: Attempt) -> sending.Candidate:
    """What rules/sending needs to know of an attempt. Quiet hours and recent messages are for the caller to add."""
    return sending.Candidate(
        reason=attempt.reason,
        due_at=attempt.due_at,
        until_at=attempt.until_at,
        has_channel=attempt.telegram_id is not None,
        consented=attempt.consented,
        stopped=attempt.stopped_at is not None,
        unreachable=attempt.unreachable_at is not None,
        paused_until=attempt.paused_until,
        meeting_state=attempt.meeting_state,
        meeting_starts_at=attempt.meeting_starts_at,
        answer=attempt.said,
        moved=Moved.of(attempt.moved_from, attempt.moved_until, attempt.moved_end_at),
        poll_state=attempt.poll_state,
        has_voted=attempt.has_voted,
    )


async def accepted(
    tx: Writing, attempt_id: int, message_id: int, now: int, silent_at: int | None, why: str = ""
) -> bool:
    """Telegram took it; silence counts from `silent_at` (unix seconds). False when it was not being sent.

    `why` marks what is out of the ordinary: 'urgent' went in somebody's quiet hours.
    """
    rows = await tx.rows(_ACCEPTED, attempt_id=attempt_id, message_id=message_id, now=now, silent_at=silent_at, why=why)
    return bool(rows)


async def retry(tx: Writing, attempt_id: int, until: int, why: str, now: int) -> bool:
    """It never left this machine, or was refused for now: again at `until`. False when it was not being sent."""
    return await _later(tx, attempt_id, "retry_wait", until, why, now)


async def hold(tx: Writing, attempt_id: int, until: int, why: str, now: int) -> bool:
    """Nothing was tried: back to its plan, not before `until`, with the reason. False when it was not being sent."""
    return await _later(tx, attempt_id, "planned", until, why, now)


async def finish(tx: Writing, attempt_id: int, state: str, why: str, now: int) -> bool:
    """It ends as 'blocked', 'failed', 'expired', 'skipped' or 'cancelled'. False when no way leads there."""
    rows = await tx.rows(_FINISH, attempt_id=attempt_id, state=state, why=why, before=_before(state), now=now)
    return bool(rows)


async def unknown(tx: Writing, attempt_id: int, now: int) -> bool:
    """It may have arrived, or not; an answer that came meanwhile says that it has. False when it was not being sent."""
    return await _unknown(tx, attempt_id, "no_reply", now) > 0


async def sending_left_over(tx: Writing, now: int) -> int:
    """After a crash: what was being sent when the program ended may have arrived, or not. How many."""
    return await _unknown(tx, None, "crash", now)


async def _unknown(tx: Writing, attempt_id: int | None, why: str, now: int) -> int:
    rows = await tx.rows(_UNKNOWN, attempt_id=attempt_id, why=why, now=now)
    for row in rows:
        await tx.run(_ANSWERED, attempt_id=row["id"], now=now)
    return len(rows)


def _end(obstacle: sending.Skip | sending.Expire) -> str:
    return "skipped" if isinstance(obstacle, sending.Skip) else "expired"


async def retry_unknown(tx: Writing, now: int) -> int:
    """Send once more what may not have arrived and is still of use, and leave the rest unknown. How many go again."""
    again = 0
    for row in await tx.rows(_UNRESOLVED):
        match sending.after_unknown(row["reason"], row["first_at"], now, row["until_at"], row["times"]):
            case sending.Send():
                await tx.run(_AGAIN, attempt_id=row["id"], now=now)
                again += 1
            case sending.Leave():
                await tx.run(_LEAVE, attempt_id=row["id"], now=now)
            case sending.Expire(why):
                await finish(tx, row["id"], "expired", why, now)
            case _:
                continue
    return again


async def _later(tx: Writing, attempt_id: int, state: str, until: int, why: str, now: int) -> bool:
    rows = await tx.rows(_LATER, attempt_id=attempt_id, state=state, until=until, why=why, now=now)
    return bool(rows)


def _before(state: str) -> str:
    return json.dumps(before(state))
