"""Updates a second: the whole path of ours (intake, form step, commit, reply) against a stock echo that keeps nothing.

Both bots run all the time on one stand-in, each with people of its own, and take turns: a round of ours, a round of the
floor. Everybody talks at once; nobody types before the last line has been answered.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks import programs
from benchmarks.figures import Figure, at_least
from benchmarks.options import Options
from benchmarks.programs import Program
from benchmarks.stage import Line, Stage, Talk, says, stage, taps, types_first_choice

OURS, FLOOR, RAW = "101:ours", "102:floor", "103:raw"
QUESTIONS = 4
LATENCY = 0.05
# The stock bot does one update after the other: so many lines from afar take it three seconds.
FEW = 15
_TO_THE_FORM: tuple[Line, ...] = (says("/start"), taps(":consent:yes"))
_ANSWERS: tuple[Line, ...] = (types_first_choice,) * QUESTIONS
_ECHOED: tuple[Line, ...] = (says("Home care"),) * QUESTIONS


@dataclass
class Side:
    """One of the two bots, what its people say, and what came of each round."""

    token: str
    program: Program
    before: tuple[Line, ...]
    lines: tuple[Line, ...]
    answers: list[int] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    async def rehearse(self, scene: Stage) -> None:
        """Learn from one person what the bot sends after each line."""
        (phone,) = scene.people(self.token, 1)
        self.answers = await scene.rehearse(phone, self.before + self.lines)

    async def round(self, scene: Stage, people: int) -> None:
        """So many new people come to where the lines begin; then the lines, measured."""
        phones = scene.people(self.token, people)
        if self.before:
            await scene.talk([Talk(phone, self.before, self.answers) for phone in phones])
        skipped = self.answers[len(self.before) :]
        used = self.program.cpu()
        seconds = await scene.talk([Talk(phone, self.lines, skipped) for phone in phones])
        self.rates.append(people * len(self.lines) / seconds)
        self.cpu.append((self.program.cpu() - used) / (people * len(self.lines)) * 1000)

    def messages(self) -> float:
        """Messages sent or changed after one line, on average."""
        return sum(self.answers[len(self.before) :]) / len(self.lines)

    def sent(self) -> float:
        """Messages sent or changed in a second, by the median of its rounds."""
        return median(self.rates) * self.messages()


async def near(options: Options) -> list[Figure]:
    """Over loopback, where only work counts."""
    async with _both() as (scene, ours, floor):
        for _ in range(options.rounds):
            await ours.round(scene, options.people)
            await floor.round(scene, options.people)
        able = await capacity(scene)
        return [_figure("updates/s, whole path, loopback", ours, floor, able)]


async def far(options: Options) -> list[Figure]:
    """With the network 50 ms away there and back, where waiting counts."""
    async with _both() as (scene, ours, floor):
        scene.sim.latency = LATENCY
        for _ in range(max(1, options.rounds // 2)):
            await ours.round(scene, options.people)
            await floor.round(scene, FEW)
        return [_figure("updates/s, network 50 ms away", ours, floor, None)]


def _figure(what: str, ours: Side, floor: Side, able: float | None) -> Figure:
    notes = [
        f"medians of {len(ours.rates)} rounds each in turn; ours {_all(ours.rates)}; floor {_all(floor.rates)}",
        f"messages per update: ours {ours.messages():.2f}, floor {floor.messages():.2f}",
        f"messages/s: ours {ours.sent():,.0f}, floor {floor.sent():,.0f}",
        f"processor per update: ours {median(ours.cpu):.2f} ms, floor {median(floor.cpu):.2f} ms",
    ]
    if able is not None:
        notes.append(f"the stand-in itself takes {able:,.0f} sendMessage/s from a client that does nothing else")
    return at_least(what, median(ours.rates), median(floor.rates), 2, "/s", notes)


def _all(rates: list[float]) -> str:
    return " ".join(f"{rate:.0f}" for rate in rates)


@asynccontextmanager
async def _both() -> AsyncIterator[tuple[Stage, Side, Side]]:
    with programs.workplace("updates") as folder:
        async with (
            stage() as scene,
            programs.ours(OURS, scene.url, folder / "ours", **programs.UNPACED) as ours,
            programs.stock_echo(FLOOR, scene.url, folder / "floor") as floor,
        ):
            sides = Side(OURS, ours, _TO_THE_FORM, _ANSWERS), Side(FLOOR, floor, (), _ECHOED)
            for side in sides:
                await side.rehearse(scene)
            yield scene, *sides


async def capacity(scene: Stage, calls: int = 8000) -> float:
    """Calls of sendMessage a second that the stand-in answers."""
    (phone,) = scene.people(RAW, 1, started=True)
    arguments = (scene.url, RAW, str(phone.id), str(calls))
    start = 0.0

    def began(_receipt: object) -> None:
        nonlocal start
        start = start or time.perf_counter()

    scene.heard = began
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(Path(__file__).with_name("raw.py")), *arguments, cwd=programs.ROOT
    )
    await process.wait()
    scene.heard = None
    return calls / (time.perf_counter() - start)
