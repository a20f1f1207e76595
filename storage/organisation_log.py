"""What was tried with an organisation and what it said: attempts to it and its people, and comments on approaches."""

from dataclasses import dataclass

from storage.database import Reading, Writing


@dataclass(frozen=True)
class Logged:
    """One attempt to an organisation or to one of its people. `at` is the unix second it was made or planned.

    `who` is the person's name, '' when it went to the organisation; `answer` and `outcome` are codes.
    """

    id: int
    at: int
    approach: str
    reason: str
    state: str
    who: str
    answer: str
    outcome: str | None
    note: str


@dataclass(frozen=True)
class Comment:
    """What an organisation said about the way it was approached; `written_at` is a unix second."""

    id: int
    approach: str
    title: str
    words: str
    written_at: int


_ATTEMPTS = """
SELECT contact_attempt.id, COALESCE(sent_at, due_at) AS at, approach.code AS approach, reason, state,
       COALESCE(display_name, '') AS who, answer, outcome, note
FROM contact_attempt
JOIN approach ON approach.id = approach_id
LEFT JOIN person ON person.id = contact_attempt.person_id
WHERE (contact_attempt.organisation_id = :organisation_id OR person.organisation_id = :organisation_id)
  AND why NOT IN ('taken_back', 'corrected')
ORDER BY at DESC, contact_attempt.id DESC LIMIT :most
"""
_COUNT = """
SELECT count(*) FROM contact_attempt LEFT JOIN person ON person.id = contact_attempt.person_id
WHERE (contact_attempt.organisation_id = :organisation_id OR person.organisation_id = :organisation_id)
  AND sent_at IS NOT NULL AND why NOT IN ('taken_back', 'corrected')
"""
_COMMENT = """
INSERT INTO approach_comment (approach_id, organisation_id, words, written_by, written_at)
SELECT id, :organisation_id, :words, :by, :now FROM approach WHERE code = :approach RETURNING id
"""
_COMMENTS = """
SELECT approach_comment.id, approach.code AS approach, title, words, written_at
FROM approach_comment JOIN approach ON approach.id = approach_id
WHERE organisation_id = :organisation_id ORDER BY written_at DESC, approach_comment.id DESC LIMIT :most
"""
_USED = """
SELECT approach.code, title, max(contact_attempt.id) AS latest
FROM contact_attempt JOIN approach ON approach.id = approach_id
LEFT JOIN person ON person.id = contact_attempt.person_id
WHERE contact_attempt.organisation_id = :organisation_id OR person.organisation_id = :organisation_id
GROUP BY approach.id ORDER BY latest DESC
"""


async def attempts(db: Reading, organisation_id: int, most: int) -> list[Logged]:
    """The newest attempts to it and its people, the newest first; what was taken back is left out."""
    return [Logged(**dict(row)) for row in await db.rows(_ATTEMPTS, organisation_id=organisation_id, most=most)]


async def how_many(db: Reading, organisation_id: int) -> int:
    """How many attempts were made to it and its people."""
    found: int = await db.value(_COUNT, organisation_id=organisation_id)
    return found


async def used(db: Reading, organisation_id: int) -> list[tuple[str, str]]:
    """The code and title of each approach that was tried with it, the latest first."""
    return [(row["code"], row["title"]) for row in await db.rows(_USED, organisation_id=organisation_id)]


async def comment(tx: Writing, organisation_id: int, approach: str, words: str, by: int | None, now: int) -> bool:
    """Keep what it said about an approach; False when there is no such approach.

    Raises sqlite3.IntegrityError for words that are empty or over 2,000 characters.
    """
    rows = await tx.rows(_COMMENT, organisation_id=organisation_id, approach=approach, words=words, by=by, now=now)
    return bool(rows)


async def comments(db: Reading, organisation_id: int, most: int) -> list[Comment]:
    """What it said about approaches, the newest first."""
    return [Comment(**dict(row)) for row in await db.rows(_COMMENTS, organisation_id=organisation_id, most=most)]
