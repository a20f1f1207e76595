"""Whom the rows of a file may be: everybody's name, and who is reached by which number or address."""

import json
from collections.abc import AsyncIterator, Iterable

from storage.database import Reading

_AT_ONCE = 5_000
_NAMES = """
SELECT id, display_name FROM person WHERE id > :after AND display_name != '' AND invented = :invented
ORDER BY id LIMIT :most
"""
_HOLDERS = """
SELECT contact_route.kind, contact_route.value, person_id, display_name
FROM json_each(:routes) AS asked
JOIN contact_route ON contact_route.kind = asked.value ->> 0 AND contact_route.value = asked.value ->> 1
JOIN person ON person.id = person_id
WHERE invented = :invented ORDER BY person_id
"""


async def names(db: Reading, *, invented: bool) -> AsyncIterator[tuple[int, str]]:
    """Everybody's id and name."""
    after = 0
    while rows := await db.rows(_NAMES, after=after, most=_AT_ONCE, invented=int(invented)):
        for row in rows:
            yield row["id"], row["display_name"]
        after = rows[-1]["id"]


async def holders(
    db: Reading, routes: Iterable[tuple[str, str]], *, invented: bool
) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """Who is reached in each of these ways: id and name."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for row in await db.rows(_HOLDERS, routes=json.dumps(list(routes)), invented=int(invented)):
        found.setdefault((row["kind"], row["value"]), []).append((row["person_id"], row["display_name"]))
    return found
