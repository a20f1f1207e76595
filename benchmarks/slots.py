"""The best slot, pair and five over 10,000 and over 1,000,000 people: time, memory, proof; greedy and HiGHS beside it.

HiGHS comes with scipy, which is no part of the program's environment: `make bench-exact` makes one for it, and
SCIPY_PYTHON may name another. Without either that comparison is left out.
"""

import json
import os
import resource
import subprocess
import time
import tracemalloc
from functools import reduce
from operator import or_
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.options import Options
from benchmarks.slot_people import month_of
from rules.coverage import undominated
from rules.slots import Choice, Sheet, best
from rules.weights import Weights

_HIGHS = Path(__file__).with_name("highs.py")
NO_LIMIT = 10**12


async def measure(options: Options) -> list[Figure]:
    """One, two and five slots, over each number of people; then the same instances given to HiGHS."""
    figures = []
    for how_many, alike in ((options.slot_few, 0), (options.slot_many, 5_000)):
        start = time.perf_counter()
        sheet = month_of(how_many, alike=alike)
        read = time.perf_counter() - start
        figures += [_figure(sheet, wanted, how_many, read) for wanted in (1, 2, 5)]
    return figures + _against_highs(options)


def _figure(sheet: Sheet, wanted: int, people: int, read: float) -> Figure:
    start = time.perf_counter()
    choice = best(sheet, wanted, NO_LIMIT)
    took = time.perf_counter() - start
    greedy = _greedy(sheet, wanted)
    notes = (
        f"{choice.reached:,} reached, no choice over {choice.at_most:,}; greedy {greedy:,}",
        f"{len(sheet.slots):,} slots, {len(sheet.groups):,} groups of people, read in {read:.1f} s",
        f"{_peak(sheet, wanted):.1f} MB on top of the sheet; {_largest():,.0f} MB the whole process at its largest",
    )
    what = f"best {wanted} of 4 weeks for {people:,} people"
    return Figure(
        what, f"{took:.2f} s", "greedy", f"{choice.reached / max(1, greedy):.4f}x", "proved", choice.proved, notes
    )


def _greedy(sheet: Sheet, wanted: int) -> int:
    weights, covered = _weights(sheet), 0
    for _ in range(wanted):
        covered |= max(sheet.can, key=lambda column: weights.of(column & ~covered))
    return weights.of(covered)


def _weights(sheet: Sheet) -> Weights:
    return Weights([len(group) for group in sheet.groups])


def _peak(sheet: Sheet, wanted: int) -> float:
    tracemalloc.start()
    best(sheet, wanted, NO_LIMIT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def _largest() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _against_highs(options: Options) -> list[Figure]:
    python = os.environ.get("SCIPY_PYTHON", "build/exact/bin/python")
    if not Path(python).exists():
        return [Figure("the same by HiGHS", "left out", notes=("no Python with scipy here: make bench-exact",))]
    return [_beside(month_of(people), wanted, people, python, options) for people, wanted in options.highs_sizes()]


def _beside(sheet: Sheet, wanted: int, people: int, python: str, options: Options) -> Figure:
    start = time.perf_counter()
    ours = best(sheet, wanted, NO_LIMIT)
    took = time.perf_counter() - start
    theirs = _highs(sheet, wanted, python, options.highs_seconds)
    proved = theirs["status"] == 0
    met = (
        ours.reached >= theirs["reached"]
        and (took < theirs["seconds"])
        and (not proved or _same(ours, theirs["reached"]))
    )
    said = "proved" if proved else f"not proved (at most {theirs['bound']:,.0f})"
    what = f"best {wanted} for {people:,}, beside HiGHS"
    ratio = f"{ours.reached / max(1, theirs['reached']):.4f}x"
    notes = (f"ours {ours.reached:,} proved, HiGHS {theirs['reached']:,} {said}",)
    return Figure(what, f"{took:.2f} s", f"{theirs['seconds']:.1f} s", ratio, ">= 1x, faster", met, notes)


def _same(ours: Choice, theirs: int) -> bool:
    return ours.reached == theirs


def _highs(sheet: Sheet, wanted: int, python: str, seconds: int) -> dict[str, float]:
    columns = [sheet.can[at] for at in undominated(sheet.can, _weights(sheet))]
    useful = reduce(or_, columns, 0)
    groups = [at for at in range(len(sheet.groups)) if useful >> at & 1]
    rows = [[place for place, column in enumerate(columns) if column >> at & 1] for at in groups]
    instance = {"rows": rows, "weights": [len(sheet.groups[at]) for at in groups], "columns": len(columns)}
    asked = json.dumps({**instance, "wanted": wanted, "seconds": seconds})
    done = subprocess.run([python, str(_HIGHS)], input=asked, capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer
