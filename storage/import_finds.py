"""Whom and what the rows of a file are about: what is on record under the same id, number or name."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

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
_ORGANISATIONS = "SELECT id, name FROM organisation WHERE invented = :invented ORDER BY id"
_MADE = """
SELECT person_id, organisation_id, place, approach.code AS how, due_at, answer, note, COUNT(*) AS how_many
FROM contact_attempt JOIN approach ON approach.id = approach_id
WHERE state IN ('by_hand', 'skipped') AND due_at IN (SELECT value FROM json_each(:moments)) AND reason = 'by_hand'
  AND why NOT IN ('taken_back', 'corrected') AND import_id IS NOT :but
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
_TOTALS = """
SELECT id, market, size_band, unit, source, as_of, low, figure, high FROM known_total
WHERE withdrawn_at IS NULL ORDER BY id
"""
_VENUES = "SELECT id, folded(name) AS name, folded(address) AS address FROM venue ORDER BY id DESC"


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


async def organisation_names(db: Reading, *, invented: bool) -> list[tuple[int, str]]:
    """Every organisation's id and name."""
    return [(row["id"], row["name"]) for row in await db.rows(_ORGANISATIONS, invented=int(invented))]


async def contacts_made(db: Reading, moments: Iterable[int], but: int | None) -> Counter[tuple[Any, ...]]:
    """How often each contact by hand at these unix seconds is in the log, those of the import `but` left out.

    By person, organisation, place, approach, moment, what came of it, and note.
    """
    rows = await db.rows(_MADE, moments=json.dumps(sorted(moments)), but=but)
    return Counter({tuple(row)[:-1]: row["how_many"] for row in rows})


async def totals_standing(db: Reading) -> dict[tuple[Any, ...], tuple[int, tuple[int, ...]]]:
    """The figures that hold, by market, size, unit, source and day: id, and low, figure, high."""
    return {tuple(row)[1:6]: (row["id"], tuple(row)[6:]) for row in await db.rows(_TOTALS)}


async def venues_on_record(db: Reading) -> dict[tuple[str, str], int]:
    """Every venue's id, by folded name and address."""
    return {(row["name"], row["address"]): row["id"] for row in await db.rows(_VENUES)}
