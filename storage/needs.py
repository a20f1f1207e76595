"""What somebody needs to be able to come: step-free access, an interpreter, childcare, help with travel."""

from dataclasses import dataclass

from storage.database import Reading, Writing

NEEDS = ("access", "interpreter", "childcare", "travel")


@dataclass(frozen=True)
class Needed:
    """What one person needs at a meeting, with their own words about it ('' is none)."""

    person_id: int
    display_name: str
    need: str
    words: str


_ADD = """
INSERT INTO response_need (person_id, meeting_id, need, words, said_at)
VALUES (:person_id, :meeting_id, :need, :words, :now)
ON CONFLICT (person_id, meeting_id, need) DO UPDATE SET words = excluded.words, said_at = excluded.said_at
"""
_DROP = """
DELETE FROM response_need WHERE person_id = :person_id AND meeting_id = :meeting_id AND need = :need
"""
_KEEP = """
INSERT INTO response_need (person_id, meeting_id, need, words, said_at)
VALUES (:person_id, :meeting_id, :need, '', :now)
ON CONFLICT (person_id, meeting_id, need) DO NOTHING
"""
_MINE = "SELECT need, words FROM response_need WHERE person_id = :person_id AND meeting_id = :meeting_id"
_OF_MEETING = """
SELECT need, COUNT(*) AS how_many FROM response_need
JOIN response ON response.person_id = response_need.person_id AND response.meeting_id = response_need.meeting_id
WHERE response_need.meeting_id = :meeting_id AND response.answer != 'no'
GROUP BY need ORDER BY need
"""
_BY_PERSON = """
SELECT response_need.person_id, display_name, need, words FROM response_need
JOIN response ON response.person_id = response_need.person_id AND response.meeting_id = response_need.meeting_id
JOIN person ON person.id = response_need.person_id
WHERE response_need.meeting_id = :meeting_id AND response.answer != 'no'
ORDER BY folded(display_name), person.id, need
"""


async def switch(tx: Writing, person_id: int, meeting_id: int, need: str, now: int, *, on: bool) -> None:
    """The need is there now, with the words it had if any, or it and its words are gone.

    Twice does no harm. Raises sqlite3.IntegrityError for none of NEEDS.
    """
    if on:
        await tx.run(_KEEP, person_id=person_id, meeting_id=meeting_id, need=need, now=now)
    else:
        await tx.run(_DROP, person_id=person_id, meeting_id=meeting_id, need=need)


async def say(tx: Writing, person_id: int, meeting_id: int, need: str, words: str, now: int) -> None:
    """Keep a need, with the person's own words about it. Raises sqlite3.IntegrityError for none of NEEDS."""
    await tx.run(_ADD, person_id=person_id, meeting_id=meeting_id, need=need, words=words, now=now)


async def of_person(db: Reading, person_id: int, meeting_id: int) -> dict[str, str]:
    """What this person needs at this meeting, each with their words ('' is none)."""
    rows = await db.rows(_MINE, person_id=person_id, meeting_id=meeting_id)
    return {row["need"]: row["words"] for row in rows}


async def of_meeting(db: Reading, meeting_id: int) -> dict[str, int]:
    """How many of those who may come need what."""
    return {row["need"]: row["how_many"] for row in await db.rows(_OF_MEETING, meeting_id=meeting_id)}


async def by_person(db: Reading, meeting_id: int) -> list[Needed]:
    """Who of those who may come needs what, by name."""
    return [Needed(**dict(row)) for row in await db.rows(_BY_PERSON, meeting_id=meeting_id)]
