"""Looking at the money: at each start and daily. What does not add up stops payouts and explains itself."""

from storage.database import Database, Reading
from storage.invariants import Violation, violations
from storage.rewards import stopping
from storage.rewards.allocating import serve_waiting
from storage.rewards.truths import MONEY


async def wrong_with_money(db: Reading) -> list[Violation]:
    """What is broken of the rules about money; a question for `reports`."""
    return [one for one in await violations(db) if one.name in MONEY]


def explained(found: list[Violation]) -> str:
    """What is wrong in one line: the rules' names, how many rows, and the id of one to begin with."""
    return "; ".join(f"{one.name}: {one.how_many} (first: {one.example_id})" for one in found)


async def look(database: Database, now: int) -> str:
    """Stop payouts when something does not add up, and tell the officers; what was found, '' when all is well."""
    found = await wrong_with_money(database.reports)
    if found:
        async with database.transaction() as tx:
            await stopping.stop(tx, explained(found), now)
    return explained(found)


async def lift(database: Database, actor: str, why: str, now: int) -> None:
    """Let money move again after a repair, with the reason on the audit; those who waited for it are served first."""
    async with database.transaction() as tx:
        if await stopping.lift(tx, actor, why, now):
            await serve_waiting(tx, now)
