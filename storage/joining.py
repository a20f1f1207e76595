"""One-time codes by which somebody known without Telegram brings their account to the record there is of them."""

import hashlib
import secrets
from dataclasses import dataclass

from storage import merging, people, responses
from storage.database import Reading, Writing
from storage.people import Person

DAYS = 14

_MAKE = """
INSERT INTO joining_code (code_hash, person_id, made_by, made_at, expires_at)
VALUES (:code_hash, :person_id, :made_by, :now, :expires_at)
"""
# A newer code takes the place of the one before; what is used stays, so that it is never good again.
_SWEEP = "DELETE FROM joining_code WHERE used_at IS NULL AND (person_id = :person_id OR expires_at <= :now)"
_OF_CODE = """
SELECT person_id FROM joining_code
WHERE code_hash = :code_hash AND used_at IS NULL AND made_at <= :now AND expires_at > :now
"""
_USE = "UPDATE joining_code SET used_at = :now WHERE code_hash = :code_hash"
_BRING = "UPDATE person SET telegram_id = :telegram_id, language = :language WHERE id = :person_id"


@dataclass(frozen=True)
class Joined:
    """Whose record the account belongs to now, and whether a record that the account had went into it."""

    person: Person
    merged: bool


async def make_code(tx: Writing, person_id: int, made_by: int | None, now: int, days: int = DAYS) -> str:
    """A one-time code of 128 bits, fit for a deep link; only its hash is kept, and no older code is good any more."""
    code = secrets.token_urlsafe(16)
    await tx.run(_SWEEP, person_id=person_id, now=now)
    expires_at = now + days * 24 * 3600
    await tx.run(_MAKE, code_hash=_hash(code), person_id=person_id, made_by=made_by, now=now, expires_at=expires_at)
    return code


async def whose(db: Reading, code: str, now: int) -> Person | None:
    """Whose code this is, or None when it is wrong, used or too old, or the person has Telegram by now."""
    person_id = await db.value(_OF_CODE, code_hash=_hash(code), now=now)
    person = None if person_id is None else await people.by_id(db, person_id)
    return None if person is None or person.telegram_id is not None else person


async def redeem(tx: Writing, code: str, telegram_id: int, language: str, now: int) -> Joined | None:
    """The account joins the record; if it has one of its own the two become one, with the history of both.

    None, and nothing changes, when the code is no good, or when record and account cannot be one person's.
    """
    paper, account = await whose(tx, code, now), await people.by_telegram(tx, telegram_id)
    if paper is None:
        return None
    if account is None:
        await tx.run(_BRING, telegram_id=telegram_id, language=language, person_id=paper.id)
    else:
        try:
            await merging.preview(tx, account.id, paper.id)
        except merging.CannotMerge:
            return None
        await merging.merge(tx, account.id, paper.id, "joining_code", None, now)
    await tx.run(_USE, code_hash=_hash(code), now=now)
    person = await people.by_telegram(tx, telegram_id)
    if person is None:
        raise LookupError("nobody has this account")
    await responses.back_in_turn(tx, person.id, now)
    return Joined(person, account is not None)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
