"""What the program remembers about itself: the gate for 429, when it last polled, when it was out, and its secrets."""

import secrets
from dataclasses import dataclass

from storage.database import Reading, Writing


@dataclass(frozen=True)
class Outage:
    """A time in which nobody could reach us; unix seconds. Silence in it is not non-response."""

    from_at: int
    until_at: int


_GATE = "SELECT closed_until FROM delivery_gate"
_CLOSE_GATE = """
INSERT INTO delivery_gate (id, closed_until) VALUES (1, :until)
ON CONFLICT (id) DO UPDATE SET closed_until = MAX(closed_until, excluded.closed_until)
"""
_POLLED = "SELECT polled_at FROM heartbeat"
_BEAT = """
INSERT INTO heartbeat (id, polled_at) VALUES (1, :now)
ON CONFLICT (id) DO UPDATE SET polled_at = MAX(polled_at, excluded.polled_at)
"""
_RECORD_OUTAGE = "INSERT INTO outage (from_at, until_at) VALUES (:from_at, :until_at)"
_OUTAGES = """
SELECT from_at, until_at FROM outage WHERE from_at < :until_at AND until_at > :from_at ORDER BY from_at
"""
_MAKE_KEY = "INSERT INTO secret (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING"
_KEY = "SELECT value FROM secret WHERE name = :name"


async def gate_closed_until(db: Reading) -> float:
    """The unix time until which Telegram has asked us to be silent; 0.0 when it has not."""
    return float(await db.value(_GATE) or 0.0)


async def close_gate(tx: Writing, until: float) -> None:
    """Send nothing before `until`; a gate that is closed for longer stays so."""
    await tx.run(_CLOSE_GATE, until=float(until))


async def last_beat(db: Reading) -> int | None:
    """When Telegram was last polled with success, or None."""
    value: int | None = await db.value(_POLLED)
    return value


async def beat(tx: Writing, now: int) -> int:
    """Telegram was polled now; the seconds since the last time, 0 for the first or a clock set back."""
    before = await last_beat(tx)
    await tx.run(_BEAT, now=now)
    return 0 if before is None else max(0, now - before)


async def record_outage(tx: Writing, from_at: int, until_at: int) -> None:
    """Keep a window in which nobody could reach us."""
    await tx.run(_RECORD_OUTAGE, from_at=from_at, until_at=until_at)


async def outages(db: Reading, from_at: int, until_at: int) -> list[Outage]:
    """The outages that touch this period, in order."""
    return [Outage(**dict(row)) for row in await db.rows(_OUTAGES, from_at=from_at, until_at=until_at)]


async def secret(tx: Writing, name: str, nbytes: int) -> bytes:
    """The program's secret of this name, made from so many random bytes when it is first asked for."""
    await tx.run(_MAKE_KEY, name=name, value=secrets.token_bytes(nbytes))
    value: bytes = await tx.value(_KEY, name=name)
    return value


async def known_secret(db: Reading, name: str) -> bytes | None:
    """The program's secret of this name, or None while it was never asked for."""
    value: bytes | None = await db.value(_KEY, name=name)
    return value
