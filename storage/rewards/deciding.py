"""The second person's side of a claim: approving and refusing. Who recorded attendance does not decide about it."""

from storage import audit
from storage.database import Reading, Writing
from storage.rewards import undoing
from storage.rewards.allocating import advance, tell
from storage.rewards.claim_row import Answer, Claim, Said, by_id, known
from storage.rewards.claiming import presence
from storage.rewards.stopping import stopped

_OTHERS = """
SELECT count(DISTINCT person_id) FROM role_grant
WHERE revoked_at IS NULL AND role IN ('coordinator', 'officer') AND person_id != :by AND person_id IS NOT :claimant
"""
_DECIDES = """
SELECT 1 FROM role_grant WHERE revoked_at IS NULL AND role IN ('coordinator', 'officer') AND person_id = :by
"""
_APPROVE = """
UPDATE claim SET approved_by = :by, approved_at = :now, alone = :alone, state = 'approved', why = '', changed_at = :now,
                 flag = CASE WHEN :alone THEN 'alone' ELSE flag END
WHERE id = :claim_id
"""
_RECORDED_BY = "SELECT recorded_by FROM attendance WHERE meeting_id = :meeting_id AND person_id = :person_id"


async def approve(tx: Writing, claim_id: int, by: int, now: int) -> Answer:
    """A second person says yes, and the claim goes as far as it can; the worker is told.

    Says 'ready', 'waiting', 'given_away'; or 'already', 'own_claim', 'recorded_it', 'not_there', 'stopped', 'not_now',
    'not_yours' (not staff, or no such claim), and then nothing has changed.
    """
    claim = await by_id(tx, claim_id)
    refusal = await _refusal(tx, claim, by)
    if claim is None or refusal:
        return Answer(refusal or "not_yours", claim)
    alone = by in await recorders(tx, claim.meeting_id, claim.person_id, claim.recorded_by)
    await tx.run(_APPROVE, claim_id=claim_id, by=by, now=now, alone=int(alone))
    await audit.record(tx, now, f"person:{by}", "claim_approved", 1, f"claim {claim_id}{' alone' if alone else ''}")
    said = await advance(tx, claim_id, now)
    await tell(tx, claim_id, "reward_changed" if said == "waiting" else "reward_ready", now)
    return Answer(said, await known(tx, claim_id))


async def _refusal(tx: Writing, claim: Claim | None, by: int) -> Said | None:
    if claim is None or not await tx.row(_DECIDES, by=by):
        return "not_yours"
    if claim.person_id == by:
        return "own_claim"
    if claim.approved or claim.state not in ("claimed", "waiting"):
        return "already" if claim.approved else "not_now"
    if by in await recorders(tx, claim.meeting_id, claim.person_id, claim.recorded_by) and await others(
        tx, by, claim.person_id
    ):
        return "recorded_it"
    if refusal := await presence(tx, claim.person_id, claim.meeting_id):
        return refusal
    return "stopped" if await stopped(tx) else None


async def recorders(db: Reading, meeting_id: int, person_id: int | None, when_claimed: int | None) -> set[int]:
    """Who recorded this attendance: when it was claimed, and as it stands now."""
    now: int | None = await db.value(_RECORDED_BY, meeting_id=meeting_id, person_id=person_id)
    return {one for one in (when_claimed, now) if one is not None}


async def others(db: Reading, by: int, claimant: int | None) -> int:
    """How many others there are who could decide about this person's claims."""
    count: int = await db.value(_OTHERS, by=by, claimant=claimant)
    return count


async def refuse(tx: Writing, claim_id: int, by: int, why: str, now: int) -> Answer:
    """A second person says no, with a reason; what was promised is free again, and the worker is told kindly.

    Says 'refused'; or 'own_claim', 'not_now', 'stopped', 'not_yours', and then nothing has changed.
    """
    claim = await by_id(tx, claim_id)
    if claim is None or not await tx.row(_DECIDES, by=by):
        return Answer("not_yours")
    if claim.person_id == by:
        return Answer("own_claim", claim)
    if claim.approved or claim.state not in ("claimed", "waiting"):
        return Answer("not_now", claim)
    if await stopped(tx):
        return Answer("stopped", claim)
    await undoing.undo(tx, claim, "refused", now, f"person:{by}", "by_person")
    await audit.record(tx, now, f"person:{by}", "claim_refused", 1, f"claim {claim_id}: {why}")
    await tell(tx, claim_id, "reward_changed", now)
    return Answer("refused", await known(tx, claim_id))
