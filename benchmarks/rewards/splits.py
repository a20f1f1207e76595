"""A thousand people into three arms: how even each market and shift is, and whether a restart draws the same."""

import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from benchmarks.rewards.till import NOW, Till
from benchmarks.seeding import fresh
from rules.split import Entrant, place
from storage import arms, people
from storage.database import Database, opened

ARMS = ("A", "B", "C")
MARKETS = {"home_care": 45, "care_home": 25, "nursing_home": 12, "supported_living": 10, "personal_assistant": 8}
Placed = tuple[int, str, str, str]
SHIFTS = {"days": 40, "nights": 25, "early": 20, "mixed": 15}


async def run(size: int = 1000) -> dict[str, int]:
    """The widest difference between arms in all, in a market, a shift and both; and what a restart changed."""
    chance = Random(2026)
    with tempfile.TemporaryDirectory() as name:
        async with fresh(Path(name)) as database:
            async with database.transaction() as tx:
                till = Till()
                await till.found(tx, 0, 1000, [])
                trial = await arms.make(tx, till.meeting, "offer", dict.fromkeys(ARMS, till.offer), None, NOW)
                crowd = []
                for number in range(size):
                    person = await people.meet(tx, 10_000 + number, "en", None, invented=False, now=NOW)
                    for field, shares in (("market", MARKETS), ("shift", SHIFTS)):
                        await people.change(tx, person.id, field, chance.choices([*shares], [*shares.values()])[0])
                    crowd.append(person.id)
                await arms.draw(tx, trial, crowd, NOW)
            before = await _placed(database)
        async with opened(Path(name) / "main.db") as database:
            async with database.transaction() as tx:
                again = await arms.of_meeting(tx, till.meeting)
                moved = await arms.draw(tx, again or trial, crowd, NOW)
            after = await _placed(database)
    drawn = place([Entrant(*facts[:3]) for facts in after], sorted(ARMS), trial.seed)
    redrawn = len({(one.person_id, arm) for one, arm in drawn} - {(row[0], row[3]) for row in after})
    return {
        "in all": _widest(after, ()), "in a market": _widest(after, (1,)), "in a shift": _widest(after, (2,)),
        "in a market and shift": _widest(after, (1, 2)), "placed again after a restart": moved,
        "changed by a restart": sum(one != other for one, other in zip(before, after, strict=True)),
        "other when drawn again from the seed": redrawn,
    }  # fmt: skip


async def _placed(database: Database) -> list[Placed]:
    rows = await database.reading.rows("SELECT person_id, market, shift, arm FROM trial_place ORDER BY person_id")
    return [tuple(row) for row in rows]


def _widest(placed: list[Placed], columns: tuple[int, ...]) -> int:
    """The largest difference between the fullest and the emptiest arm within any one group."""
    counts = Counter((tuple(row[column] for column in columns), row[3]) for row in placed)
    groups = {group for group, _ in counts}
    return max(max(counts[group, arm] for arm in ARMS) - min(counts[group, arm] for arm in ARMS) for group in groups)
