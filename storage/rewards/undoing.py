"""Taking promises back: what was not shown returns to the budget, what was given to charity stays given."""

from storage.database import Writing
from storage.rewards import ledger
from storage.rewards.allocating import serve_waiting
from storage.rewards.claim_row import Claim, known, mark

# A voucher that was of one claim is of no other, so it goes out of the pool, unseen, for the council to settle.
_VOUCHER_BACK = """
UPDATE voucher SET state = :state, changed_at = :now
WHERE claim_id = :claim_id AND state = 'allocated' RETURNING id
"""
_PARTS = "UPDATE claim SET kept = :kept, given = :given, changed_at = :now WHERE id = :claim_id"


async def undo(
    tx: Writing, claim: Claim, state: str, now: int, actor: str, why: str, *, voucher: str = "returned"
) -> None:
    """Move a claim that was not shown to `state`, its money back into the budget, and serve those who wait for it.

    What charity has got stays with it, and the claim is then 'given_away'. `voucher` is the state of its voucher.
    """
    await hold_again(tx, claim, now, actor, why, voucher=voucher)
    claim = await known(tx, claim.id)
    if claim.reserved:
        await ledger.release(tx, claim.id, claim.reserved, now, actor, why)
    if claim.issued:
        await tx.run(_PARTS, claim_id=claim.id, kept=0, given=claim.issued, now=now)
        state = "given_away"
    await mark(tx, claim.id, state, now, why)
    await serve_waiting(tx, now)


async def hold_again(tx: Writing, claim: Claim, now: int, actor: str, why: str, *, voucher: str = "returned") -> None:
    """What was allocated and not shown is only promised again; nothing for a claim in another state."""
    if claim.state != "allocated":
        return
    voucher_id = await tx.value(_VOUCHER_BACK, claim_id=claim.id, state=voucher, now=now)
    if not claim.kept:
        return
    if why == "not_there":
        await ledger.reverse_issue(tx, claim.id, now, actor, why)
    else:
        await ledger.take_back(tx, claim.id, claim.kept, now, actor, why, voucher_id=voucher_id)


async def resize(tx: Writing, claim: Claim, parts: tuple[int, int], now: int) -> None:
    """Ask for (kept, given) instead, and give free what is not wanted any more. It is to be advanced again."""
    await hold_again(tx, claim, now, ledger.WORKER, "resized")
    await tx.run(_PARTS, claim_id=claim.id, kept=parts[0], given=parts[1], now=now)
    held = await known(tx, claim.id)
    spare = held.reserved + held.issued - sum(parts)
    if spare > 0:
        await ledger.release(tx, claim.id, spare, now, ledger.WORKER, "less")
