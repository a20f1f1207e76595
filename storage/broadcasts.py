"""Broadcasts: one invite or one poll to an audience, with a minute to undo, a count that moves and a way to stop."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from storage import arms
from storage import audience as audiences
from storage.audience import Audience
from storage.database import Reading, Writing


@dataclass(frozen=True)
class Broadcast:
    """An invite or a poll to many: one of `meeting_id` and `poll_id` is None. `sends_at` ends the time to undo.

    `size` is how many people it was for when it was confirmed; `state` is 'waiting', 'sending', 'done', 'undone' or
    'stopped'. Its count is shown in `chat_id` as `message_id`.
    """

    id: int
    meeting_id: int | None
    poll_id: int | None
    audience: Audience
    size: int
    state: str
    made_by: int | None
    made_at: int
    sends_at: int
    chat_id: int | None
    message_id: int | None


_BEGIN = """
INSERT INTO broadcast (meeting_id, poll_id, audience, size, made_by, made_at, sends_at, chat_id)
VALUES (:meeting_id, :poll_id, :audience, :size, :made_by, :now, :sends_at, :chat_id)
RETURNING *
"""
# The offer and the language are frozen here. Asking again is a further occasion of the same reason.
_WRITE = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, broadcast_id, language, reward, state,
                             why, due_at, until_at, planned_at, made_by, changed_at)
SELECT person.id, (SELECT id FROM approach WHERE code = 'bot'), sent.reason, sent.about,
       1 + (SELECT COUNT(*) FROM contact_attempt AS earlier
            WHERE earlier.person_id = person.id AND earlier.reason = sent.reason AND earlier.about = sent.about),
       sent.id, person.language, sent.reward, :state, :why, sent.sends_at, sent.until_at, sent.made_at, sent.made_by,
       sent.made_at
FROM json_each(:people)
CROSS JOIN person ON person.id = json_each.value
JOIN (SELECT broadcast.id, broadcast.made_by, broadcast.made_at, sends_at,
             COALESCE(poll_id, broadcast.meeting_id) AS about,
             CASE WHEN poll_id IS NULL THEN 'invite' ELSE 'poll' END AS reason,
             COALESCE(poll.reward, meeting.reward) AS reward, COALESCE(closes_at, starts_at) AS until_at
      FROM broadcast
      LEFT JOIN meeting ON meeting.id = broadcast.meeting_id
      LEFT JOIN poll ON poll.id = broadcast.poll_id
      WHERE broadcast.id = :broadcast_id) AS sent
WHERE :state = 'planned' OR NOT EXISTS (
    SELECT 1 FROM contact_attempt AS earlier
    WHERE earlier.person_id = person.id AND earlier.reason = sent.reason AND earlier.about = sent.about)
ORDER BY person.id
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
"""
_NOT_ATTEMPTED = ("stopped", "no_channel", "no_consent", "unreachable", "paused", "contacted_lately")
_END = """
UPDATE broadcast SET state = :state
WHERE id = :broadcast_id AND state IN (SELECT value FROM json_each(:before))
RETURNING id
"""
# What may have arrived stays unknown; it only does not go again.
_VOID = """
UPDATE contact_attempt
SET state = CASE state WHEN 'unknown' THEN 'unknown' ELSE 'cancelled' END,
    why = CASE state WHEN 'unknown' THEN 'left_unknown' ELSE :state END, changed_at = :now
WHERE broadcast_id = :broadcast_id AND state IN ('planned', 'queued', 'retry_wait', 'unknown')
"""
# Nobody was asked: the poll can be sent after all, or be thrown away.
_POLL_BACK = """
UPDATE poll SET state = 'draft'
WHERE state = 'open' AND id = (SELECT poll_id FROM broadcast WHERE id = :broadcast_id)
"""
_START = "UPDATE broadcast SET state = 'sending' WHERE state = 'waiting' AND sends_at <= :now"
_DONE = """
UPDATE broadcast SET state = 'done'
WHERE state = 'sending' AND NOT EXISTS (
    SELECT 1 FROM contact_attempt
    WHERE broadcast_id = broadcast.id
      AND (state IN ('planned', 'queued', 'sending', 'retry_wait') OR (state = 'unknown' AND why != 'left_unknown')))
"""
_PROGRESS = "SELECT state, COUNT(*) AS how_many FROM contact_attempt WHERE broadcast_id = :broadcast_id GROUP BY state"
_LIVE = "SELECT * FROM broadcast WHERE state IN ('waiting', 'sending') ORDER BY id"
_BY_ID = "SELECT * FROM broadcast WHERE id = :broadcast_id"
_SET_MESSAGE = "UPDATE broadcast SET message_id = :message_id WHERE id = :broadcast_id"


async def begin(
    tx: Writing,
    audience: Audience,
    made_by: int | None,
    chat_id: int | None,
    now: int,
    undo_seconds: int = 60,
    poll_id: int | None = None,
) -> Broadcast:
    """Write an invite, or the question of a poll, for everyone in the audience, to go when the time to undo is over.

    Those who match but may not be written to are on record as skipped, with the reason. Raises sqlite3.IntegrityError
    when there is no such meeting or poll.
    """
    people = await audiences.judged(tx, audience, now)
    to_send = people.get("", [])
    (row,) = await tx.rows(
        _BEGIN,
        meeting_id=audience.meeting_id if poll_id is None else None,
        poll_id=poll_id,
        audience=audience.to_json(),
        size=len(to_send),
        made_by=made_by,
        now=now,
        sends_at=now + undo_seconds,
        chat_id=chat_id,
    )
    await _write(tx, row["id"], to_send, "planned", "")
    for why in _NOT_ATTEMPTED:
        await _write(tx, row["id"], people.get(why, []), "skipped", why)
    if poll_id is None:
        await arms.freeze(tx, row["id"], audience.meeting_id, now)
    return _broadcast(row)


async def _write(tx: Writing, broadcast_id: int, people: Iterable[int], state: str, why: str) -> None:
    await tx.run(_WRITE, broadcast_id=broadcast_id, people=json.dumps(list(people)), state=state, why=why)


async def undo(tx: Writing, broadcast_id: int, now: int) -> bool:
    """Take it back before anything was sent; False when it is too late for that."""
    undone = await _end(tx, broadcast_id, "undone", ("waiting",), now)
    if undone:
        await tx.run(_POLL_BACK, broadcast_id=broadcast_id)
    return undone


async def stop(tx: Writing, broadcast_id: int, now: int) -> bool:
    """Send nothing more of it; False when it had ended already."""
    return await _end(tx, broadcast_id, "stopped", ("waiting", "sending"), now)


async def _end(tx: Writing, broadcast_id: int, state: str, before: tuple[str, ...], now: int) -> bool:
    if not await tx.rows(_END, broadcast_id=broadcast_id, state=state, before=json.dumps(before)):
        return False
    await tx.run(_VOID, broadcast_id=broadcast_id, state=state, now=now)
    return True


async def move_on(tx: Writing, now: int) -> None:
    """Begin those whose time to undo is over, and end those with nothing left to send."""
    await tx.run(_START, now=now)
    await tx.run(_DONE)


async def progress(db: Reading, broadcast_id: int) -> dict[str, int]:
    """How many of its attempts are in each state; states without any are left out."""
    return {row["state"]: row["how_many"] for row in await db.rows(_PROGRESS, broadcast_id=broadcast_id)}


async def live(db: Reading) -> list[Broadcast]:
    """Those that are waiting or being sent, the oldest first."""
    return [_broadcast(row) for row in await db.rows(_LIVE)]


async def by_id(db: Reading, broadcast_id: int) -> Broadcast | None:
    """The broadcast, or None when there is no such one."""
    row = await db.row(_BY_ID, broadcast_id=broadcast_id)
    return None if row is None else _broadcast(row)


async def set_message(tx: Writing, broadcast_id: int, message_id: int) -> None:
    """Where its count is shown."""
    await tx.run(_SET_MESSAGE, broadcast_id=broadcast_id, message_id=message_id)


def _broadcast(row: sqlite3.Row) -> Broadcast:
    return Broadcast(**{**dict(row), "audience": Audience.from_json(row["audience"])})
