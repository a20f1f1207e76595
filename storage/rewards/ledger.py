"""The ledger: each movement of money is a row, and no row is ever changed.

`reserved` is promised, `issued` is handed over, given to charity or paid; both are sums of rows. Invented people's
money is a world of its own. `actor` is 'worker', 'program', 'person:12' of staff or 'host:<login>': a claimant's
number is never written here, so that nothing is left to take out when somebody is erased.
"""

from dataclasses import dataclass

from storage.database import Reading, Writing
from storage.rewards.claim_row import Claim

WORKER, PROGRAM = "worker", "program"


@dataclass(frozen=True)
class Sums:
    """What a budget, or all of them, have promised and handed over, in pence."""

    reserved: int
    issued: int


_RESERVE = """
INSERT INTO ledger (at, kind, budget_id, item_kind, reserved, issued, claim_id, actor, invented)
SELECT :now, 'reserve', budget.id, :kind, :pence, 0, :claim_id, :actor, :invented
FROM budget JOIN budget_room ON budget_room.budget_id = budget.id AND kind = :kind AND invented = :invented
WHERE budget.id = :budget_id AND closed_at IS NULL AND :now >= from_at AND :now < until_at
  AND budget_room.pence >= :pence
RETURNING id
"""
_MOVE = """
INSERT INTO ledger (at, kind, budget_id, item_kind, reserved, issued, claim_id, voucher_id, actor, why, invented)
SELECT :now, :kind, budget_id, kind, :reserved, :issued, id, :voucher_id, :actor, :why, invented
FROM claim WHERE id = :claim_id
"""
_EXPENSE = """
INSERT INTO ledger (at, kind, budget_id, item_kind, reserved, issued, expense_id, actor, invented)
SELECT :now, 'expense', budget.id, 'expense', 0, expense_claim.pence, expense_claim.id, :actor, expense_claim.invented
FROM expense_claim JOIN budget ON budget.id = :budget_id
JOIN budget_room ON budget_room.budget_id = budget.id AND kind = 'expense'
                AND budget_room.invented = expense_claim.invented
WHERE expense_claim.id = :expense_id AND budget.closed_at IS NULL AND :now >= from_at AND :now < until_at
  AND budget_room.pence >= expense_claim.pence
RETURNING id
"""
_REVERSE = """
INSERT INTO ledger (at, kind, budget_id, item_kind, reserved, issued, claim_id, voucher_id, expense_id, reverses, actor,
                    why, invented)
SELECT :now, 'reverse', budget_id, item_kind, -reserved, -issued, claim_id, voucher_id, expense_id, id, :actor, :why,
       invented
FROM ledger WHERE id = :row_id
"""
_OPEN_ISSUE = """
SELECT id FROM ledger AS issue
WHERE claim_id = :claim_id AND kind = 'issue' AND NOT EXISTS (SELECT 1 FROM ledger WHERE reverses = issue.id)
ORDER BY id DESC LIMIT 1
"""
_PAID = "SELECT id FROM ledger WHERE expense_id = :expense_id AND kind = 'expense'"
_SUMS = """
SELECT COALESCE(SUM(reserved), 0) AS reserved, COALESCE(SUM(issued), 0) AS issued FROM ledger
WHERE invented = :invented AND (:budget_id IS NULL OR budget_id = :budget_id)
"""


async def reserve(tx: Writing, claim: Claim, pence: int, now: int, actor: str) -> bool:
    """Promise this much; False, and nothing changes, when the budget or its cap has not as much, or is closed."""
    rows = await tx.rows(
        _RESERVE,
        now=now,
        kind=claim.kind,
        pence=pence,
        claim_id=claim.id,
        actor=actor,
        invented=int(claim.invented),
        budget_id=claim.budget_id,
    )
    return bool(rows)


async def release(tx: Writing, claim_id: int, pence: int, now: int, actor: str, why: str) -> None:
    """Promise this much less."""
    await _move(tx, claim_id, "release", -pence, 0, now, actor, why=why)


async def issue(tx: Writing, claim_id: int, pence: int, now: int, actor: str, voucher_id: int | None = None) -> None:
    """What was promised is handed over."""
    await _move(tx, claim_id, "issue", -pence, pence, now, actor, voucher_id=voucher_id)


async def donate(tx: Writing, claim_id: int, pence: int, now: int, actor: str) -> None:
    """What was promised goes to charity."""
    await _move(tx, claim_id, "donate", -pence, pence, now, actor)


async def take_back(
    tx: Writing, claim_id: int, pence: int, now: int, actor: str, why: str, *, voucher_id: int | None
) -> None:
    """What was handed over came back, and is promised again."""
    await _move(tx, claim_id, "return", pence, -pence, now, actor, voucher_id=voucher_id, why=why)


async def reverse_issue(tx: Writing, claim_id: int, now: int, actor: str, why: str) -> None:
    """Correct the last row that handed something over for this claim, by a row of its own that undoes it."""
    await tx.run(_REVERSE, row_id=await tx.value(_OPEN_ISSUE, claim_id=claim_id), now=now, actor=actor, why=why)


async def pay_expense(tx: Writing, expense_id: int, budget_id: int, now: int, actor: str) -> bool:
    """Pay an expense out of the budget; False, and nothing changes, when there is not as much, or it is closed."""
    return bool(await tx.rows(_EXPENSE, expense_id=expense_id, budget_id=budget_id, now=now, actor=actor))


async def reverse_expense(tx: Writing, expense_id: int, now: int, actor: str, why: str) -> None:
    """Correct an expense that was paid."""
    await tx.run(_REVERSE, row_id=await tx.value(_PAID, expense_id=expense_id), now=now, actor=actor, why=why)


async def sums(db: Reading, *, invented: bool, budget_id: int | None = None) -> Sums:
    """What this budget, or all of them together, have promised and handed over."""
    row = await db.row(_SUMS, invented=int(invented), budget_id=budget_id)
    return Sums(**dict(row)) if row else Sums(0, 0)


async def _move(  # noqa: PLR0913 - a row of the ledger has this much to say
    tx: Writing,
    claim_id: int,
    kind: str,
    reserved: int,
    issued: int,
    now: int,
    actor: str,
    *,
    voucher_id: int | None = None,
    why: str = "",
) -> None:
    await tx.run(
        _MOVE,
        claim_id=claim_id,
        kind=kind,
        reserved=reserved,
        issued=issued,
        now=now,
        actor=actor,
        voucher_id=voucher_id,
        why=why,
    )
