"""The officer with every file in hand: whose item is this, going by who was active when?

What they have: the history of every worker at the resolution that is kept (the hour), and the issued items with the
week of their release, in the order they are read and in the order they lie in the file. Writing itself is in no
history, but half of those who write are seen to do something else in the very same hour. What is seen of a worker who
does little else says more: `benchmarks/feedback.py` prints how much.
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rules.release import week_of
from storage import unlinked
from tests.unlinked import detectors, week

WORKERS, ITEMS, WEEKS = 120, 400, 8
SEEN_A_WEEK = 5
"""Hours a week in which a worker's taps and answers show, beside those of writing."""
TOGETHER = 0.5
"""How many of those who write are seen to do something else in the same hour."""
HOURS = 7 * 24
MONDAY = 1_794_787_200  # Monday 16 November 2026, 00:00 UTC


@dataclass(frozen=True)
class World:
    """Who wrote what in which hour, and in which hours who was seen."""

    writers: dict[str, int]
    hour_of: dict[str, int]
    seen: dict[int, list[int]]


@dataclass(frozen=True)
class Outcome:
    """The share of items whose author was the first guess, for each way of guessing, and by chance."""

    items: int
    chance: float
    success: dict[str, float]

    @property
    def best(self) -> float:
        """The best of them, as a multiple of chance."""
        return max(self.success.values()) / self.chance


def make_world(rng: random.Random, seen_a_week: int = SEEN_A_WEEK, together: float = TOGETHER) -> World:
    writers, hour_of, seen = {}, {}, defaultdict(list)
    for number in range(ITEMS):
        text = f"item {number:03} {rng.randrange(10**9):09}"
        writers[text], hour_of[text] = rng.randrange(WORKERS), rng.randrange(WEEKS * HOURS)
        seen[writers[text]] += [hour_of[text]] if rng.random() < together else []
    for worker in range(WORKERS):
        seen[worker] += [rng.randrange(WEEKS * HOURS) for _ in range(seen_a_week * WEEKS)]
    return World(writers, hour_of, dict(seen))


def week_name(number: int) -> str:
    return week_of(datetime.fromtimestamp(MONDAY + number * HOURS * 3600, UTC).date())


async def run(folder: Path, world: World, rng: random.Random) -> list[unlinked.Item]:
    """Everything is written in its hour and released week by week: the issued items as officers read them."""
    clock = [MONDAY]
    path, pepper = folder / "feedback" / "feedback.db", folder / "pepper"
    unlinked.make_for_new(path, pepper)
    async with unlinked.opened(path, pepper, now=lambda: clock[0], cost=week.CHEAP) as feedback:
        waiting = sorted(world.hour_of, key=lambda text: world.hour_of[text])
        for number in range(WEEKS + 6):
            while waiting and world.hour_of[waiting[0]] < (number + 1) * HOURS:
                text = waiting.pop(0)
                clock[0] = MONDAY + world.hour_of[text] * 3600 + rng.randrange(3600)
                await feedback.put(week.codes.fresh(), text, rng.choice(["pay", "shifts", "fear"]))
            await feedback.release(week_name(number), {"pay": WORKERS, "shifts": WORKERS, "fear": WORKERS})
        return await feedback.issued()


def by_activity(world: World, items: list[unlinked.Item]) -> float:
    """Guess whoever was seen most in the week before the release."""
    numbers = {week_name(number): number for number in range(WEEKS + 6)}
    best = {}
    for number in range(WEEKS + 6):
        counts = Counter({who: sum(hour // HOURS == number for hour in hours) for who, hours in world.seen.items()})
        best[number] = counts.most_common(1)[0][0]
    return hits(world, [(item.body, best[numbers[item.week]]) for item in items])


def by_place(world: World, order: list[str], week_by_text: dict[str, str]) -> float:
    """Take the order for the order of arrival: guess whoever was seen closest to the hour that a place stands for."""
    numbers = {week_name(number): number for number in range(WEEKS + 6)}
    guesses = []
    for name, number in numbers.items():
        texts = [text for text in order if week_by_text[text] == name]
        for place, text in enumerate(texts):
            hour = (number + (place + 0.5) / len(texts)) * HOURS
            guesses.append((text, min(world.seen, key=lambda who: min(abs(h - hour) for h in world.seen[who]))))
    return hits(world, guesses)


def hits(world: World, guesses: list[tuple[str, int]]) -> float:
    return sum(world.writers[text] == who for text, who in guesses) / len(guesses)


async def attack(folder: Path, seed: int, *, seen_a_week: int = SEEN_A_WEEK, together: float = TOGETHER) -> Outcome:
    """One whole run on real files, and the attacks on what it left."""
    rng = random.Random(seed)
    world = make_world(rng, seen_a_week, together)
    items = await run(folder, world, rng)
    weeks = {item.body: item.week for item in items}
    raw = detectors.order_in_file(folder / "feedback" / "feedback.db", list(world.writers))
    return Outcome(
        len(items),
        1 / WORKERS,
        {
            "seen most in the week": by_activity(world, items),
            "order of reading": by_place(world, [item.body for item in items], weeks),
            "order in the file": by_place(world, raw, weeks),
        },
    )


async def attacks(folder: Path, seeds: range, *, seen_a_week: int = SEEN_A_WEEK, together: float = TOGETHER) -> Outcome:
    """Several runs taken together: 400 items alone leave a chance of one in twenty to be lucky."""
    runs = [await attack(folder / str(seed), seed, seen_a_week=seen_a_week, together=together) for seed in seeds]
    ways = {way: sum(run.success[way] for run in runs) / len(runs) for way in runs[0].success}
    return Outcome(sum(run.items for run in runs), runs[0].chance, ways)


def with_arrival_order(seeds: range) -> float:
    """The same guess when the order of arrival is known, as from a hidden row number, as a multiple of chance."""
    found = []
    for seed in seeds:
        world = make_world(random.Random(seed), together=1)
        order = sorted(world.hour_of, key=lambda text: world.hour_of[text])
        found.append(by_place(world, order, {text: week_name(world.hour_of[text] // HOURS) for text in order}))
    return sum(found) / len(found) * WORKERS


def with_hours(seed: int) -> float:
    """The guess when the hour of arrival is known: whoever was seen in it, as a multiple of chance."""
    world = make_world(random.Random(seed))
    guesses = [
        (text, min(world.seen, key=lambda who: min(abs(h - hour) for h in world.seen[who])))
        for text, hour in world.hour_of.items()
    ]
    return hits(world, guesses) * WORKERS
