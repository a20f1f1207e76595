"""Meetings: made as a draft, opened, changed and cancelled, each with the notices that follow from it."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rules.local_time import instant
from storage.database import Reading, Writing
from storage.meeting_changes import cancel, change_time, change_venue, recompute_starts

__all__ = [
    "Meeting",
    "by_id",
    "cancel",
    "change_time",
    "change_venue",
    "earlier",
    "make",
    "of_row",
    "open_",
    "recompute_starts",
    "upcoming",
]


@dataclass(frozen=True)
class Meeting:
    """A meeting. `local_start` is wall time 'YYYY-MM-DDTHH:MM' in `zone`; `starts_at` is its unix second.

    `capacity` None is no limit; `reward` is the offer in words and '' is none; `moved` counts changes of its time;
    `ladder` is when reminders go ('7d 1d 2h'), None the council's. `led_by` is an organisation's id.
    `standing` is its state, or 'full' or 'moved'.
    """

    id: int
    title: str
    strand: str
    mode: str
    venue_id: int | None
    join_link: str
    local_start: str
    zone: str
    starts_at: int
    minutes: int
    capacity: int | None
    reward: str
    lead: str
    state: str
    made_by: int | None
    made_at: int
    moved: int
    series_id: int | None
    ladder: str | None
    lead_contact: str
    theme: str
    led_by: int | None
    offer_id: int | None
    venue_name: str
    venue_address: str
    latitude: float | None
    longitude: float | None
    standing: str

    @property
    def ends_at(self) -> int:
        """The unix second at which it ends."""
        return self.starts_at + self.minutes * 60

    @property
    def starts(self) -> datetime:
        """The moment it starts, on the clock of its own zone."""
        return datetime.fromtimestamp(self.starts_at, ZoneInfo(self.zone))


_BY_ID = "SELECT * FROM known_meeting WHERE id = :meeting_id"
_UPCOMING = """
SELECT * FROM known_meeting
WHERE state IN ('draft', 'open') AND starts_at > :now AND (:strand IS NULL OR strand = :strand)
ORDER BY starts_at, id
"""
_EARLIER = """
SELECT * FROM known_meeting
WHERE starts_at > :since AND (starts_at <= :now OR state IN ('closed', 'cancelled'))
ORDER BY starts_at DESC, id DESC LIMIT :most
"""
_MAKE = """
INSERT INTO meeting (title, strand, mode, venue_id, join_link, local_start, zone, starts_at, minutes, capacity, reward,
                     lead, made_by, made_at)
VALUES (:title, :strand, :mode, :venue_id, :join_link, :local_start, :zone, :starts_at, :minutes, :capacity, :reward,
        :lead, :made_by, :now)
RETURNING id
"""
_OPEN = "UPDATE meeting SET state = 'open' WHERE id = :meeting_id AND state = 'draft' RETURNING id"


async def by_id(db: Reading, meeting_id: int) -> Meeting | None:
    """The meeting, or None when there is no such one."""
    row = await db.row(_BY_ID, meeting_id=meeting_id)
    return None if row is None else of_row(row)


async def upcoming(db: Reading, now: int, strand: str | None = None) -> list[Meeting]:
    """Drafts and open meetings that have not begun, the soonest first; of one strand when it is named."""
    return [of_row(row) for row in await db.rows(_UPCOMING, now=now, strand=strand)]


async def earlier(db: Reading, now: int, since: int, most: int) -> list[Meeting]:
    """At most so many meetings that have begun, are closed or called off, the latest first; none before `since`."""
    return [of_row(row) for row in await db.rows(_EARLIER, now=now, since=since, most=most)]


async def make(  # noqa: PLR0913 - what a planner says about a meeting
    tx: Writing,
    *,
    title: str,
    strand: str,
    mode: str,
    local_start: str,
    zone: str,
    minutes: int,
    now: int,
    venue_id: int | None = None,
    join_link: str = "",
    capacity: int | None = None,
    reward: str = "",
    lead: str = "",
    made_by: int | None = None,
) -> Meeting:
    """A new meeting, as a draft.

    Raises ValueError for a wall time that cannot be read, sqlite3.IntegrityError for values that no meeting can have.
    """
    meeting_id = await tx.value(
        _MAKE,
        title=title,
        strand=strand,
        mode=mode,
        venue_id=venue_id,
        join_link=join_link,
        local_start=local_start,
        zone=zone,
        starts_at=instant(local_start, ZoneInfo(zone)),
        minutes=minutes,
        capacity=capacity,
        reward=reward,
        lead=lead,
        made_by=made_by,
        now=now,
    )
    (row,) = await tx.rows(_BY_ID, meeting_id=meeting_id)
    return of_row(row)


async def open_(tx: Writing, meeting_id: int) -> bool:
    """Open for invites and answers; False when it was not a draft."""
    return bool(await tx.rows(_OPEN, meeting_id=meeting_id))


def of_row(row: sqlite3.Row | dict[str, Any]) -> Meeting:
    """A row of the view `known_meeting`."""
    return Meeting(**dict(row))
