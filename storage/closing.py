"""The end of a meeting: minutes, organisations and numbers present, promises, and whether it is published."""

from dataclasses import dataclass

from storage import attendance
from storage.database import Reading, Writing

FOLLOW_UP_AFTER = 20 * 3600
FOLLOW_UP_WITHIN = 7 * 24 * 3600
REOPENED_WITHIN = 7 * 24 * 3600


@dataclass(frozen=True)
class Closing:
    """How a meeting ended. `publish` None: not decided yet; `closed_at` is a unix second."""

    meeting_id: int
    minutes: str
    publish: bool | None
    closed_at: int
    closed_by: int | None


@dataclass(frozen=True)
class Promise:
    """Something promised at a meeting: who, what, and by which local day 'YYYY-MM-DD' if one was named."""

    id: int
    meeting_id: int
    who: str
    what: str
    by_when: str | None
    publish: bool
    made_by: int | None
    made_at: int
    kept_at: int | None
    no_news_at: int | None


_CLOSE_MEETING = """
UPDATE meeting SET state = 'closed' WHERE id = :meeting_id AND state = 'open' AND starts_at <= :now RETURNING id
"""
_CLOSE = """
INSERT INTO meeting_close (meeting_id, closed_at, closed_by) VALUES (:meeting_id, :now, :closed_by)
ON CONFLICT (meeting_id) DO UPDATE SET closed_at = excluded.closed_at, closed_by = excluded.closed_by
"""
_REOPEN = """
UPDATE meeting SET state = 'open'
WHERE id = :meeting_id AND state = 'closed'
  AND EXISTS (SELECT 1 FROM meeting_close WHERE meeting_id = meeting.id AND closed_at > :since)
RETURNING id
"""
# Only what closing itself worked out; what people and the list said stays.
_UNSETTLE = """
DELETE FROM attendance
WHERE meeting_id = :meeting_id AND (how = 'closing' OR (how = 'answer' AND standing = 'cancelled_ahead'))
"""
_ASK_NOBODY = """
UPDATE contact_attempt SET state = 'cancelled', why = 'meeting_reopened', changed_at = :now
WHERE reason = 'no_show' AND about = :meeting_id AND state IN ('planned', 'queued', 'retry_wait')
"""
_CLOSING = "SELECT * FROM meeting_close WHERE meeting_id = :meeting_id"
_SET_MINUTES = "UPDATE meeting_close SET minutes = :minutes WHERE meeting_id = :meeting_id RETURNING meeting_id"
_SET_PUBLISH = "UPDATE meeting_close SET publish = :publish WHERE meeting_id = :meeting_id RETURNING meeting_id"
_PRESENT = """
INSERT INTO organisation_present (meeting_id, name, how_many) VALUES (:meeting_id, :name, :how_many)
ON CONFLICT (meeting_id, name) DO UPDATE SET how_many = excluded.how_many
"""
_ABSENT = "DELETE FROM organisation_present WHERE meeting_id = :meeting_id AND name = :name"
_ORGANISATIONS = "SELECT name, how_many FROM organisation_present WHERE meeting_id = :meeting_id ORDER BY name"
_PROMISE = """
INSERT INTO promise (meeting_id, who, what, by_when, publish, made_by, made_at)
VALUES (:meeting_id, :who, :what, :by_when, :publish, :made_by, :now) RETURNING *
"""
_PROMISES = "SELECT * FROM promise WHERE meeting_id = :meeting_id ORDER BY id"
_DROP_PROMISE = "DELETE FROM promise WHERE id = :promise_id AND meeting_id = :meeting_id RETURNING id"
_KEEP_PROMISE = "UPDATE promise SET kept_at = :now WHERE id = :promise_id AND kept_at IS NULL RETURNING id"
_TO_CLOSE = """
SELECT id FROM meeting WHERE state = 'open' AND starts_at + 60 * minutes <= :now ORDER BY starts_at, id
"""
_CLOSED_SINCE = """
SELECT meeting_id FROM meeting_close JOIN meeting ON meeting.id = meeting_id
WHERE state = 'closed' AND closed_at > :since ORDER BY closed_at DESC
"""


async def close(tx: Writing, meeting_id: int, closed_by: int | None, now: int, *, list_is_full: bool) -> int | None:
    """End the meeting, say of everyone with a yes how they stand, and plan the follow-ups; how many of those.

    None when it is not open or has not begun.
    """
    if not await tx.rows(_CLOSE_MEETING, meeting_id=meeting_id, now=now):
        return None
    await tx.run(_CLOSE, meeting_id=meeting_id, closed_by=closed_by, now=now)
    await attendance.settle(tx, meeting_id, now, list_is_full=list_is_full)
    return await attendance.follow_up(tx, meeting_id, now, now + FOLLOW_UP_AFTER, now + FOLLOW_UP_WITHIN)


async def reopen(tx: Writing, meeting_id: int, now: int) -> bool:
    """Take the closing back: minutes and lists stay, nobody is asked why. False when it is not closed, or too long ago.

    Whoever had been asked already is not asked again when it is closed once more.
    """
    if not await tx.rows(_REOPEN, meeting_id=meeting_id, since=now - REOPENED_WITHIN):
        return False
    await tx.run(_UNSETTLE, meeting_id=meeting_id)
    await tx.run(_ASK_NOBODY, meeting_id=meeting_id, now=now)
    return True


async def of_meeting(db: Reading, meeting_id: int) -> Closing | None:
    """How the meeting ended, or None while it has not been closed."""
    row = await db.row(_CLOSING, meeting_id=meeting_id)
    if row is None:
        return None
    return Closing(**{**dict(row), "publish": None if row["publish"] is None else bool(row["publish"])})


async def set_minutes(tx: Writing, meeting_id: int, minutes: str) -> bool:
    """Keep what was said; False when the meeting has not been closed."""
    return bool(await tx.rows(_SET_MINUTES, meeting_id=meeting_id, minutes=minutes))


async def set_publish(tx: Writing, meeting_id: int, *, publish: bool) -> bool:
    """Decide whether it is published; False when the meeting has not been closed."""
    return bool(await tx.rows(_SET_PUBLISH, meeting_id=meeting_id, publish=int(publish)))


async def present(tx: Writing, meeting_id: int, name: str, how_many: int) -> None:
    """So many people of this organisation were there; 0 takes it off the list.

    Raises sqlite3.IntegrityError for a number that no meeting has.
    """
    if how_many == 0:
        await tx.run(_ABSENT, meeting_id=meeting_id, name=name)
    else:
        await tx.run(_PRESENT, meeting_id=meeting_id, name=name, how_many=how_many)


async def organisations(db: Reading, meeting_id: int) -> dict[str, int]:
    """How many were there of each organisation, by name."""
    return {row["name"]: row["how_many"] for row in await db.rows(_ORGANISATIONS, meeting_id=meeting_id)}


async def promise(
    tx: Writing,
    meeting_id: int,
    who: str,
    what: str,
    now: int,
    *,
    by_when: str | None = None,
    publish: bool = False,
    made_by: int | None = None,
) -> Promise:
    """Keep a promise made at a meeting. Raises sqlite3.IntegrityError when it says nothing, or for a wrong day."""
    rows = await tx.rows(
        _PROMISE,
        meeting_id=meeting_id,
        who=who,
        what=what,
        by_when=by_when,
        publish=int(publish),
        made_by=made_by,
        now=now,
    )
    return Promise(**{**dict(rows[0]), "publish": bool(rows[0]["publish"])})


async def promises(db: Reading, meeting_id: int) -> list[Promise]:
    """What was promised at a meeting, in the order in which it was written down."""
    rows = await db.rows(_PROMISES, meeting_id=meeting_id)
    return [Promise(**{**dict(row), "publish": bool(row["publish"])}) for row in rows]


async def drop_promise(tx: Writing, meeting_id: int, promise_id: int) -> bool:
    """Strike it out; False when this meeting has no such promise."""
    return bool(await tx.rows(_DROP_PROMISE, meeting_id=meeting_id, promise_id=promise_id))


async def keep_promise(tx: Writing, promise_id: int, now: int) -> bool:
    """It has been kept; False when that was said before."""
    return bool(await tx.rows(_KEEP_PROMISE, promise_id=promise_id, now=now))


async def to_close(db: Reading, now: int) -> list[int]:
    """The meetings that are over and have not been closed, the oldest first."""
    return [row["id"] for row in await db.rows(_TO_CLOSE, now=now)]


async def closed_since(db: Reading, since: int) -> list[int]:
    """The meetings that were closed after this unix second, the latest first."""
    return [row["meeting_id"] for row in await db.rows(_CLOSED_SINCE, since=since)]
