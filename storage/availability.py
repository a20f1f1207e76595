"""When people are free: their usual week, what is different on some days, and their rota. Not said is no row."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from rules.rota import Different, Rota, Said
from storage.database import Reading, Writing

_WEEK = "SELECT weekday, band, free FROM availability WHERE person_id = :person_id"
_EXCEPTIONS = """
SELECT id, kind, from_day, until_day, bands FROM availability_exception
WHERE person_id = :person_id AND (:from_day IS NULL OR until_day >= :from_day) ORDER BY id
"""
_ROTA = "SELECT weeks, starts_on, pattern FROM rota WHERE person_id = :person_id"
_SAY = """
INSERT INTO availability (person_id, weekday, band, free, said_at)
SELECT :person_id, day.value, band.value, :free, :now FROM json_each(:weekdays) AS day, json_each(:bands) AS band
WHERE TRUE
ON CONFLICT (person_id, weekday, band) DO UPDATE SET free = excluded.free, said_at = excluded.said_at
"""
_UNSAY = """
DELETE FROM availability
WHERE person_id = :person_id AND weekday IN (SELECT value FROM json_each(:weekdays))
  AND band IN (SELECT value FROM json_each(:bands))
"""
_FORGET_WEEK = "DELETE FROM availability WHERE person_id = :person_id"
_FORGET_ROTA = "DELETE FROM rota WHERE person_id = :person_id"
_FORGET_EXCEPTIONS = "DELETE FROM availability_exception WHERE person_id = :person_id"
_ADD_EXCEPTION = """
INSERT INTO availability_exception (person_id, kind, from_day, until_day, bands, said_at)
VALUES (:person_id, :kind, :from_day, :until_day, :bands, :now) RETURNING id
"""
_REPLACE_EXCEPTION = """
DELETE FROM availability_exception WHERE person_id = :person_id AND kind = :kind AND from_day = :from_day
"""
_DROP_EXCEPTION = "DELETE FROM availability_exception WHERE id = :exception_id AND person_id = :person_id RETURNING id"
_SET_ROTA = """
INSERT INTO rota (person_id, weeks, starts_on, pattern, said_at)
VALUES (:person_id, :weeks, :starts_on, :pattern, :now)
ON CONFLICT (person_id) DO UPDATE SET
    weeks = excluded.weeks, starts_on = excluded.starts_on, pattern = excluded.pattern, said_at = excluded.said_at
"""
_SAID_AT = """
SELECT MAX(said_at) FROM (
    SELECT said_at FROM availability WHERE person_id = :person_id
    UNION ALL SELECT said_at FROM rota WHERE person_id = :person_id
    UNION ALL SELECT said_at FROM availability_exception WHERE person_id = :person_id)
"""
_WEEKS_OF = """
SELECT person_id, json_group_array(json_array(weekday, band, free)) AS cells FROM availability
WHERE person_id IN (SELECT value FROM json_each(:people)) GROUP BY person_id
"""
_EXCEPTIONS_OF = """
SELECT person_id, id, kind, from_day, until_day, bands FROM availability_exception
WHERE person_id IN (SELECT value FROM json_each(:people)) ORDER BY id
"""
_ROTAS_OF = """
SELECT person_id, weeks, starts_on, pattern FROM rota WHERE person_id IN (SELECT value FROM json_each(:people))
"""
# Asked once for each time that what they said has grown old; an old question that is still open is enough.
_ASK_AGAIN = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, state, due_at, until_at,
                             planned_at, changed_at)
SELECT person.id, (SELECT id FROM approach WHERE code = 'bot'), 'ask_hours', 0,
       1 + (SELECT COUNT(*) FROM contact_attempt AS earlier
            WHERE earlier.person_id = person.id AND earlier.reason = 'ask_hours'),
       person.language, 'planned', :now, :until_at, :now, :now
FROM (SELECT person_id, MAX(said_at) AS said_at FROM (
          SELECT person_id, said_at FROM availability
          UNION ALL SELECT person_id, said_at FROM rota
          UNION ALL SELECT person_id, said_at FROM availability_exception)
      GROUP BY person_id HAVING MAX(said_at) <= :older_than) AS said
JOIN known_person AS person ON person.id = said.person_id
WHERE barred = '' AND COALESCE(paused_until, 0) <= :now
  AND NOT EXISTS (SELECT 1 FROM contact_attempt AS asked
                  WHERE asked.person_id = person.id AND asked.reason = 'ask_hours' AND asked.planned_at > :older_than)
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
RETURNING id
"""


async def of_person(db: Reading, person_id: int, from_day: str | None = None) -> Said:
    """All that the person has said about their hours; exceptions that ended before `from_day` are left out."""
    week = await db.rows(_WEEK, person_id=person_id)
    exceptions = await db.rows(_EXCEPTIONS, person_id=person_id, from_day=from_day)
    rota = await db.row(_ROTA, person_id=person_id)
    return Said(
        week={(row["weekday"], row["band"]): row["free"] == "yes" for row in week},
        exceptions=tuple(_exception(row) for row in exceptions),
        rota=None if rota is None else _rota(rota),
    )


async def of_people(db: Reading, people: Collection[int]) -> dict[int, Said]:
    """What each of these people has said; whoever has said nothing is not in it."""
    ids = json.dumps(list(people))
    said: defaultdict[int, Said] = defaultdict(Said)
    for row in await db.rows(_WEEKS_OF, people=ids):
        week = {(weekday, band): free == "yes" for weekday, band, free in json.loads(row["cells"])}
        said[row["person_id"]] = Said(week=week)
    for row in await db.rows(_EXCEPTIONS_OF, people=ids):
        known = said[row["person_id"]]
        said[row["person_id"]] = replace(known, exceptions=(*known.exceptions, _exception(row)))
    for row in await db.rows(_ROTAS_OF, people=ids):
        said[row["person_id"]] = replace(said[row["person_id"]], rota=_rota(row))
    return dict(said)


async def say(
    tx: Writing,
    person_id: int,
    weekdays: Iterable[int],
    bands: Iterable[str],
    free: bool | None,  # noqa: FBT001 - what the person said, not a switch
    now: int,
) -> None:
    """In these bands of these weekdays (0 is Monday) they are free, are not, or (None) have not said."""
    cells = {"weekdays": json.dumps(list(weekdays)), "bands": json.dumps(list(bands))}
    if free is None:
        await tx.run(_UNSAY, person_id=person_id, **cells)
    else:
        await tx.run(_SAY, person_id=person_id, free="yes" if free else "no", now=now, **cells)


async def set_week(tx: Writing, person_id: int, week: Mapping[tuple[int, str], bool], now: int) -> None:
    """Put this in the place of their usual week and of a rota; a cell that is not in it is not said."""
    await tx.run(_FORGET_WEEK, person_id=person_id)
    await tx.run(_FORGET_ROTA, person_id=person_id)
    for (weekday, band), free in week.items():
        await say(tx, person_id, [weekday], [band], free, now)


async def set_rota(tx: Writing, person_id: int, rota: Rota, now: int) -> None:
    """Keep their rota, in the place of an earlier one. Raises sqlite3.IntegrityError for one of other lengths."""
    pattern = json.dumps([None if day is None else sorted(day) for day in rota.pattern])
    await tx.run(
        _SET_ROTA, person_id=person_id, weeks=rota.weeks, starts_on=rota.starts_on.isoformat(), pattern=pattern, now=now
    )


async def add_exception(
    tx: Writing, person_id: int, kind: str, from_day: date, until_day: date, now: int, bands: Iterable[str] = ()
) -> int:
    """On these days (both in it) something else holds; the exception's id, for a button that takes it back.

    `kind` is 'nights_this_week', 'same_as_last_week', 'away' or 'one_off'; `bands` are those free on a one-off day.
    Said twice it is kept once. Raises sqlite3.IntegrityError for days in the wrong order or another kind.
    """
    said: dict[str, Any] = {"person_id": person_id, "kind": kind, "from_day": from_day.isoformat()}
    await tx.run(_REPLACE_EXCEPTION, **said)
    exception_id: int = await tx.value(
        _ADD_EXCEPTION, **said, until_day=until_day.isoformat(), bands=json.dumps(list(bands)), now=now
    )
    return exception_id


async def drop_exception(tx: Writing, person_id: int, exception_id: int) -> bool:
    """Take it back; False when this person has no such exception."""
    return bool(await tx.rows(_DROP_EXCEPTION, person_id=person_id, exception_id=exception_id))


async def forget(tx: Writing, person_id: int) -> None:
    """Nothing of what the person said about their hours is left."""
    for sql in (_FORGET_WEEK, _FORGET_ROTA, _FORGET_EXCEPTIONS):
        await tx.run(sql, person_id=person_id)


async def said_at(db: Reading, person_id: int) -> int | None:
    """When (unix seconds) the person last said anything about their hours, or None."""
    value: int | None = await db.value(_SAID_AT, person_id=person_id)
    return value


async def ask_again(tx: Writing, now: int, older_than: int, until_at: int) -> int:
    """Plan a gentle question to everyone whose hours were last said at `older_than` or before; how many.

    Nobody is asked twice within that time, and the question is not sent after `until_at` (unix seconds).
    """
    return len(await tx.rows(_ASK_AGAIN, now=now, older_than=older_than, until_at=until_at))


def _exception(row: sqlite3.Row) -> Different:
    return Different(
        id=row["id"],
        kind=row["kind"],
        from_day=date.fromisoformat(row["from_day"]),
        until_day=date.fromisoformat(row["until_day"]),
        bands=frozenset(json.loads(row["bands"])),
    )


def _rota(row: sqlite3.Row) -> Rota:
    pattern = tuple(None if day is None else frozenset(day) for day in json.loads(row["pattern"]))
    return Rota(row["weeks"], date.fromisoformat(row["starts_on"]), pattern)
