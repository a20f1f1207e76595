"""The log of attempts as a stream of rows: as it stood at one moment, a page at a time, in constant memory."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from rules.sending import TO_STAFF

PAGE = 1_000
_ROWS = Path(__file__).with_name("export_attempts.sql").read_text(encoding="utf-8")
_STAFF = json.dumps(sorted(TO_STAFF))  # a word to a coordinator is no attempt to reach anyone
_COUNT = """
SELECT COUNT(*) FROM contact_attempt AS attempt INDEXED BY attempt_planned
LEFT JOIN person ON person.id = attempt.person_id
LEFT JOIN organisation ON organisation.id = attempt.organisation_id
LEFT JOIN placement ON placement.id = attempt.placement_id
WHERE attempt.planned_at >= :from_at AND attempt.planned_at < :until_at
  AND attempt.reason NOT IN (SELECT value FROM json_each(:to_staff))
  AND (:invented IS NULL OR COALESCE(person.invented, organisation.invented, placement.invented, 0) = :invented)
"""
COLUMNS = (
    "attempt_id",
    "person_id",
    "approach",
    "approach_kind",
    "variant",
    "approach_title",
    "approach_sender",
    "approach_language",
    "approach_cost_pence",
    "approach_staff_minutes",
    "contact_mode",
    "attempt_number",
    "purpose",
    "sequence",
    "about_what",
    "meeting_id",
    "meeting",
    "poll_id",
    "poll",
    "strand",
    "meeting_mode",
    "meeting_standing",
    "meeting_starts_at",
    "venue",
    "venue_kind",
    "planned_at",
    "due_at",
    "sent_at",
    "language",
    "reward",
    "offer",
    "arm",
    "state",
    "why",
    "final_state",
    "answer",
    "answer_why",
    "response_delay",
    "market",
    "shift",
    "job",
    "first_approach",
    "invented",
    "corrects",
    "call_back_hours",
    "needs_person",
    "talked_to",
    "took_one",
    "organisation_kind",
    "organisation_size",
    "display_name",
    "employer",
    "place",
    "note",
    "organisation",
    "correction",
)

Row = tuple[Any, ...]


def pages(path: Path, from_at: int, until_at: int, *, invented: bool | None = None) -> Iterator[list[Row]]:
    """Attempts planned in the period (unix seconds, the end not in it), as tuples of COLUMNS, the oldest first.

    `invented` chooses one world; None is both. Raises sqlite3.OperationalError when there is no database at `path`.
    """
    with _reading(path) as connection:
        cursor = connection.execute(
            _ROWS, {"from_at": from_at, "until_at": until_at, "invented": invented, "to_staff": _STAFF}
        )
        while page := cursor.fetchmany(PAGE):
            yield page


async def stream(path: Path, from_at: int, until_at: int, *, invented: bool | None = None) -> AsyncIterator[list[Row]]:
    """The same as `pages`, on a thread of its own so that nobody waits for it."""
    reading = pages(path, from_at, until_at, invented=invented)
    try:
        while page := await asyncio.to_thread(next, reading, None):
            yield page
    finally:
        await asyncio.to_thread(reading.close)  # type: ignore[attr-defined]  # the iterator is a generator


def count(path: Path, from_at: int, until_at: int, *, invented: bool | None = None) -> int:
    """How many rows there will be, for a progress bar."""
    with _reading(path) as connection:
        (how_many,) = connection.execute(_COUNT, _period(from_at, until_at, invented=invented)).fetchone()
        return int(how_many)


def _period(from_at: int, until_at: int, *, invented: bool | None) -> dict[str, Any]:
    return {"from_at": from_at, "until_at": until_at, "invented": invented, "to_staff": _STAFF}


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own that can only read; used by one thread at a time, though not always the same."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, check_same_thread=False)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        yield connection
