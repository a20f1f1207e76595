"""A worker's side of a claim: wishing for something, and claiming it once they came."""

from storage.database import Reading, Writing
from storage.rewards import offers
from storage.rewards.allocating import advance
from storage.rewards.claim_row import Answer, Claim, Said, known, of

_AGAIN = ("wished", "declined")
_PRESENCE = """
SELECT standing, recorded_by IS :person_id AS own, recorded_by
FROM attendance WHERE meeting_id = :meeting_id AND person_id = :person_id
"""
# A claim that stands is left alone by this: two taps at once write one row.
_WRITE = """
INSERT INTO claim (person_id, meeting_id, attempt_id, offer_id, item_id, arm, kind, pence, kept, given, approval,
                   budget_id, pool_id, state, recorded_by, claimed_at, invented, made_at, changed_at)
SELECT person.id, :meeting_id, :attempt_id, offer_item.offer_id, item_id, :arm, kind, pence, :kept, :given, approval,
       budget_id, pool_id, :state, :recorded_by, :claimed_at, person.invented, :now, :now
FROM person, offer_item
WHERE person.id = :person_id AND offer_item.offer_id = :offer_id AND item_id = :item_id
ON CONFLICT (person_id, meeting_id) DO UPDATE SET
    attempt_id = excluded.attempt_id, offer_id = excluded.offer_id, item_id = excluded.item_id, arm = excluded.arm,
    kind = excluded.kind, pence = excluded.pence, kept = excluded.kept, given = excluded.given,
    approval = excluded.approval, budget_id = excluded.budget_id, pool_id = excluded.pool_id, state = excluded.state,
    why = '', recorded_by = excluded.recorded_by, claimed_at = excluded.claimed_at, changed_at = excluded.changed_at,
    approved_by = NULL, approved_at = NULL, alone = 0, ready_at = NULL
RETURNING id
"""
_STOCKED = """
SELECT DISTINCT voucher.pence FROM voucher JOIN voucher_batch ON voucher_batch.id = batch_id
WHERE voucher.pool_id = :pool_id AND voucher.state = 'available' AND voucher_batch.state = 'released'
  AND invented = :invented
ORDER BY voucher.pence
"""


async def stocked(db: Reading, pool_id: int | None, *, invented: bool) -> tuple[int, ...]:
    """The values (pence) of which the pool has vouchers at this moment: what 'less' can be."""
    return tuple(row["pence"] for row in await db.rows(_STOCKED, pool_id=pool_id, invented=int(invented)))


async def wish(tx: Writing, person_id: int, meeting_id: int, item_id: int, now: int) -> Answer:
    """Keep what somebody would like, before the meeting. No money moves, and they may wish for another thing."""
    return await _keep(tx, person_id, meeting_id, item_id, "wished", now)


async def decline_offer(tx: Writing, person_id: int, meeting_id: int, now: int) -> Answer:
    """Keep that somebody wants nothing of what is offered, before or after the meeting; they may still change it."""
    offered = await offers.offered(tx, person_id, meeting_id)
    if offered is None or not offered.items:
        return Answer("no_offer")
    return await _keep(tx, person_id, meeting_id, offered.items[0].id, "declined", now)


async def _keep(tx: Writing, person_id: int, meeting_id: int, item_id: int, state: Said, now: int) -> Answer:
    standing = await of(tx, person_id, meeting_id)
    if standing is not None and not _may_claim(standing):
        return Answer("already", standing)
    if standing is not None and (standing.item_id, standing.state) == (item_id, state):
        return Answer(state, standing)
    offered = await offers.offered(tx, person_id, meeting_id)
    if offered is None or offered.item(item_id) is None:
        return Answer("no_offer")
    claim_id = await _write(tx, person_id, meeting_id, item_id, offered, (0, 0), state, now)
    return Answer(state, await known(tx, claim_id))


async def claim(
    tx: Writing, person_id: int, meeting_id: int, item_id: int, now: int, *, kept: int | None = None, given: int = 0
) -> Answer:
    """Claim an item of the offer for a meeting that the person came to. Twice is once.

    `kept` pence for themselves (all that is not given, when left out) and `given` to charity; less than the offer is
    welcome. Says 'ready', 'to_approve', 'waiting' or 'given_away'; or 'already', 'not_there', 'own_record', 'no_offer',
    'no_such_amount', and then nothing has changed.
    """
    standing = await of(tx, person_id, meeting_id)
    if standing is not None and not _may_claim(standing):
        return Answer("already", standing)
    refusal = await presence(tx, person_id, meeting_id)
    if refusal:
        return Answer(refusal, standing)
    offered = await offers.offered(tx, person_id, meeting_id)
    item = offered.item(item_id) if offered else None
    if offered is None or item is None:
        return Answer("no_offer", standing)
    parts = (0, item.pence) if item.kind == "charity" else (item.pence - given if kept is None else kept, given)
    if not await fits(tx, item.kind, item.pool_id, item.pence, parts, person_id):
        return Answer("no_such_amount", standing)
    claim_id = await _write(tx, person_id, meeting_id, item_id, offered, parts, "claimed", now)
    said = await advance(tx, claim_id, now)
    return Answer(said, await known(tx, claim_id))


def _may_claim(claim: Claim) -> bool:
    return claim.state in _AGAIN or (claim.state, claim.why) == ("refused", "not_there")


async def presence(db: Reading, person_id: int | None, meeting_id: int) -> Said | None:
    """Why attendance does not carry a claim: 'not_there', 'own_record'; None when it does."""
    row = await db.row(_PRESENCE, person_id=person_id, meeting_id=meeting_id)
    if row is None or row["standing"] != "came":
        return "not_there"
    return "own_record" if row["own"] else None


_INVENTED = "SELECT invented FROM person WHERE id = :person_id"


async def fits(
    db: Reading, kind: str, pool_id: int | None, pence: int, parts: tuple[int, int], person_id: int | None
) -> bool:
    """Whether (kept, given) is a way to take an item: no more than it, not nothing, and payable in vouchers.

    All of it always is; another value only while the pool has such vouchers.
    """
    kept, given = parts
    if kept < 0 or given < 0 or kept + given > pence or (pence and not kept + given):
        return False
    if kind != "voucher" or kept in (0, pence):
        return True
    return kept in await stocked(db, pool_id, invented=bool(await db.value(_INVENTED, person_id=person_id)))


async def _write(
    tx: Writing,
    person_id: int,
    meeting_id: int,
    item_id: int,
    offered: offers.Offered,
    parts: tuple[int, int],
    state: str,
    now: int,
) -> int:
    row = await tx.row(_PRESENCE, person_id=person_id, meeting_id=meeting_id)
    claim_id: int = await tx.value(
        _WRITE,
        person_id=person_id,
        meeting_id=meeting_id,
        attempt_id=offered.attempt_id,
        offer_id=offered.offer_id,
        item_id=item_id,
        arm=offered.arm,
        kept=parts[0],
        given=parts[1],
        state=state,
        recorded_by=row["recorded_by"] if row else None,
        claimed_at=now if state == "claimed" else None,
        now=now,
    )
    return claim_id
