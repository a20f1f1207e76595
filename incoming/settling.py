"""What the database makes of a record: new, changed, the same, refused, or somebody has to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from incoming.parsed import Parsed
from incoming.record import Asked, Problem, Record
from storage.database import Reading
from storage.import_steps import Change

NEW, CHANGED, SAME, SKIPPED = "new", "changed", "same", "skipped"


@dataclass(frozen=True)
class Doubt:
    """A row that looks like somebody on record: 'same_contact' or 'same_name', both names, and what is done."""

    line: int
    why: str
    name: str
    known_as: str
    choice: str


@dataclass(frozen=True)
class Settled:
    """What becomes of one record. `change` is what to write, if anything, and `also` what goes with it.

    `problem` is why it is refused after all.
    """

    verdict: str
    change: Change | None = None
    also: Change | None = None
    problem: Problem | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True)
class Gone:
    """What was on record and is not in the file any more: the change that notes it, and its name."""

    change: Change
    name: str


class Settling(Protocol):
    """Settles the records of one file, chunk after chunk; it remembers what the file has said already."""

    async def settle(self, db: Reading, records: Sequence[Record]) -> list[Settled]:
        """One verdict for each record, in their order. Asks the database, and writes nothing."""

    async def gone(self, db: Reading) -> list[Gone]:
        """When all records are settled: what is not in the file any more."""


class Begun:
    """What every settling starts with; a list says nothing of what is not on it, unless it is a register."""

    def __init__(self, asked: Asked, parsed: Parsed) -> None:
        self._asked, self._parsed = asked, parsed

    async def gone(self, db: Reading) -> list[Gone]:  # noqa: ARG002 - a register asks; other lists do not
        """Nothing."""
        return []


class Settles(Protocol):
    """Begins to settle one file."""

    def __call__(self, asked: Asked, parsed: Parsed) -> Settling:
        """The settling of this file."""


def settled(row_id: int | None, known: dict[str, object] | None, wanted: dict[str, object], what: str) -> Settled:
    """New when nothing is known; otherwise the columns that differ, or the same."""
    if row_id is None or known is None:
        return Settled(NEW, Change(what, None, None, wanted))
    differs = {name: value for name, value in wanted.items() if name in known and known[name] != value}
    if not differs:
        return Settled(SAME)
    return Settled(CHANGED, Change(what, row_id, {name: known[name] for name in differs}, differs))
