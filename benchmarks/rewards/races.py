"""32 processes at once want the last £10: each race begins at a barrier, on a database of its own."""

import asyncio
import multiprocessing
import shutil
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.programs import ROOT
from benchmarks.rewards.till import NOW, Till, spent, wrong
from storage.database import opened, refuses_for_now
from storage.migrate import migrate
from storage.rewards import claiming

PENCE = 1000


@dataclass
class Races:
    """What came of them. `paid` counts the claims that got the £10 over all races: one a race.

    `again`: how often a process found the file locked for five seconds, had nothing written, and tried once more.
    """

    races: int = 0
    tries: int = 0
    paid: int = 0
    overspent: int = 0
    double: int = 0
    faults: int = 0
    again: int = 0
    violations: int = 0


def run(races: int, processes: int = 32) -> Races:
    """Race so often. In odd races everybody is another person, in even ones all are one person tapping again."""
    context = multiprocessing.get_context("spawn")
    found = Races()
    with tempfile.TemporaryDirectory() as folder:
        template, till, came = asyncio.run(_found(Path(folder), processes))
        barrier, answers = context.Barrier(processes + 1), context.Queue()
        workers = [
            context.Process(
                target=_worker, args=(barrier, answers, Path(folder), number, races, till, came), daemon=True
            )
            for number in range(processes)
        ]
        for worker in workers:
            worker.start()
        for number in range(races):
            shutil.copy(template, Path(folder) / f"race-{number}.db")
            barrier.wait(600)
            said = [answers.get(timeout=600) for _ in range(processes)]
            barrier.wait(600)
            asyncio.run(_count(Path(folder) / f"race-{number}.db", said, found))
            for old in Path(folder).glob(f"race-{number}.db*"):
                old.unlink()
        for worker in workers:
            worker.join(60)
    return found


async def _found(folder: Path, processes: int) -> tuple[Path, Till, list[int]]:
    path, till = folder / "template.db", Till()
    migrate(path, ROOT / "migrations")
    async with opened(path) as database:
        async with database.transaction() as tx:
            came = await till.found(tx, processes, PENCE, [PENCE] * 3)
        await database.forget_deleted()
    return path, till, came


def _worker(barrier: Any, answers: Any, folder: Path, number: int, races: int, till: Till, came: list[int]) -> None:
    for race in range(races):
        barrier.wait(600)
        person = came[number] if race % 2 else came[0]
        answers.put(_answer(folder / f"race-{race}.db", till, person))
        barrier.wait(600)


def _answer(path: Path, till: Till, person: int) -> tuple[str, int]:
    """How it ended, and how often it came back before: a file that 32 processes write can be locked for too long."""
    for again in count():
        try:
            return asyncio.run(_claim(path, till, person)), again
        except Exception as error:  # noqa: BLE001 - what broke is counted, never hidden
            if not refuses_for_now(error):
                return type(error).__name__, again
    raise RuntimeError("counting has no end")


async def _claim(path: Path, till: Till, person: int) -> str:
    async with opened(path) as database, database.transaction() as tx:
        return (await claiming.claim(tx, person, till.meeting, till.item, NOW)).said


async def _count(path: Path, answers: list[tuple[str, int]], found: Races) -> None:
    said = [word for word, _ in answers]
    found.again += sum(again for _, again in answers)
    async with opened(path) as database:
        found.races += 1
        found.tries += len(said)
        ready = said.count("ready")
        found.paid += ready
        found.double += max(0, ready - 1)
        found.faults += sum(word not in ("ready", "waiting", "already") for word in said)
        found.overspent += max(0, await spent(database) - PENCE)
        found.violations += len(await wrong(database))
