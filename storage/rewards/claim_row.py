"""One claim, as everybody reads it, and the words with which the functions about claims answer."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Literal

from storage.database import Reading, Writing

LIVE = ("claimed", "approved", "waiting", "allocated")
"""States in which money is promised and the code has not been shown."""

Said = Literal[
    "wished",  # kept for later: attendance is not recorded yet
    "to_approve",  # a second person decides
    "ready",  # the code can be shown, or the thing handed over
    "waiting",  # promised; `claim.why` says for what: 'pool', 'budget', 'stopped'
    "given_away",  # all of it went to charity
    "declined",
    "returned",
    "refused",
    "shown",
    "already",  # it had happened before; nothing changed
    "not_there",  # attendance is not recorded as 'came'
    "own_record",  # attendance was recorded by the claimant
    "no_offer",  # nothing was offered to this person for this meeting, or not this item
    "no_such_amount",  # more than was offered, or there is no voucher of that value
    "not_yours",  # another person's claim, or none
    "own_claim",  # nobody decides about their own
    "recorded_it",  # who recorded attendance does not approve, unless alone
    "not_now",  # the claim's state does not allow it any more
    "stopped",  # payouts are stopped; nothing moved
    "lost_key",  # the code cannot be read with the keys we have; nothing moved
]


@dataclass(frozen=True)
class Claim:
    """A row of the view `known_claim`. Money is pence, instants are unix seconds.

    `kept` is for the worker, `given` for charity; together at most `pence`, what was offered. `reserved` and
    `issued` are what the ledger holds for it. `why` explains 'waiting' and 'refused'; `flag` is for a person to look
    at; `alone`: approved by who recorded the attendance, because there is nobody else. `words` are the offer's, by
    language.
    """

    id: int
    person_id: int | None
    meeting_id: int
    attempt_id: int | None
    offer_id: int
    item_id: int
    arm: str
    kind: str
    pence: int
    kept: int
    given: int
    approval: str
    budget_id: int | None
    pool_id: int | None
    state: str
    why: str
    recorded_by: int | None
    approved_by: int | None
    approved_at: int | None
    alone: bool
    flag: str
    claimed_at: int | None
    ready_at: int | None
    shown_at: int | None
    shows: int
    invented: bool
    changed_at: int
    words: dict[str, str]
    title: str
    starts_at: int
    reserved: int
    issued: int
    telegram_id: int | None
    display_name: str | None
    language: str | None

    @property
    def approved(self) -> bool:
        """Whether nobody has to approve it any more."""
        return self.approval == "none" or self.approved_at is not None


@dataclass(frozen=True)
class Answer:
    """How it ended, and the claim as it stands now; None where there is none of theirs."""

    said: Said
    claim: Claim | None = None


_BY_ID = "SELECT * FROM known_claim WHERE id = :claim_id"
_OF = "SELECT * FROM known_claim WHERE person_id = :person_id AND meeting_id = :meeting_id"
_OF_PERSON = "SELECT * FROM known_claim WHERE person_id = :person_id ORDER BY id DESC"
_TO_APPROVE = """
SELECT * FROM known_claim
WHERE state = 'claimed' AND approval = 'second' AND approved_at IS NULL AND invented = :invented ORDER BY claimed_at, id
"""
_MARK = "UPDATE claim SET state = :state, why = :why, changed_at = :now WHERE id = :claim_id"


async def by_id(db: Reading, claim_id: int) -> Claim | None:
    """The claim, or None when there is no such one."""
    row = await db.row(_BY_ID, claim_id=claim_id)
    return None if row is None else of_row(row)


async def known(db: Reading, claim_id: int) -> Claim:
    """The claim with this id. Raises LookupError when there is no such one."""
    claim = await by_id(db, claim_id)
    if claim is None:
        raise LookupError("no such claim")
    return claim


async def of(db: Reading, person_id: int, meeting_id: int) -> Claim | None:
    """This person's claim for this meeting, or None."""
    row = await db.row(_OF, person_id=person_id, meeting_id=meeting_id)
    return None if row is None else of_row(row)


async def of_person(db: Reading, person_id: int) -> list[Claim]:
    """Every claim of this person, the newest first."""
    return [of_row(row) for row in await db.rows(_OF_PERSON, person_id=person_id)]


async def to_approve(db: Reading, *, invented: bool) -> list[Claim]:
    """Claims that wait for a second person, the oldest first."""
    return [of_row(row) for row in await db.rows(_TO_APPROVE, invented=int(invented))]


async def mark(tx: Writing, claim_id: int, state: str, now: int, why: str = "") -> None:
    """Move a claim to another state; its event is kept by trigger."""
    await tx.run(_MARK, claim_id=claim_id, state=state, why=why, now=now)


def of_row(row: sqlite3.Row) -> Claim:
    """A row of the view `known_claim`."""
    plain = {name: row[name] for name in Claim.__dataclass_fields__}
    words = json.loads(row["words"])
    return Claim(**plain | {"words": words, "alone": bool(row["alone"]), "invented": bool(row["invented"])})
