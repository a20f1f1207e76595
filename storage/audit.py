"""Who did what on the council's side. Each row's hash covers the row before it, so an edit in between shows."""

import hashlib
import json
from dataclasses import dataclass

from storage.database import Reading, Writing
from storage.wire import storable


@dataclass(frozen=True)
class Entry:
    """One act: `actor` is 'person:12' or 'host:<login>', `at` is unix seconds, `how_many` what it touched."""

    id: int
    at: int
    actor: str
    action: str
    how_many: int
    why: str
    hash: str


_LAST = "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1"
_RECORD = """
INSERT INTO audit (id, at, actor, action, how_many, why, hash)
VALUES (:id, :at, :actor, :action, :how_many, :why, :hash)
"""
_AFTER = "SELECT * FROM audit WHERE id > :after ORDER BY id LIMIT :most"
_PAGE = "SELECT * FROM audit WHERE :before IS NULL OR id < :before ORDER BY id DESC LIMIT :most"
_AT_ONCE = 1000


async def record(tx: Writing, at: int, actor: str, action: str, how_many: int, why: str) -> None:
    """Add an act to the chain."""
    last = await tx.row(_LAST)
    entry_id, before = (last["id"] + 1, last["hash"]) if last else (1, "")
    facts = (at, storable(actor), storable(action), how_many, storable(why))
    link = _link(before, entry_id, *facts)
    await tx.run(_RECORD, id=entry_id, at=at, actor=actor, action=action, how_many=how_many, why=why, hash=link)


async def verify(db: Reading) -> int | None:
    """The id of the first row that does not follow from the one before it, or None when the chain is whole.

    Rows cut off at the end cannot be noticed from inside.
    """
    entry_id, before = 0, ""
    while entries := [Entry(**dict(row)) for row in await db.rows(_AFTER, after=entry_id, most=_AT_ONCE)]:
        for entry in entries:
            link = _link(before, entry_id + 1, entry.at, entry.actor, entry.action, entry.how_many, entry.why)
            if (entry.id, entry.hash) != (entry_id + 1, link):
                return entry.id
            entry_id, before = entry.id, entry.hash
    return None


async def page(db: Reading, before: int | None = None, most: int = 50) -> list[Entry]:
    """The newest acts, or those before the id `before`, the newest first."""
    return [Entry(**dict(row)) for row in await db.rows(_PAGE, before=before, most=most)]


def _link(before: str, *facts: int | str) -> str:
    return hashlib.sha256(json.dumps([before, *facts]).encode()).hexdigest()
