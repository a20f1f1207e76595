"""`python -m benchmarks [figure ...]`: print the figures. A missed aim is printed; exit status 1 is for what broke.

Without a name it prints all that take minutes; the LONG ones are named by whoever has the time.
"""

import asyncio
import sys
import time
import traceback
from collections.abc import Callable, Coroutine
from typing import Any

from benchmarks import (
    broadcast,
    clock_changes,
    export,
    footprint,
    imports,
    imports_fuzz,
    imports_killed,
    nights,
    options,
    slots,
    stopped,
    updates,
)
from benchmarks.figures import Figure, table
from benchmarks.rewards import figures as rewards

FIGURES: dict[str, Callable[[options.Options], Coroutine[Any, Any, list[Figure]]]] = {
    "updates": updates.near,
    "far": updates.far,
    "broadcast": broadcast.measure,
    "export": export.measure,
    "footprint": footprint.measure,
    "clock": clock_changes.measure,
    "nights": nights.measure,
    "stopped": stopped.measure,
    "slots": slots.measure,
    "rewards": rewards.measure,
    "imports": imports.measure,
    "imports-fuzz": imports_fuzz.measure,
    "imports-kills": imports_killed.measure,
}

# Ten years of clock changes, a month of nights, a million people, 200 races, broken files and kills.
LONG = ("clock", "nights", "stopped", "slots", "rewards", "imports-fuzz", "imports-kills")


def main() -> int:
    """Run what is wanted, one after the other."""
    wanted, sizes = options.read(tuple(FIGURES))
    wanted = wanted or [name for name in FIGURES if name not in LONG]
    figures: list[Figure] = []
    broken: list[str] = []
    for name in wanted:
        start = time.perf_counter()
        print(f"{name} ...", end=" ", flush=True)
        try:
            figures += asyncio.run(FIGURES[name](sizes))
        except Exception:  # noqa: BLE001 - one figure that broke must not hide the others
            broken.append(name)
            traceback.print_exc()
        print(f"{time.perf_counter() - start:.0f} s", flush=True)
    print(f"\n{table(figures)}")
    if broken:
        print(f"\nbroken: {', '.join(broken)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
