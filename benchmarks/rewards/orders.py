"""Every order in which three claimants can take three steps each, on two vouchers: 9! / 3!³ = 1,680."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.rewards.till import NOW, VAULT, Till
from benchmarks.seeding import fresh
from storage.database import Database, Writing
from storage.invariants import violations
from storage.rewards import claim_row, claiming, deciding, showing


class Undone(Exception):
    """Raised to roll an order back after it was looked at."""


def orders(left: Sequence[int] = (3, 3, 3)) -> Iterator[tuple[int, ...]]:
    """Each order, as the claimant whose next step it is."""
    if not any(left):
        yield ()
    for who, steps in enumerate(left):
        if steps:
            rest = [count - (one == who) for one, count in enumerate(left)]
            for order in orders(rest):
                yield (who, *order)


async def run(every: int = 1) -> Counter[str]:
    """Try every so-manieth order: how many there were ('orders'), steps taken, what was wrong after any step."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        async with fresh(Path(folder)) as database:
            till = Till()
            async with database.transaction() as tx:
                came = await till.found(tx, 3, 5000, [1000, 1000], approval="second")
            for order in list(orders())[::every]:
                await _try(database, till, came, order, found)
    return found


async def _try(database: Database, till: Till, came: list[int], order: tuple[int, ...], found: Counter[str]) -> None:
    taken = Counter[int]()
    try:
        async with database.transaction() as tx:
            for who in order:
                await _step(tx, till, came[who], taken[who])
                taken[who] += 1
                found["steps"] += 1
            found["violations"] += len(await violations(tx))
            shown = await tx.value("SELECT count(*) FROM claim WHERE state = 'shown'")
            waiting = await tx.value("SELECT count(*) FROM claim WHERE state = 'waiting'")
            found["shown"] += shown
            found["wrong ends"] += waiting != 1 or shown > 2
            raise Undone
    except Undone:
        found["orders"] += 1


async def _step(tx: Writing, till: Till, person: int, taken: int) -> None:
    """Claim; then a second person approves; then the code is shown, if there is one."""
    if taken == 0:
        await claiming.claim(tx, person, till.meeting, till.item, NOW)
        return
    claim = await claim_row.of(tx, person, till.meeting)
    if claim is None:
        raise RuntimeError("a claim that was made is not there")
    if taken == 1:
        await deciding.approve(tx, claim.id, till.olive, NOW)
    else:
        await showing.show(tx, VAULT, person, claim.id, NOW)
