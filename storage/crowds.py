"""How many people stand behind a topic: counted in the main database, and never joined to what anybody wrote."""

from storage.database import Reading

_GROUPS = """
SELECT COUNT(*) AS everybody,
       COUNT(*) FILTER (WHERE shift = 'nights') AS nights,
       COUNT(*) FILTER (WHERE strand = 'board') AS board
FROM known_person
WHERE consented AND joined_at IS NOT NULL AND invented = :invented
"""


async def groups(db: Reading, *, invented: bool) -> dict[str, int]:
    """People who have joined: everybody, those who work nights, those on the board."""
    row = await db.row(_GROUPS, invented=int(invented))
    return {name: int(row[name]) for name in row.keys()} if row else {}  # noqa: SIM118 - a Row iterates over values
