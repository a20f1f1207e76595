"""What a worker may do with a claim of theirs until the code was shown: less of it, charity, no, giving it back."""

from storage.database import Writing
from storage.rewards import ledger
from storage.rewards.allocating import advance, serve_waiting
from storage.rewards.claim_row import LIVE, Answer, Claim, by_id, known, mark
from storage.rewards.claiming import fits
from storage.rewards.stopping import stopped
from storage.rewards.undoing import resize, undo


async def less(tx: Writing, person_id: int, claim_id: int, kept: int, now: int) -> Answer:
    """Only `kept` pence for themselves; what charity was given stays. Answers as `give` does."""
    claim = await by_id(tx, claim_id)
    return await _take(tx, person_id, claim, (kept, claim.given if claim else 0), now)


async def give(tx: Writing, person_id: int, claim_id: int, given: int, now: int) -> Answer:
    """Altogether `given` pence go to charity and the worker keeps the rest, of what is claimed now.

    Says 'ready', 'to_approve', 'waiting' or 'given_away'; or 'not_yours', 'not_now' (shown, or ended), 'already',
    'no_such_amount', 'stopped', and then nothing has changed.
    A voucher that was theirs is out of the pool then, unseen.
    """
    claim = await by_id(tx, claim_id)
    total = claim.kept + claim.given if claim else 0
    return await _take(tx, person_id, claim, (total - given, given), now)


async def _take(tx: Writing, person_id: int, claim: Claim | None, parts: tuple[int, int], now: int) -> Answer:
    if claim is None or claim.person_id != person_id:
        return Answer("not_yours")
    if claim.state not in LIVE:
        return Answer("not_now", claim)
    if parts == (claim.kept, claim.given):
        return Answer("already", claim)
    most = claim.kept + claim.given
    donated = claim.issued - (claim.kept if claim.state == "allocated" else 0)
    if parts[1] < donated or not await fits(tx, claim.kind, claim.pool_id, most, parts, person_id):
        return Answer("no_such_amount", claim)
    if await stopped(tx):
        return Answer("stopped", claim)
    await resize(tx, claim, parts, now)
    said = await advance(tx, claim.id, now)
    await serve_waiting(tx, now)
    return Answer(said, await known(tx, claim.id))


async def decline(tx: Writing, person_id: int, claim_id: int, now: int) -> Answer:
    """No, thank you: what was promised is free again. They may claim it again while it lasts.

    Says 'declined', or 'given_away' when part of it is charity's already; or 'already', 'not_yours', 'not_now',
    'stopped'.
    """
    return await _end(tx, person_id, claim_id, "declined", now)


async def give_back(tx: Writing, person_id: int, claim_id: int, now: int) -> Answer:
    """Something that is ready and was not seen goes back for good. Says 'returned', or as `decline` does."""
    return await _end(tx, person_id, claim_id, "returned", now)


async def _end(tx: Writing, person_id: int, claim_id: int, state: str, now: int) -> Answer:
    claim = await by_id(tx, claim_id)
    if claim is None or claim.person_id != person_id:
        return Answer("not_yours")
    if claim.state == state:
        return Answer("already", claim)
    if claim.state == "wished" and state == "declined":
        await mark(tx, claim_id, "declined", now)
        return Answer("declined", await known(tx, claim_id))
    if claim.state not in LIVE or (state == "returned" and claim.state != "allocated"):
        return Answer("not_now", claim)
    if await stopped(tx):
        return Answer("stopped", claim)
    await undo(tx, claim, state, now, ledger.WORKER, "by_worker")
    ended = await known(tx, claim_id)
    return Answer(
        "given_away" if ended.state == "given_away" else "returned" if state == "returned" else "declined", ended
    )
