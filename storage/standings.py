"""How a meeting stands: who comes, who may, who cannot, who is silent and who could not be reached."""

import json
from dataclasses import dataclass
from pathlib import Path

from storage.database import Reading

GROUPS = ("yes", "waiting", "maybe", "no", "silent", "pending", "unreachable", "not_attempted")
_SORTED = Path(__file__).with_name("meeting_people.sql").read_text(encoding="utf-8")
_NAMED = """
SELECT person.id AS person_id, display_name, telegram_id IS NOT NULL AS on_telegram,
       COALESCE(response.answer, '') AS answer, COALESCE(response.why, '') AS why
FROM json_each(:people) AS listed
JOIN person ON person.id = listed.value
LEFT JOIN response ON response.person_id = person.id AND response.meeting_id = :meeting_id
ORDER BY listed.key
"""


@dataclass(frozen=True)
class Summary:
    """People in each group, each person in one.

    `yes` hold a place; `silent` were asked and let the time go by; `pending` may still answer; `unreachable` could
    not be reached; `not_attempted` were left out when it was sent.
    """

    yes: int = 0
    waiting: int = 0
    maybe: int = 0
    no: int = 0
    silent: int = 0
    pending: int = 0
    unreachable: int = 0
    not_attempted: int = 0


@dataclass(frozen=True)
class Named:
    """A person in a group, for the coordinator's eyes."""

    person_id: int
    display_name: str
    on_telegram: bool
    answer: str
    why: str


async def summary(db: Reading, meeting_id: int, *, invented: bool | None = None) -> Summary:
    """How many people are in each group. Without `invented`, of the world of whoever made the meeting."""
    return Summary(**{group: len(people) for group, people in (await _sorted(db, meeting_id, invented)).items()})


async def people(db: Reading, meeting_id: int, group: str, *, invented: bool | None = None) -> list[Named]:
    """Who is in a group: those who wait in their order, the others by when they answered or were asked."""
    ids = (await _sorted(db, meeting_id, invented)).get(group, [])
    rows = await db.rows(_NAMED, people=json.dumps(ids), meeting_id=meeting_id)
    return [Named(**{**dict(row), "on_telegram": bool(row["on_telegram"])}) for row in rows]


async def _sorted(db: Reading, meeting_id: int, invented: bool | None) -> dict[str, list[int]]:  # noqa: FBT001 - handed on by keyword callers
    rows = await db.rows(_SORTED, meeting_id=meeting_id, invented=invented)
    return {row["standing"]: json.loads(row["people"]) for row in rows}
