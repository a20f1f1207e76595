"""A week's people and their items, and what must be found nowhere afterwards."""

import random
from dataclasses import dataclass, field
from pathlib import Path

from rules import codes
from storage import unlinked
from tests import needles
from tests.unlinked import arrival

CHEAP = 2
START = 1_795_000_000 // 3600 * 3600 + 700
ELIGIBLE = {"pay": 120, "shifts": 120, "small": 9}
TOPICS = ["pay"] * 4 + ["shifts"] * 4 + ["small"] * 2
WEEKS = [f"2026-W{number}" for number in range(47, 53)]


@dataclass(frozen=True)
class Written:
    """One worker's item, and everything that would say whose it is."""

    who: arrival.Arrival
    code: str
    text: str
    topic: str


@dataclass
class Traces:
    """What a week left behind beside the files."""

    folder: Path
    written: list[Written]
    tokens: list[str] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    times: list[tuple[float, dict[str, int]]] = field(default_factory=list)
    found: dict[str, list[str]] = field(default_factory=dict)
    clock: float = START

    @property
    def path(self) -> Path:
        return self.folder / "feedback" / "feedback.db"

    @property
    def pepper(self) -> Path:
        return self.folder / "secret" / "pepper"

    def now(self) -> float:
        return self.clock

    def says(self, detector: str, found: list[str]) -> None:
        if found:
            self.found.setdefault(detector, []).extend(found)


def people(count: int, seed: int = 1) -> list[arrival.Arrival]:
    rng = random.Random(seed)
    return [
        arrival.Arrival(
            rng.randrange(1 << 33, 1 << 47), rng.randrange(1 << 30, 1 << 31), rng.randrange(1 << 28, 1 << 31), name
        )
        for name in (f"Wilhelmina Zz{number:04}" for number in range(count))
    ]


def items(count: int, seed: int = 1) -> list[Written]:
    """`count` items of equal length, by as many people; the codes come from the seed, so that every run is the same."""
    rng = random.Random(seed)
    return [
        Written(
            who,
            "".join(rng.choices(codes.ALPHABET, k=codes.LENGTH)),
            f"what was said {rng.randrange(10**9):09} in words",
            rng.choice(TOPICS),
        )
        for who in people(count, seed)
    ]


def begin(folder: Path, count: int, seed: int = 1) -> Traces:
    """The folder with its pepper, which comes from the seed too."""
    traces = Traces(folder, items(count, seed))
    unlinked.make_for_new(traces.path, traces.pepper)
    traces.pepper.write_bytes(random.Random(seed).randbytes(32))
    return traces


def hay(traces: Traces) -> list[needles.Needle]:
    """Everything that must be nowhere."""
    found = [*needles.of_bytes("the pepper", traces.pepper.read_bytes())]
    for one in traces.written:
        for what in ("user", "message", "update"):
            found += needles.of_number(f"{what} id", getattr(one.who, what))
        found += [*needles.of_word("the name", one.who.name), *needles.of_word("half a code", one.code[:10])]
        found += needles.of_word("the code as shown", codes.shown(one.code)[:11])
    for token in traces.tokens:
        found += needles.of_word("half a paper token", token[:10])
    for moment in {int(moment) for moment in traces.moments}:
        found += needles.of_time("the time of writing", moment)
    return found
