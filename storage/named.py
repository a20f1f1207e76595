"""Feedback that somebody gave with their name."""

import sqlite3
from dataclasses import dataclass

from storage.database import Reading, Writing

_GIVE = """
INSERT INTO named_feedback (person_id, topic, body, may_quote, given_at)
VALUES (:person_id, :topic, :body, :may_quote, :now) RETURNING id
"""
_KNOWN = """
SELECT named_feedback.id, person_id, display_name, topic, body, may_quote, given_at, answer
FROM named_feedback JOIN person ON person.id = named_feedback.person_id
"""
_BY_ID = _KNOWN + "WHERE named_feedback.id = :item_id"
_WAITING = _KNOWN + "WHERE answer = '' ORDER BY named_feedback.id"
_MAY_QUOTE = "UPDATE named_feedback SET may_quote = :may WHERE id = :item_id AND person_id = :person_id RETURNING id"
_ANSWER = """
UPDATE named_feedback SET answer = :answer, answered_at = :now, answered_by = :by WHERE id = :item_id
RETURNING person_id
"""


@dataclass(frozen=True)
class Named:
    """What somebody told us with their name. `may_quote` is their own choice, to be changed at any time."""

    id: int
    person_id: int
    display_name: str
    topic: str
    body: str
    may_quote: bool
    given_at: int
    answer: str


def _of(row: sqlite3.Row) -> Named:
    return Named(**{name: row[name] for name in Named.__dataclass_fields__} | {"may_quote": bool(row["may_quote"])})


async def give(tx: Writing, person_id: int, topic: str, body: str, now: int, *, may_quote: bool) -> int:
    """Keep it; its id."""
    return int(await tx.value(_GIVE, person_id=person_id, topic=topic, body=body, may_quote=int(may_quote), now=now))


async def by_id(db: Reading, item_id: int) -> Named | None:
    """The one of this id, or None."""
    row = await db.row(_BY_ID, item_id=item_id)
    return _of(row) if row else None


async def waiting(db: Reading) -> list[Named]:
    """Those that nobody has answered, oldest first."""
    return [_of(row) for row in await db.rows(_WAITING)]


async def set_may_quote(tx: Writing, item_id: int, person_id: int, *, may: bool) -> bool:
    """Whether it was this person's own to say."""
    return await tx.value(_MAY_QUOTE, item_id=item_id, person_id=person_id, may=int(may)) is not None


async def answer(tx: Writing, item_id: int, words: str, by: int, now: int) -> int | None:
    """Keep the answer; whose feedback it was, or None when it has gone."""
    person_id: int | None = await tx.value(_ANSWER, item_id=item_id, answer=words, by=by, now=now)
    return person_id
