"""What happens to claims when the ground under them moves: attendance taken back, time gone by, somebody erased."""

from storage.database import Writing
from storage.rewards import ledger
from storage.rewards.allocating import advance, serve_waiting, tell, watch_stock
from storage.rewards.claim_row import LIVE, Claim, by_id, known, mark, of
from storage.rewards.claiming import presence
from storage.rewards.undoing import hold_again, undo

UNSHOWN_DAYS = 180
_DAY = 24 * 3600
_FLAG = "UPDATE claim SET flag = :flag, changed_at = :now WHERE id = :claim_id"
_TOO_OLD = "SELECT id FROM claim WHERE state = 'allocated' AND kind = 'voucher' AND ready_at <= :before ORDER BY id"
_LAPSED = """
SELECT claim.id FROM claim JOIN voucher ON voucher.claim_id = claim.id AND voucher.state = 'allocated'
WHERE expires_on < date(:now, 'unixepoch') ORDER BY claim.claimed_at, claim.id
"""
_LAPSE = """
UPDATE voucher SET state = 'expired', ciphertext = NULL, changed_at = :now
WHERE state = 'available' AND expires_on < date(:now, 'unixepoch')
RETURNING pool_id, (SELECT invented FROM voucher_batch WHERE voucher_batch.id = batch_id) AS invented
"""
_OF_PERSON = "SELECT id FROM claim WHERE person_id = :person_id"
_DESTROY = "UPDATE voucher SET ciphertext = NULL, changed_at = :now WHERE claim_id = :claim_id"
# The day stays, the second goes: it would be found again in somebody's own chat.
_UNLINK = """
UPDATE claim SET person_id = NULL, attempt_id = NULL, recorded_by = NULL, made_at = made_at - made_at % 86400,
       claimed_at = claimed_at - claimed_at % 86400, ready_at = ready_at - ready_at % 86400,
       shown_at = shown_at - shown_at % 86400
WHERE id = :claim_id
"""
_UNLINK_EXPENSES = """
UPDATE expense_claim SET person_id = NULL,
       state = CASE state WHEN 'claimed' THEN 'refused' ELSE state END,
       why = CASE state WHEN 'claimed' THEN 'erased' ELSE why END
WHERE person_id = :person_id
"""


async def attendance_changed(tx: Writing, meeting_id: int, person_id: int, now: int) -> None:
    """Call it after each change of somebody's attendance: a claim that it does not carry any more is stopped.

    What was not shown goes back; what was shown, or is charity's, stays and is flagged for a person to look at.
    """
    claim = await of(tx, person_id, meeting_id)
    if claim is None:
        return
    gone = await presence(tx, person_id, meeting_id)
    if gone is None:
        if claim.flag == "not_there":
            await tx.run(_FLAG, claim_id=claim.id, flag="", now=now)
        return
    if claim.state in LIVE:
        await undo(tx, claim, "refused", now, ledger.PROGRAM, "not_there")
        await tell(tx, claim.id, "reward_changed", now)
    if (await known(tx, claim.id)).issued:
        await tx.run(_FLAG, claim_id=claim.id, flag="not_there", now=now)


async def expire(tx: Writing, now: int) -> int:
    """Vouchers past their last day go; whoever waited with one gets another or waits; how many claims were touched.

    A code that nobody asked for in UNSHOWN_DAYS is free again. Run it daily; twice does no harm.
    """
    touched = 0
    for row in await tx.rows(_TOO_OLD, before=now - UNSHOWN_DAYS * _DAY):
        await undo(tx, await known(tx, row["id"]), "expired", now, ledger.PROGRAM, "not_asked_for")
        await tell(tx, row["id"], "reward_changed", now)
        touched += 1
    for row in await tx.rows(_LAPSED, now=now):
        await _replace(tx, await known(tx, row["id"]), now)
        touched += 1
    for row in await tx.rows(_LAPSE, now=now):
        await watch_stock(tx, row["pool_id"], now, invented=bool(row["invented"]))
    return touched


async def _replace(tx: Writing, claim: Claim, now: int) -> None:
    """Another voucher for somebody whose voucher ran out unseen; they wait when there is none."""
    await hold_again(tx, claim, now, ledger.PROGRAM, "voucher_expired", voucher="expired")
    await mark(tx, claim.id, "approved", now, "voucher_expired")
    if await advance(tx, claim.id, now) != "ready":
        await tell(tx, claim.id, "reward_changed", now)


async def forget(tx: Writing, person_id: int, now: int) -> None:
    """Before somebody is erased: what they were not shown goes back, codes of theirs are destroyed, money facts stay.

    The claim keeps its day, kind, amount and end, and no person.
    """
    for row in await tx.rows(_OF_PERSON, person_id=person_id):
        claim = await by_id(tx, row["id"])
        if claim and claim.state in LIVE:
            await undo(tx, claim, "refused", now, ledger.PROGRAM, "erased")
        await tx.run(_DESTROY, claim_id=row["id"], now=now)
        await tx.run(_UNLINK, claim_id=row["id"])
    await tx.run(_UNLINK_EXPENSES, person_id=person_id)
    await serve_waiting(tx, now)
