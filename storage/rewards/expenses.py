"""Money for costs that somebody had, apart from rewards: fares, childcare. A second person decides about each."""

import sqlite3
from dataclasses import dataclass
from typing import Literal

from storage import audit
from storage.database import Reading, Writing
from storage.rewards import alerts, budgets, ledger
from storage.rewards.claiming import presence
from storage.rewards.deciding import others, recorders
from storage.rewards.stopping import stopped

Ended = Literal[
    "claimed", "approved", "refused", "taken_back", "already", "not_there", "own_record", "not_yours", "own_claim",
    "recorded_it", "not_now", "stopped", "no_budget",
]  # fmt: skip


@dataclass(frozen=True)
class Expense:
    """Costs claimed for one meeting. `what`: 'travel', 'childcare', 'other'; `alone`: decided by who recorded it."""

    id: int
    person_id: int | None
    display_name: str | None
    meeting_id: int
    what: str
    pence: int
    state: str
    why: str
    recorded_by: int | None
    alone: bool
    claimed_at: int
    invented: bool


_CLAIM = """
INSERT INTO expense_claim (person_id, meeting_id, what, pence, recorded_by, invented, claimed_at)
SELECT person.id, :meeting_id, :what, :pence,
       (SELECT recorded_by FROM attendance WHERE meeting_id = :meeting_id AND person_id = person.id), invented, :now
FROM person WHERE person.id = :person_id
ON CONFLICT (person_id, meeting_id, what) WHERE state IN ('claimed', 'approved') DO NOTHING
RETURNING id
"""
_BY_ID = """
SELECT expense_claim.id, person_id, display_name, meeting_id, what, pence, state, why, recorded_by, alone, claimed_at,
       expense_claim.invented
FROM expense_claim LEFT JOIN person ON person.id = person_id WHERE expense_claim.id = :expense_id
"""
_OPEN = """
SELECT expense_claim.id, person_id, display_name, meeting_id, what, pence, state, why, recorded_by, alone, claimed_at,
       expense_claim.invented
FROM expense_claim LEFT JOIN person ON person.id = person_id
WHERE state = 'claimed' AND expense_claim.invented = :invented ORDER BY claimed_at, expense_claim.id
"""
_DECIDE = """
UPDATE expense_claim SET state = :state, budget_id = :budget_id, decided_by = :by, decided_at = :now,
                         alone = :alone, why = :why
WHERE id = :expense_id
"""
_STAFF = """
SELECT 1 FROM role_grant WHERE revoked_at IS NULL AND role IN ('coordinator', 'officer') AND person_id = :by
"""


async def claim(tx: Writing, person_id: int, meeting_id: int, what: str, pence: int, now: int) -> Ended:
    """Claim costs of a meeting that the person came to; once for each kind. A second person decides, and pays by hand.

    Says 'claimed', 'already', 'not_there' or 'own_record'. Raises sqlite3.IntegrityError for less than a penny.
    """
    if refusal := await presence(tx, person_id, meeting_id):
        return "own_record" if refusal == "own_record" else "not_there"
    values = {"person_id": person_id, "meeting_id": meeting_id, "what": what, "pence": pence}
    done = await tx.rows(_CLAIM, **values, now=now)
    return "claimed" if done else "already"


async def approve(tx: Writing, expense_id: int, budget_id: int, by: int, now: int) -> Ended:
    """A second person lets it be paid out of this budget; 'approved', or why not, and then no money has moved."""
    expense = await by_id(tx, expense_id)
    refusal = await _refusal(tx, expense, by)
    if expense is None or refusal:
        return refusal or "not_yours"
    if refused := await presence(tx, expense.person_id, expense.meeting_id):
        return "own_record" if refused == "own_record" else "not_there"
    if not await ledger.pay_expense(tx, expense_id, budget_id, now, f"person:{by}"):
        words = await budgets.short(tx, budget_id, "expense", invented=expense.invented)
        await alerts.raise_(tx, "budget_reached", budget_id, words, now)
        return "no_budget"
    alone = by in await recorders(tx, expense.meeting_id, expense.person_id, expense.recorded_by)
    values = {"budget_id": budget_id, "by": by, "now": now, "alone": int(alone), "why": ""}
    await tx.run(_DECIDE, expense_id=expense_id, state="approved", **values)
    await audit.record(tx, now, f"person:{by}", "expense_approved", expense.pence, f"expense {expense_id}")
    return "approved"


async def refuse(tx: Writing, expense_id: int, by: int, why: str, now: int) -> Ended:
    """A second person says no, with a reason."""
    expense = await by_id(tx, expense_id)
    refusal = await _refusal(tx, expense, by)
    if refusal:
        return refusal
    values = {"budget_id": None, "by": by, "now": now, "alone": 0, "why": why}
    await tx.run(_DECIDE, expense_id=expense_id, state="refused", **values)
    await audit.record(tx, now, f"person:{by}", "expense_refused", 1, f"expense {expense_id}")
    return "refused"


async def take_back(tx: Writing, expense_id: int, by: int, why: str, now: int) -> Ended:
    """Correct one that was approved by mistake: a row of the ledger that undoes it. Says 'taken_back' or 'not_now'."""
    expense = await by_id(tx, expense_id)
    if expense is None or expense.state != "approved" or not await tx.row(_STAFF, by=by) or expense.person_id == by:
        return "not_now"
    await ledger.reverse_expense(tx, expense_id, now, f"person:{by}", why)
    values = {"budget_id": None, "by": by, "now": now, "alone": 0, "why": why}
    await tx.run(_DECIDE, expense_id=expense_id, state="taken_back", **values)
    await audit.record(tx, now, f"person:{by}", "expense_taken_back", expense.pence, f"expense {expense_id}: {why}")
    return "taken_back"


async def _refusal(tx: Writing, expense: Expense | None, by: int) -> Ended | None:
    if expense is None or not await tx.row(_STAFF, by=by):
        return "not_yours"
    if expense.person_id == by:
        return "own_claim"
    if expense.state != "claimed":
        return "not_now"
    if by in await recorders(tx, expense.meeting_id, expense.person_id, expense.recorded_by) and await others(
        tx, by, expense.person_id
    ):
        return "recorded_it"
    return "stopped" if await stopped(tx) else None


async def by_id(db: Reading, expense_id: int) -> Expense | None:
    """The expense, or None when there is no such one."""
    row = await db.row(_BY_ID, expense_id=expense_id)
    return None if row is None else _of_row(row)


async def to_decide(db: Reading, *, invented: bool) -> list[Expense]:
    """Those that wait for a second person, the oldest first."""
    return [_of_row(row) for row in await db.rows(_OPEN, invented=int(invented))]


def _of_row(row: sqlite3.Row) -> Expense:
    return Expense(**{**dict(row), "alone": bool(row["alone"]), "invented": bool(row["invented"])})
