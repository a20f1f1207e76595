"""How much of the known totals was reached: engaged people by market, engaged providers by market and size."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.shares import Share, evenness, share
from storage import reach, totals
from storage.database import Reading
from storage.reach import Span
from storage.totals import ALL, Known

PEOPLE_UNITS = ("people", "posts")


@dataclass(frozen=True)
class Covered:
    """Who is engaged in one market ('all': everyone once; None: market not given) against what is known of it.

    `known` and `share` are None where no total is known; of a size band only where `size_band` says so.
    """

    market: str | None
    engaged: int
    known: Known | None = None
    share: Share | None = None
    size_band: str | None = None


@dataclass(frozen=True)
class Coverage:
    """Every market's row, and how even they are: the lowest share by the highest, None when it cannot be said."""

    rows: tuple[Covered, ...]
    evenness: float | None


_PROVIDERS = """
SELECT market, NULL AS size_band, count(*) AS engaged
FROM organisation JOIN organisation_market ON organisation_id = organisation.id
WHERE kind = 'provider' AND stage IN ('engaged', 'regular') AND invented = :invented GROUP BY market
UNION ALL
SELECT market, size_band, count(*)
FROM organisation JOIN organisation_market ON organisation_id = organisation.id
WHERE kind = 'provider' AND stage IN ('engaged', 'regular') AND invented = :invented AND size_band IS NOT NULL
GROUP BY market, size_band
UNION ALL
SELECT 'all', size_band, count(*) FROM organisation
WHERE kind = 'provider' AND stage IN ('engaged', 'regular') AND invented = :invented AND size_band IS NOT NULL
GROUP BY size_band
UNION ALL
SELECT 'all', NULL, count(*) FROM organisation
WHERE kind = 'provider' AND stage IN ('engaged', 'regular') AND invented = :invented
"""


async def of_people(db: Reading, span: Span, markets: Iterable[str], *, invented: bool) -> Coverage:
    """Engaged people against posts or people. Whoever works in two markets is in both, and once in 'all'.

    A total of people goes before one of posts; a size band is never compared, because it is not asked of people.
    """
    groups = await reach.by_group(db, span, invented=invented)
    engaged = {group.said: group.engaged for group in groups if group.by_what == "market"}
    everyone = next((group.engaged for group in groups if group.by_what == ALL), 0)
    known = _best(await totals.current(db), PEOPLE_UNITS)
    listed = [*markets, *(code for code in engaged if code is not None and code not in tuple(markets))]
    rows = [_covered(market, engaged.get(market, 0), known) for market in listed]
    score = evenness(row.share for row in rows if row.share)
    whole = [_covered(ALL, everyone, known), *rows]
    return Coverage((*whole, *([Covered(None, engaged[None])] if None in engaged else [])), score)


async def of_providers(db: Reading, markets: Iterable[str], *, invented: bool) -> Coverage:
    """Engaged providers against how many there are, by market, and by size where that total is known."""
    found = {
        (row["market"], row["size_band"]): row["engaged"] for row in await db.rows(_PROVIDERS, invented=int(invented))
    }
    known = _best(await totals.current(db), ("providers",))
    keys = [(ALL, None), *((market, None) for market in markets), *(key for key in known if key[1] is not None)]
    rows = [_covered(market, found.get((market, size), 0), known, size) for market, size in keys]
    score = evenness(row.share for row in rows if row.share and row.market != ALL and row.size_band is None)
    return Coverage(tuple(rows), score)


def _best(listed: Iterable[Known], units: tuple[str, ...]) -> dict[tuple[str, str | None], Known]:
    """By market and size, the figure in the first of these units that has one."""
    found: dict[tuple[str, str | None], Known] = {}
    for unit in reversed(units):
        found |= {(one.market, one.size_band): one for one in listed if one.unit == unit}
    return found


def _covered(
    market: str, engaged: int, known: dict[tuple[str, str | None], Known], size_band: str | None = None
) -> Covered:
    total = known.get((market, size_band))
    return Covered(market, engaged, total, share(engaged, total.total) if total else None, size_band)
