"""What must be true of the database at every moment, and which rows break it."""

from dataclasses import dataclass

from storage import audit
from storage.database import Reading
from storage.rewards.truths import MONEY


@dataclass(frozen=True)
class Violation:
    """A broken rule, how many rows break it, and the id of one of them (a meeting's, a person's, an attempt's ...)."""

    name: str
    how_many: int
    example_id: int


_RULES = {
    "more_places_held_than_there_are": """
        SELECT meeting.id FROM meeting JOIN response ON response.meeting_id = meeting.id AND place = 'held'
        WHERE capacity IS NOT NULL GROUP BY meeting.id HAVING count(*) > capacity
    """,
    "place_without_yes": """
        SELECT person_id FROM response WHERE answer = 'no' AND place != 'none'
    """,
    "waiting_since_never": """
        SELECT person_id FROM response WHERE place = 'waiting' AND waiting_since IS NULL
    """,
    "response_is_not_its_last_event": """
        SELECT response.person_id FROM response
        LEFT JOIN response_event AS event ON event.id = (
            SELECT max(id) FROM response_event
            WHERE response_event.person_id = response.person_id AND response_event.meeting_id = response.meeting_id)
        WHERE (event.answer, event.why, event.place) IS NOT (response.answer, response.why, response.place)
    """,
    "attempt_is_not_its_last_event": """
        SELECT attempt.id FROM contact_attempt AS attempt
        LEFT JOIN attempt_event AS event ON event.id = (SELECT max(id) FROM attempt_event WHERE attempt_id = attempt.id)
        WHERE (event.state, event.why, event.outcome, event.answer, event.answer_why)
              IS NOT (attempt.state, attempt.why, attempt.outcome, attempt.answer, attempt.answer_why)
    """,
    "accepted_but_never_sent": """
        SELECT id FROM contact_attempt WHERE state = 'accepted' AND sent_at IS NULL
    """,
    "answered_but_never_at_any_time": """
        SELECT id FROM contact_attempt WHERE outcome IN ('answered', 'late') AND answered_at IS NULL
    """,
    "silent_and_answered": """
        SELECT id FROM contact_attempt WHERE outcome = 'no_response' AND state != 'by_hand' AND answered_at IS NOT NULL
    """,
    "silent_but_never_sent": """
        SELECT id FROM contact_attempt WHERE outcome = 'no_response' AND sent_at IS NULL
    """,
    "two_attempts_for_one_occasion": """
        SELECT min(id) FROM contact_attempt WHERE person_id IS NOT NULL
        GROUP BY person_id, reason, about, sequence HAVING count(*) > 1
    """,
    "about_no_meeting": """
        SELECT contact_attempt.id FROM contact_attempt JOIN attempt_reason ON code = reason
        WHERE (attempt_reason.about = 'meeting'
               AND contact_attempt.about NOT IN (SELECT id FROM meeting UNION SELECT 0))
           OR (attempt_reason.about = 'claim' AND contact_attempt.about NOT IN (SELECT id FROM claim))
           OR (attempt_reason.about = 'poll' AND contact_attempt.about NOT IN (SELECT id FROM poll))
           OR (attempt_reason.about = 'organisation'
               AND contact_attempt.about NOT IN (SELECT id FROM organisation UNION SELECT 0))
           OR (attempt_reason.about = 'nothing' AND contact_attempt.about != 0)
    """,
    "stage_is_not_its_last_event": """
        SELECT organisation.id FROM organisation
        LEFT JOIN organisation_event AS event ON event.id = (
            SELECT max(id) FROM organisation_event WHERE organisation_id = organisation.id)
        WHERE organisation.stage != COALESCE(event.stage, 'not_approached')
    """,
    "silent_but_never_engaged": """
        SELECT id FROM organisation WHERE silent_since IS NOT NULL AND stage IN ('not_approached', 'left')
    """,
    "undone_but_sent": """
        SELECT contact_attempt.id FROM contact_attempt JOIN broadcast ON broadcast.id = broadcast_id
        WHERE broadcast.state = 'undone' AND sent_at IS NOT NULL
    """,
    "outage_ends_before_it_begins": """
        SELECT id FROM outage WHERE until_at < from_at
    """,
    "points_at_nothing": """
        SELECT COALESCE(rowid, 0) AS id FROM pragma_foreign_key_check
    """,
    **MONEY,
}


async def violations(db: Reading) -> list[Violation]:
    """Every rule that is broken at this moment; empty when all is well. Reads every row: a question for `reports`."""
    found = [Violation(name, len(rows), rows[0][0]) for name, sql in _RULES.items() if (rows := await db.rows(sql))]
    if broken := await audit.verify(db):
        found.append(Violation("audit_chain_broken", 1, broken))
    return found
