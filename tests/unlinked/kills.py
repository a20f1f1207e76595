"""A program that takes in feedback and is killed at random points; what it leaves behind is looked through."""

import asyncio
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from rules import codes
from rules.release import week_of
from storage import unlinked
from tests import needles
from tests.shape.sources import ROOT
from tests.unlinked import week

RELEASE_EVERY = 7
ELIGIBLE = {"pay": 50}


@dataclass
class Tally:
    """What two hundred kills, or eight, came to."""

    kills: int = 0
    confirmed: int = 0
    lost: int = 0
    twice: int = 0
    releases: int = 0
    journals: int = 0
    """Kills that left a journal behind: they came in the middle of a write."""
    files: int = 0
    needles: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def item(number: int) -> tuple[str, str]:
    """The code and the words of an item; both follow from its number, so that both programs know them."""
    rng = random.Random(number)
    return "".join(rng.choices(codes.ALPHABET, k=codes.LENGTH)), f"item {number:06} {rng.randrange(10**12):012}"


def week_at(number: int) -> str:
    return week_of(date(2026, 1, 5) + timedelta(weeks=number // RELEASE_EVERY))


async def take_in(folder: Path, start: int) -> None:
    """The program that is killed: it says each number when its item is confirmed."""
    async with unlinked.opened(folder / "f" / "feedback.db", folder / "pepper", cost=week.CHEAP) as feedback:
        for number in range(start, start + 10**6):
            await feedback.put(*item(number), "pay")
            os.write(1, b"%d\n" % number)
            if number % RELEASE_EVERY == 0:
                await feedback.release(week_at(number), ELIGIBLE)


def kill_once(folder: Path, start: int, rng: random.Random) -> list[int]:
    """The numbers that were confirmed before the kill."""
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.unlinked.kills", folder, str(start)],
        cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)},
    ) as process:  # fmt: skip
        said = [process.stdout.readline() for _ in range(rng.randrange(1, 12))]
        time.sleep(rng.random() * 0.02)
        process.send_signal(signal.SIGKILL)
        said += process.stdout.read().splitlines(keepends=True)
    return [int(line) for line in said if line.endswith(b"\n")]


def kept(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()
        rows = connection.execute("SELECT body FROM pool UNION ALL SELECT body FROM issued").fetchall()
    return [body for (body,) in rows] if sound == ("ok",) else []


async def again(folder: Path, numbers: list[int]) -> int:
    """What was not confirmed comes again, as Telegram sends it, and the last that was confirmed too."""
    async with unlinked.opened(folder / "f" / "feedback.db", folder / "pepper", cost=week.CHEAP) as feedback:
        for number in numbers:
            await feedback.put(*item(number), "pay")
        return len({one.week for one in await feedback.issued()})


def look(folder: Path, tally: Tally, numbers: list[int], moments: list[float]) -> None:
    """Needles in every file left behind: the codes, the pepper and the time of writing; the words are the feedback."""
    wanted = list(needles.of_bytes("the pepper", (folder / "pepper").read_bytes()))
    for number in numbers:
        wanted += needles.of_word("half a code", item(number)[0][:10])
    for moment in {int(moment) for moment in moments}:
        wanted += needles.of_time("the time of writing", moment)
    tally.needles += [f"{one.file}: {one.what}" for one in needles.scan(folder, wanted, apart=["pepper"])]
    tally.files += sum(file.is_file() for file in folder.rglob("*"))
    left = {file.name for file in folder.rglob("*") if file.is_file()}
    tally.broken += sorted(left - {"pepper", "feedback.db", "feedback.db-journal"})


def kill_again_and_again(folder: Path, times: int, seed: int = 1) -> Tally:
    """`times` kills of the same file, each looked through before and after the program is started again."""
    rng, tally, said, start = random.Random(seed), Tally(), [], 1
    unlinked.make_for_new(folder / "f" / "feedback.db", folder / "pepper")
    for _ in range(times):
        began = time.time()
        confirmed = kill_once(folder, start, rng)
        moments = [began, time.time(), *(began + second for second in range(int(time.time() - began)))]
        tally.journals += (folder / "f" / "feedback.db-journal").exists()
        look(folder, tally, [*confirmed, max(confirmed) + 1], moments)
        said += confirmed
        start = max(confirmed) + 2
        unconfirmed = start - 1
        tally.releases = asyncio.run(again(folder, [max(confirmed), unconfirmed]))
        said.append(unconfirmed)
        bodies = kept(folder / "f" / "feedback.db")
        tally.kills += 1
        tally.confirmed = len(said)
        tally.lost = len({item(number)[1] for number in said} - set(bodies))
        tally.twice = len(bodies) - len(set(bodies))
    shutil.rmtree(folder / "temporary")
    return tally


if __name__ == "__main__":
    asyncio.run(take_in(Path(sys.argv[1]), int(sys.argv[2])))
