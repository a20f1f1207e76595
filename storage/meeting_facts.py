"""Two facts of a meeting that can be set at any time: how to reach who leads it, and when its reminders go."""

from storage.database import Writing

_CONTACT = "UPDATE meeting SET lead_contact = :contact WHERE id = :meeting_id"
_LADDER = "UPDATE meeting SET ladder = :ladder WHERE id = :meeting_id"


async def set_contact(tx: Writing, meeting_id: int, contact: str) -> None:
    """Keep how people with a place can reach who leads it; '' is no way."""
    await tx.run(_CONTACT, meeting_id=meeting_id, contact=contact)


async def set_ladder(tx: Writing, meeting_id: int, ladder: str | None) -> None:
    """Keep when reminders go, as '7d 1d 2h'; '' is none, None what the council has."""
    await tx.run(_LADDER, meeting_id=meeting_id, ladder=ladder)
