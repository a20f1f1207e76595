"""The messages in which coordinators look at a door's code: they are renewed in place while the door is open."""

from dataclasses import dataclass

from storage.database import Reading, Writing


@dataclass(frozen=True)
class DoorPage:
    """One coordinator's message with the code of one meeting's door. `secret` is what the codes are worked out from."""

    person_id: int
    meeting_id: int
    message_id: int
    telegram_id: int
    secret: bytes


_KEEP = """
INSERT INTO door_page (person_id, meeting_id, message_id) VALUES (:person_id, :meeting_id, :message_id)
ON CONFLICT (person_id) DO UPDATE SET meeting_id = excluded.meeting_id, message_id = excluded.message_id
"""
_DROP = "DELETE FROM door_page WHERE person_id = :person_id"
_SHOWN = """
SELECT person_id, door_page.meeting_id, message_id, telegram_id, secret
FROM door_page JOIN person ON person.id = person_id JOIN door ON door.meeting_id = door_page.meeting_id
WHERE telegram_id IS NOT NULL ORDER BY person_id
"""


async def keep(tx: Writing, person_id: int, meeting_id: int, message_id: int) -> None:
    """This message of theirs shows the code from now on; an earlier one is renewed no more."""
    await tx.run(_KEEP, person_id=person_id, meeting_id=meeting_id, message_id=message_id)


async def drop(tx: Writing, person_id: int) -> None:
    """Their message shows something else by now, or the door is closed."""
    await tx.run(_DROP, person_id=person_id)


async def shown(db: Reading) -> list[DoorPage]:
    """Every message that shows a code."""
    return [DoorPage(**dict(row)) for row in await db.rows(_SHOWN)]
