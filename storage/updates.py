"""Updates whose effects are on disk but which Telegram may still repeat."""

from collections.abc import Iterable

from storage.database import Reading, Writing

_MARK = "INSERT INTO handled_update (update_id) VALUES (:update_id)"
_HANDLED = "SELECT update_id FROM handled_update"
_FORGET = "DELETE FROM handled_update WHERE update_id IN (SELECT value FROM json_each(:ids))"


async def mark_handled(tx: Writing, update_id: int) -> None:
    """Remember that this update's effects commit with this transaction."""
    await tx.run(_MARK, update_id=update_id)


async def handled(db: Reading) -> set[int]:
    """The updates that are handled and may still come again."""
    return {row["update_id"] for row in await db.rows(_HANDLED)}


async def forget_handled(tx: Writing, update_ids: Iterable[int]) -> None:
    """Telegram has been told of these and will not repeat them. A kept list would show gaps, so none is kept."""
    await tx.run(_FORGET, ids="[" + ",".join(str(i) for i in update_ids) + "]")
