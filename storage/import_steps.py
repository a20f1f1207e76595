"""What an import does to one row after another, and the way back."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storage.database import Reading, Writing
from storage.import_nouns import NOUNS

_AT_ONCE = 500
_STEP = """
INSERT INTO import_step (import_id, what, row_id, before, after)
SELECT :import_id, value ->> 'what', value ->> 'row_id', NULLIF(value -> 'before', 'null'), value -> 'after'
FROM json_each(:steps)
"""
_STEPS = """
SELECT id, what, row_id, before, after FROM import_step
WHERE import_id = :import_id AND id < :below ORDER BY id DESC LIMIT :most
"""


@dataclass(frozen=True)
class Change:
    """One row that is new (`row_id` is None) or changed: the columns written, as they were and as they are after."""

    what: str
    row_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any]


async def write(tx: Writing, import_id: int, changes: Sequence[Change], now: int) -> list[int]:
    """Write the changes, each with its step, in their order by noun; the ids of the rows, in the order given."""
    ids: list[int] = []
    steps = []
    by_noun: dict[str, list[tuple[int, Change]]] = defaultdict(list)
    last: dict[str, int] = {}
    for change in changes:
        if change.row_id is None and change.what not in last:
            last[change.what] = await tx.value(NOUNS[change.what].last_id)
        if change.row_id is None:
            last[change.what] += 1
        row_id = last[change.what] if change.row_id is None else change.row_id
        ids.append(row_id)
        by_noun[change.what].append((row_id, change))
        steps.append({"what": change.what, "row_id": row_id, "before": change.before, "after": change.after})
    for what, made in by_noun.items():
        new = [{"id": row_id, **change.after} for row_id, change in made if change.row_id is None]
        old = {row_id: change.after for row_id, change in made if change.row_id is not None}
        await _add(tx, what, new, import_id, now)
        await _change(tx, what, old, now)
    await tx.run(_STEP, import_id=import_id, steps=json.dumps(steps))
    return ids


async def _add(tx: Writing, what: str, rows: list[dict[str, Any]], import_id: int, now: int) -> None:
    for statement in NOUNS[what].add if rows else ():
        await tx.run(statement, **_named(statement, rows=json.dumps(rows), import_id=import_id, now=now))


async def _change(tx: Writing, what: str, after: dict[int, dict[str, Any]], now: int) -> None:
    if not after:
        return
    whole = await read(tx, what, list(after))
    rows = [{"id": row_id, **whole[row_id], **fields} for row_id, fields in after.items() if row_id in whole]
    for statement in NOUNS[what].change:
        await tx.run(statement, **_named(statement, rows=json.dumps(rows), now=now))


def _named(statement: str, **values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if f":{name}" in statement}


async def read(db: Reading, what: str, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The rows whole, by id, as far as an import may write them. What is kept as JSON comes as lists."""
    found = {}
    for row in await db.rows(NOUNS[what].read, ids=json.dumps(ids)):
        fields = dict(row)
        row_id = fields.pop("id")
        found[row_id] = {name: _opened(name, value) for name, value in fields.items()}
    return found


def _opened(name: str, value: Any) -> Any:
    return json.loads(value) if name in ("markets", "routes", "consent") and value is not None else value


async def take_back(tx: Writing, import_id: int, now: int) -> tuple[int, list[tuple[str, int]]]:
    """Undo each step, the last first: how many rows, and which were left as somebody has changed or used them since."""
    undone, left, below = 0, [], 2**62
    while steps := await tx.rows(_STEPS, import_id=import_id, below=below, most=_AT_ONCE):
        below = steps[-1]["id"]
        for what in dict.fromkeys(step["what"] for step in steps):
            these = {step["row_id"]: step for step in steps if step["what"] == what}
            kept = await _take_back_some(tx, what, these, now)
            undone += len(these) - len(kept)
            left += [(what, row_id) for row_id in kept]
    return undone, left


async def _take_back_some(tx: Writing, what: str, steps: dict[int, Any], now: int) -> list[int]:
    """Undo these steps of one noun; the ids of the rows that stay as they are."""
    current = await read(tx, what, list(steps))
    kept, restored, added = [], {}, []
    for row_id, step in steps.items():
        if row_id not in current:
            continue  # gone already: an erasure, a merge
        after = json.loads(step["after"])
        if any(current[row_id].get(name) != value for name, value in after.items() if name in current[row_id]):
            kept.append(row_id)
        elif step["before"] is None:
            added.append(row_id)
        else:
            restored[row_id] = json.loads(step["before"])
    await _change(tx, what, restored, now)
    removed: set[int] = set()
    if added:
        statement = NOUNS[what].remove
        removed = {row["id"] for row in await tx.rows(statement, **_named(statement, ids=json.dumps(added), now=now))}
    return kept + [row_id for row_id in added if row_id not in removed]
