"""How much memory the running bot needs, and how long it takes from its start to its first answer."""

import asyncio
import time
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from statistics import median

from benchmarks import programs
from benchmarks.figures import Figure
from benchmarks.options import Options
from benchmarks.programs import Program
from benchmarks.stage import Stage, Talk, says, stage
from simulator.ledger import Receipt

OURS, FLOOR = "105:ours", "106:floor"
START_SECONDS = 60.0
_LINES = (says("hello"),) * 20
PEOPLE = 100


async def measure(options: Options) -> list[Figure]:
    """Start both bots in turn, and after each start let a hundred people talk to it."""
    seconds: dict[str, list[float]] = {OURS: [], FLOOR: []}
    peaks: dict[str, list[float]] = {OURS: [], FLOOR: []}
    with programs.workplace("footprint") as folder:
        async with stage() as scene:
            for _ in range(options.starts):
                for token in (OURS, FLOOR):
                    took, peak = await _one(scene, token, folder)
                    seconds[token].append(took)
                    peaks[token].append(peak)
    note = f"medians of {options.starts} starts, in turn; after {PEOPLE * len(_LINES)} updates from {PEOPLE} people"
    return [
        Figure("peak memory of the running bot; floor: stock echo", *_both(peaks, "MB"), notes=(note,)),
        Figure("from start to first answer; floor: stock echo", *_both(seconds, "s")),
    ]


def _both(of: dict[str, list[float]], unit: str) -> tuple[str, str, str]:
    ours, floor = median(of[OURS]), median(of[FLOOR])
    return f"{ours:.1f} {unit}", f"{floor:.1f} {unit}", f"{ours / floor:.2f}x"


def _started(token: str, scene: Stage, folder: Path) -> AbstractAsyncContextManager[Program]:
    if token == OURS:
        return programs.ours(token, scene.url, folder / "ours", **programs.UNPACED)
    return programs.stock_echo(token, scene.url, folder / "floor")


async def _one(scene: Stage, token: str, folder: Path) -> tuple[float, float]:
    """Seconds until somebody who has been waiting is answered, and the megabytes needed in the end."""
    phones = scene.people(token, PEOPLE)
    answered = asyncio.Event()

    def hear(receipt: Receipt) -> None:
        if receipt.chat_id == phones[0].id:
            answered.set()

    scene.heard = hear
    phones[0].says("hello")
    start = time.perf_counter()
    async with _started(token, scene, folder) as program:
        async with asyncio.timeout(START_SECONDS):
            await answered.wait()
        took = time.perf_counter() - start
        scene.heard = None
        await scene.talk([Talk(phone, _LINES, (1,) * len(_LINES)) for phone in phones[1:]])
        return took, program.peak_mb()
