"""An organisation's stage over time: what people said of it by hand, and what follows from the log by itself."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rules.stages import STAGES, Said, Sign, reached
from storage.database import Reading, Writing


@dataclass(frozen=True)
class Event:
    """A row of an organisation's history. `happened_on` is a local day; `recorded_at` a unix second.

    `how` is 'hand', 'log' (it follows from the log), or 'silent' and 'heard', which leave the stage as it was.
    """

    id: int
    organisation_id: int
    stage: str
    happened_on: date
    how: str
    motive: str
    words: str
    recorded_by: int | None
    recorded_at: int


_EVENTS = "SELECT * FROM organisation_event WHERE organisation_id = :organisation_id ORDER BY id"
_WRITE = """
INSERT INTO organisation_event (organisation_id, stage, happened_on, how, motive, words, recorded_by, recorded_at)
SELECT id, COALESCE(:stage, stage), :day, :how, :motive, :words, :by, :now FROM organisation WHERE id = :organisation_id
RETURNING id
"""
_UNSILENT = "UPDATE organisation SET silent_since = NULL WHERE id = :organisation_id"
_SIGNS = """
SELECT organisation_id, kind, at FROM organisation_sign WHERE :only IS NULL OR organisation_id = :only
"""
# Those that have been judged on the same signs are read all the same: a sign may be taken back.
_STANDING = """
SELECT organisation.id, organisation.stage, said.stage AS said, said.happened_on AS said_on,
       EXISTS (SELECT 1 FROM contact_attempt
               WHERE contact_attempt.organisation_id = organisation.id AND why IN ('taken_back', 'corrected')
                 AND changed_at >= (SELECT max(recorded_at) FROM organisation_event
                                    WHERE organisation_id = organisation.id AND how = 'log')) AS taken_back
FROM organisation
LEFT JOIN organisation_event AS said ON said.id = (
    SELECT max(id) FROM organisation_event WHERE organisation_id = organisation.id AND how = 'hand')
WHERE (:only IS NULL OR organisation.id = :only)
  AND (organisation.stage != 'not_approached'
       OR organisation.id IN (SELECT organisation_id FROM organisation_sign))
"""
_HEARD = """
WITH heard AS MATERIALIZED (
    SELECT organisation_id, max(at) AS at FROM organisation_sign WHERE kind != 'attempt' GROUP BY organisation_id)
SELECT organisation.id FROM heard CROSS JOIN organisation ON organisation.id = heard.organisation_id
WHERE silent_since IS NOT NULL AND heard.at > silent_since
"""
_FELL_SILENT = """
WITH moment AS MATERIALIZED (
    SELECT organisation_id, at AS heard, NULL AS unanswered FROM organisation_sign WHERE kind != 'attempt'
    UNION ALL SELECT organisation_id, unixepoch(happened_on), NULL FROM organisation_event WHERE how = 'hand'
    UNION ALL SELECT organisation_id, NULL, sent_at FROM organisation_attempt WHERE outcome = 'no_response'),
last AS MATERIALIZED (
    SELECT organisation_id, COALESCE(max(heard), 0) AS heard, max(unanswered) AS unanswered
    FROM moment GROUP BY organisation_id)
SELECT organisation.id, heard FROM last CROSS JOIN organisation ON organisation.id = organisation_id
WHERE unanswered > heard AND heard <= :heard_before AND stage IN ('engaged', 'regular') AND silent_since IS NULL
"""
_SINCE = """
SELECT min(COALESCE(silent_at, sent_at)) FROM organisation_attempt
WHERE organisation_id = :organisation_id AND outcome = 'no_response' AND sent_at > :heard
"""
_SILENT = "UPDATE organisation SET silent_since = :since WHERE id = :organisation_id"


def _event(row: sqlite3.Row) -> Event:
    return Event(**{**dict(row), "happened_on": date.fromisoformat(row["happened_on"])})


async def events(db: Reading, organisation_id: int) -> list[Event]:
    """The organisation's history, the first event first."""
    return [_event(row) for row in await db.rows(_EVENTS, organisation_id=organisation_id)]


async def say(
    tx: Writing,
    organisation_id: int,
    stage: str,
    happened_on: date,
    by: int | None,
    now: int,
    *,
    motive: str = "",
    words: str = "",
) -> bool:
    """Somebody gives the stage by hand, with the day it was reached; False when there is no such organisation.

    Raises ValueError for an unknown stage. Silence is over when it is said to have left.
    """
    if stage not in STAGES:
        raise ValueError(f"no such stage: {stage!r}")
    written = await _write(tx, organisation_id, stage, happened_on, "hand", now, by=by, motive=motive, words=words)
    if stage == "left":
        await tx.run(_UNSILENT, organisation_id=organisation_id)
    return written


async def follow(tx: Writing, now: int, zone: ZoneInfo, *, organisation_id: int | None = None) -> int:
    """Write down the moves that follow from the log, of one organisation or of all; how many events.

    Safe to run again. A stage falls back only when something was taken back: an erased person takes their acts along,
    and the organisation stays where it was.
    """
    signs, written = defaultdict(list), 0
    for row in await tx.rows(_SIGNS, only=organisation_id):
        day = datetime.fromtimestamp(row["at"], zone).date()
        signs[row["organisation_id"]].append(Sign(row["kind"], day))
    for row in await tx.rows(_STANDING, only=organisation_id):
        for move in _moves(row, signs[row["id"]]):
            day = move.day if move.day != date.min else datetime.fromtimestamp(now, zone).date()
            written += await _write(tx, row["id"], move.stage, day, "log", now)
    return written


def _moves(row: sqlite3.Row, signs: Iterable[Sign]) -> list[Said]:
    """The events that lead from the stage on record to the one that what was said and logged amounts to."""
    said = Said(row["said"], date.fromisoformat(row["said_on"])) if row["said"] else None
    steps = reached(said, signs)
    if row["stage"] == "left":
        return list(steps)
    ends = steps[-1].stage if steps else said.stage if said else STAGES[0]
    if ends == "left" or STAGES.index(ends) < STAGES.index(row["stage"]):
        return [Said(ends, date.min)] if row["taken_back"] else []
    return [step for step in steps if STAGES.index(step.stage) > STAGES.index(row["stage"])]


async def note_silence(tx: Writing, now: int, zone: ZoneInfo, days: int) -> int:
    """Mark who had come far and has fallen silent, and who was heard again; how many events.

    Silent: an attempt closed as non-response after anything was heard, and nothing was heard for so many days.
    """
    today, written = datetime.fromtimestamp(now, zone).date(), 0
    for row in await tx.rows(_HEARD):
        await tx.run(_UNSILENT, organisation_id=row["id"])
        written += await _write(tx, row["id"], None, today, "heard", now)
    for row in await tx.rows(_FELL_SILENT, heard_before=now - days * 24 * 3600):
        since = await tx.value(_SINCE, organisation_id=row["id"], heard=row["heard"])
        await tx.run(_SILENT, organisation_id=row["id"], since=since)
        written += await _write(tx, row["id"], None, today, "silent", now)
    return written


async def _write(  # noqa: PLR0913 - the columns of an event
    tx: Writing,
    organisation_id: int,
    stage: str | None,
    day: date,
    how: str,
    now: int,
    *,
    by: int | None = None,
    motive: str = "",
    words: str = "",
) -> bool:
    rows = await tx.rows(
        _WRITE,
        organisation_id=organisation_id,
        stage=stage,
        day=day.isoformat(),
        how=how,
        motive=motive,
        words=words,
        by=by,
        now=now,
    )
    return bool(rows)
