"""The program stopped for a minute, a day and eight days around due reminders: what was sent, expired and merged.

What the design promises: a reminder whose time is over expires; one late message to a person is enough where another
reminder is to come; nothing comes in quiet hours, after its time, or twice; what was not due in the stop is as ever.
The real program lives through it: it is ended, time goes by, and it is started again in the same folder.
"""

from collections import Counter

from benchmarks.clockwork import Sent
from benchmarks.figures import Figure
from benchmarks.lived import town
from benchmarks.month import BEGINS, COUNCIL, DAY, STEP, meetings_at_all_hours, settle
from benchmarks.options import Options
from storage.database import Database

STOPS = (("a minute", 60), ("a day", DAY), ("eight days", 8 * DAY))
_FROM = BEGINS + 9 * DAY - 25 * 60
_LATE = 3600
_ROWS = """
SELECT person_id, about, sequence, contact_attempt.state, why, until_at, sent_at, starts_at FROM contact_attempt
JOIN meeting ON meeting.id = about WHERE reason = 'reminder'
"""


async def measure(options: Options) -> list[Figure]:
    """One line for each stop."""
    return [await _figure(name, seconds, options.sleepers) for name, seconds in STOPS]


async def _figure(name: str, seconds: int, how_many: int) -> Figure:
    ends: Counter[str] = Counter()
    async with town(how_many) as here:
        async with here.running() as program:
            everybody = await settle(program.database, [phone.id for phone in here.phones])
            await meetings_at_all_hours(program.database, everybody, range(4, 26), seed=2)
            for now in _moments(BEGINS, _FROM):
                await here.moves_to(program, now)
        here.clock.now = float(_FROM + seconds)
        async with here.running() as program:
            for now in _moments(_FROM + seconds, BEGINS + 28 * DAY):
                await here.moves_to(program, now)
            for row in await program.database.reading.rows(_ROWS):
                ends[f"{row['state']} {row['why']}".strip()] += 1
            broken = await _broken(program.database, here.sent, _FROM, _FROM + seconds)
    broken["sent and not in the log, or the other way"] = abs(here.received - len(here.sent))
    wrong = sum(broken.values())
    reasons = Counter(one.reason for one in here.sent)
    came = f"sent on the return {sum(one.at == _FROM + seconds for one in here.sent):,}; in all " + ", ".join(
        f"{reason} {times:,}" for reason, times in reasons.most_common()
    )
    notes = (", ".join(f"{end} {times:,}" for end, times in ends.most_common()), came, *_said(broken))
    what = f"stopped for {name}, {how_many} people: promises broken"
    return Figure(what, f"{wrong:,}", aim="0", met=wrong == 0, notes=notes)


def _said(broken: Counter[str]) -> tuple[str, ...]:
    return tuple(f"{what}: {times:,}" for what, times in broken.items() if times)


def _moments(first: int, last: int) -> list[int]:
    """Every quarter of an hour, and the last moment before a stop or the first after it."""
    quarters = [now for now in range(BEGINS, BEGINS + 28 * DAY, STEP) if first <= now < last]
    return sorted({first, *quarters, *([last - 1] if last == _FROM else [])})


async def _broken(database: Database, sent: list[Sent], stopped: int, back: int) -> Counter[str]:
    rows = await database.reading.rows(_ROWS)
    until = {(row["person_id"], row["about"], row["sequence"]): row["until_at"] for row in rows}
    ladder = [one for one in sent if one.reason == "reminder"]
    keys = [(one.person_id, one.about, one.sequence) for one in ladder]
    lost = [
        row
        for row in rows
        if row["state"] == "expired" and not _in_the_stop(row["until_at"], row["why"], stopped, back)
    ]
    late = Counter(one.person_id for one in ladder if back <= one.at < back + STEP and not _last(one))
    return Counter(
        {
            "in quiet hours": sum(one.in_sleep for one in sent),
            "after its time": sum(one.at >= until[key] for one, key in zip(ladder, keys, strict=True)),
            "twice": len(keys) - len(set(keys)),
            "expired though we were there": len(lost),
            "more than one at once to a person": sum(times > 1 for times in late.values()),
            "left waiting": sum(
                row["state"] in ("planned", "queued") and row["until_at"] < BEGINS + 28 * DAY for row in rows
            ),
        }
    )


def _last(one: Sent) -> bool:
    """The last reminder before a meeting always goes: nothing else would come."""
    return one.sequence % 100_000 == min(rung.minutes for rung in COUNCIL.reminders)


def _in_the_stop(until_at: int, why: str, stopped: int, back: int) -> bool:
    """Whether it was of use in the stop: it ended then, or its person slept from our return until it was too late."""
    return stopped <= until_at <= back or why == "merged" or back <= until_at <= back + 14 * 3600
