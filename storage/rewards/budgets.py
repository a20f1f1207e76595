"""Budgets: what may be spent, in which time, on which kinds, and how far it has been."""

import sqlite3
from dataclasses import dataclass

from storage import audit
from storage.database import Reading, Writing


@dataclass(frozen=True)
class Meter:
    """A budget, or one kind's cap within it (`kind` '' is the whole). Pence; `from_at` and `until_at` are unix seconds.

    `left` is what may still be promised; a cap may have more left than the whole, which then decides.
    """

    budget_id: int
    name: str
    kind: str
    total: int
    reserved: int
    issued: int
    from_at: int
    until_at: int
    closed: bool

    @property
    def left(self) -> int:
        """What may still be promised, in pence."""
        return max(0, self.total - self.reserved - self.issued)


_MAKE = """
INSERT INTO budget (name, pence, from_at, until_at, made_by, made_at)
VALUES (:name, :pence, :from_at, :until_at, :made_by, :now) RETURNING id
"""
# Below what is promised already, nothing may be set: that promise was made.
_SET_TOTAL = """
UPDATE budget SET pence = :pence
WHERE id = :budget_id AND :pence >= (
    SELECT COALESCE(MAX(spent), 0) FROM (SELECT SUM(reserved + issued) AS spent FROM ledger
                                         WHERE ledger.budget_id = :budget_id GROUP BY invented))
RETURNING id
"""
_SET_CAP = """
INSERT INTO budget_cap (budget_id, kind, pence)
SELECT :budget_id, :kind, :pence
WHERE :pence >= (SELECT COALESCE(MAX(spent), 0) FROM (SELECT SUM(reserved + issued) AS spent FROM ledger
                 WHERE budget_id = :budget_id AND item_kind = :kind GROUP BY invented))
ON CONFLICT (budget_id, kind) DO UPDATE SET pence = excluded.pence
RETURNING kind
"""
_DROP_CAP = "DELETE FROM budget_cap WHERE budget_id = :budget_id AND kind = :kind RETURNING kind"
_CLOSE = "UPDATE budget SET closed_at = CASE WHEN :closed THEN :now END WHERE id = :budget_id RETURNING id"
_METERS = """
SELECT budget.id AS budget_id, budget.name, '' AS kind, budget.pence AS total, from_at, until_at,
       closed_at IS NOT NULL AS closed,
       COALESCE(SUM(reserved), 0) AS reserved, COALESCE(SUM(issued), 0) AS issued
FROM budget LEFT JOIN ledger ON ledger.budget_id = budget.id AND ledger.invented = :invented
GROUP BY budget.id
UNION ALL
SELECT budget.id, budget.name, budget_cap.kind, budget_cap.pence, from_at, until_at, closed_at IS NOT NULL,
       COALESCE(SUM(reserved), 0), COALESCE(SUM(issued), 0)
FROM budget JOIN budget_cap ON budget_cap.budget_id = budget.id
LEFT JOIN ledger ON ledger.budget_id = budget.id AND item_kind = budget_cap.kind AND ledger.invented = :invented
GROUP BY budget.id, budget_cap.kind
ORDER BY budget_id, kind
"""
_BY_NAME = "SELECT id FROM budget WHERE name = :name"


async def make(tx: Writing, name: str, pence: int, from_at: int, until_at: int, now: int, actor: str) -> int:
    """A new budget; its id. `actor`: 'person:12' or 'host:<login>'. Raises sqlite3.IntegrityError for a name in use."""
    made_by = int(actor.removeprefix("person:")) if actor.startswith("person:") else None
    values = {"name": name, "pence": pence, "from_at": from_at, "until_at": until_at, "made_by": made_by, "now": now}
    budget_id: int = await tx.value(_MAKE, **values)
    await audit.record(tx, now, actor, "budget_made", pence, name)
    return budget_id


async def set_total(tx: Writing, budget_id: int, pence: int, now: int, actor: str) -> bool:
    """How much it is from now on; False when more than that is promised already."""
    done = bool(await tx.rows(_SET_TOTAL, budget_id=budget_id, pence=pence))
    if done:
        await audit.record(tx, now, actor, "budget_total", pence, str(budget_id))
    return done


async def set_cap(tx: Writing, budget_id: int, kind: str, pence: int | None, now: int, actor: str) -> bool:
    """The most for one kind ('expense' too), None for no cap; False when more than that is promised already."""
    if pence is None:
        done = bool(await tx.rows(_DROP_CAP, budget_id=budget_id, kind=kind))
    else:
        done = bool(await tx.rows(_SET_CAP, budget_id=budget_id, kind=kind, pence=pence))
    if done:
        await audit.record(tx, now, actor, "budget_cap", pence or 0, f"{budget_id} {kind}")
    return done


async def close(tx: Writing, budget_id: int, now: int, actor: str, *, closed: bool = True) -> bool:
    """Promise nothing more out of it, or promise again; what is promised stays so. False for no such budget."""
    done = bool(await tx.rows(_CLOSE, budget_id=budget_id, now=now, closed=int(closed)))
    if done:
        await audit.record(tx, now, actor, "budget_closed" if closed else "budget_opened", 1, str(budget_id))
    return done


async def short(db: Reading, budget_id: int, kind: str, *, invented: bool) -> str:
    """What has the least left for one more of this kind, for staff: the budget's name, with the kind for its cap."""
    both = [one for one in await meters(db, invented=invented) if one.budget_id == budget_id and one.kind in ("", kind)]
    least = min(both, key=lambda one: one.left, default=None)
    return " · ".join(part for part in (least.name, least.kind) if part) if least else ""


async def meters(db: Reading, *, invented: bool) -> list[Meter]:
    """Every budget, each followed by its caps."""
    return [_meter(row) for row in await db.rows(_METERS, invented=int(invented))]


async def by_name(db: Reading, name: str) -> int | None:
    """The id of the budget with this name, or None."""
    value: int | None = await db.value(_BY_NAME, name=name)
    return value


def _meter(row: sqlite3.Row) -> Meter:
    return Meter(**{**dict(row), "closed": bool(row["closed"])})
