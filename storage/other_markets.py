"""The further markets somebody works in: a second job, or more. The first one is the person's own `market`."""

from storage.database import Reading, Writing

_OF = "SELECT market FROM other_market WHERE person_id = :person_id ORDER BY market"
_OFF = "DELETE FROM other_market WHERE person_id = :person_id AND market = :market RETURNING market"
_ON = """
INSERT INTO other_market (person_id, market) SELECT id, :market FROM person WHERE id = :person_id
ON CONFLICT (person_id, market) DO NOTHING
"""


async def of_person(db: Reading, person_id: int) -> list[str]:
    """The codes of the further markets this person works in."""
    return [row["market"] for row in await db.rows(_OF, person_id=person_id)]


async def switch(tx: Writing, person_id: int, market: str) -> bool:
    """They work there too from now on, or no longer; whether they do now."""
    if await tx.rows(_OFF, person_id=person_id, market=market):
        return False
    await tx.run(_ON, person_id=person_id, market=market)
    return True
