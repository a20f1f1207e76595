"""Polls about times: up to ten slots, yes / if need be / no, and what the answers add up to.

Asking and votes are in `poll_votes`, the clock's work in `poll_clock`.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rules.local_time import instant
from storage import meetings
from storage.database import Reading, Writing
from storage.meetings import Meeting
from storage.poll_clock import close_due, remind_due, tell_all_answered
from storage.poll_votes import PollClosed, Tally, mine, not_answered, open_, standing, vote

__all__ = [
    "MOST_SLOTS",
    "Poll",
    "PollClosed",
    "Slot",
    "Tally",
    "add_slots",
    "by_id",
    "cancel",
    "close",
    "close_due",
    "into_meeting",
    "make",
    "mine",
    "not_answered",
    "of_maker",
    "of_slot",
    "open_",
    "remind_due",
    "slots",
    "standing",
    "tell_all_answered",
    "vote",
]

MOST_SLOTS = 10


@dataclass(frozen=True)
class Poll:
    """A poll with the facts of the meeting it is to become. Instants are unix seconds.

    `state` is 'draft', 'open', 'closed' or 'cancelled'; `meeting_id` is what it became.
    `reminds_at` None reminds nobody.
    """

    id: int
    title: str
    strand: str
    mode: str
    venue_id: int | None
    join_link: str
    zone: str
    minutes: int
    capacity: int | None
    reward: str
    lead: str
    audience: str
    state: str
    closes_at: int
    reminds_at: int | None
    all_answered_at: int | None
    closed_at: int | None
    meeting_id: int | None
    made_by: int | None
    made_at: int


@dataclass(frozen=True)
class Slot:
    """A time that can be voted for: `local_start` is wall time in the poll's zone, `starts_at` its unix second."""

    id: int
    poll_id: int
    local_start: str
    starts_at: int


_MAKE = """
INSERT INTO poll (title, strand, mode, venue_id, join_link, zone, minutes, capacity, reward, lead, closes_at,
                  reminds_at, made_by, made_at)
VALUES (:title, :strand, :mode, :venue_id, :join_link, :zone, :minutes, :capacity, :reward, :lead, :closes_at,
        :reminds_at, :made_by, :now)
RETURNING *
"""
_ADD_SLOT = """
INSERT INTO poll_slot (poll_id, local_start, starts_at)
SELECT :poll_id, :local_start, :starts_at
WHERE (SELECT COUNT(*) FROM poll_slot WHERE poll_id = :poll_id) < :most
ON CONFLICT (poll_id, local_start) DO NOTHING
"""
_BY_ID = "SELECT * FROM poll WHERE id = :poll_id"
_OF_SLOT = "SELECT poll.* FROM poll JOIN poll_slot ON poll_id = poll.id WHERE poll_slot.id = :slot_id"
_SLOTS = "SELECT * FROM poll_slot WHERE poll_id = :poll_id ORDER BY starts_at, id"
_OF_MAKER = """
SELECT * FROM poll WHERE made_by = :person_id AND state IN ('draft', 'open', 'closed') AND meeting_id IS NULL
ORDER BY id
"""
_CLOSE = """
UPDATE poll SET state = :state, closed_at = :now
WHERE id = :poll_id AND state IN ('draft', 'open') RETURNING id
"""
# What may have arrived stays unknown; it only does not go again.
_VOID = """
UPDATE contact_attempt
SET state = CASE state WHEN 'unknown' THEN 'unknown' ELSE 'cancelled' END,
    why = CASE state WHEN 'unknown' THEN 'left_unknown' ELSE 'poll_closed' END, changed_at = :now
WHERE about = :poll_id AND reason IN ('poll', 'poll_reminder')
  AND state IN ('planned', 'queued', 'retry_wait', 'unknown')
"""
_STOP_SENDING = "UPDATE broadcast SET state = 'stopped' WHERE poll_id = :poll_id AND state IN ('waiting', 'sending')"
_CHOSEN = "SELECT * FROM poll_slot WHERE id = :slot_id AND poll_id = :poll_id"
_BECAME = "UPDATE poll SET meeting_id = :meeting_id WHERE id = :poll_id AND meeting_id IS NULL RETURNING id"


async def make(  # noqa: PLR0913 - the facts of a meeting but for its time
    tx: Writing,
    *,
    title: str,
    strand: str,
    mode: str,
    zone: str,
    minutes: int,
    closes_at: int,
    now: int,
    reminds_at: int | None = None,
    venue_id: int | None = None,
    join_link: str = "",
    capacity: int | None = None,
    reward: str = "",
    lead: str = "",
    made_by: int | None = None,
) -> Poll:
    """A new poll, as a draft without slots. Raises sqlite3.IntegrityError for values that no meeting can have."""
    rows = await tx.rows(
        _MAKE,
        title=title,
        strand=strand,
        mode=mode,
        venue_id=venue_id,
        join_link=join_link,
        zone=zone,
        minutes=minutes,
        capacity=capacity,
        reward=reward,
        lead=lead,
        closes_at=closes_at,
        reminds_at=reminds_at,
        made_by=made_by,
        now=now,
    )
    return _poll(rows[0])


async def add_slots(tx: Writing, poll: Poll, local_starts: Iterable[str]) -> list[Slot]:
    """Offer these wall times 'YYYY-MM-DDTHH:MM' too; all the slots then, at most ten. Said twice it is kept once.

    Raises ValueError for a wall time that cannot be read.
    """
    for local_start in local_starts:
        starts_at = instant(local_start, ZoneInfo(poll.zone))
        await tx.run(_ADD_SLOT, poll_id=poll.id, local_start=local_start, starts_at=starts_at, most=MOST_SLOTS)
    return await slots(tx, poll.id)


async def by_id(db: Reading, poll_id: int) -> Poll | None:
    """The poll, or None when there is no such one."""
    row = await db.row(_BY_ID, poll_id=poll_id)
    return None if row is None else _poll(row)


async def of_slot(db: Reading, slot_id: int) -> Poll | None:
    """The poll this slot belongs to, or None."""
    row = await db.row(_OF_SLOT, slot_id=slot_id)
    return None if row is None else _poll(row)


async def of_maker(db: Reading, person_id: int) -> list[Poll]:
    """The polls of this coordinator that have not become a meeting, the oldest first."""
    return [_poll(row) for row in await db.rows(_OF_MAKER, person_id=person_id)]


async def slots(db: Reading, poll_id: int) -> list[Slot]:
    """The times of a poll, the earliest first."""
    return [Slot(**dict(row)) for row in await db.rows(_SLOTS, poll_id=poll_id)]


async def close(tx: Writing, poll_id: int, now: int) -> bool:
    """Take no more votes, and remind nobody any more; False when it was closed already."""
    return await _end(tx, poll_id, "closed", now)


async def cancel(tx: Writing, poll_id: int, now: int) -> bool:
    """Call it off; False when it was closed already."""
    return await _end(tx, poll_id, "cancelled", now)


async def into_meeting(tx: Writing, poll: Poll, slot_id: int, now: int) -> Meeting | None:
    """The poll's result as a meeting, a draft at this slot; None when the slot is another's or it became one before."""
    slot = await tx.row(_CHOSEN, slot_id=slot_id, poll_id=poll.id)
    if slot is None or poll.meeting_id is not None:
        return None
    await close(tx, poll.id, now)
    meeting = await meetings.make(
        tx,
        title=poll.title,
        strand=poll.strand,
        mode=poll.mode,
        local_start=slot["local_start"],
        zone=poll.zone,
        minutes=poll.minutes,
        now=now,
        venue_id=poll.venue_id,
        join_link=poll.join_link,
        capacity=poll.capacity,
        reward=poll.reward,
        lead=poll.lead,
        made_by=poll.made_by,
    )
    await tx.run(_BECAME, poll_id=poll.id, meeting_id=meeting.id)
    return meeting


async def _end(tx: Writing, poll_id: int, state: str, now: int) -> bool:
    ended = await tx.rows(_CLOSE, poll_id=poll_id, state=state, now=now)
    if ended:
        await tx.run(_VOID, poll_id=poll_id, now=now)
        await tx.run(_STOP_SENDING, poll_id=poll_id)
    return bool(ended)


def _poll(row: sqlite3.Row) -> Poll:
    return Poll(**dict(row))
