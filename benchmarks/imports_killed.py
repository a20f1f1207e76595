"""`python -m bot import` killed again and again while it works: all of the file is in, or nothing of it."""

import asyncio
import random
import subprocess
import time
from collections import Counter
from pathlib import Path

from benchmarks import import_files, imports, programs
from benchmarks.figures import Figure
from benchmarks.options import Options
from incoming import plan
from storage.database import Database, opened

PEOPLE = 3_000
_LEFT = """
SELECT (SELECT count(*) FROM person) AS people, (SELECT count(*) FROM contact_route) AS ways,
       (SELECT count(*) FROM import_step) AS steps, (SELECT count(*) FROM import WHERE undone_at IS NULL) AS imports,
       (SELECT max(id) FROM import) AS last
"""
_WHOLE, _NOTHING = (PEOPLE, 3 * PEOPLE, PEOPLE, 1), (0, 0, 0, 0)


async def measure(options: Options) -> list[Figure]:
    """So many kills at random moments of an import."""
    ends = await killed(options.import_kills)
    ways = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))
    half = ends["half"]
    return [
        Figure(f"kill -9 during {options.import_kills} imports: half", str(half), aim="0", met=not half, notes=(ways,))
    ]


async def killed(kills: int, seed: int = 1) -> Counter[str]:
    """How each ended: 'all' or 'nothing' in the database, or 'half'. Every kill comes while rows are being written."""
    chance, ends = random.Random(seed), Counter[str]()
    with programs.workplace("killed") as place:
        path = import_files.contacts(place / "people.csv", PEOPLE)
        imports.run(place, path)
        await _emptied(place)
        seconds = await asyncio.to_thread(_killed_after, place, path, None)
        await _emptied(place)
        for _ in range(kills):
            await asyncio.to_thread(_killed_after, place, path, seconds * chance.uniform(0, 1.2))
            ends[await _emptied(place)] += 1
    return ends


def _killed_after(place: Path, path: Path, seconds: float | None) -> float:
    """Import, and kill it so many seconds after it began to write (None: never); how long it wrote."""
    surroundings = imports.environment(place) | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        imports.command(path), env=surroundings, cwd=programs.ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        if process.stdout is None:
            raise RuntimeError("a process without an output")
        for line in process.stdout:
            if line.startswith(b"Writing"):
                break
        start = time.perf_counter()
        if seconds is not None:
            time.sleep(seconds)
            process.kill()
        process.wait()
        return time.perf_counter() - start


async def _emptied(place: Path) -> str:
    """What was left in the database; an import that is all there is taken back, so that the next one starts anew."""
    async with opened(place / "data" / "main.db") as database:
        found = await database.reading.row(_LEFT)
        *left, last = tuple(found) if found else (-1, -1)
        end = {_WHOLE: "all", _NOTHING: "nothing"}.get(tuple(left), "half")
        if end == "all":
            await _undone(database, last)
        return end


async def _undone(database: Database, import_id: int) -> None:
    async with database.transaction() as tx:
        await plan.undo(tx, import_id, "host:killer", int(time.time()))
