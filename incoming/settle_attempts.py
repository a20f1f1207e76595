"""Contacts made elsewhere against the log: whose they are, and which of them are in it already."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from incoming.parsed import Parsed
from incoming.record import Asked, Problem, Record
from incoming.settle_contacts import name_key
from incoming.settling import NEW, SAME, Begun, Settled
from rules import dispositions
from storage import import_finds, import_people_finds
from storage.database import Reading
from storage.import_nouns import ATTEMPT
from storage.import_steps import Change

Way = tuple[str, str]
Key = tuple[Any, ...]


class Attempts(Begun):
    """One log of contacts."""

    def __init__(self, asked: Asked, parsed: Parsed) -> None:
        super().__init__(asked, parsed)
        self._people: dict[str, list[int]] | None = None
        self._places: dict[str, list[tuple[int, str]]] = {}
        self._counted = Counter[Key]()

    async def settle(self, db: Reading, records: Sequence[Record]) -> list[Settled]:
        """Each contact with whoever it was made to; the second of two equal rows is a second contact."""
        people = self._people if self._people is not None else await self._everybody(db)
        ways = {(kind, value) for record in records for kind, value in record["routes"]}
        holders = await import_people_finds.holders(db, ways, invented=self._asked.council.rehearsal)
        known = await import_finds.contacts_made(db, {record["at"] for record in records}, self._asked.import_id)
        return [self._one(record, self._whose(record, holders, people), known) for record in records]

    async def _everybody(self, db: Reading) -> dict[str, list[int]]:
        self._people, invented = {}, self._asked.council.rehearsal
        async for person_id, name in import_people_finds.names(db, invented=invented):
            self._people.setdefault(name_key(name), []).append(person_id)
        for row_id, name in await import_finds.organisation_names(db, invented=invented):
            self._places.setdefault(name.casefold(), []).append((row_id, name))
        return self._people

    def _whose(
        self, record: Record, holders: dict[Way, list[tuple[int, str]]], people: dict[str, list[int]]
    ) -> dict[str, Any] | str:
        """The person, the organisation or the place; or the code of why nobody can say."""
        found = [one for kind, value in record["routes"] for one in holders.get((kind, value), [])]
        named = [one for one in found if name_key(one[1]) == name_key(record["who"])] or found
        if named:
            return {"person_id": named[0][0], "organisation_id": None, "place": None}
        alike = people.get(name_key(record["who"]), []) if record["who"] else []
        if len(alike) == 1:
            return {"person_id": alike[0], "organisation_id": None, "place": None}
        if len(alike) > 1:
            return "several_of_name"
        if record["organisation"]:
            return self._organisation(record)
        if record["who"]:
            return {"person_id": None, "organisation_id": None, "place": record["who"]}
        return "nobody_of_phone"

    def _organisation(self, record: Record) -> dict[str, Any] | str:
        places = self._places.get(record["organisation"].casefold(), [])
        if len(places) > 1:
            return "several_organisations"
        if not places:
            return "no_organisation"
        return {"person_id": None, "organisation_id": places[0][0], "place": places[0][1]}

    def _one(self, record: Record, whose: dict[str, Any] | str, known: Counter[Key]) -> Settled:
        if isinstance(whose, str):
            return Settled("refused", problem=Problem(record["line"], whose))
        note = record["note"]
        if whose["organisation_id"] and record["who"]:
            note = f"{record['who']}: {note}" if note else record["who"]
        key = (*whose.values(), record["how"], record["at"], record["outcome"], note)
        self._counted[key] += 1
        if self._counted[key] <= known[key]:
            return Settled(SAME)
        return Settled(NEW, Change(ATTEMPT, None, None, self._row(record, whose, note)))

    def _row(self, record: Record, whose: dict[str, Any], note: str) -> dict[str, Any]:
        closed = dispositions.outcome_of(record["outcome"])
        kind, _, number = self._asked.actor.partition(":")
        return whose | {
            "approach": record["how"],
            "at": record["at"],
            "answer": record["outcome"],
            "made": int(record["outcome"] != "not_attempted"),
            "outcome": closed,
            "answered_at": record["at"] if closed == "answered" else None,
            "silent_at": record["silent_at"],
            "note": note,
            "made_by": int(number) if kind == "person" else None,
        }
