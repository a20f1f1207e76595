"""Certificates: the name somebody wants on theirs, and whether a code is one of ours. No certificate is kept."""

from dataclasses import dataclass
from datetime import date, datetime

from rules import certificates
from rules.certificates import Facts
from storage import machine
from storage.contributions import in_hours
from storage.database import Reading, Writing

_SECRET_NAME = "certificates"  # noqa: S105 - what it is called, not what it is
_FACTS = "SELECT id AS meeting_id, local_start, minutes FROM meeting WHERE id = :meeting_id"
_NAME = "SELECT certificate_name FROM person WHERE id = :person_id"
_SET_NAME = "UPDATE person SET certificate_name = :name WHERE id = :person_id"


@dataclass(frozen=True)
class Checked:
    """What a code says: the day of the meeting and its hours. `named` is whether a name that was asked about is on it.

    None when no name was asked about.
    """

    day: date
    hours: float
    named: bool | None


async def name_of(db: Reading, person_id: int) -> str | None:
    """The name this person wants on certificates, or None while they have not been asked."""
    value: str | None = await db.value(_NAME, person_id=person_id)
    return value


async def set_name(tx: Writing, person_id: int, name: str) -> None:
    """Put this name on certificates from now on."""
    await tx.run(_SET_NAME, person_id=person_id, name=name)


async def secret(tx: Writing) -> bytes:
    """What codes are worked out with, made at first asking."""
    return await machine.secret(tx, _SECRET_NAME, certificates.SECRET_BYTES)


async def check(db: Reading, code: str, name: str) -> Checked | None:
    """What a code says, and whether this name is on it; None for every code that is not ours, whatever is wrong."""
    known = await machine.known_secret(db, _SECRET_NAME)
    if known is None or not code:
        return None
    row = await db.row(_FACTS, meeting_id=certificates.meeting_of(known, code))
    facts = Facts(**dict(row)) if row else None
    if facts is None or not certificates.is_ours(known, code, facts):
        return None
    named = certificates.names(known, code, facts.meeting_id, name) if name else None
    return Checked(datetime.fromisoformat(facts.local_start).date(), in_hours(facts.minutes), named)
