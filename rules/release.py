"""Which waiting feedback is released this week, and under which topic.

A topic with enough items keeps its name; the rest merge into "general"; when those are too few they wait, for up to
four weeks. Of what is more than enough a random part waits too: somebody who fills the pool with items of their own
cannot know that what comes out beside them came in this week (a pool mix; Serjantov, Dingledine, Syverson: "From a
Trickle to a Flood", 2002).
"""

import random
from collections.abc import Mapping
from datetime import date

GENERAL = "general"
SMALLEST_GROUP = 10
THRESHOLD = 5
NEVER_UNDER = 5
WAITS_WEEKS = 4
SHORTEST, LONGEST = 10, 3500
"""Characters of an item."""
_HELD_BACK = 4
"""One in four, at most."""


def week_of(day: date) -> str:
    """The ISO week of a day, as in 2026-W07."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def weeks_between(first: str, last: str) -> int:
    """Whole weeks from one ISO week to another. Raises ValueError for what is no ISO week."""
    return (_monday(last) - _monday(first)).days // 7


def plan(
    waiting: Mapping[bytes, str],
    eligible: Mapping[str, int],
    *,
    overdue: bool,
    draw: random.Random,
    k: int = SMALLEST_GROUP,
    threshold: int = THRESHOLD,
) -> dict[bytes, str]:
    """The items to release, by slot, each with the topic it is shown under; what is not among them waits.

    `waiting` is each item's topic, `eligible` how many people could have chosen a topic, `overdue` whether the four
    weeks are over: then everything goes. Raises ValueError for a `k` or a `threshold` under 5.
    """
    if k < NEVER_UNDER or threshold < NEVER_UNDER:
        raise ValueError(f"nothing about feedback is shown for fewer than {NEVER_UNDER}")
    groups = _groups(waiting, eligible, k, threshold)
    released: dict[bytes, str] = {}
    for topic, slots in groups.items():
        if overdue:
            released |= dict.fromkeys(slots, topic)
        elif len(slots) >= threshold:
            released |= dict.fromkeys(_without_some(slots, threshold, draw), topic)
    return released


def _groups(
    waiting: Mapping[bytes, str], eligible: Mapping[str, int], k: int, threshold: int
) -> dict[str, list[bytes]]:
    chosen: dict[str, list[bytes]] = {}
    for slot, topic in waiting.items():
        chosen.setdefault(topic if eligible.get(topic, 0) >= k else GENERAL, []).append(slot)
    general = chosen.pop(GENERAL, [])
    kept = {topic: slots for topic, slots in chosen.items() if len(slots) >= threshold}
    general += [slot for topic, slots in chosen.items() if topic not in kept for slot in slots]
    return kept | {GENERAL: general}


def _without_some(slots: list[bytes], threshold: int, draw: random.Random) -> list[bytes]:
    """All but a random part, never leaving fewer than the threshold."""
    spare = min(len(slots) - threshold, len(slots) // _HELD_BACK)
    return draw.sample(slots, len(slots) - draw.randint(0, spare))


def _monday(week: str) -> date:
    year, _, number = week.partition("-W")
    return date.fromisocalendar(int(year), int(number), 1)
