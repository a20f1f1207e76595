"""What somebody has given: the meetings they came to, the times they voted on, the meetings they led.

Nothing of feedback without a name is here or could be: it is in no table of this file's database.
"""

from dataclasses import dataclass
from datetime import datetime

from rules.certificates import Facts
from storage.database import Reading


@dataclass(frozen=True)
class Attended:
    """A meeting that somebody came to and that is over. `theme` is a code, '' when none was named."""

    meeting_id: int
    title: str
    local_start: str
    minutes: int
    theme: str
    venue_name: str
    lead: str

    @property
    def starts(self) -> datetime:
        """When it began, by the clock on the wall there."""
        return datetime.fromisoformat(self.local_start)

    @property
    def facts(self) -> Facts:
        """What a certificate's code is worked out from."""
        return Facts(self.meeting_id, self.local_start, self.minutes)


@dataclass(frozen=True)
class Contribution:
    """Everything together: meetings attended (the newest first), how many polls voted in, how many meetings led."""

    attended: tuple[Attended, ...]
    votes: int
    led: int

    @property
    def hours(self) -> float:
        """Hours at meetings, to the quarter of an hour."""
        return in_hours(sum(one.minutes for one in self.attended))


_ATTENDED = """
SELECT meeting.id AS meeting_id, title, local_start, minutes, theme, venue_name, lead
FROM attendance JOIN known_meeting AS meeting ON meeting.id = attendance.meeting_id
WHERE attendance.person_id = :person_id AND attendance.standing = 'came' AND meeting.state != 'cancelled'
  AND starts_at + minutes * 60 <= :now AND (:meeting_id IS NULL OR meeting.id = :meeting_id)
ORDER BY starts_at DESC, meeting.id DESC
"""
_VOTES = """
SELECT COUNT(DISTINCT poll_id) FROM poll_vote JOIN poll_slot ON poll_slot.id = slot_id WHERE person_id = :person_id
"""
_LED = """
SELECT COUNT(*) FROM meeting JOIN person ON person.id = :person_id
WHERE state IN ('open', 'closed') AND starts_at + minutes * 60 <= :now
  AND display_name != '' AND folded(trim(lead)) = folded(trim(display_name))
"""


def in_hours(minutes: int) -> float:
    """Minutes as hours, to the quarter."""
    return round(minutes / 15) / 4


async def of_person(db: Reading, person_id: int, now: int) -> Contribution:
    """What this person has given until now."""
    rows = await db.rows(_ATTENDED, person_id=person_id, meeting_id=None, now=now)
    votes, led = await db.value(_VOTES, person_id=person_id), await db.value(_LED, person_id=person_id, now=now)
    return Contribution(tuple(Attended(**dict(row)) for row in rows), votes or 0, led or 0)


async def attended(db: Reading, person_id: int, meeting_id: int, now: int) -> Attended | None:
    """The meeting, when this person is recorded as having come to it and it is over; otherwise None."""
    row = await db.row(_ATTENDED, person_id=person_id, meeting_id=meeting_id, now=now)
    return Attended(**dict(row)) if row else None
