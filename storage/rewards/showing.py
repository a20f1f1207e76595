"""Showing a code to whom it belongs: the only place where one is opened. Asking again shows the same code."""

from dataclasses import dataclass, field

from storage.database import Writing
from storage.rewards import alerts
from storage.rewards.claim_row import Answer, Claim, Said, by_id, known
from storage.rewards.stopping import stopped
from storage.rewards.vault import LostKey, Vault


@dataclass(frozen=True)
class Shown:
    """How it ended, and the code when it is 'shown'. `expires_on` is its last day ('YYYY-MM-DD'), None for no end.

    The code is not part of what `repr` says, so that no log and no traceback can hold it.
    """

    said: Said
    claim: Claim | None = None
    code: str | None = field(default=None, repr=False)
    expires_on: str | None = None


_VOUCHER = (
    "SELECT id, ciphertext, expires_on FROM voucher WHERE claim_id = :claim_id AND state IN ('allocated', 'shown')"
)
_SHOWN = "UPDATE voucher SET state = 'shown', changed_at = :now WHERE id = :voucher_id AND state = 'allocated'"
_COUNT = """
UPDATE claim SET state = 'shown', why = '', shown_at = COALESCE(shown_at, :now), shows = shows + 1, changed_at = :now
WHERE id = :claim_id
"""


async def show(tx: Writing, vault: Vault, person_id: int, claim_id: int, now: int) -> Shown:
    """Their code, counted. Something without a code (food, a certificate) is received by it, and `code` is None.

    Says 'shown'; or 'not_yours', 'not_now', 'stopped', 'lost_key' (officers are told), and then nothing has changed.
    """
    claim = await by_id(tx, claim_id)
    if claim is None or claim.person_id != person_id:
        return Shown("not_yours")
    if claim.state not in ("allocated", "shown"):
        return Shown("not_now", claim)
    if await stopped(tx):
        return Shown("stopped", claim)
    code, expires_on = None, None
    if claim.kind == "voucher":
        row = await tx.row(_VOUCHER, claim_id=claim_id)
        if row is None or row["ciphertext"] is None:
            return Shown("not_now", claim)
        try:
            code, expires_on = vault.unseal(row["ciphertext"]), row["expires_on"]
        except LostKey as error:
            await alerts.raise_(tx, "lost_key", 0, str(error), now)
            return Shown("lost_key", claim)
        await tx.run(_SHOWN, voucher_id=row["id"], now=now)
        await alerts.end(tx, "lost_key", 0, now)
    await tx.run(_COUNT, claim_id=claim_id, now=now)
    return Shown("shown", await known(tx, claim_id), code, expires_on)


_HANDED = """
UPDATE claim SET state = 'shown', shown_at = :now, changed_at = :now
WHERE id = :claim_id AND state = 'allocated' AND kind != 'voucher' AND person_id IS NOT :by RETURNING id
"""


async def hand_over(tx: Writing, claim_id: int, by: int, now: int) -> Answer:
    """Staff have handed over what has no code. Says 'shown'; 'not_now' for anything else, their own included."""
    if await stopped(tx):
        return Answer("stopped")
    done = await tx.rows(_HANDED, claim_id=claim_id, by=by, now=now)
    return Answer("shown" if done else "not_now", await by_id(tx, claim_id))
