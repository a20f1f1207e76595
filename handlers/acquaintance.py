"""First contact: whoever writes to us is written down once, with the approach that led here."""

from handlers.context import Context
from storage import people
from storage.database import Writing
from storage.people import Person


async def meet(tx: Writing, context: Context, approach_code: str | None = None) -> Person:
    """The person who is speaking, new or known. In a rehearsal everybody met is invented."""
    if context.known is not None:
        return context.known
    rehearsal = context.council.rehearsal
    return await people.meet(tx, context.chat_id, context.language, approach_code, rehearsal, context.now)
