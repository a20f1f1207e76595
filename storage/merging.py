"""Two records that are one person become one, with the history of both; what went is kept in merged_person."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storage import merge_rows, responses
from storage.database import Reading, Writing
from storage.merge_answers import merge_attendance, merge_responses
from storage.people import Person, by_id


class CannotMerge(Exception):
    """Why two records cannot become one: 'same', 'gone', 'two_accounts', 'two_worlds' or 'claimed_twice'."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Preview:
    """Who would stay and who would go into them, and what of theirs would move."""

    kept: Person
    gone: Person
    attempts: int
    answers: int
    routes: int


_MOVING = """
SELECT (SELECT count(*) FROM contact_attempt WHERE person_id = :gone) AS attempts,
       (SELECT count(*) FROM response WHERE person_id = :gone) AS answers,
       (SELECT count(*) FROM contact_route WHERE person_id = :gone) AS routes
"""
# Money that was asked for twice is for a person to sort out first.
_CLAIMED_TWICE = """
SELECT 1 FROM claim AS mine JOIN claim AS theirs USING (meeting_id)
WHERE mine.person_id = :kept AND theirs.person_id = :gone
UNION ALL
SELECT 1 FROM expense_claim AS mine JOIN expense_claim AS theirs USING (meeting_id, what)
WHERE mine.person_id = :kept AND theirs.person_id = :gone
"""
_ROW = "SELECT * FROM person WHERE id = :person_id"
_OCCASIONS = "SELECT id, reason, about, sequence FROM contact_attempt WHERE person_id = :person_id ORDER BY id"
_MOVE_ATTEMPT = "UPDATE contact_attempt SET person_id = :kept, sequence = :sequence WHERE id = :attempt_id"
_BECOME = """
UPDATE person SET
    display_name = :display_name, market = :market, shift = :shift, job = :job, strand = :strand, employer = :employer,
    first_approach = :first_approach, met_at = :met_at, joined_at = :joined_at, paused_until = :paused_until,
    stopped_at = :stopped_at, quiet_from = :quiet_from, quiet_until = :quiet_until,
    organisation_id = :organisation_id, position = :position, came_by = :came_by, week_changes = :week_changes
WHERE id = :kept
"""
_KEEP = """
INSERT INTO merged_person (gone_id, kept_id, was, why, merged_by, merged_at)
VALUES (:gone, :kept, :was, :why, :merged_by, :now)
"""
_GO = "DELETE FROM person WHERE id = :gone"
_NOTHING = (None, "", "not_said", 0)
_FILLED = ("display_name", "market", "shift", "job", "strand", "employer", "organisation_id", "position", "came_by")


async def preview(db: Reading, one: int, other: int) -> Preview:
    """What merging these two would do. Who has Telegram stays; else the older record. Raises CannotMerge."""
    kept, gone = await _sides(db, one, other)
    if await db.rows(_CLAIMED_TWICE, kept=kept.id, gone=gone.id):
        raise CannotMerge("claimed_twice")
    (row,) = await db.rows(_MOVING, gone=gone.id)
    return Preview(kept, gone, row["attempts"], row["answers"], row["routes"])


async def merge(tx: Writing, one: int, other: int, why: str, merged_by: int | None, now: int) -> Preview:
    """Make one of two, as `preview` says; `why` is a code: 'coordinator', 'joining_code' ... Raises CannotMerge."""
    seen = await preview(tx, one, other)
    ids: dict[str, Any] = {"kept": seen.kept.id, "gone": seen.gone.id, "now": now}
    for sql in merge_rows.BEFORE:
        await tx.run(sql, **ids)
    was: dict[str, Any] = {"person": dict((await tx.rows(_ROW, person_id=seen.gone.id))[0])}
    was["attempts"] = await _merge_attempts(tx, seen.kept.id, seen.gone.id)
    for sql in merge_rows.MOVES:
        await tx.run(sql, **ids)
    was["responses"], freed = await merge_responses(tx, seen.kept.id, seen.gone.id, now)
    was["attendance"] = await merge_attendance(tx, seen.kept.id, seen.gone.id, now)
    await _become(tx, seen.kept.id, was["person"])
    for sql in merge_rows.AFTER:
        await tx.run(sql, **ids)
    await tx.run(_KEEP, **ids, was=json.dumps(was), why=why, merged_by=merged_by)
    await tx.run(_GO, gone=seen.gone.id)
    for meeting_id in freed:
        await responses.promote(tx, meeting_id, now)
    return seen


async def _sides(db: Reading, one: int, other: int) -> tuple[Person, Person]:
    first, second = await by_id(db, min(one, other)), await by_id(db, max(one, other))
    if one == other:
        raise CannotMerge("same")
    if first is None or second is None:
        raise CannotMerge("gone")
    if first.telegram_id is not None and second.telegram_id is not None:
        raise CannotMerge("two_accounts")
    if first.invented != second.invented:
        raise CannotMerge("two_worlds")
    return (second, first) if second.telegram_id is not None else (first, second)


async def _merge_attempts(tx: Writing, kept: int, gone: int) -> list[tuple[int, int]]:
    """Every attempt moves; one whose occasion is taken gets the next number. Ids and numbers as they were."""
    highest: dict[tuple[str, int], int] = {}
    moving = await tx.rows(_OCCASIONS, person_id=gone)
    for row in [*await tx.rows(_OCCASIONS, person_id=kept), *moving]:
        occasion = (row["reason"], row["about"])
        highest[occasion] = max(highest.get(occasion, 0), row["sequence"])
    taken = {(row["reason"], row["about"], row["sequence"]) for row in await tx.rows(_OCCASIONS, person_id=kept)}
    for row in moving:
        occasion, sequence = (row["reason"], row["about"]), row["sequence"]
        if (*occasion, sequence) in taken:
            highest[occasion] += 1
            sequence = highest[occasion]
        await tx.run(_MOVE_ATTEMPT, kept=kept, sequence=sequence, attempt_id=row["id"])
    return [(row["id"], row["sequence"]) for row in moving]


async def _become(tx: Writing, kept: int, gone: Mapping[str, Any]) -> None:
    """Facts that one record lacks come from the other; the earlier first contact and any stop stand."""
    mine: Mapping[str, Any] = dict((await tx.rows(_ROW, person_id=kept))[0])
    values = {
        name: gone[name] if mine[name] in _NOTHING and gone[name] not in _NOTHING else mine[name] for name in _FILLED
    }
    first, second = sorted((mine, gone), key=lambda row: (row["met_at"], row["id"]))
    quiet = mine if mine["quiet_from"] else gone
    await tx.run(
        _BECOME,
        kept=kept,
        **values,
        first_approach=first["first_approach"] if first["first_approach"] is not None else second["first_approach"],
        met_at=first["met_at"],
        joined_at=min((row["joined_at"] for row in (mine, gone) if row["joined_at"] is not None), default=None),
        stopped_at=max((row["stopped_at"] for row in (mine, gone) if row["stopped_at"] is not None), default=None),
        paused_until=max(
            (row["paused_until"] for row in (mine, gone) if row["paused_until"] is not None), default=None
        ),
        quiet_from=quiet["quiet_from"],
        quiet_until=quiet["quiet_until"],
        week_changes=max(mine["week_changes"], gone["week_changes"]),
    )
