"""Facts of a meeting that can be set: its places, how to reach who leads it, its reminders, its theme, who leads it."""

from storage import responses
from storage.database import Writing

_CONTACT = "UPDATE meeting SET lead_contact = :contact WHERE id = :meeting_id"
_THEME = "UPDATE meeting SET theme = :theme WHERE id = :meeting_id"
_LED_BY = "UPDATE meeting SET led_by = :organisation_id WHERE id = :meeting_id"
_LADDER = "UPDATE meeting SET ladder = :ladder WHERE id = :meeting_id"

# Nobody who has a place loses it.
_CAPACITY = """
UPDATE meeting SET capacity = :capacity
WHERE id = :meeting_id AND state IN ('draft', 'open') AND starts_at > :now
  AND (:capacity IS NULL OR :capacity >= (SELECT COUNT(*) FROM response
                                          WHERE response.meeting_id = meeting.id AND place = 'held'))
RETURNING id
"""


async def set_capacity(tx: Writing, meeting_id: int, capacity: int | None, now: int) -> int | None:
    """Keep how many places there are (None: no limit); who waits moves up, and is told. `now` is in unix seconds.

    How many moved up; None when nothing was changed: it has begun, or more people have a place already.
    """
    if not await tx.rows(_CAPACITY, meeting_id=meeting_id, capacity=capacity, now=now):
        return None
    return len(await responses.promote(tx, meeting_id, now))


async def set_contact(tx: Writing, meeting_id: int, contact: str) -> None:
    """Keep how people with a place can reach who leads it; '' is no way."""
    await tx.run(_CONTACT, meeting_id=meeting_id, contact=contact)


async def set_ladder(tx: Writing, meeting_id: int, ladder: str | None) -> None:
    """Keep when reminders go, as '7d 1d 2h'; '' is none, None what the council has."""
    await tx.run(_LADDER, meeting_id=meeting_id, ladder=ladder)


async def set_theme(tx: Writing, meeting_id: int, theme: str) -> None:
    """Keep which of the board's themes it is about; '' is none. Raises sqlite3.IntegrityError for another."""
    await tx.run(_THEME, meeting_id=meeting_id, theme=theme)


async def set_led_by(tx: Writing, meeting_id: int, organisation_id: int | None) -> None:
    """Keep which organisation leads it, if any."""
    await tx.run(_LED_BY, meeting_id=meeting_id, organisation_id=organisation_id)
