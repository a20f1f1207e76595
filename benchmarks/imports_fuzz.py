"""Real files, broken in every way we could think of: no crash, and never half an import."""

import asyncio
import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import import_files, programs
from benchmarks.figures import Figure
from benchmarks.mutations import MUTATIONS
from benchmarks.options import Options
from incoming import files, plan
from incoming.record import Asked
from incoming.table import TableRefused
from rules.council import Council
from storage.database import Database, opened
from storage.migrate import migrate

NOW = 1_800_000_000
COUNTED = """
SELECT (SELECT count(*) FROM organisation) + (SELECT count(*) FROM person) + (SELECT count(*) FROM venue)
     + (SELECT count(*) FROM known_total) + (SELECT count(*) FROM contact_attempt) AS rows,
       (SELECT count(*) FROM import) AS imports, (SELECT count(*) FROM import_step) AS steps
"""


async def measure(options: Options) -> list[Figure]:
    """So many broken files, each offered to a database of its own."""
    ends = await fuzz(options.mutations)
    broken = ends["crash"] + ends["half"]
    ways = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))
    return [
        Figure(
            f"{options.mutations:,} broken files: crashes, half imports", f"{ends['crash']}, {ends['half']}",
            aim="0, 0", met=broken == 0, notes=(ways,),
        )
    ]  # fmt: skip


async def fuzz(how_many: int, seed: int = 1) -> Counter[str]:
    """How each of the broken files ended: 'refused', 'imported', 'nothing', 'crash', 'half'."""
    chance, ends = random.Random(seed), Counter[str]()
    originals = import_files.everything()
    with programs.workplace("fuzz") as place:
        fresh = place / "fresh.db"
        migrate(fresh, programs.ROOT / "migrations")
        for number in range(how_many):
            original = originals[number % len(originals)]
            mutate = MUTATIONS[number // len(originals) % len(MUTATIONS)]
            path = place / f"broken{original.suffix if chance.random() < 0.8 else '.xlsx'}"
            path.write_bytes(mutate(original.read_bytes(), chance))
            end = await _offered(path, fresh, place)
            ends[end] += 1
            if end in ("crash", "half"):
                kept = programs.WORK / f"{end}-{seed}-{number}-{mutate.__name__}{path.suffix}"
                shutil.copy(path, kept)
                print(f"{end}: {original.name}, {mutate.__name__}: {kept}")
    return ends


async def _offered(path: Path, fresh: Path, place: Path) -> str:
    with tempfile.TemporaryDirectory(dir=place) as folder:
        async with opened(Path(shutil.copy(fresh, folder))) as database:
            return await offer(path, database)


async def offer(path: Path, database: Database) -> str:
    """Offer one file to an empty database, import what can be, take it back; how it ended."""
    asked = Asked(Council(), NOW, "host:fuzz")
    try:
        with files.recognised(path, seconds=60) as table, files.judged(table, asked) as parsed:
            promised = await plan.preview(database.reading, parsed, asked)
            if promised.does_nothing:
                return "nothing" if await _counted(database) == (0, 0, 0) else "half"
            async with database.transaction() as tx:
                done = await plan.carry_out(tx, parsed, asked, (path.name, "0"))
        whole = done.counts == promised.counts and await _counted(database) == (done.new, 1, done.new + done.changed)
        async with database.transaction() as tx:
            undone = await plan.undo(tx, done.import_id or 0, "host:fuzz", NOW + 1)
    except TableRefused:
        return "refused" if await _counted(database) == (0, 0, 0) else "half"
    except Exception as error:  # noqa: BLE001 - a crash is what we count
        print(repr(error)[:300])
        return "crash"
    return "imported" if whole and undone and not undone.left else "half"


async def _counted(database: Database) -> tuple[Any, ...]:
    row = await database.reading.row(COUNTED)
    return tuple(row) if row else ()


if __name__ == "__main__":
    print(asyncio.run(fuzz(300)))
