"""A scripted month with night workers: what was sent, and what of it came while somebody slept."""

import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.clockwork import Sent, tick
from benchmarks.figures import Figure
from benchmarks.month import BEGINS, COUNCIL, DAY, STEP, meetings_at_all_hours, monday, settle
from benchmarks.options import Options
from benchmarks.seeding import fresh


async def measure(options: Options) -> list[Figure]:
    """Messages in anybody's sleep: none."""
    sent = await month(options.sleepers)
    asleep = sum(one.in_sleep for one in sent)
    told = Counter(one.reason for one in sent)
    note = f"{len(sent):,} sent: " + ", ".join(f"{reason} {times:,}" for reason, times in told.most_common())
    what = f"a month with {options.sleepers} people, a third on nights: messages in anyone's sleep"
    return [Figure(what, f"{asleep:,}", aim="0", met=asleep == 0, notes=(note,))]


async def month(how_many: int) -> list[Sent]:
    """Everything that is sent in four weeks, looked at every quarter of an hour."""
    sent: list[Sent] = []
    with tempfile.TemporaryDirectory() as folder:
        async with fresh(Path(folder)) as database:
            everybody = await settle(database, how_many)
            made = await meetings_at_all_hours(database, everybody, range(2, 30), seed=1)
            for now in range(BEGINS, BEGINS + 28 * DAY, STEP):
                if (now - BEGINS) % (7 * DAY) == 0:
                    await monday(database, everybody, made, now)
                sent += await tick(database, now, COUNCIL)
    return sent
