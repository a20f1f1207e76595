"""Facts of a meeting that can be set at any time: how to reach who leads it, its reminders, its theme, who leads it."""

from storage.database import Writing

_CONTACT = "UPDATE meeting SET lead_contact = :contact WHERE id = :meeting_id"
_THEME = "UPDATE meeting SET theme = :theme WHERE id = :meeting_id"
_LED_BY = "UPDATE meeting SET led_by = :organisation_id WHERE id = :meeting_id"
_LADDER = "UPDATE meeting SET ladder = :ladder WHERE id = :meeting_id"


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
