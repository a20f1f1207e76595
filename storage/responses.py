"""Answers to meetings, and the places they hold: never more than there are, and those who wait move up."""

import sqlite3
from dataclasses import dataclass

from storage.database import Reading, Writing
from storage.meetings import Meeting
from storage.meetings import of_row as meeting_of_row
from storage.standings import Named, Summary, people, summary

__all__ = [
    "MeetingGone",
    "Named",
    "Place",
    "Response",
    "Summary",
    "back_in_turn",
    "of_person",
    "people",
    "promote",
    "promote_all",
    "record",
    "set_reason",
    "summary",
    "upcoming_of",
]


@dataclass(frozen=True)
class Response:
    """What a person says about a meeting now. `place` is 'held', 'waiting' or 'none'; instants are unix seconds."""

    person_id: int
    meeting_id: int
    answer: str
    why: str
    place: str
    waiting_since: int | None
    answered_at: int
    changed_at: int


@dataclass(frozen=True)
class Place:
    """What an answer led to: the place it gives ('held', 'waiting' or 'none'), and the people who moved up for it."""

    place: str
    promoted: tuple[int, ...] = ()


class MeetingGone(Exception):
    """The meeting is not open, or has begun: nobody can answer it any more."""


_OPEN = """
SELECT capacity, (SELECT COUNT(*) FROM response WHERE meeting_id = meeting.id AND place = 'held') AS held,
       (SELECT MAX(waiting_since) FROM response WHERE meeting_id = meeting.id) AS last_ticket
FROM meeting WHERE id = :meeting_id AND state = 'open' AND starts_at > :now
"""
_MINE = "SELECT * FROM response WHERE person_id = :person_id AND meeting_id = :meeting_id"
_SAVE = """
INSERT INTO response (person_id, meeting_id, answer, why, place, waiting_since, answered_at)
VALUES (:person_id, :meeting_id, :answer, :why, :place, :waiting_since, :now)
ON CONFLICT (person_id, meeting_id) DO UPDATE SET
    answer = excluded.answer, why = excluded.why, place = excluded.place, waiting_since = excluded.waiting_since,
    answered_at = excluded.answered_at, changed_at = 0
"""
# A place is only worth having for somebody who can be told of it; the others keep their turn until they are back.
_PROMOTE = """
UPDATE response SET place = 'held', waiting_since = NULL, changed_at = :now
WHERE meeting_id = :meeting_id AND person_id IN (
    SELECT waiting.person_id FROM response AS waiting JOIN known_person ON known_person.id = waiting.person_id
    WHERE waiting.meeting_id = :meeting_id AND waiting.place = 'waiting'
      AND barred = '' AND COALESCE(paused_until, 0) <= :now
    ORDER BY waiting.waiting_since
    LIMIT (SELECT CASE WHEN capacity IS NULL THEN -1
                       ELSE MAX(0, capacity - (SELECT COUNT(*) FROM response AS taken
                                               WHERE taken.meeting_id = :meeting_id AND taken.place = 'held')) END
           FROM meeting WHERE id = :meeting_id))
RETURNING person_id
"""
# A pause that runs out frees nobody's place, but lets somebody who waits take one that is free.
_WAITED_FOR = """
SELECT id FROM meeting
WHERE state = 'open' AND starts_at > :now
  AND EXISTS (SELECT 1 FROM response WHERE meeting_id = meeting.id AND answer = 'yes' AND place = 'waiting')
"""
_TELL = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, reward, state, due_at, until_at,
                             planned_at, changed_at)
SELECT person.id, (SELECT id FROM approach WHERE code = 'bot'), 'place_free', meeting.id,
       1 + COALESCE((SELECT MAX(sequence) FROM contact_attempt AS earlier
                     WHERE earlier.person_id = person.id AND earlier.reason = 'place_free'
                       AND earlier.about = meeting.id), 0),
       person.language, meeting.reward, 'planned', :now, meeting.starts_at, :now, :now
FROM person JOIN meeting ON meeting.id = :meeting_id
WHERE person.id = :person_id
"""
# An answer closes every invite it may belong to: open ones as answered, those that silence has closed as late.
_RESOLVE = """
UPDATE contact_attempt
SET state = CASE state WHEN 'unknown' THEN 'accepted' ELSE state END,
    why = CASE state WHEN 'unknown' THEN '' ELSE why END,
    sent_at = COALESCE(sent_at, CASE state WHEN 'unknown' THEN changed_at END),
    outcome = CASE WHEN outcome IN ('no_response', 'late') THEN 'late' ELSE 'answered' END,
    answered_at = COALESCE(answered_at, :now), answer = :answer, answer_why = :why, changed_at = :now
WHERE person_id = :person_id AND reason = 'invite' AND about = :meeting_id AND state IN ('accepted', 'unknown')
"""
_NO_NEED = """
UPDATE contact_attempt SET state = 'skipped', why = 'already_answered', changed_at = :now
WHERE person_id = :person_id AND reason = 'invite' AND about = :meeting_id
  AND state IN ('planned', 'queued', 'retry_wait')
"""
_WAITS_FOR = """
SELECT meeting_id FROM response JOIN meeting ON meeting.id = meeting_id
WHERE person_id = :person_id AND place = 'waiting' AND state = 'open' AND starts_at > :now
"""
_SET_REASON = """
UPDATE response SET why = :why, changed_at = :now
WHERE person_id = :person_id AND meeting_id = :meeting_id AND why != :why
"""
_SET_ATTEMPT_REASON = """
UPDATE contact_attempt SET answer_why = :why, changed_at = :now
WHERE person_id = :person_id AND reason = 'invite' AND about = :meeting_id AND outcome IN ('answered', 'late')
  AND answer_why != :why
"""
_UPCOMING = """
SELECT known_meeting.*, response.answer, response.why, response.place, response.waiting_since, response.answered_at,
       response.changed_at
FROM known_meeting LEFT JOIN response ON response.meeting_id = known_meeting.id AND response.person_id = :person_id
WHERE state = 'open' AND starts_at > :now
  AND (response.answer IS NOT NULL
       OR EXISTS (SELECT 1 FROM contact_attempt
                  WHERE person_id = :person_id AND reason = 'invite' AND about = known_meeting.id
                    AND state IN ('sending', 'accepted', 'unknown')))
ORDER BY starts_at, id
"""
_RESPONSE_ONLY = ("answer", "why", "place", "waiting_since", "answered_at", "changed_at")


async def record(tx: Writing, person_id: int, meeting_id: int, answer: str, now: int, why: str = "") -> Place:
    """Keep an answer ('yes', 'maybe' or 'no'), give or free the place, and let those who wait move up.

    A yes that already has its place or its turn keeps it. Raises MeetingGone when nobody can answer any more, and
    sqlite3.IntegrityError for another answer.
    """
    meeting = await tx.row(_OPEN, meeting_id=meeting_id, now=now)
    if meeting is None:
        raise MeetingGone
    mine = await of_person(tx, person_id, meeting_id)
    free = meeting["capacity"] is None or meeting["held"] < meeting["capacity"]
    # Two may come in one second, so the time since which one waits is also one's number in the queue.
    ticket = max(now, (meeting["last_ticket"] or 0) + 1)
    place, since = _place(mine, answer, free=free, ticket=ticket)
    await tx.run(
        _SAVE,
        person_id=person_id,
        meeting_id=meeting_id,
        answer=answer,
        why=why,
        place=place,
        waiting_since=since,
        now=now,
    )
    await tx.run(_RESOLVE, person_id=person_id, meeting_id=meeting_id, answer=answer, why=why, now=now)
    await tx.run(_NO_NEED, person_id=person_id, meeting_id=meeting_id, now=now)
    return Place(place, await promote(tx, meeting_id, now))


def _place(mine: Response | None, answer: str, *, free: bool, ticket: int) -> tuple[str, int | None]:
    """The place an answer gives, and since when it waits."""
    if answer != "yes":
        return "none", None
    if mine is not None and mine.place != "none":
        return mine.place, mine.waiting_since
    return ("held", None) if free else ("waiting", ticket)


async def promote(tx: Writing, meeting_id: int, now: int) -> tuple[int, ...]:
    """Give the free places to those who have waited longest and can be told, and plan to tell them; their ids."""
    promoted = [row["person_id"] for row in await tx.rows(_PROMOTE, meeting_id=meeting_id, now=now)]
    for person_id in promoted:
        await tx.run(_TELL, person_id=person_id, meeting_id=meeting_id, now=now)
    return tuple(promoted)


async def back_in_turn(tx: Writing, person_id: int, now: int) -> None:
    """The person can be told again: what is free at the meetings they wait for may be theirs."""
    for row in await tx.rows(_WAITS_FOR, person_id=person_id, now=now):
        await promote(tx, row["meeting_id"], now)


async def promote_all(tx: Writing, now: int) -> int:
    """Give out every free place that somebody waits for who can be told by now; how many. Twice does no harm."""
    waited_for = await tx.rows(_WAITED_FOR, now=now)
    return sum([len(await promote(tx, row["id"], now)) for row in waited_for])


async def set_reason(tx: Writing, person_id: int, meeting_id: int, why: str, now: int) -> None:
    """Keep why somebody answered as they did."""
    await tx.run(_SET_REASON, person_id=person_id, meeting_id=meeting_id, why=why, now=now)
    await tx.run(_SET_ATTEMPT_REASON, person_id=person_id, meeting_id=meeting_id, why=why, now=now)


async def of_person(db: Reading, person_id: int, meeting_id: int) -> Response | None:
    """The person's answer about a meeting, or None."""
    row = await db.row(_MINE, person_id=person_id, meeting_id=meeting_id)
    return None if row is None else Response(**dict(row))


async def upcoming_of(db: Reading, person_id: int, now: int) -> list[tuple[Meeting, Response | None]]:
    """The open meetings this person was asked to or has answered, the soonest first, each with the answer if any."""
    return [_with_answer(row, person_id) for row in await db.rows(_UPCOMING, person_id=person_id, now=now)]


def _with_answer(row: sqlite3.Row, person_id: int) -> tuple[Meeting, Response | None]:
    said = {name: row[name] for name in _RESPONSE_ONLY}
    meeting = meeting_of_row({name: row[name] for name in row.keys() if name not in said})  # noqa: SIM118 - a Row is no dict
    return meeting, Response(person_id, meeting.id, **said) if said["answer"] else None
