"""Answers and attendance of two records that become one: the newer answer holds, and who was seen there was there."""

import json
import sqlite3
from typing import Any

from storage.database import Writing

_RESPONSES = "SELECT * FROM response WHERE person_id IN (:kept, :gone) ORDER BY meeting_id"
_FREED = """
SELECT id FROM meeting WHERE id IN (SELECT value FROM json_each(:meetings)) AND state = 'open' AND starts_at > :now
"""
_DROP_RESPONSE = "DELETE FROM response WHERE person_id = :gone AND meeting_id = :meeting_id"
_MOVE_RESPONSE = "UPDATE response SET person_id = :kept WHERE person_id = :gone AND meeting_id = :meeting_id"
# The trigger writes the event, also when nothing changes: then the last event is what the answer is.
_SET_RESPONSE = """
UPDATE response SET answer = :answer, why = :why, place = :place, waiting_since = :waiting_since,
                    answered_at = :answered_at, changed_at = :changed_at
WHERE person_id = :kept AND meeting_id = :meeting_id
"""
_ATTENDANCE = "SELECT * FROM attendance WHERE person_id IN (:kept, :gone) ORDER BY meeting_id"
_DROP_ATTENDANCE = "DELETE FROM attendance WHERE person_id = :gone AND meeting_id = :meeting_id"
_MOVE_ATTENDANCE = "UPDATE attendance SET person_id = :kept WHERE person_id = :gone AND meeting_id = :meeting_id"
_SET_ATTENDANCE = """
UPDATE attendance SET standing = :standing, at = :at, how = :how, recorded_by = :recorded_by, changed_at = :changed_at
WHERE person_id = :kept AND meeting_id = :meeting_id
"""
_PLACES = ("none", "waiting", "held")


def _pairs(rows: list[sqlite3.Row], gone: int) -> list[tuple[dict[str, Any] | None, dict[str, Any]]]:
    """For each meeting that :gone has a row for: the row of the other record or None, and theirs."""
    mine = {row["meeting_id"]: dict(row) for row in rows if row["person_id"] != gone}
    return [(mine.get(row["meeting_id"]), dict(row)) for row in rows if row["person_id"] == gone]


async def merge_responses(tx: Writing, kept: int, gone: int, now: int) -> tuple[list[dict[str, Any]], list[int]]:
    """The newer answer to each meeting holds, with the better place if it is a yes.

    What the record that goes had said beside another answer, and the meetings to come that may have a place more.
    """
    beside, both = [], []
    for mine, theirs in _pairs(await tx.rows(_RESPONSES, kept=kept, gone=gone), gone):
        ids = {"kept": kept, "gone": gone, "meeting_id": theirs["meeting_id"]}
        if mine is None:
            await tx.run(_MOVE_RESPONSE, **ids)
            continue
        beside.append(theirs)
        both.append(theirs["meeting_id"])
        await tx.run(_DROP_RESPONSE, **ids)
        await tx.run(_SET_RESPONSE, kept=kept, **_without_person(_newer(mine, theirs)))
    rows = await tx.rows(_FREED, meetings=json.dumps(both), now=now)
    return beside, [row["id"] for row in rows]


def _newer(mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    holds = max(mine, theirs, key=lambda row: max(row["answered_at"], row["changed_at"]))
    if holds["answer"] != "yes":
        return holds
    better = max(mine, theirs, key=lambda row: _PLACES.index(row["place"]))
    since = [row["waiting_since"] for row in (mine, theirs) if row["waiting_since"] is not None]
    waits = better["place"] == "waiting"
    return holds | {"place": better["place"], "waiting_since": min(since) if waits and since else None}


def _without_person(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "person_id"}


async def merge_attendance(tx: Writing, kept: int, gone: int, now: int) -> list[dict[str, Any]]:
    """Whoever was seen at a meeting under either record came; else what was written down later holds.

    What the record that goes had beside another row.
    """
    beside = []
    for mine, theirs in _pairs(await tx.rows(_ATTENDANCE, kept=kept, gone=gone), gone):
        ids = {"kept": kept, "gone": gone, "meeting_id": theirs["meeting_id"]}
        if mine is None:
            await tx.run(_MOVE_ATTENDANCE, **ids)
            continue
        beside.append(theirs)
        holds = max(
            mine, theirs, key=lambda row: (row["standing"] == "came", row["standing"] != "unknown", row["changed_at"])
        )
        await tx.run(_DROP_ATTENDANCE, **ids)
        await tx.run(_SET_ATTENDANCE, kept=kept, **_without_person(holds | {"changed_at": now}))
    return beside
