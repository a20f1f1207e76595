"""What waits for a coordinator today, besides people: promises that fall due, and who has fallen silent."""

from dataclasses import dataclass

from storage.database import Reading, Writing


@dataclass(frozen=True)
class Due:
    """A promise that has not been kept, with its last local day 'YYYY-MM-DD'."""

    id: int
    meeting_id: int
    who: str
    what: str
    by_when: str


@dataclass(frozen=True)
class Silent:
    """An organisation that had come far and has not been heard of since (unix seconds)."""

    id: int
    name: str
    since: int


_DUE = """
SELECT id, meeting_id, who, what, by_when FROM promise
WHERE kept_at IS NULL AND by_when <= :until AND COALESCE(no_news_at, 0) <= :since ORDER BY by_when, id
"""
_NO_NEWS = "UPDATE promise SET no_news_at = :now WHERE id = :promise_id AND kept_at IS NULL RETURNING id"
_SILENT = """
SELECT id, name, silent_since AS since FROM organisation
WHERE silent_since IS NOT NULL AND gone_at IS NULL AND invented = :invented ORDER BY silent_since, id LIMIT :most
"""


async def promises_due(db: Reading, until: str, since: int) -> list[Due]:
    """The open promises whose day is `until` ('YYYY-MM-DD') or before, the first due first.

    Those of which somebody said after `since` (unix seconds) that there is no news are left out.
    """
    return [Due(**dict(row)) for row in await db.rows(_DUE, until=until, since=since)]


async def no_news(tx: Writing, promise_id: int, now: int) -> bool:
    """There is no news of this promise yet; False when it was kept meanwhile or is gone."""
    return bool(await tx.rows(_NO_NEWS, promise_id=promise_id, now=now))


async def silent(db: Reading, *, invented: bool, most: int) -> list[Silent]:
    """The organisations that have fallen silent, the longest first."""
    return [Silent(**dict(row)) for row in await db.rows(_SILENT, invented=int(invented), most=most)]
