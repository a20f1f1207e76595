"""The brake: while payouts are stopped, no money moves. Only a person on the host lifts it, after a repair."""

from dataclasses import dataclass

from storage import audit
from storage.database import Reading, Writing
from storage.rewards import alerts


@dataclass(frozen=True)
class Stop:
    """Why and since when (unix seconds) payouts are stopped."""

    id: int
    at: int
    why: str


_STOPPED = "SELECT id, at, why FROM payouts_stopped WHERE lifted_at IS NULL"
_STOP = "INSERT INTO payouts_stopped (at, why) VALUES (:now, :why) RETURNING id"
_LIFT = "UPDATE payouts_stopped SET lifted_at = :now, lifted_by = :actor WHERE lifted_at IS NULL RETURNING id"


async def stopped(db: Reading) -> Stop | None:
    """Why payouts are stopped, or None while they go on."""
    row = await db.row(_STOPPED)
    return None if row is None else Stop(**dict(row))


async def stop(tx: Writing, why: str, now: int) -> bool:
    """Let no money move until somebody lifts it; False when it was stopped already. `why` says what is wrong."""
    if await stopped(tx):
        return False
    stop_id = await tx.value(_STOP, now=now, why=why)
    await alerts.raise_(tx, "payouts_stopped", stop_id, why, now)
    return True


async def lift(tx: Writing, actor: str, why: str, now: int) -> bool:
    """Let money move again, with the reason on the audit; False when nothing was stopped."""
    rows = await tx.rows(_LIFT, actor=actor, now=now)
    for row in rows:
        await alerts.end(tx, "payouts_stopped", row["id"], now)
        await audit.record(tx, now, actor, "payouts_lifted", 1, why)
    return bool(rows)
