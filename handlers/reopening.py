"""A meeting that is over and not closed is somebody's to close; one that was closed by mistake can be opened again."""

from telegram import Update

from handlers.context import Context
from handlers.door_forms import found
from handlers.feature import Button, Feature
from handlers.meeting_words import details
from handlers.saying import Saying, key
from rules.council import Council
from rules.roles import COORDINATORS
from storage import audit, closing, meetings
from storage.attempts import Attempt
from storage.closing import REOPENED_WITHIN, Closing
from storage.database import Reading
from storage.meetings import Meeting


def can_reopen(ended: Closing | None, now: int) -> bool:
    """Whether a closing can still be taken back at `now` (unix seconds)."""
    return ended is not None and ended.closed_at > now - REOPENED_WITHIN


async def ask(update: Update, context: Context) -> None:
    """What opening it again would do."""
    meeting = await _closed(context)
    if meeting is None:
        return await context.notice("button.closed")
    keys = (
        key("close.button.yes_reopen", "close.reopen_now", meeting.id),
        key("close.button.stay_closed", "close.open", meeting.id),
    )
    await context.show("close.ask_reopen", keys, meeting=meeting)


async def reopen(update: Update, context: Context) -> None:
    """Open it again: the list, the minutes and the promises stay as they are."""
    meeting = await _closed(context)
    if meeting is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await closing.reopen(tx, meeting.id, context.now)
        why = f"meeting:{meeting.id}"
        await audit.record(tx, context.now, f"person:{context.person.id}", "meeting_reopened", 1, why)
    keys = (key("close.button.door", "door.open", meeting.id), key("door.button.close", "close.ask", meeting.id))
    await context.show("close.reopened", keys, meeting=meeting)


async def _closed(context: Context) -> Meeting | None:
    meeting = await found(context)
    if meeting is None or meeting.state != "closed":
        return None
    return meeting if can_reopen(await closing.of_meeting(context.db, meeting.id), context.now) else None


async def compose_due(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """That a meeting is over and waits to be closed, while it does."""
    meeting = await meetings.by_id(db, attempt.about)
    if meeting is None or meeting.state != "open":
        return None
    keys = (key("close.button.close", "close.ask", meeting.id), key("close.button.door", "door.open", meeting.id))
    return Saying("close.due", details(meeting), (keys,))


FEATURE: Feature = Feature(
    name="reopening",
    buttons=(
        Button("close.reopen", ask, COORDINATORS),
        Button("close.reopen_now", reopen, COORDINATORS),
    ),
    composes={"close_due": compose_due},
)
