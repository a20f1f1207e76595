"""Thanks after a meeting: in the worker's language, once, with what they may ask for and what they may keep."""

from handlers import reward_words
from handlers.feature import Feature
from handlers.saying import Key, Saying, key
from rules.council import Council
from storage import attendance, meetings
from storage.attempts import Attempt
from storage.database import Reading


async def compose(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """The thank-you, while the list still says that they came."""
    meeting, me = await meetings.by_id(db, attempt.about), attempt.person_id or 0
    if meeting is None or await attendance.standing(db, meeting.id, me) != "came":
        return None
    items = await reward_words.offer_of(db, me, meeting.id)
    values = {"title": meeting.title, "council": council.name}
    if not items:
        return Saying("thanks.message", values, keys(meeting.id))
    offer = reward_words.offer(items, council, attempt.language)
    rows = (*reward_words.offer_keys(items, meeting.id, attempt.language), *keys(meeting.id))
    return Saying("thanks.message.offer", {**values, "offer": offer}, rows)


def keys(meeting_id: int) -> tuple[tuple[Key, ...], ...]:
    """What costs nothing, and what somebody has spent."""
    return (
        (
            key("thanks.button.certificate", "certificate", meeting_id),
            key("thanks.button.expense", "expense", meeting_id),
        ),
    )


FEATURE = Feature(name="thanks", composes={"thanks": compose})
