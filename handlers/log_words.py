"""What the log says around a contact: what happened lately, which try it was, and what was written down."""

from collections.abc import Mapping

import texts
from handlers.context import Context
from handlers.saying import Key, Saying, key
from rules.roles import COORDINATORS
from storage import contacts, help_requests
from storage.attempts import Attempt
from storage.contacts import Lately
from storage.database import Reading

HOUR = 3600
ANOTHER = key("log.button.another", "go", "log")


async def found_lately(
    db: Reading, context: Context, person_id: int | None, organisation_id: int | None = None
) -> Lately | None:
    """The last contact anybody had with them within the council's hours, or None."""
    if person_id is None and organisation_id is None:
        return None
    since = context.now - context.council.cooldown_hours * HOUR
    return await contacts.lately(db, person_id, since, organisation_id)


def said_lately(context: Context, lately: Lately) -> texts.Words:
    """Who tried when and how, and what came of it."""
    attempt, at = lately.attempt, context.local(lately.attempt.sent_at or 0)
    if attempt.reason != "by_hand":
        return texts.words("log.lately.bot" if attempt.outcome != "answered" else "log.lately.bot_answered", at=at)
    values: Mapping[str, object] = {
        "at": at,
        "how": how(lately.approach),
        "outcome": texts.words(f"log.outcome.{attempt.answer}"),
    }
    if lately.author:
        return texts.words("log.lately.author", who=lately.author, **values)
    return texts.words("log.lately", **values)


def how(approach: str) -> texts.Words | str:
    """The way a contact was made, in words; a code that staff gave it stands for itself."""
    name = f"log.approach.{approach}"
    return texts.words(name) if texts.exists(name) else approach


async def logged(db: Reading, context: Context, attempt_id: int, person_id: int | None, name: str) -> Saying:
    """What was written down, which try it was, and what can be done about it."""
    keys = [(key("log.button.undo", "log.undo", attempt_id), key("log.button.correct", "log.correct", attempt_id))]
    if not context.roles & COORDINATORS:
        return Saying("log.saved", {"name": name}, tuple(keys))
    rows = [(ANOTHER,), *await _next(db, attempt_id, person_id), *keys]
    count = await contacts.tries(db, person_id, 0) if person_id else 0
    if count > 1:
        return Saying("log.saved.try", {"name": name, "count": count}, tuple(rows))
    return Saying("log.saved", {"name": name}, tuple(rows))


async def _next(db: Reading, attempt_id: int, person_id: int | None) -> list[tuple[Key, ...]]:
    waiting = [one for one in await help_requests.waiting(db) if one.person.id == person_id]
    if waiting:
        return [(key("log.button.off_the_list", "queue.done", one.id),) for one in waiting]
    return [(key("log.button.needs", "log.needs", attempt_id),)]


def call_back_key(context: Context, one: Attempt) -> Key:
    """Who asked to be called back, and when: the tap begins the log of that call."""
    who = one.display_name or one.place or texts.words("queue.nameless")
    if one.person_id is not None:
        verb, ids = "log.about", [one.person_id, one.about]
    elif one.organisation_id is not None:
        verb, ids = "log.with", [one.organisation_id]
    else:
        verb, ids = "log.at", [one.id]
    if one.call_back_at is None:
        return key("queue.call_back", verb, *ids, who=who)
    return key("queue.call_back_at", verb, *ids, who=who, at=context.local(one.call_back_at))
