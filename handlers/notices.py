"""Notices that are about no meeting to come: the monthly line, pulse questions, a named answer."""

from functools import partial

from handlers import pulse
from handlers.feature import Compose
from handlers.rsvp_words import compose_notice
from handlers.saying import Saying
from rules import notices
from rules.council import Council
from storage import named
from storage.attempts import Attempt
from storage.database import Reading
from storage.unlinked import Unlinked


def composes(unlinked: Unlinked) -> dict[str, Compose]:
    """The words of every notice, those about meetings too; `unlinked` makes the tickets of pulse questions."""
    return {"notice": partial(_compose, unlinked)}


async def _compose(unlinked: Unlinked, db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    notice = notices.read(attempt.about)
    if notice is None:
        return await compose_notice(db, attempt, council)
    match notice.kind:
        case "monthly":
            return Saying("unlinked.monthly")
        case "answered":
            return await _answered(db, notice.number)
    wave = notice.kind.removeprefix("pulse_")
    return pulse.first(notice.number, wave, unlinked.pulse_ticket(notice.number, wave))


async def _answered(db: Reading, number: int) -> Saying | None:
    item = await named.by_id(db, number)
    return Saying("named.answered", {"answer": item.answer}) if item and item.answer else None
