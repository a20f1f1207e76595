"""What organisations would do on each of the board's themes, who was asked and has not said, and counts of both."""

from dataclasses import dataclass

from storage.database import Reading, Writing

_SET = """
INSERT INTO organisation_theme (organisation_id, theme, interest, said_by, said_at)
VALUES (:organisation_id, :theme, :interest, :by, :now)
ON CONFLICT (organisation_id, theme) DO UPDATE
SET interest = excluded.interest, said_by = excluded.said_by, said_at = excluded.said_at
"""
_OF = "SELECT theme, interest FROM organisation_theme WHERE organisation_id = :organisation_id"
_ANSWERED = """
UPDATE contact_attempt
SET outcome = CASE WHEN outcome = 'no_response' THEN 'late' ELSE 'answered' END, answered_at = :now,
    answer = :interest, changed_at = :now
WHERE reason = 'theme_ask' AND about = :organisation_id AND person_id = :by AND state = 'accepted'
  AND (outcome IS NULL OR outcome = 'no_response')
"""
_ASK = """
INSERT INTO contact_attempt (person_id, organisation_id, place, approach_id, reason, about, sequence, language, state,
                             due_at, planned_at, made_by, changed_at)
SELECT person.id, :organisation_id, organisation.name, approach.id, 'theme_ask', :organisation_id,
       1 + COALESCE((SELECT max(sequence) FROM contact_attempt
                     WHERE person_id = person.id AND reason = 'theme_ask' AND about = :organisation_id), 0),
       person.language, 'planned', :now, :now, :made_by, :now
FROM known_person AS person
JOIN organisation ON organisation.id = person.organisation_id
JOIN approach ON approach.code = 'bot'
WHERE person.organisation_id = :organisation_id AND telegram_id IS NOT NULL AND consented AND stopped_at IS NULL
  AND unreachable_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM contact_attempt AS open
                  WHERE open.person_id = person.id AND open.reason = 'theme_ask' AND open.outcome IS NULL
                    AND open.state IN ('planned', 'queued', 'sending', 'retry_wait', 'accepted'))
RETURNING id
"""
_CAN_BE_ASKED = """
SELECT DISTINCT organisation_id FROM known_person AS person JOIN organisation ON organisation.id = organisation_id
WHERE telegram_id IS NOT NULL AND consented AND stopped_at IS NULL AND unreachable_at IS NULL AND stage != 'left'
  AND organisation.invented = :invented
"""
# One row per organisation and theme; the question was about all five at once, in the chat or by hand.
_COUNTS = """
WITH theme (theme) AS (VALUES ('recruitment'), ('retention'), ('wellbeing'), ('progression'), ('training')),
asked AS (
    SELECT about AS organisation_id, min(outcome IS 'no_response') AS silent
    FROM contact_attempt WHERE reason = 'theme_ask' AND sent_at IS NOT NULL GROUP BY about)
SELECT COALESCE(partner_type, kind) AS type, theme.theme,
       CASE WHEN interest IN ('lead', 'join', 'watch') THEN 'interest'
            WHEN interest = 'not_now' THEN 'no'
            WHEN asked.silent THEN 'no_reply'
            WHEN asked.silent = 0 THEN 'open'
            ELSE 'not_asked' END AS said,
       count(*) AS how_many
FROM organisation JOIN theme
LEFT JOIN organisation_theme ON organisation_theme.organisation_id = organisation.id
                            AND organisation_theme.theme = theme.theme
LEFT JOIN asked ON asked.organisation_id = organisation.id
WHERE invented = :invented
GROUP BY type, theme.theme, said ORDER BY type, theme.theme, said
"""
# An organisation counts once for each theme; the warmest answer of its people is its own.
_INVITED = """
WITH answered AS (
    SELECT person.organisation_id, theme,
           CASE WHEN max(response.answer IN ('yes', 'maybe')) THEN 'interest'
                WHEN max(response.answer = 'no') THEN 'no'
                WHEN min(outcome IS 'no_response') THEN 'no_reply'
                ELSE 'open' END AS said
    FROM person CROSS JOIN contact_attempt ON contact_attempt.person_id = person.id
    JOIN meeting ON meeting.id = about AND theme != ''
    LEFT JOIN response ON response.person_id = person.id AND response.meeting_id = meeting.id
    WHERE person.organisation_id IS NOT NULL AND contact_attempt.reason = 'invite' AND sent_at IS NOT NULL
    GROUP BY person.organisation_id, theme)
SELECT COALESCE(partner_type, kind) AS type, theme, said, count(*) AS how_many
FROM answered JOIN organisation ON organisation.id = organisation_id WHERE invented = :invented
GROUP BY type, theme, said ORDER BY type, theme, said
"""
_DID = """
SELECT theme, count(*) AS meetings, count(led_by) AS led FROM meeting
WHERE theme != '' AND strand = 'board' AND state IN ('open', 'closed') AND starts_at <= :now GROUP BY theme
"""


@dataclass(frozen=True)
class Count:
    """How many organisations of a `type` (a partner's type, or 'provider') said the same of a theme.

    `said` is 'interest', 'no', 'no_reply', 'open' (asked, and time is left) or 'not_asked'.
    """

    type: str
    theme: str
    said: str
    how_many: int


async def of_organisation(db: Reading, organisation_id: int) -> dict[str, str]:
    """What it would do, by theme; themes of which it has said nothing are missing."""
    return {row["theme"]: row["interest"] for row in await db.rows(_OF, organisation_id=organisation_id)}


async def say(tx: Writing, organisation_id: int, theme: str, interest: str, by: int | None, now: int) -> None:
    """The organisation says what it would do on a theme; the last word counts. A question that was open is answered.

    Raises sqlite3.IntegrityError for a theme or an interest that there is not.
    """
    await tx.run(_SET, organisation_id=organisation_id, theme=theme, interest=interest, by=by, now=now)
    await tx.run(_ANSWERED, organisation_id=organisation_id, by=by, interest=interest, now=now)


async def ask(tx: Writing, organisation_id: int, made_by: int | None, now: int) -> int:
    """Plan the question for each of its people who can be written to and is not being asked already; how many."""
    return len(await tx.rows(_ASK, organisation_id=organisation_id, made_by=made_by, now=now))


async def can_be_asked(db: Reading, *, invented: bool) -> list[int]:
    """The organisations that have somebody to ask in the chat."""
    return [row["organisation_id"] for row in await db.rows(_CAN_BE_ASKED, invented=int(invented))]


async def counts(db: Reading, *, invented: bool) -> list[Count]:
    """Each type against each theme: who is interested, who is not, who did not reply, who was not asked."""
    return [Count(**dict(row)) for row in await db.rows(_COUNTS, invented=int(invented))]


async def invited(db: Reading, *, invented: bool) -> list[Count]:
    """The same of invites to meetings of a theme: who said yes or maybe, who said no, who did not reply."""
    return [Count(**dict(row)) for row in await db.rows(_INVITED, invented=int(invented))]


async def done(db: Reading, now: int) -> dict[str, tuple[int, int]]:
    """By theme, how many board meetings there were and how many of them an organisation led."""
    return {row["theme"]: (row["meetings"], row["led"]) for row in await db.rows(_DID, now=now)}
