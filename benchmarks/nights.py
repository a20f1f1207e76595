"""A scripted month with night workers, lived by the real program: what it sent, and what of it came in a sleep."""

from collections import Counter

from benchmarks.figures import Figure
from benchmarks.lived import Town, town
from benchmarks.month import BEGINS, DAY, STEP, meetings_at_all_hours, monday, settle
from benchmarks.options import Options


async def measure(options: Options) -> list[Figure]:
    """Messages in anybody's sleep: none; and the phones got what the log says, each once."""
    async with town(options.sleepers) as here:
        await month(here)
    asleep, told = sum(one.in_sleep for one in here.sent), Counter(one.reason for one in here.sent)
    apart = abs(here.received - len(here.sent))
    note = f"{len(here.sent):,} sent: " + ", ".join(f"{reason} {times:,}" for reason, times in told.most_common())
    what = f"a month with {options.sleepers} people, a third on nights: messages in anyone's sleep"
    return [
        Figure(what, f"{asleep:,}", aim="0", met=asleep == 0, notes=(note,)),
        Figure("that month: messages on a phone or in the log, but not in both", f"{apart:,}", aim="0", met=not apart),
    ]


async def month(here: Town) -> None:
    """Four weeks, a quarter of an hour at a time: invites, polls, meetings at every hour, changes at short notice."""
    async with here.running() as program:
        everybody = await settle(program.database, [phone.id for phone in here.phones])
        made = await meetings_at_all_hours(program.database, everybody, range(2, 30), seed=1)
        for now in range(BEGINS, BEGINS + 28 * DAY, STEP):
            here.clock.now = float(now)
            if (now - BEGINS) % (7 * DAY) == 0:
                await monday(program.database, everybody, made, now)
            await here.moves_to(program, now)
