"""`python -m benchmarks.feedback [--kills N] [--quick]`: the figures of unlinked feedback, measured on real files."""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from rules import codes
from storage import unlinked
from tests import needles
from tests.unlinked import attack, detectors, kills, week
from tests.unlinked.building import build_in, copy, found_in
from tests.unlinked.leaks import LEAKS
from tests.unlinked.timing import share_slower, timed

ITEMS = 400
ATTACKS = range(1, 7)


def scanned(folder: Path) -> Iterator[str]:
    """Items, releases, files and needles of a whole week with everything logged."""
    traces = asyncio.run(week.everything(folder, 60))
    wanted = week.hay(traces)
    found = needles.scan(folder, wanted, apart=["pepper"])
    files = sum(path.is_file() for path in folder.rglob("*"))
    yield f"items {len(traces.written)}, releases {len(week.WEEKS)}, files scanned {files}, needles {len(wanted)}"
    yield f"needles found: {len(found)}; detectors that found something: {len(traces.found)}"


def leaking(folder: Path) -> Iterator[str]:
    """How many of the leaks built in one at a time were found, each by the detectors that must find it."""
    missed = []
    for number, leak in enumerate(LEAKS):
        place = copy(folder / str(number) / "program")
        build_in(leak, place)
        if not set(leak.by.split(", ")) <= found_in(place, folder / str(number) / "week").keys():
            missed.append(leak.name)
    yield f"seeded leaks caught: {len(LEAKS) - len(missed)} of {len(LEAKS)}" + "".join(
        f"; missed {it}" for it in missed
    )


def ordered(folder: Path) -> Iterator[str]:
    """Order of arrival against the order in the pool, of reading and in the file."""
    traces = week.begin(folder, ITEMS, seed=random.SystemRandom().randrange(10**9))
    bodies = [one.text for one in traces.written]

    async def live() -> tuple[list[str], list[str]]:
        async with unlinked.opened(traces.path, traces.pepper, now=traces.now, cost=week.CHEAP) as feedback:
            for one in traces.written:
                await feedback.put(one.code, one.text, one.topic)
            pool = detectors.order_in_file(traces.path, bodies)
            for name in week.WEEKS:
                await feedback.release(name, week.ELIGIBLE)
            return pool, [item.body for item in await feedback.issued()]

    pool, read = asyncio.run(live())
    lying = detectors.order_in_file(traces.path, bodies)
    for what, order in (("in the pool", pool), ("as it is read", read), ("as it lies in the file", lying)):
        yield f"Spearman {what}: {detectors.spearman(bodies, order):+.3f} over {len(order)}"
    yield f"the limit: {3 / (ITEMS - 1) ** 0.5:.3f}, which chance passes once in 370 times"


def attacked(folder: Path) -> Iterator[str]:
    """First guesses that were right, against chance, as the history of workers says more or less."""
    for seen, together in ((5, 0.5), (5, 0.0), (5, 1.0), (2, 0.5), (10, 0.5)):
        outcome = asyncio.run(
            attack.attacks(folder / f"{seen}-{together}", ATTACKS, seen_a_week=seen, together=together)
        )
        ways = ", ".join(f"{way} {share / outcome.chance:.1f}x" for way, share in outcome.success.items())
        yield (
            f"{attack.WORKERS} workers, {outcome.items} items, seen {seen} hours a week and {together:.0%} of writers "
            f"in the same hour: best {outcome.best:.1f}x of {outcome.chance:.2%} ({ways})"
        )
    yield f"with the hour of arrival known it would be {attack.with_hours(1):.0f}x"


def answered(folder: Path) -> Iterator[str]:
    """Milliseconds until a wrong, a near, a foreign and a malformed code are answered, at scrypt's full cost."""
    traces = week.begin(folder, 2)

    async def ask() -> dict[str, list[float]]:
        async with unlinked.opened(traces.path, traces.pepper, now=traces.now) as feedback:
            one, other = traces.written
            await feedback.put(one.code, one.text, "pay")
            typed = {"wrong": codes.fresh(), "near": week.near(one.code), "foreign": other.code, "malformed": "no code"}
            return await timed(feedback, typed, 30, random.Random(1))

    took = asyncio.run(ask())
    for name, seconds in took.items():
        slower = share_slower(seconds, took["wrong"])
        yield f"{name}: median {median(seconds) * 1000:.1f} ms; slower than a wrong one {slower:.0%} of the time"


def timed_files(folder: Path) -> Iterator[str]:
    """The times of files beside submissions at irregular moments."""
    traces = week.begin(folder, 60)
    moments = detectors.spaced(random.Random(3), 60, week.START)

    async def live() -> None:
        async with unlinked.opened(traces.path, traces.pepper, now=traces.now, cost=week.CHEAP) as feedback:
            await week.write(traces, feedback, moments)

    asyncio.run(live())
    seen = {times["mtime of feedback.db"] for _, times in traces.times}
    off = detectors.times(traces.path.parent, traces.times)
    gaps = sorted(int(gap) for gap in detectors.jumps([int(moment) for moment in moments]))
    yield f"{len(moments)} submissions {gaps[0]} to {gaps[-1]} s apart; {len(seen)} different mtimes, all full hours"
    yield f"files or folders whose times moved with a submission: {len(off)}"


def killed(folder: Path, times: int) -> Iterator[str]:
    """What kills at random points came to."""
    tally = kills.kill_again_and_again(folder, times, seed=5)
    yield (
        f"kills {tally.kills} ({tally.journals} in the middle of a write), confirmed {tally.confirmed}, "
        f"lost {tally.lost}, twice {tally.twice}, weeks released {tally.releases}"
    )
    yield f"files left behind and scanned {tally.files}, needles found {len(tally.needles)}, others {len(tally.broken)}"


def main() -> int:
    """Print every figure; the folders they were measured in are removed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.feedback", description=__doc__)
    parser.add_argument("--kills", type=int, default=20, help="how often the program is killed (200 in the soak)")
    parser.add_argument("--quick", action="store_true", help="leave out the seeded leaks and the attack")
    given = parser.parse_args()
    figures = {
        "needles": scanned,
        "order": ordered,
        "wrong, near and foreign codes": answered,
        "times of files": timed_files,
        "kill -9": lambda folder: killed(folder, given.kills),
    } | ({} if given.quick else {"the timing attack": attacked, "seeded leaks": leaking})
    for name, measure in figures.items():
        with tempfile.TemporaryDirectory() as folder:
            print(f"\n{name}")
            for line in measure(Path(folder)):
                print(f"  {line}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
