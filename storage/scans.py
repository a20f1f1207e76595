"""How often an approach's code was opened: by day, never by whom; and what became of it, approach by approach."""

from dataclasses import dataclass

from storage.database import Reading, Writing


@dataclass(frozen=True)
class Tally:
    """One approach in figures: how often it was placed and used by hand, what that cost, and what came of it.

    The reach is a guess from `reach_low` to `reach_high` over the `guessed` placements of which somebody made one. Cost
    is in pence and time in minutes, over all uses. `opened` counts every time its code was opened; `first_met` the
    people we had not met before; `joined` those of whom it was the first approach and who signed up, erased ones too.
    """

    approach_id: int
    code: str
    placements: int
    guessed: int
    reach_low: int
    reach_high: int
    talked_to: int
    took_one: int
    attempts: int
    cost_pence: int
    staff_minutes: int
    opened: int
    first_met: int
    joined: int


_OPENED = """
INSERT INTO scan_count (approach_id, day, invented, opened, first_met)
VALUES (:approach_id, :day, :invented, 1, :first_met)
ON CONFLICT (approach_id, day, invented) DO UPDATE SET opened = opened + 1, first_met = first_met + excluded.first_met
"""
_BY_DAY = """
SELECT day, opened, first_met FROM scan_count WHERE approach_id = :approach_id AND invented = :invented ORDER BY day
"""
# Attempts that never left are no use of an approach. Cost and minutes of a placement stand in it; those of an attempt
# are the approach's.
_TALLIES = """
WITH placed AS (
    SELECT approach_id, COUNT(*) AS placements, COUNT(reach_high) AS guessed, SUM(reach_low) AS low,
           SUM(reach_high) AS high, SUM(talked_to) AS talked_to, SUM(took_one) AS took_one, SUM(cost_pence) AS cost,
           SUM(staff_minutes) AS minutes
    FROM placement WHERE taken_back_at IS NULL AND invented = :invented GROUP BY approach_id
), made AS (
    SELECT approach_id, COUNT(*) AS attempts
    FROM contact_attempt LEFT JOIN person ON person.id = person_id
    WHERE sent_at IS NOT NULL AND COALESCE(person.invented, :invented) = :invented
      AND contact_attempt.why NOT IN ('taken_back', 'corrected')
    GROUP BY approach_id
), scanned AS (
    SELECT approach_id, SUM(opened) AS opened, SUM(first_met) AS first_met
    FROM scan_count WHERE invented = :invented GROUP BY approach_id
), signed AS (
    SELECT first_approach AS approach_id, COUNT(*) AS joined
    FROM person WHERE joined_at IS NOT NULL AND invented = :invented GROUP BY first_approach
)
SELECT approach.id AS approach_id, code, COALESCE(placements, 0) AS placements, COALESCE(guessed, 0) AS guessed,
       COALESCE(low, 0) AS reach_low, COALESCE(high, 0) AS reach_high, COALESCE(talked_to, 0) AS talked_to,
       COALESCE(took_one, 0) AS took_one, COALESCE(attempts, 0) AS attempts,
       COALESCE(cost, 0) + COALESCE(attempts, 0) * approach.cost_pence AS cost_pence,
       COALESCE(minutes, 0) + COALESCE(attempts, 0) * approach.staff_minutes AS staff_minutes,
       COALESCE(opened, 0) AS opened, COALESCE(first_met, 0) AS first_met,
       COALESCE(joined, 0) + CASE WHEN :invented THEN 0
           ELSE COALESCE((SELECT how_many FROM erased_count WHERE what = 'joined:' || code), 0) END AS joined
FROM approach
LEFT JOIN placed ON placed.approach_id = approach.id
LEFT JOIN made ON made.approach_id = approach.id
LEFT JOIN scanned ON scanned.approach_id = approach.id
LEFT JOIN signed ON signed.approach_id = approach.id
WHERE :approach_id IS NULL OR approach.id = :approach_id
ORDER BY approach.id
"""


async def opened(tx: Writing, approach_id: int, day: str, *, first_met: bool, invented: bool) -> None:
    """Count one opening of the approach's code on this local day 'YYYY-MM-DD'; `first_met`: by somebody new."""
    values = {"first_met": int(first_met), "invented": int(invented)}
    await tx.run(_OPENED, approach_id=approach_id, day=day, **values)


async def by_day(db: Reading, approach_id: int, *, invented: bool) -> list[tuple[str, int, int]]:
    """Each day on which the code was opened, how often, and by how many new people."""
    rows = await db.rows(_BY_DAY, approach_id=approach_id, invented=int(invented))
    return [(row["day"], row["opened"], row["first_met"]) for row in rows]


async def tallies(db: Reading, *, invented: bool) -> list[Tally]:
    """Every approach in figures, also those that nobody used, the first one made first."""
    return [Tally(**dict(row)) for row in await db.rows(_TALLIES, approach_id=None, invented=int(invented))]


async def tally(db: Reading, approach_id: int, *, invented: bool) -> Tally:
    """One approach in figures. Raises LookupError when there is none of this id."""
    row = await db.row(_TALLIES, approach_id=approach_id, invented=int(invented))
    if row is None:
        raise LookupError(f"no approach {approach_id}")
    return Tally(**dict(row))
