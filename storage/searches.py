"""What coordinators asked about the best times, so that the buttons under an answer know what it was about."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Reading, Writing


@dataclass(frozen=True)
class Search:
    """What was asked, and by how many times (one, a pair ...) the wall times 'YYYY-MM-DDTHH:MM' that were found."""

    id: int
    made_by: int
    asked: str
    found: dict[int, tuple[str, ...]]


_KEEP = """
INSERT INTO time_search (made_by, asked, made_at) VALUES (:made_by, :asked, :now) RETURNING id
"""
_BY_ID = "SELECT id, made_by, asked, found FROM time_search WHERE id = :search_id AND made_by = :person_id"
_FOUND = """
UPDATE time_search SET found = json_set(found, '$."' || :many || '"', json(:starts)) WHERE id = :search_id
"""
_FORGET_OLDER = "DELETE FROM time_search WHERE made_at < :then"


async def keep(tx: Writing, made_by: int, asked: str, now: int) -> int:
    """Keep what is asked; the search's id."""
    search_id: int = await tx.value(_KEEP, made_by=made_by, asked=asked, now=now)
    return search_id


async def of(db: Reading, search_id: int, person_id: int) -> Search | None:
    """The search of this person, or None: another's is none of theirs."""
    row = await db.row(_BY_ID, search_id=search_id, person_id=person_id)
    if row is None:
        return None
    found = {int(many): tuple(starts) for many, starts in json.loads(row["found"]).items()}
    return Search(row["id"], row["made_by"], row["asked"], found)


async def keep_found(tx: Writing, search_id: int, many: int, starts: Sequence[str]) -> None:
    """The so many best times are these."""
    await tx.run(_FOUND, search_id=search_id, many=many, starts=json.dumps(list(starts)))


async def forget_older(tx: Writing, then: int) -> None:
    """Drop what was asked before this second."""
    await tx.run(_FORGET_OLDER, then=then)
