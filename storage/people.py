"""The people we have met, with Telegram or without."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from rules.roles import Role
from storage.database import Reading, Writing


@dataclass(frozen=True)
class Person:
    """Somebody we have met. Instants are unix seconds; `quiet_from` and `quiet_until` are 'HH:MM' local.

    Until `moved_end_at`, `moved_from` and `moved_until` stand in for these.

    A field that is None has not been asked; 'not_said' is somebody who prefers not to say. `consented` is their latest
    answer to the notice. Somebody with an `organisation_id` speaks for it, in that `position`.
    """

    id: int
    telegram_id: int | None
    display_name: str
    language: str
    market: str | None
    shift: str | None
    job: str | None
    strand: str | None
    employer: str | None
    first_approach: int | None
    invented: bool
    met_at: int
    joined_at: int | None
    paused_until: int | None
    stopped_at: int | None
    unreachable_at: int | None
    quiet_from: str | None
    quiet_until: str | None
    moved_from: str | None
    moved_until: str | None
    moved_end_at: int | None
    week_changes: bool
    organisation_id: int | None
    position: str
    consented: bool


_BY_TELEGRAM = "SELECT * FROM known_person WHERE telegram_id = :telegram_id"
_BY_ID = "SELECT * FROM known_person WHERE id = :person_id"
_TURN = """
SELECT known_person.*,
       (SELECT group_concat(role) FROM role_grant
        WHERE role_grant.person_id = known_person.id AND revoked_at IS NULL) AS roles
FROM known_person WHERE telegram_id = :telegram_id
"""
_MEET = """
INSERT INTO person (telegram_id, language, first_approach, invented, met_at)
VALUES (:telegram_id, :language,
        COALESCE((SELECT id FROM approach WHERE code = :approach_code),
                 (SELECT id FROM approach WHERE code = 'direct')),
        :invented, :now)
ON CONFLICT (telegram_id) DO NOTHING
"""
_ADD_BY_HAND = """
INSERT INTO person (display_name, language, market, shift, first_approach, invented, met_at)
VALUES (:name, :language, :market, :shift, (SELECT id FROM approach WHERE code = :approach), :invented, :now)
RETURNING id
"""
_FIND = """
SELECT * FROM known_person
WHERE display_name != ''
  AND NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE instr(folded(display_name), value) = 0)
ORDER BY folded(display_name), id LIMIT :most
"""
_NAMED = "SELECT * FROM known_person WHERE folded(display_name) = :name ORDER BY id"
_CHANGE = {
    "market": "UPDATE person SET market = :value WHERE id = :person_id",
    "shift": "UPDATE person SET shift = :value WHERE id = :person_id",
    "job": "UPDATE person SET job = :value WHERE id = :person_id",
    "strand": "UPDATE person SET strand = :value WHERE id = :person_id",
    "employer": "UPDATE person SET employer = :value WHERE id = :person_id",
    "language": "UPDATE person SET language = :value WHERE id = :person_id",
    "display_name": "UPDATE person SET display_name = :value WHERE id = :person_id",
    "position": "UPDATE person SET position = :value WHERE id = :person_id",
    "week_changes": "UPDATE person SET week_changes = :value WHERE id = :person_id",
    "quiet_from": "UPDATE person SET quiet_from = :value WHERE id = :person_id",
    "quiet_until": "UPDATE person SET quiet_until = :value WHERE id = :person_id",
}
_MOVE_QUIET = """
UPDATE person SET moved_from = :moved_from, moved_until = :moved_until, moved_end_at = :end_at WHERE id = :person_id
"""
_JOINED = "UPDATE person SET joined_at = :now WHERE id = :person_id AND joined_at IS NULL"
_PAUSE = "UPDATE person SET paused_until = :until WHERE id = :person_id"
_STOP = "UPDATE person SET stopped_at = :now WHERE id = :person_id AND stopped_at IS NULL"
_COME_BACK = "UPDATE person SET stopped_at = NULL, paused_until = NULL WHERE id = :person_id"
_UNREACHABLE = "UPDATE person SET unreachable_at = :now WHERE id = :person_id AND unreachable_at IS NULL"
_REACHABLE = "UPDATE person SET unreachable_at = NULL WHERE id = :person_id"


def person_of(row: sqlite3.Row) -> Person:
    """A row of `known_person` (more columns do no harm) as a Person."""
    fields = {name: row[name] for name in Person.__dataclass_fields__}
    return Person(**fields | {name: bool(row[name]) for name in ("invented", "consented", "week_changes")})


async def by_telegram(db: Reading, telegram_id: int) -> Person | None:
    """Whose Telegram account this is, or None."""
    row = await db.row(_BY_TELEGRAM, telegram_id=telegram_id)
    return person_of(row) if row else None


async def by_id(db: Reading, person_id: int) -> Person | None:
    """The person of this id, or None."""
    row = await db.row(_BY_ID, person_id=person_id)
    return person_of(row) if row else None


async def turn_of(db: Reading, telegram_id: int) -> tuple[Person | None, frozenset[Role]]:
    """Who is speaking and the roles they hold at this moment, in one question."""
    row = await db.row(_TURN, telegram_id=telegram_id)
    if row is None:
        return None, frozenset({Role.ANYONE})
    granted = [Role(role) for role in (row["roles"] or "").split(",") if role]
    person = person_of(row)
    return person, by_standing(person) | frozenset(granted)


def by_standing(person: Person | None) -> frozenset[Role]:
    """The roles that follow from what somebody is: signed up or not, and speaking for an organisation or not."""
    if person is None or not person.consented:
        return frozenset({Role.ANYONE})
    return frozenset({Role.WORKER, Role.BOARD} if person.organisation_id is not None else {Role.WORKER})


async def meet(
    tx: Writing,
    telegram_id: int,
    language: str,
    approach_code: str | None,
    invented: bool,  # noqa: FBT001 - a fact about the person, not a switch
    now: int,
) -> Person:
    """The person of this account; at first contact written down, with the approach that led here (or 'direct')."""
    await tx.run(
        _MEET, telegram_id=telegram_id, language=language, approach_code=approach_code, invented=int(invented), now=now
    )
    return person_of((await tx.rows(_BY_TELEGRAM, telegram_id=telegram_id))[0])


async def add_by_hand(
    tx: Writing,
    name: str,
    now: int,
    *,
    invented: bool = False,
    approach: str = "",
    market: str | None = None,
    shift: str | None = None,
    language: str = "en",
) -> Person:
    """A new person who is reached without Telegram; `approach` is the code of what first brought them, if known."""
    values = {"market": market, "shift": shift, "language": language, "approach": approach, "invented": int(invented)}
    person_id = await tx.value(_ADD_BY_HAND, name=name, now=now, **values)
    return person_of((await tx.rows(_BY_ID, person_id=person_id))[0])


async def find(db: Reading, words: str, limit: int) -> list[Person]:
    """The people whose name has all of these words in it, in whatever case, by name."""
    folded = json.dumps(words.casefold().split())
    return [person_of(row) for row in await db.rows(_FIND, words=folded, most=limit)]


async def named(db: Reading, name: str) -> list[Person]:
    """The people of exactly this name, in whatever case."""
    return [person_of(row) for row in await db.rows(_NAMED, name=name.casefold())]


async def change(tx: Writing, person_id: int, field: str, value: Any) -> None:
    """Set one of the fields a person may change; raises KeyError for any other field."""
    await tx.run(_CHANGE[field], value=value, person_id=person_id)


async def move_quiet(tx: Writing, person_id: int, moved_from: str, moved_until: str, end_at: int) -> None:
    """Until this unix second, leave the person alone between these local times 'HH:MM' instead of their usual ones."""
    await tx.run(_MOVE_QUIET, person_id=person_id, moved_from=moved_from, moved_until=moved_until, end_at=end_at)


async def move_quiet_back(tx: Writing, person_id: int) -> None:
    """Their usual quiet hours hold again."""
    await tx.run(_MOVE_QUIET, person_id=person_id, moved_from=None, moved_until=None, end_at=None)


async def joined(tx: Writing, person_id: int, now: int) -> None:
    """The sign-up is complete; the first time counts."""
    await tx.run(_JOINED, person_id=person_id, now=now)


async def pause(tx: Writing, person_id: int, until: int | None) -> None:
    """Send nothing unasked until then; None ends the pause."""
    await tx.run(_PAUSE, person_id=person_id, until=until)


async def stop(tx: Writing, person_id: int, now: int) -> None:
    """Send nothing any more, until the person comes back."""
    await tx.run(_STOP, person_id=person_id, now=now)


async def come_back(tx: Writing, person_id: int) -> None:
    """End a stop and a pause."""
    await tx.run(_COME_BACK, person_id=person_id)


async def mark_unreachable(tx: Writing, person_id: int, now: int) -> None:
    """The person has blocked us or closed the account."""
    await tx.run(_UNREACHABLE, person_id=person_id, now=now)


async def mark_reachable(tx: Writing, person_id: int) -> None:
    """The person can be written to again."""
    await tx.run(_REACHABLE, person_id=person_id)
