"""Series of meetings: the same meeting again each week, fortnight or month, at the same wall time."""

from dataclasses import replace

from rules.series import occasions
from storage import meetings
from storage.database import Reading, Writing
from storage.meetings import Meeting

_BEGIN = "INSERT INTO meeting_series (every, made_by, made_at) VALUES (:every, :made_by, :now) RETURNING id"
_JOIN = "UPDATE meeting SET series_id = :series_id WHERE id = :meeting_id"
_COPY = """
UPDATE meeting SET (series_id, ladder, lead_contact) = (SELECT series_id, ladder, lead_contact FROM meeting AS first
                                                        WHERE first.id = :first_id)
WHERE id = :meeting_id
"""
_OF = "SELECT * FROM known_meeting WHERE series_id = :series_id ORDER BY starts_at, id"


async def repeat(tx: Writing, meeting: Meeting, every: str, times: int, now: int) -> list[Meeting]:
    """Make a meeting the first of a series, with so many more after it as drafts; those.

    `every` is 'week', 'fortnight' or 'month'. Raises ValueError for another word, or no further times.
    """
    starts = occasions(meeting.local_start, every, times)
    series_id = await tx.value(_BEGIN, every=every, made_by=meeting.made_by, now=now)
    await tx.run(_JOIN, series_id=series_id, meeting_id=meeting.id)
    return [await _one(tx, meeting, local_start, now, series_id) for local_start in starts]


async def _one(tx: Writing, first: Meeting, local_start: str, now: int, series_id: int) -> Meeting:
    made = await meetings.make(
        tx,
        title=first.title,
        strand=first.strand,
        mode=first.mode,
        local_start=local_start,
        zone=first.zone,
        minutes=first.minutes,
        now=now,
        venue_id=first.venue_id,
        join_link=first.join_link,
        capacity=first.capacity,
        reward=first.reward,
        lead=first.lead,
        made_by=first.made_by,
    )
    await tx.run(_COPY, meeting_id=made.id, first_id=first.id)
    return replace(made, series_id=series_id, ladder=first.ladder, lead_contact=first.lead_contact)


async def of_series(db: Reading, series_id: int) -> list[Meeting]:
    """The meetings of a series, the earliest first."""
    return [meetings.of_row(row) for row in await db.rows(_OF, series_id=series_id)]
