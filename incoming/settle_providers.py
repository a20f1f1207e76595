"""Places of care against those on record: found by the regulator's id, or by name and postcode."""

from collections.abc import Sequence
from typing import Any

from incoming.parsed import Parsed
from incoming.record import Asked, Problem, Record
from incoming.settling import SAME, Begun, Gone, Settled, settled
from storage import import_finds, import_steps
from storage.database import Reading
from storage.import_nouns import ORGANISATION
from storage.import_steps import Change

WHOLE_REGISTER = ("directory", "filters")
_ALWAYS = ("name", "postcode", "local_authority")
_IF_SAID = ("address", "phone", "website", "location_id", "provider_id", "provider_name", "ownership", "services")
Key = tuple[str, ...]


class Providers(Begun):
    """A file of the register, or a part of it. Only a whole register can say that a place is gone."""

    def __init__(self, asked: Asked, parsed: Parsed) -> None:
        super().__init__(asked, parsed)
        self._said: dict[Key, Record] = {}
        self._seen: set[str] = set(parsed.unread)
        self._authorities: set[str] = set()

    async def settle(self, db: Reading, records: Sequence[Record]) -> list[Settled]:
        """New places, places that have changed, and those that are said twice."""
        known = await self._known(db, records)
        whole = await import_steps.read(db, ORGANISATION, [row_id for row_id in known if row_id is not None])
        return [self._one(record, row_id, whole) for record, row_id in zip(records, known, strict=True)]

    def _one(self, record: Record, row_id: int | None, whole: dict[int, dict[str, Any]]) -> Settled:
        key = _key(record)
        self._authorities.add(record["local_authority"])
        self._seen.add(record["location_id"] or "")
        if key in self._said:
            same = {**self._said[key], "line": 0} == {**record, "line": 0}
            return Settled(SAME) if same else Settled("refused", problem=Problem(record["line"], "twice", "name"))
        self._said[key] = record
        return settled(row_id, whole.get(row_id or 0), self._wanted(record, whole.get(row_id or 0)), ORGANISATION)

    def _wanted(self, record: Record, known: dict[str, Any] | None) -> dict[str, Any]:
        """What the row should hold. A file that is silent on something does not wipe it out.

        Markets that somebody has put right stay, until the register's own services change.
        """
        wanted: dict[str, Any] = {name: record[name] for name in _ALWAYS}
        if known is None:
            facts = {name: record[name] for name in _IF_SAID}
            invented = int(self._asked.council.rehearsal)
            return wanted | facts | {"markets": sorted(record["markets"]), "invented": invented}
        wanted |= {name: record[name] for name in _IF_SAID if record[name]} | {"gone_at": None}
        if record["services"] != known["services"]:
            wanted["markets"] = sorted(record["markets"])
        return wanted

    async def _known(self, db: Reading, records: Sequence[Record]) -> list[int | None]:
        by_id = await import_finds.places_by_id(db, [r["location_id"] for r in records if r["location_id"]])
        by_name = await import_finds.places_by_name(
            db, [r["postcode"] for r in records], invented=self._asked.council.rehearsal
        )
        return [by_id.get(r["location_id"]) or self._by_name(r, by_name) for r in records]

    def _by_name(self, record: Record, by_name: dict[tuple[str, str], list[tuple[int, str | None]]]) -> int | None:
        """The one place of this name and postcode; with another id of the regulator's it is another place."""
        found = by_name.get((record["name"].casefold(), record["postcode"]), [])
        if record["location_id"]:
            found = [(row_id, location) for row_id, location in found if location is None]
        return found[0][0] if found else None

    async def gone(self, db: Reading) -> list[Gone]:
        """The places of the file's local authorities that it does not have any more."""
        if self._parsed.layout not in WHOLE_REGISTER or not self._said:
            return []
        missing = await import_finds.places_not_seen(
            db, self._authorities, self._seen, invented=self._asked.council.rehearsal
        )
        return [
            Gone(Change(ORGANISATION, row_id, {"gone_at": None}, {"gone_at": self._asked.now}), name)
            for row_id, name in missing
        ]


def _key(record: Record) -> Key:
    return (record["location_id"],) if record["location_id"] else (record["name"].casefold(), record["postcode"])
