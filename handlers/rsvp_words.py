"""The words of messages about a meeting that nobody asked for: invites, reminders and notices.

Each begins with words that give nothing away on a locked phone. Each asks the database again when it is sent, so that
nobody is reminded of a meeting that is off or of a place they have given up.
"""

from collections.abc import Mapping

from handlers.feature import Compose
from handlers.meeting_words import details, full
from handlers.saying import Key, Saying, key
from rules.council import Council
from storage import meetings
from storage.attempts import Attempt
from storage.database import Reading
from storage.meetings import Meeting

NOBODY = 0  # in the buttons of a preview: they are nobody's, so they do nothing


def answer_keys(meeting_id: int, person_id: int, *answers: str) -> tuple[Key, ...]:
    """One row of buttons that answer for this person and this meeting."""
    return tuple(key(f"rsvp.button.{answer}", "rsvp", meeting_id, person_id, answer) for answer in answers)


def invitation(meeting: Meeting, person_id: int, reward: str, council: Council) -> Saying:
    """An invite exactly as the person gets it, with the reward that was offered to them and whom it is from."""
    name = f"rsvp.invite.{meeting.mode}.reward" if reward else f"rsvp.invite.{meeting.mode}"
    return Saying(
        name,
        {**details(meeting), "reward": reward, "council": council.name, "full": full(meeting)},
        (answer_keys(meeting.id, person_id, "yes", "maybe", "no"),),
    )


async def compose_invite(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """The invite, while the meeting is open."""
    meeting = await _open(db, attempt)
    return None if meeting is None else invitation(meeting, _person(attempt), attempt.reward, council)


async def compose_reminder(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """The reminder, for those who hold a place or said maybe."""
    meeting = await _open(db, attempt)
    if meeting is not None and attempt.said == "yes" and attempt.held == "held":
        return Saying(f"rsvp.reminder.{meeting.mode}", details(meeting), _way_out(meeting, attempt))
    if meeting is not None and attempt.said == "maybe":
        keys = answer_keys(meeting.id, _person(attempt), "yes", "no")
        return Saying("rsvp.reminder.maybe", details(meeting), (keys,))
    return None


async def compose_place_free(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """The good news for someone who was waiting, while the place is still theirs."""
    meeting = await _open(db, attempt)
    if meeting is None or attempt.held != "held":
        return None
    return Saying(f"rsvp.place_free.{meeting.mode}", details(meeting), _way_out(meeting, attempt))


async def compose_cancelled(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """That a meeting is off."""
    meeting = await meetings.by_id(db, attempt.about)
    if meeting is None or meeting.state != "cancelled":
        return None
    return Saying("rsvp.cancelled", details(meeting), (_seen(attempt),))


async def compose_changed(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """The new time or place, with the question whether they can still come."""
    meeting = await _open(db, attempt)
    if meeting is None:
        return None
    keys = answer_keys(meeting.id, _person(attempt), "yes", "maybe", "no")
    return Saying(f"rsvp.changed.{meeting.mode}", details(meeting), (keys, _seen(attempt)))


async def compose_notice(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """The time and place once more, for somebody who has a place or is waiting for one."""
    meeting = await _open(db, attempt)
    if meeting is None or attempt.said not in ("yes", "maybe"):
        return None
    return Saying(f"rsvp.notice.{meeting.mode}", details(meeting), _way_out(meeting, attempt))


COMPOSES: Mapping[str, Compose] = {
    "invite": compose_invite,
    "reminder": compose_reminder,
    "place_free": compose_place_free,
    "cancelled": compose_cancelled,
    "changed": compose_changed,
    "notice": compose_notice,
}


async def _open(db: Reading, attempt: Attempt) -> Meeting | None:
    meeting = await meetings.by_id(db, attempt.about)
    return meeting if meeting is not None and meeting.state == "open" else None


def _person(attempt: Attempt) -> int:
    if attempt.person_id is None:
        raise ValueError("a message goes to a person on record")
    return attempt.person_id


def _seen(attempt: Attempt) -> tuple[Key, ...]:
    return (key("coming.button.seen", "coming.seen", attempt.id, _person(attempt)),)


def _way_out(meeting: Meeting, attempt: Attempt) -> tuple[tuple[Key, ...], ...]:
    return ((key("rsvp.button.cannot_after_all", "rsvp", meeting.id, _person(attempt), "no"),),)
