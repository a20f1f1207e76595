"""The ways in which a person can be reached besides Telegram: phone, e-mail, post, in person, through somebody."""

import json
from dataclasses import dataclass

from storage.database import Reading, Writing
from storage.people import Person, person_of

KINDS = ("phone", "email", "post", "in_person", "through")


@dataclass(frozen=True)
class Route:
    """One way to reach a person. `value` is a number as +44..., an address, where, or through whom."""

    id: int
    person_id: int
    kind: str
    value: str
    note: str
    added_at: int


_ADD = """
INSERT INTO contact_route (person_id, kind, value, note, added_at) VALUES (:person_id, :kind, :value, :note, :now)
ON CONFLICT (person_id, kind, value) DO NOTHING RETURNING id
"""
_REMOVE = "DELETE FROM contact_route WHERE id = :route_id AND person_id = :person_id RETURNING id"
_OF_PERSON = "SELECT * FROM contact_route WHERE person_id = :person_id ORDER BY kind, id"
_HOLDERS = """
SELECT known_person.* FROM contact_route JOIN known_person ON known_person.id = contact_route.person_id
WHERE contact_route.kind = :kind AND contact_route.value = :value ORDER BY known_person.id
"""
_FIND = """
SELECT known_person.* FROM known_person
WHERE EXISTS (SELECT 1 FROM contact_route WHERE person_id = known_person.id
              AND NOT EXISTS (SELECT 1 FROM json_each(:words)
                              WHERE instr(folded(contact_route.value), json_each.value) = 0))
ORDER BY folded(display_name), id LIMIT :most
"""


async def add(tx: Writing, person_id: int, kind: str, value: str, now: int, note: str = "") -> bool:
    """The person can be reached so from now on; False when that was known.

    `value` is kept as it is given: read it with rules/phones or rules/emails first. Raises sqlite3.IntegrityError for
    another kind.
    """
    return bool(await tx.rows(_ADD, person_id=person_id, kind=kind, value=value, note=note, now=now))


async def remove(tx: Writing, person_id: int, route_id: int) -> bool:
    """The person cannot be reached so any more; False when this person has no such way."""
    return bool(await tx.rows(_REMOVE, person_id=person_id, route_id=route_id))


async def of_person(db: Reading, person_id: int) -> list[Route]:
    """Every way to reach this person, by kind."""
    return [Route(**dict(row)) for row in await db.rows(_OF_PERSON, person_id=person_id)]


async def holders(db: Reading, kind: str, value: str) -> list[Person]:
    """Everybody who is reached in exactly this way."""
    return [person_of(row) for row in await db.rows(_HOLDERS, kind=kind, value=value)]


async def find(db: Reading, words: str, limit: int) -> list[Person]:
    """The people one of whose ways has all of these words in it, by name."""
    folded = json.dumps(words.casefold().split())
    return [person_of(row) for row in await db.rows(_FIND, words=folded, most=limit)]
