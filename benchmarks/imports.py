"""Every layout of the directory of care, imported twice; and a long list of people, with time and peak memory."""

import asyncio
import os
import re
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import import_files, programs
from benchmarks.figures import Figure
from benchmarks.options import Options

PEAK_MB = 300.0
_COUNTS = re.compile(r"^  ([A-Z][^:]*): ([\d,]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """One `python -m bot import`: what it said, its seconds, and the peak of the larger of its two processes in MB."""

    said: str
    seconds: float
    peak: float

    def count(self, name: str) -> int:
        """The number behind this word."""
        return self.counts().get(name, 0)

    def counts(self) -> dict[str, int]:
        """Every number it said, by the words before it."""
        return {words: int(number.replace(",", "")) for words, number in _COUNTS.findall(self.said)}


async def measure(options: Options) -> list[Figure]:
    """The layouts first, then the long list."""
    return await asyncio.to_thread(_measured, options.contacts)


def _measured(how_many: int) -> list[Figure]:
    figures = [_twice(path) for path in import_files.directories()]
    with programs.workplace("imports") as place:
        path = import_files.contacts(place / "people.csv", how_many)
        first, second = run(place, path), run(place, path)
    taken = first.count("New") == how_many and second.count("New") == second.count("Changed") == 0
    name = f"{how_many:,} people imported"
    return [
        *figures,
        Figure(f"{name}: time", f"{first.seconds:.1f} s", notes=(f"looked at a second time: {second.seconds:.1f} s",)),
        Figure(f"{name}: all of them, and none a second time", "yes" if taken else "no", aim="yes", met=taken),
        Figure(
            f"{name}: peak memory", f"{first.peak:.0f} MB", aim=f"<= {PEAK_MB:.0f} MB", met=first.peak <= PEAK_MB,
            notes=("the larger of the command and the process that reads",),
        ),
    ]  # fmt: skip


def _twice(path: Path) -> Figure:
    with programs.workplace("imports") as place:
        first, second = run(place, path), run(place, path)
    left_out = sum(
        int(number.replace(",", "")) for word, number in _COUNTS.findall(first.said) if word.startswith("Left")
    )
    read = first.count("New") + first.count("Refused") + left_out
    again = second.count("New"), second.count("Changed")
    return Figure(
        f"{path.name}: read {read}, left out {left_out}, refused {first.count('Refused')}",
        f"{first.count('New')} imported; again {again[0]} new, {again[1]} changed",
        aim="0 new, 0 changed", met=again == (0, 0),
    )  # fmt: skip


def command(path: Path) -> list[str]:
    """The command line that imports this file."""
    return [sys.executable, "-m", "bot", "import", str(path), "--yes"]


def environment(place: Path) -> dict[str, str]:
    """A bot of its own in `place`."""
    return {**os.environ, "BOT_TOKEN": "123456:invented-for-figures", "BOT_DATA_DIR": str(place / "data")}


def run(place: Path, path: Path) -> Run:
    """Import `path` into the bot in `place`; made first when there is none."""
    surroundings = environment(place)
    if not (place / "data").exists():
        migrate = [sys.executable, "-m", "bot", "migrate"]
        subprocess.run(migrate, env=surroundings, cwd=programs.ROOT, check=True, capture_output=True)
    start = time.perf_counter()
    said = _Measured(command(path), surroundings)
    return Run(said.output, time.perf_counter() - start, said.peak)


class _Measured:
    """A process run to its end by one of our own, so that nobody else's memory is counted with it."""

    def __init__(self, words: list[str], surroundings: dict[str, str]) -> None:
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            done = subprocess.run(
                words, env=surroundings, cwd=programs.ROOT, capture_output=True, text=True, check=False
            )
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            with os.fdopen(writer, "w", encoding="utf-8") as pipe:
                pipe.write(f"{peak}\n{done.stdout}{done.stderr}")
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as pipe:
            told, _, self.output = pipe.read().partition("\n")
        os.waitpid(pid, 0)
        self.peak = int(told or 0) / 1024
