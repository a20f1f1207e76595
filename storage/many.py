"""Many people talked to at once, at a stall or the like: the numbers stand with the place, and the log shows it."""

from storage import by_hand
from storage.database import Writing

_PLACE = """
INSERT INTO placement (approach_id, place, from_day, until_day, talked_to, took_one, note, invented, made_by, made_at)
SELECT id, :place, :day, :day, :talked, :took, :note, :invented, :made_by, :now FROM approach WHERE code = :approach
RETURNING id
"""
_DROP = "DELETE FROM placement WHERE id = (SELECT placement_id FROM contact_attempt WHERE id = :attempt_id)"


async def log(  # noqa: PLR0913 - where, how many, by whom and when
    tx: Writing,
    place: str,
    talked: int,
    took: int,
    note: str,
    made_by: int | None,
    day: str,
    now: int,
    *,
    invented: bool,
    approach: str = "stall",
) -> int:
    """So many people were talked to at this place on this local day 'YYYY-MM-DD', so many took something.

    The id of the attempt that stands for them in the log. Raises ValueError for an approach that does not exist.
    """
    placement: int | None = await tx.value(
        _PLACE,
        place=place,
        day=day,
        talked=talked,
        took=took,
        note=note,
        invented=int(invented),
        made_by=made_by,
        now=now,
        approach=approach,
    )
    outcome = "spoke" if talked else "no_answer"
    return await by_hand.log_by_hand(tx, None, place, approach, outcome, note, made_by, now, placement_id=placement)


async def drop(tx: Writing, attempt_id: int) -> None:
    """The numbers behind this attempt were a mistake."""
    await tx.run(_DROP, attempt_id=attempt_id)
