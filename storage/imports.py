"""Imports on record: what came in by a file, who brought it, and for seven days the way back."""

from dataclasses import dataclass

from storage.database import Reading, Writing
from storage.import_steps import take_back

UNDO_DAYS = 7
_UNDO_SECONDS = UNDO_DAYS * 24 * 3600


@dataclass(frozen=True)
class Import:
    """One import of one file. `made_by` is 'person:12' or 'host:<login>'; instants are unix seconds."""

    id: int
    kind: str
    file_name: str
    sha256: str
    rows_read: int
    added: int
    changed: int
    refused: int
    gone: int
    made_by: str
    made_at: int
    undone_at: int | None


@dataclass(frozen=True)
class Undone:
    """What came of an undo: rows taken back, and the rows left because somebody has changed or used them since."""

    rows: int
    left: list[tuple[str, int]]


_BEGIN = """
INSERT INTO import (kind, file_name, sha256, rows_read, added, changed, refused, gone, made_by, made_at)
VALUES (:kind, :file_name, :sha256, 0, 0, 0, 0, 0, :made_by, :now) RETURNING id
"""
_END = """
UPDATE import SET rows_read = :rows_read, added = :added, changed = :changed, refused = :refused, gone = :gone
WHERE id = :import_id
"""
_BY_ID = "SELECT * FROM import WHERE id = :import_id"
_LATEST = "SELECT * FROM import ORDER BY id DESC LIMIT :most"
_SAME_FILE = "SELECT * FROM import WHERE sha256 = :sha256 AND undone_at IS NULL ORDER BY id DESC LIMIT 1"
_UNDONE = "UPDATE import SET undone_at = :now WHERE id = :import_id"
_FORGET_STEPS = "DELETE FROM import_step WHERE import_id IN (SELECT id FROM import WHERE made_at <= :before)"
_FORGET_OWN = "DELETE FROM import_step WHERE import_id = :import_id"


async def begin(tx: Writing, kind: str, file_name: str, sha256: str, made_by: str, now: int) -> int:
    """A new import; its id. The counts come with `end`, in the same transaction."""
    import_id: int = await tx.value(_BEGIN, kind=kind, file_name=file_name, sha256=sha256, made_by=made_by, now=now)
    return import_id


async def end(
    tx: Writing, import_id: int, *, rows_read: int, added: int, changed: int, refused: int, gone: int
) -> None:
    """Write down what the import did."""
    await tx.run(
        _END, import_id=import_id, rows_read=rows_read, added=added, changed=changed, refused=refused, gone=gone
    )


async def by_id(db: Reading, import_id: int) -> Import | None:
    """The import, or None."""
    row = await db.row(_BY_ID, import_id=import_id)
    return Import(**dict(row)) if row else None


async def latest(db: Reading, most: int = 20) -> list[Import]:
    """The imports, the newest first."""
    return [Import(**dict(row)) for row in await db.rows(_LATEST, most=most)]


async def of_file(db: Reading, sha256: str) -> Import | None:
    """The last import of exactly this file that was not taken back."""
    row = await db.row(_SAME_FILE, sha256=sha256)
    return Import(**dict(row)) if row else None


def may_be_undone(one: Import, now: int) -> bool:
    """Whether the import still stands and is younger than seven days."""
    return one.undone_at is None and now < one.made_at + _UNDO_SECONDS


async def undo(tx: Writing, import_id: int, now: int) -> Undone | None:
    """Take the whole import back; None when there is none, it is over seven days old, or it is undone already."""
    one = await by_id(tx, import_id)
    if one is None or not may_be_undone(one, now):
        return None
    rows, left = await take_back(tx, import_id, now)
    await tx.run(_UNDONE, import_id=import_id, now=now)
    await tx.run(_FORGET_OWN, import_id=import_id)
    return Undone(rows, left)


async def forget_steps(tx: Writing, now: int) -> None:
    """Delete what was kept to undo imports whose seven days are over."""
    await tx.run(_FORGET_STEPS, before=now - _UNDO_SECONDS)
