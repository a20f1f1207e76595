"""Totals and venues against what is on record: short lists, each looked up whole."""

from collections.abc import Sequence
from typing import Any

from incoming.parsed import Parsed
from incoming.record import Asked, Problem, Record
from incoming.settling import CHANGED, NEW, SAME, Begun, Settled, settled
from storage import import_finds, import_steps
from storage.database import Reading
from storage.import_nouns import TOTAL, VENUE
from storage.import_steps import Change

_KEY = ("market", "size_band", "unit", "source", "as_of")
_NUMBERS = ("low", "figure", "high")


class Totals(Begun):
    """One list of figures. A figure that the same source now gives otherwise for the same day stands in for the old."""

    def __init__(self, asked: Asked, parsed: Parsed) -> None:
        super().__init__(asked, parsed)
        self._said: dict[tuple[Any, ...], tuple[int, ...]] = {}

    async def settle(self, db: Reading, records: Sequence[Record]) -> list[Settled]:
        """New figures, figures put right, and those that are known."""
        known = await import_finds.totals_standing(db)
        return [self._one(record, known) for record in records]

    def _one(self, record: Record, known: dict[tuple[Any, ...], tuple[int, tuple[int, ...]]]) -> Settled:
        key, numbers = tuple(record[name] for name in _KEY), tuple(record[name] for name in _NUMBERS)
        if key in self._said:
            same = self._said[key] == numbers
            return Settled(SAME) if same else Settled("refused", problem=Problem(record["line"], "twice", "figure"))
        self._said[key] = numbers
        row = {name: record[name] for name in (*_KEY, *_NUMBERS)} | {"made_by": self._asked.actor}
        if key not in known:
            return Settled(NEW, Change(TOTAL, None, None, row))
        row_id, standing = known[key]
        if standing == numbers:
            return Settled(SAME)
        withdrawn = Change(TOTAL, row_id, {"withdrawn_at": None}, {"withdrawn_at": self._asked.now})
        return Settled(CHANGED, Change(TOTAL, None, None, row), also=withdrawn)


class Venues(Begun):
    """One list of venues: the same name at the same address is the same place."""

    def __init__(self, asked: Asked, parsed: Parsed) -> None:
        super().__init__(asked, parsed)
        self._said: dict[tuple[str, str], Record] = {}

    async def settle(self, db: Reading, records: Sequence[Record]) -> list[Settled]:
        """New venues, and those that have changed."""
        known = await import_finds.venues_on_record(db)
        whole = await import_steps.read(db, VENUE, list(known.values()))
        return [self._one(record, known, whole) for record in records]

    def _one(self, record: Record, known: dict[tuple[str, str], int], whole: dict[int, dict[str, Any]]) -> Settled:
        key = (record["name"].casefold(), record["address"].casefold())
        if key in self._said:
            same = {**self._said[key], "line": 0} == {**record, "line": 0}
            return Settled(SAME) if same else Settled("refused", problem=Problem(record["line"], "twice", "name"))
        self._said[key] = record
        row_id = known.get(key) or known.get((key[0], ""))
        facts = {name: value for name, value in record.items() if name != "line"}
        if row_id is not None:
            facts = {name: value for name, value in facts.items() if value not in (None, "")}
        return settled(row_id, whole.get(row_id or 0), facts, VENUE)
