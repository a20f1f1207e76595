"""Where meetings are held, and what a place is like: whether it changes who comes is one of the questions."""

import sqlite3
from dataclasses import dataclass

from storage.database import Reading, Writing


@dataclass(frozen=True)
class Venue:
    """A place. `step_free` and `private` are None when nobody has said; latitude and longitude are degrees."""

    id: int
    name: str
    address: str
    kind: str
    step_free: bool | None
    transport: str
    private: bool | None
    latitude: float | None
    longitude: float | None
    made_at: int


_ALL = """
SELECT venue.* FROM venue
ORDER BY MAX(made_at, COALESCE((SELECT MAX(meeting.made_at) FROM meeting WHERE meeting.venue_id = venue.id), 0)) DESC,
         id DESC
"""
_BY_ID = "SELECT * FROM venue WHERE id = :venue_id"
_ADD = """
INSERT INTO venue (name, address, kind, step_free, transport, private, latitude, longitude, made_at)
VALUES (:name, :address, :kind, :step_free, :transport, :private, :latitude, :longitude, :now)
RETURNING *
"""
_SET_SPOT = "UPDATE venue SET latitude = :latitude, longitude = :longitude WHERE id = :venue_id"


async def all(db: Reading) -> list[Venue]:  # noqa: A001 - read as venues.all, never imported bare
    """Every venue, the one used last first."""
    return [_venue(row) for row in await db.rows(_ALL)]


async def by_id(db: Reading, venue_id: int) -> Venue | None:
    """The venue, or None when there is no such one."""
    row = await db.row(_BY_ID, venue_id=venue_id)
    return None if row is None else _venue(row)


async def add(  # noqa: PLR0913 - a venue has this many attributes
    tx: Writing,
    *,
    name: str,
    now: int,
    address: str = "",
    kind: str = "other",
    step_free: bool | None = None,
    transport: str = "",
    private: bool | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Venue:
    """A new venue. Raises sqlite3.IntegrityError for a latitude or longitude that is nowhere on Earth."""
    (row,) = await tx.rows(
        _ADD,
        name=name,
        address=address,
        kind=kind,
        step_free=step_free,
        transport=transport,
        private=private,
        latitude=latitude,
        longitude=longitude,
        now=now,
    )
    return _venue(row)


async def set_spot(tx: Writing, venue_id: int, latitude: float | None, longitude: float | None) -> None:
    """Where it is on the map, for every meeting there. Raises sqlite3.IntegrityError for a place not on Earth."""
    await tx.run(_SET_SPOT, venue_id=venue_id, latitude=latitude, longitude=longitude)


def _venue(row: sqlite3.Row) -> Venue:
    said = {name: None if row[name] is None else bool(row[name]) for name in ("step_free", "private")}
    return Venue(**{**dict(row), **said})
