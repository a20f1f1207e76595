"""The figures about money: `python -m benchmarks rewards`, and each of them with its aim of nothing wrong."""

import asyncio

from benchmarks.figures import Figure
from benchmarks.options import Options
from benchmarks.rewards import kills, left_behind, orders, races, splits


async def measure(options: Options) -> list[Figure]:
    """Races, orders, kills, the split and what is left behind."""
    found = [await asyncio.to_thread(race, options.races), await order(), await asyncio.to_thread(kill)]
    return [*found, await split(), await search()]


def race(how_many: int, processes: int = 32) -> Figure:
    """So many races of 32 processes for the last £10."""
    made = races.run(how_many, processes)
    bad = made.overspent + made.double + made.faults + made.violations + abs(made.paid - made.races)
    ends = f"{made.paid} paid, {made.again} found the file locked and came back, {made.faults} faults"
    return Figure(
        f"{made.races} races of {processes} processes for the last £10: overspent, paid twice", f"{made.overspent} p, "
        f"{made.double}", aim="0 p, 0", met=not bad,
        notes=(f"{made.tries:,} tries, {ends}, {made.violations} invariants broken",),
    )  # fmt: skip


async def order(every: int = 1) -> Figure:
    """Every order of three claimants' three steps."""
    made = await orders.run(every)
    bad = made["violations"] + made["wrong ends"]
    notes = (
        f"{made['steps']:,} steps, {made['shown']:,} codes shown, {made['wrong ends']} ended otherwise than they must",
    )
    return Figure(f"{made['orders']:,} orders of 3 x 3 steps on 2 vouchers: invariants broken", f"{made['violations']}",
                  aim="0", met=not bad, notes=notes)  # fmt: skip


def kill(every: int = 1) -> Figure:
    """Killed before each statement of what moves money, then repeated."""
    made = kills.run(every)
    bad = made["lost or doubled"] + made["half done"] + made["violations"]
    notes = (f"{', '.join(kills.ACTS)}; half done {made['half done']}, invariants broken {made['violations']}",)
    return Figure(f"kill -9 at {made['points']} statements: pennies lost or doubled", f"{made['lost or doubled']}",
                  aim="0", met=not bad, notes=notes)  # fmt: skip


async def split(size: int = 1000) -> Figure:
    """People into three arms."""
    made = await splits.run(size)
    changed = sum(count for what, count in made.items() if "again" in what or "changed" in what)
    widest = max(count for what, count in made.items() if what.startswith("in "))
    notes = tuple(f"{what}: {count}" for what, count in made.items())
    return Figure(f"{size:,} people in 3 arms: the widest difference in any group", f"{widest}", aim="<= 3",
                  met=widest <= 3 and not changed, notes=notes)  # fmt: skip


async def search(how_many: int = 40) -> Figure:
    """Codes looked for in everything that is left behind."""
    made = await left_behind.run(how_many)
    sound = not made["found"] and made["found in the file that was loaded"] > 0
    tried = f"in the file that was loaded, to try the search: {made['found in the file that was loaded']}"
    notes = (f"{made['needles']:,} needles in {made['files']} files; {tried}",)
    what = "full voucher codes left in logs, exports, backups"
    return Figure(what, f"{made['found']}", aim="0", met=sound, notes=notes)
