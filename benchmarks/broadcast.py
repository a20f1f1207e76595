"""One broadcast with Telegram's flood rules on: how full the allowed rate gets, and what it costs people who are there.

The bot runs with the pace it is delivered with. First it is idle, and a few people talk to it; then the broadcast
starts and has the wires to itself for a while; then the same people talk again until it ends.
"""

import asyncio
import random
import time
from collections.abc import Sequence
from statistics import median

from benchmarks import programs, seeding
from benchmarks.figures import Figure, at_most, percentile
from benchmarks.options import Options
from benchmarks.stage import Stage, stage
from simulator import Phone
from simulator.ledger import Receipt

TOKEN = "104:broadcast"  # noqa: S105 - a token of the stand-in, invented here
ALLOWED = 30.0
LIVE_PEOPLE = 30
# One asks after another, three a second together; none of them more often than Telegram allows one chat.
GAP_SECONDS = (0.2, 0.467)
ALONE_SHARE = 0.25
SETTLING_SECONDS = 3.0
IDLE_SAMPLES = 240
_ASKS = "/help"


class Watch:
    """Hears every message: when invites came, and how long people who are there have waited."""

    def __init__(self, scene: Stage, live: Sequence[Phone]) -> None:
        self._live = {phone.id: phone for phone in live}
        self._asked: dict[int, float] = {}
        self.invites: list[float] = []
        self.everything: list[float] = []
        self.waits: list[float] = []
        scene.heard = self._hear

    def _hear(self, receipt: Receipt) -> None:
        now = time.perf_counter()
        self.everything.append(now)
        asked_at = self._asked.pop(receipt.chat_id, None)
        if asked_at is not None:
            self.waits.append(now - asked_at)
        elif receipt.chat_id not in self._live:
            self.invites.append(now)

    async def talk(self, samples: int, *, until_invites: int | None = None) -> list[float]:
        """Have the people ask at random moments; the seconds each waited. Ends early when so many invites have come."""
        self.waits = []
        chance = random.Random(1)
        for turn in range(samples):
            phone = list(self._live.values())[turn % len(self._live)]
            self._asked[phone.id] = time.perf_counter()
            phone.says(_ASKS)
            await asyncio.sleep(chance.uniform(*GAP_SECONDS))
            if until_invites is not None and len(self.invites) >= until_invites:
                break
        await asyncio.sleep(1)
        if self._asked:
            raise RuntimeError(f"{len(self._asked)} people were never answered")
        return self.waits

    async def invited(self, how_many: int, seconds: float) -> None:
        """Return when so many invites have come. Raises TimeoutError after so many seconds."""
        async with asyncio.timeout(seconds):
            while len(self.invites) < how_many:  # noqa: ASYNC110 - looked at from afar, so as not to slow them down
                await asyncio.sleep(0.05)


async def measure(options: Options) -> list[Figure]:
    """Both figures, from one broadcast."""
    size = options.broadcast
    with programs.workplace("broadcast") as folder:
        async with stage(flood=True) as scene:
            scene.sim.flood.strict = True
            phones = scene.people(TOKEN, size, started=True)
            live = phones[:LIVE_PEOPLE]
            async with seeding.fresh(folder) as database:
                async with database.transaction() as tx:
                    await seeding.settle(tx, phones)
                async with programs.ours(TOKEN, scene.url, folder):
                    watch = Watch(scene, live)
                    await watch.talk(LIVE_PEOPLE)  # the first answers of a new process are slower
                    idle = await watch.talk(min(IDLE_SAMPLES, size))
                    async with database.transaction() as tx:
                        await seeding.invite_all(tx)
                    await watch.invited(int(size * ALONE_SHARE), size)
                    alone = list(watch.invites)
                    busy = await watch.talk(size, until_invites=size - LIVE_PEOPLE - 10)
                    return [_patience(idle, busy), _share(alone, watch, scene)]


def _patience(idle: list[float], busy: list[float]) -> Figure:
    at = {
        name: (percentile(waits, 0.99) * 1000, median(waits) * 1000) for name, waits in (("idle", idle), ("busy", busy))
    }
    note = (
        f"medians {at['busy'][1]:.1f} ms and {at['idle'][1]:.1f} ms; "
        f"{len(busy)} and {len(idle)} replies, three a second"
    )
    what = "p99 reply to a live person during a broadcast; floor: idle"
    return at_most(what, at["busy"][0], at["idle"][0], 1.5, "ms", [note])


def _share(alone: list[float], watch: Watch, scene: Stage) -> Figure:
    settled = [at for at in alone if at >= alone[0] + SETTLING_SECONDS]
    rate = (len(settled) - 1) / (settled[-1] - settled[0])
    later = [at for at in watch.everything if alone[-1] <= at <= watch.invites[-1]]
    mixed = (len(later) - 1) / (later[-1] - later[0])
    refused = scene.refused()
    notes = (
        f"refused (429): {refused} of {len(watch.everything)}; at most {_fullest(watch.everything)} in any second",
        f"with people talking meanwhile, everything together: {mixed:.2f}/s",
    )
    met = rate / ALLOWED >= 0.95 and refused == 0
    return Figure(
        "share of Telegram's allowed rate",
        f"{rate:.2f} /s",
        f"{ALLOWED:.0f} /s",
        f"{rate / ALLOWED:.1%}",
        ">= 95%, no 429",
        met,
        notes,
    )


def _fullest(times: list[float]) -> int:
    first = most = 0
    for last, at in enumerate(times):
        while at - times[first] >= 1:
            first += 1
        most = max(most, last - first + 1)
    return most
