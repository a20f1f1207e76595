"""Messages that are to go away by themselves: a row says when, so that a restart does not forget it."""

from dataclasses import dataclass

from storage.database import Reading, Writing

GIVEN_UP_AFTER = 47 * 3600
"""Seconds after which Telegram lets no bot delete a message any more, less an hour."""


@dataclass(frozen=True)
class Vanishing:
    """A message of ours in somebody's chat that is to be deleted."""

    chat_id: int
    message_id: int


_ADD = """
INSERT INTO vanishing (chat_id, message_id, person_id, due_at) VALUES (:chat_id, :message_id, :person_id, :due_at)
ON CONFLICT (chat_id, message_id) DO UPDATE SET due_at = excluded.due_at
"""
_DUE = "SELECT chat_id, message_id FROM vanishing WHERE due_at <= :now ORDER BY due_at, message_id LIMIT :most"
_GONE = """
DELETE FROM vanishing WHERE chat_id = :chat_id AND message_id = :message_id AND (:deleted OR due_at <= :now - :most)
"""


async def add(tx: Writing, chat_id: int, message_id: int, person_id: int, due_at: int) -> None:
    """This message goes away at `due_at` (unix seconds)."""
    await tx.run(_ADD, chat_id=chat_id, message_id=message_id, person_id=person_id, due_at=due_at)


async def due(db: Reading, now: int, most: int = 50) -> list[Vanishing]:
    """What is to be deleted by now, the oldest first."""
    return [Vanishing(**dict(row)) for row in await db.rows(_DUE, now=now, most=most)]


async def gone(tx: Writing, message: Vanishing, now: int, *, deleted: bool) -> None:
    """Deleted; or it could not be, and is tried again until Telegram would refuse it anyway."""
    values = {"chat_id": message.chat_id, "message_id": message.message_id, "now": now}
    await tx.run(_GONE, **values, deleted=int(deleted), most=GIVEN_UP_AFTER)
