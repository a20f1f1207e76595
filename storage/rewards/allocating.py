"""Taking a claim as far as it can go: promise, approval, charity's part, a voucher. All in the caller's transaction."""

from storage.database import Writing
from storage.rewards import alerts, budgets, ledger, stopping
from storage.rewards.claim_row import Claim, Said, known, mark

TOLD_FOR = 30 * 24 * 3600
_TAKE = """
UPDATE voucher SET state = 'allocated', claim_id = :claim_id, allocated_at = :now, changed_at = :now
WHERE id = (
    SELECT voucher.id FROM voucher JOIN voucher_batch ON voucher_batch.id = batch_id
    WHERE voucher.pool_id = :pool_id AND voucher.pence = :pence AND voucher.state = 'available'
      AND voucher_batch.state = 'released' AND invented = :invented AND ciphertext IS NOT NULL
      AND (expires_on IS NULL OR expires_on >= date(:now, 'unixepoch'))
    ORDER BY expires_on IS NULL, expires_on, voucher.id LIMIT 1)
RETURNING id
"""
_READY = "UPDATE claim SET state = 'allocated', why = '', ready_at = :now, changed_at = :now WHERE id = :claim_id"
_WAITING = "SELECT id FROM claim WHERE state = 'waiting' ORDER BY claimed_at, id"
_LEFT = """
SELECT voucher_pool.name, low_at, COUNT(voucher.id) AS left FROM voucher_pool
LEFT JOIN (voucher JOIN voucher_batch ON voucher_batch.id = batch_id AND voucher_batch.state = 'released'
           AND voucher_batch.invented = :invented)
  ON voucher.pool_id = voucher_pool.id AND voucher.state = 'available'
WHERE voucher_pool.id = :pool_id
"""
_ENOUGH_AGAIN = """
UPDATE reward_alert SET ended_at = :now
WHERE kind = 'budget_reached' AND ended_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM known_claim JOIN offer_item USING (offer_id, item_id)
    WHERE state = 'waiting' AND why = 'budget' AND offer_item.budget_id = reward_alert.about)
"""
_TELL = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, offer_id, arm, state, due_at,
                             until_at, planned_at, changed_at)
SELECT person.id, approach.id, :reason, claim.id,
       1 + (SELECT COUNT(*) FROM contact_attempt AS earlier
            WHERE earlier.person_id = person.id AND earlier.reason = :reason AND earlier.about = claim.id),
       person.language, claim.offer_id, claim.arm, 'planned', :now, :until, :now, :now
FROM claim JOIN person ON person.id = claim.person_id, approach
WHERE claim.id = :claim_id AND approach.code = 'bot' AND telegram_id IS NOT NULL
"""


async def advance(tx: Writing, claim_id: int, now: int) -> Said:
    """Take a claim that is not allocated yet as far as it goes at this moment: its state is moved, and said.

    'to_approve', 'waiting' (for the budget, a voucher, or the end of a stop), 'given_away' or 'ready'. Running it again
    changes nothing that was done.
    """
    claim = await known(tx, claim_id)
    if await stopping.stopped(tx):
        return await _wait(tx, claim, "stopped", now)
    missing = claim.kept + claim.given - claim.reserved - claim.issued
    if missing > 0 and not await ledger.reserve(tx, claim, missing, now, ledger.WORKER):
        await _alert_budget(tx, claim, now)
        return await _wait(tx, claim, "budget", now)
    if not claim.approved:
        await mark(tx, claim_id, "claimed", now)
        return "to_approve"
    if claim.given > claim.issued:
        await ledger.donate(tx, claim_id, claim.given - claim.issued, now, ledger.WORKER)
    if claim.given and not claim.kept:
        await mark(tx, claim_id, "given_away", now)
        return "given_away"
    return await _hand_over(tx, claim, now)


async def _hand_over(tx: Writing, claim: Claim, now: int) -> Said:
    voucher_id = None
    if claim.kind == "voucher":
        values = {"pool_id": claim.pool_id, "pence": claim.kept, "invented": int(claim.invented), "now": now}
        voucher_id = await tx.value(_TAKE, claim_id=claim.id, **values)
        await watch_stock(tx, claim.pool_id, now, invented=claim.invented)
        if voucher_id is None:
            return await _wait(tx, claim, "pool", now)
    if claim.kept:
        await ledger.issue(tx, claim.id, claim.kept, now, ledger.PROGRAM, voucher_id)
    await tx.run(_READY, claim_id=claim.id, now=now)
    return "ready"


async def _wait(tx: Writing, claim: Claim, why: str, now: int) -> Said:
    await mark(tx, claim.id, "waiting", now, why)
    return "waiting"


async def _alert_budget(tx: Writing, claim: Claim, now: int) -> None:
    budget_id = claim.budget_id or 0
    words = await budgets.short(tx, budget_id, claim.kind, invented=claim.invented)
    await alerts.raise_(tx, "budget_reached", budget_id, words, now)


async def serve_waiting(tx: Writing, now: int) -> int:
    """Serve those who wait, the first one first, with what has come free; how many got on. They are told.

    Where nobody waits for a budget any more, its alert is over, so that officers are told when it is short again.
    """
    served = 0
    for row in await tx.rows(_WAITING):
        said = await advance(tx, row["id"], now)
        if said in ("ready", "given_away"):
            await tell(tx, row["id"], "reward_ready", now)
        served += said != "waiting"
    await tx.run(_ENOUGH_AGAIN, now=now)
    return served


async def tell(tx: Writing, claim_id: int, reason: str, now: int) -> None:
    """Plan a message to whoever claims, when they can be written to: 'reward_ready' or 'reward_changed'."""
    await tx.run(_TELL, claim_id=claim_id, reason=reason, now=now, until=now + TOLD_FOR)


async def watch_stock(tx: Writing, pool_id: int | None, now: int, *, invented: bool) -> None:
    """Raise or end the alerts about a pool, by how many vouchers are left in it."""
    (row,) = await tx.rows(_LEFT, pool_id=pool_id, invented=int(invented))
    for kind, on in (("pool_empty", not row["left"]), ("low_stock", 0 < row["left"] < row["low_at"])):
        if on:
            await alerts.raise_(tx, kind, pool_id or 0, f"{row['name']}: {row['left']}", now)
        else:
            await alerts.end(tx, kind, pool_id or 0, now)
