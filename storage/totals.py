"""Known totals: how many posts, people or providers there are, by market and size, with source, date and range.

A ledger: a newer figure is a newer row, one entered by mistake is withdrawn and stays.
"""

import sqlite3
from dataclasses import dataclass
from datetime import date

from rules.shares import Total
from storage.database import Reading, Writing

UNITS = ("posts", "people", "providers")
ALL = "all"


@dataclass(frozen=True)
class Known:
    """One row of the ledger. `market` 'all' is every market together; `size_band` None is every size.

    `as_of` is the day the figure is of; `made_by` 'person:12' or 'host:<login>'; instants are unix seconds.
    """

    id: int
    market: str
    size_band: str | None
    unit: str
    total: Total
    source: str
    as_of: date
    made_by: str
    made_at: int
    withdrawn_at: int | None


_ADD = """
INSERT INTO known_total (market, size_band, unit, low, figure, high, source, as_of, made_by, made_at)
VALUES (:market, :size_band, :unit, :low, :figure, :high, :source, :as_of, :made_by, :now) RETURNING *
"""
_WITHDRAW = "UPDATE known_total SET withdrawn_at = :now WHERE id = :total_id AND withdrawn_at IS NULL RETURNING id"
_CURRENT = """
SELECT * FROM known_total
WHERE withdrawn_at IS NULL
  AND id = (SELECT id FROM known_total AS newer
            WHERE newer.market = known_total.market AND newer.size_band IS known_total.size_band
              AND newer.unit = known_total.unit AND withdrawn_at IS NULL
            ORDER BY as_of DESC, id DESC LIMIT 1)
ORDER BY market = 'all' DESC, market, unit, size_band
"""
_HISTORY = "SELECT * FROM known_total ORDER BY id DESC LIMIT :most"
_BY_ID = "SELECT * FROM known_total WHERE id = :total_id"


async def add(  # noqa: PLR0913 - the columns of the ledger
    tx: Writing,
    market: str,
    unit: str,
    total: Total,
    source: str,
    as_of: date,
    made_by: str,
    now: int,
    *,
    size_band: str | None = None,
) -> Known:
    """Enter a figure. Raises sqlite3.IntegrityError for a unit, size or range that cannot be, or without a source."""
    (row,) = await tx.rows(
        _ADD,
        market=market,
        size_band=size_band,
        unit=unit,
        low=total.low,
        figure=total.figure,
        high=total.high,
        source=source,
        as_of=as_of.isoformat(),
        made_by=made_by,
        now=now,
    )
    return _known(row)


async def withdraw(tx: Writing, total_id: int, now: int) -> bool:
    """It was entered by mistake: it stays in the ledger and counts no more. False when it was so before."""
    return bool(await tx.rows(_WITHDRAW, total_id=total_id, now=now))


async def by_id(db: Reading, total_id: int) -> Known | None:
    """One row of the ledger, or None."""
    row = await db.row(_BY_ID, total_id=total_id)
    return _known(row) if row else None


async def current(db: Reading) -> list[Known]:
    """For each market, size and unit the figure of the latest day, those of all markets first."""
    return [_known(row) for row in await db.rows(_CURRENT)]


async def history(db: Reading, most: int) -> list[Known]:
    """The newest rows of the ledger, the withdrawn ones among them."""
    return [_known(row) for row in await db.rows(_HISTORY, most=most)]


def _known(row: sqlite3.Row) -> Known:
    fields = {name: row[name] for name in Known.__dataclass_fields__ if name not in ("total", "as_of")}
    total = Total(row["low"], row["figure"], row["high"])
    return Known(**fields, total=total, as_of=date.fromisoformat(row["as_of"]))
