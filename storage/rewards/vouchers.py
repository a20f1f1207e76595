"""Pools of vouchers and the batches that fill them: one person loads, another releases."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from storage import audit
from storage.database import Reading, Writing
from storage.rewards.allocating import serve_waiting, watch_stock
from storage.rewards.vault import Vault


@dataclass(frozen=True)
class NewVoucher:
    """A voucher to load: its code, value in pence, and last day ('YYYY-MM-DD'), None for no end."""

    code: str = field(repr=False)
    pence: int
    expires_on: str | None = None


@dataclass(frozen=True)
class Batch:
    """What one file has brought into a pool. `state` is 'loaded', 'released' or 'void'."""

    id: int
    pool: str
    file_name: str
    state: str
    loaded_by: str
    loaded_at: int
    released_by: str | None
    how_many: int
    pence: int


@dataclass(frozen=True)
class Stock:
    """How many vouchers of one value a pool has, by what became of them; `loaded` are not released yet."""

    pool: str
    pence: int
    loaded: int
    available: int
    allocated: int
    shown: int
    returned: int
    expired: int
    void: int
    waiting: int
    next_expiry: str | None


_POOL = "INSERT INTO voucher_pool (name, low_at, made_at) VALUES (:name, :low_at, :now) RETURNING id"
_POOL_NAMED = "SELECT id FROM voucher_pool WHERE name = :name"
_POOLS = "SELECT id, name FROM voucher_pool ORDER BY name"
_BATCH = """
INSERT INTO voucher_batch (pool_id, file_name, sha256, loaded_by, loaded_at, invented)
VALUES (:pool_id, :file_name, :sha256, :actor, :now, :invented) RETURNING id
"""
_LOAD = """
INSERT INTO voucher (pool_id, batch_id, pence, ciphertext, last4, fingerprint, expires_on, changed_at)
VALUES (:pool_id, :batch_id, :pence, :ciphertext, :last4, :fingerprint, :expires_on, :now)
ON CONFLICT (fingerprint) DO NOTHING RETURNING id
"""
_KNOWN = "SELECT 1 FROM voucher WHERE fingerprint = :fingerprint"
_RELEASE = """
UPDATE voucher_batch SET state = 'released', released_by = :actor, released_at = :now
WHERE id = :batch_id AND state = 'loaded' AND loaded_by != :actor RETURNING pool_id, invented
"""
_VOID = "UPDATE voucher_batch SET state = 'void' WHERE id = :batch_id AND state = 'loaded' RETURNING id"
_VOID_VOUCHERS = """
UPDATE voucher SET state = 'void', ciphertext = NULL, changed_at = :now
WHERE batch_id = :batch_id AND state = 'available'
"""
_BATCHES = """
SELECT voucher_batch.id, voucher_pool.name AS pool, file_name, voucher_batch.state, loaded_by, loaded_at, released_by,
       count(voucher.id) AS how_many, COALESCE(sum(voucher.pence), 0) AS pence
FROM voucher_batch JOIN voucher_pool ON voucher_pool.id = voucher_batch.pool_id
LEFT JOIN voucher ON voucher.batch_id = voucher_batch.id
GROUP BY voucher_batch.id ORDER BY voucher_batch.id
"""
_STOCK = """
SELECT voucher_pool.name AS pool, voucher.pence,
       count(*) FILTER (WHERE voucher.state = 'available' AND voucher_batch.state = 'loaded') AS loaded,
       count(*) FILTER (WHERE voucher.state = 'available' AND voucher_batch.state = 'released') AS available,
       count(*) FILTER (WHERE voucher.state = 'allocated') AS allocated,
       count(*) FILTER (WHERE voucher.state = 'shown') AS shown,
       count(*) FILTER (WHERE voucher.state = 'returned') AS returned,
       count(*) FILTER (WHERE voucher.state = 'expired') AS expired,
       count(*) FILTER (WHERE voucher.state = 'void') AS void,
       (SELECT count(*) FROM claim WHERE claim.pool_id = voucher_pool.id AND claim.state = 'waiting'
          AND claim.kept = voucher.pence AND claim.invented = :invented) AS waiting,
       min(expires_on) FILTER (WHERE voucher.state = 'available' AND voucher_batch.state = 'released') AS next_expiry
FROM voucher JOIN voucher_batch ON voucher_batch.id = batch_id JOIN voucher_pool ON voucher_pool.id = voucher.pool_id
WHERE invented = :invented
GROUP BY voucher_pool.id, voucher.pence ORDER BY voucher_pool.name, voucher.pence
"""


async def make_pool(tx: Writing, name: str, now: int, *, low_at: int = 5) -> int:
    """A new pool; its id. Raises sqlite3.IntegrityError for a name in use."""
    pool_id: int = await tx.value(_POOL, name=name, low_at=low_at, now=now)
    return pool_id


async def pool_named(db: Reading, name: str) -> int | None:
    """The id of the pool with this name, or None."""
    value: int | None = await db.value(_POOL_NAMED, name=name)
    return value


async def pools(db: Reading) -> list[tuple[int, str]]:
    """Every pool, by name: id and name."""
    return [(row["id"], row["name"]) for row in await db.rows(_POOLS)]


async def known_codes(tx: Writing, vault: Vault, codes: Iterable[str]) -> list[bool]:
    """Of each code, whether it was loaded before. Raises LostKey."""
    marker = await vault.marker(tx)
    return [await tx.row(_KNOWN, fingerprint=marker.mark(code)) is not None for code in codes]


async def load(  # noqa: PLR0913 - a file, where it goes, and who brought it
    tx: Writing,
    vault: Vault,
    pool_id: int,
    new: Iterable[NewVoucher],
    now: int,
    actor: str,
    *,
    file_name: str,
    sha256: str,
    invented: bool,
) -> tuple[int, int]:
    """Seal these vouchers into the pool, to be released by somebody else: the batch's id, and how many were new.

    A code that was loaded before is left out. `actor` is 'person:12' or 'host:<login>'. Raises LostKey.
    """
    marker = await vault.marker(tx)
    batch = {"pool_id": pool_id, "file_name": file_name, "sha256": sha256, "actor": actor, "now": now}
    batch_id: int = await tx.value(_BATCH, **batch, invented=int(invented))
    loaded = 0
    for one in new:
        row = await tx.row(
            _LOAD,
            pool_id=pool_id,
            batch_id=batch_id,
            pence=one.pence,
            ciphertext=vault.seal(one.code),
            last4=one.code[-4:],
            fingerprint=marker.mark(one.code),
            expires_on=one.expires_on,
            now=now,
        )
        loaded += row is not None
    await audit.record(tx, now, actor, "vouchers_loaded", loaded, f"batch {batch_id}: {file_name}")
    return batch_id, loaded


async def release(tx: Writing, batch_id: int, actor: str, now: int) -> int | None:
    """A second person lets the batch be given out; how many waiting claims it served, None when it may not be by them.

    None too when there is no such batch, or it is not waiting to be released.
    """
    row = await tx.row(_RELEASE, batch_id=batch_id, actor=actor, now=now)
    if row is None:
        return None
    await audit.record(tx, now, actor, "vouchers_released", 1, f"batch {batch_id}")
    served = await serve_waiting(tx, now)
    await watch_stock(tx, row["pool_id"], now, invented=bool(row["invented"]))
    return served


async def discard(tx: Writing, batch_id: int, actor: str, now: int) -> bool:
    """Take a batch back that was never released: its codes are destroyed. False when it is too late."""
    if not await tx.rows(_VOID, batch_id=batch_id):
        return False
    await tx.run(_VOID_VOUCHERS, batch_id=batch_id, now=now)
    await audit.record(tx, now, actor, "vouchers_discarded", 1, f"batch {batch_id}")
    return True


async def batches(db: Reading) -> list[Batch]:
    """Every batch, the oldest first."""
    return [Batch(**dict(row)) for row in await db.rows(_BATCHES)]


async def stock(db: Reading, *, invented: bool) -> list[Stock]:
    """What each pool holds, by value."""
    return [Stock(**dict(row)) for row in await db.rows(_STOCK, invented=int(invented))]
