"""Whom and what the rows of a file are about: what is on record under the same id, number or name."""

import json
from collections.abc import Iterable

from storage.database import Reading

_PLACES_BY_ID = """
SELECT id, location_id FROM organisation WHERE location_id IN (SELECT value FROM json_each(:ids))
"""
_PLACES_BY_NAME = """
SELECT organisation.id, folded(name) AS name, postcode, location_id FROM json_each(:postcodes) AS asked
JOIN organisation ON organisation.postcode = asked.value
WHERE kind = 'provider' AND invented = :invented ORDER BY organisation.id
"""
_NOT_SEEN = """
SELECT id, name FROM organisation
WHERE kind = 'provider' AND location_id IS NOT NULL AND gone_at IS NULL AND invented = :invented
  AND local_authority IN (SELECT value FROM json_each(:authorities))
  AND location_id NOT IN (SELECT value FROM json_each(:seen))
ORDER BY folded(name)
"""
_AUTHORITIES = """
SELECT local_authority, COUNT(*) AS places FROM organisation
WHERE local_authority != '' GROUP BY local_authority ORDER BY places DESC
"""


async def places_by_id(db: Reading, ids: Iterable[str]) -> dict[str, int]:
    """The organisations of these ids of the regulator's, by that id."""
    rows = await db.rows(_PLACES_BY_ID, ids=json.dumps(list(ids)))
    return {row["location_id"]: row["id"] for row in rows}


async def places_by_name(
    db: Reading, postcodes: Iterable[str], *, invented: bool
) -> dict[tuple[str, str], list[tuple[int, str | None]]]:
    """The providers at these postcodes, with the regulator's id if known, by folded name and postcode."""
    found: dict[tuple[str, str], list[tuple[int, str | None]]] = {}
    for row in await db.rows(_PLACES_BY_NAME, postcodes=json.dumps(sorted(set(postcodes))), invented=int(invented)):
        found.setdefault((row["name"], row["postcode"]), []).append((row["id"], row["location_id"]))
    return found


async def places_not_seen(
    db: Reading, authorities: Iterable[str], seen: Iterable[str], *, invented: bool
) -> list[tuple[int, str]]:
    """Providers of the register in these local authorities whose id there is none of `seen`: our id, and name."""
    rows = await db.rows(
        _NOT_SEEN, authorities=json.dumps(list(authorities)), seen=json.dumps(list(seen)), invented=int(invented)
    )
    return [(row["id"], row["name"]) for row in rows]


async def authorities(db: Reading) -> list[str]:
    """The local authorities we have organisations of, the one with most first."""
    return [row["local_authority"] for row in await db.rows(_AUTHORITIES)]
