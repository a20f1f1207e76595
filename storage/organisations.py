"""Providers and partners: their facts, and the people who speak for them. Stages are in `stages`."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from storage.database import Reading, Writing
from storage.people import Person, person_of

KINDS = ("provider", "partner")
PARTNER_TYPES = ("education", "training", "health", "employment", "voluntary", "council", "other")
SIZE_BANDS = ("1-9", "10-49", "50-249", "250+")


@dataclass(frozen=True)
class Organisation:
    """A provider or a partner. Instants are unix seconds; '' and None are not known.

    `size_band` counts the people it employs; `stage` is the last of its events; `silent_since` is set while it had come
    far and then fell silent; `gone_at` is when the register no longer had it. `markets` are codes, in their order.
    """

    id: int
    kind: str
    name: str
    partner_type: str | None
    size_band: str | None
    ownership: str
    local_authority: str
    address: str
    postcode: str
    phone: str
    email: str
    website: str
    location_id: str | None
    provider_id: str | None
    provider_name: str
    services: str
    stage: str
    silent_since: int | None
    gone_at: int | None
    invented: bool
    made_at: int
    markets: tuple[str, ...]


_BY_ID = "SELECT * FROM known_organisation WHERE id = :organisation_id"
_FIND = """
SELECT * FROM known_organisation
WHERE NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE instr(folded(name || ' ' || provider_name), value) = 0)
  AND (:kind IS NULL OR kind = :kind) AND (:stage IS NULL OR stage = :stage)
  AND (:market IS NULL OR EXISTS (SELECT 1 FROM organisation_market AS works
                                  WHERE works.organisation_id = known_organisation.id AND works.market = :market))
  AND (NOT :silent OR silent_since IS NOT NULL) AND (:invented IS NULL OR invented = :invented)
ORDER BY gone_at IS NOT NULL, folded(name), id LIMIT :most OFFSET :skipped
"""
_COUNT = """
SELECT count(*) FROM known_organisation
WHERE NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE instr(folded(name || ' ' || provider_name), value) = 0)
  AND (:kind IS NULL OR kind = :kind) AND (:stage IS NULL OR stage = :stage)
  AND (:market IS NULL OR EXISTS (SELECT 1 FROM organisation_market AS works
                                  WHERE works.organisation_id = known_organisation.id AND works.market = :market))
  AND (NOT :silent OR silent_since IS NOT NULL) AND (:invented IS NULL OR invented = :invented)
"""
_NAMED = "SELECT * FROM known_organisation WHERE folded(name) = :name ORDER BY id"
_ADD = """
INSERT INTO organisation (kind, name, partner_type, size_band, invented, made_at)
VALUES (:kind, :name, :partner_type, :size_band, :invented, :now) RETURNING id
"""
_CHANGE = {
    "name": "UPDATE organisation SET name = :value WHERE id = :organisation_id",
    "partner_type": "UPDATE organisation SET partner_type = :value WHERE id = :organisation_id",
    "size_band": "UPDATE organisation SET size_band = :value WHERE id = :organisation_id",
    "ownership": "UPDATE organisation SET ownership = :value WHERE id = :organisation_id",
    "local_authority": "UPDATE organisation SET local_authority = :value WHERE id = :organisation_id",
    "address": "UPDATE organisation SET address = :value WHERE id = :organisation_id",
    "postcode": "UPDATE organisation SET postcode = :value WHERE id = :organisation_id",
    "phone": "UPDATE organisation SET phone = :value WHERE id = :organisation_id",
    "email": "UPDATE organisation SET email = :value WHERE id = :organisation_id",
    "website": "UPDATE organisation SET website = :value WHERE id = :organisation_id",
}
_NO_MARKETS = "DELETE FROM organisation_market WHERE organisation_id = :organisation_id"
_MARKET = "INSERT INTO organisation_market (organisation_id, market) VALUES (:organisation_id, :market)"
_PEOPLE = """
SELECT * FROM known_person WHERE organisation_id = :organisation_id ORDER BY folded(display_name), id
"""
_SPEAKS_FOR = """
UPDATE person SET organisation_id = :organisation_id, position = :position, strand = 'board' WHERE id = :person_id
"""
_NO_LONGER = "UPDATE person SET organisation_id = NULL, position = '' WHERE id = :person_id"


def organisation_of(row: sqlite3.Row) -> Organisation:
    """A row of `known_organisation` as an Organisation."""
    fields = {name: row[name] for name in Organisation.__dataclass_fields__}
    markets = tuple(code for code in row["markets"].split(",") if code)
    return Organisation(**fields | {"invented": bool(row["invented"]), "markets": markets})


async def by_id(db: Reading, organisation_id: int) -> Organisation | None:
    """The organisation, or None when there is no such one."""
    row = await db.row(_BY_ID, organisation_id=organisation_id)
    return None if row is None else organisation_of(row)


async def find(  # noqa: PLR0913 - the switches of one search
    db: Reading,
    words: str,
    limit: int,
    *,
    kind: str | None = None,
    market: str | None = None,
    stage: str | None = None,
    silent: bool = False,
    invented: bool | None = None,
    skipped: int = 0,
) -> list[Organisation]:
    """The organisations with all of these words in their name or their owner's, by name; '' finds every one."""
    values = _switches(words, invented, kind=kind, market=market, stage=stage, silent=silent)
    return [organisation_of(row) for row in await db.rows(_FIND, **values, most=limit, skipped=skipped)]


async def count(
    db: Reading,
    words: str = "",
    *,
    kind: str | None = None,
    market: str | None = None,
    stage: str | None = None,
    silent: bool = False,
    invented: bool | None = None,
) -> int:
    """How many `find` would find without a limit."""
    values = _switches(words, invented, kind=kind, market=market, stage=stage, silent=silent)
    found: int = await db.value(_COUNT, **values)
    return found


def _switches(words: str, invented: bool | None, *, silent: bool, **switches: str | None) -> dict[str, Any]:  # noqa: FBT001 - handed on as it came
    folded = json.dumps(words.casefold().split())
    return {"words": folded, "invented": invented, "silent": int(silent), **switches}


async def named(db: Reading, name: str) -> list[Organisation]:
    """The organisations of exactly this name, in whatever case."""
    return [organisation_of(row) for row in await db.rows(_NAMED, name=" ".join(name.split()).casefold())]


async def add(
    tx: Writing,
    kind: str,
    name: str,
    now: int,
    *,
    markets: Iterable[str] = (),
    partner_type: str | None = None,
    size_band: str | None = None,
    invented: bool = False,
    **facts: str,
) -> Organisation:
    """A new organisation, not approached yet. `facts` are what `change` takes.

    Raises sqlite3.IntegrityError for a kind, type or size that there is not, KeyError for an unknown fact.
    """
    number: int = await tx.value(
        _ADD, kind=kind, name=name, partner_type=partner_type, size_band=size_band, invented=int(invented), now=now
    )
    for fact, value in facts.items():
        await change(tx, number, fact, value)
    await set_markets(tx, number, markets)
    (row,) = await tx.rows(_BY_ID, organisation_id=number)
    return organisation_of(row)


async def change(tx: Writing, organisation_id: int, fact: str, value: str | None) -> None:
    """Set one fact. Raises KeyError for what is not changed by hand, sqlite3.IntegrityError for an impossible value."""
    await tx.run(_CHANGE[fact], value=value, organisation_id=organisation_id)


async def set_markets(tx: Writing, organisation_id: int, markets: Iterable[str]) -> None:
    """It works in these markets and in no others."""
    await tx.run(_NO_MARKETS, organisation_id=organisation_id)
    for market in dict.fromkeys(markets):
        await tx.run(_MARKET, organisation_id=organisation_id, market=market)


async def people_of(db: Reading, organisation_id: int) -> list[Person]:
    """Who speaks for it, by name."""
    return [person_of(row) for row in await db.rows(_PEOPLE, organisation_id=organisation_id)]


async def speaks_for(tx: Writing, person_id: int, organisation_id: int, position: str) -> None:
    """This person speaks for the organisation from now on, in this position ('' is not known), on the board strand."""
    await tx.run(_SPEAKS_FOR, person_id=person_id, organisation_id=organisation_id, position=position)


async def speaks_no_longer(tx: Writing, person_id: int) -> None:
    """This person no longer speaks for an organisation."""
    await tx.run(_NO_LONGER, person_id=person_id)
