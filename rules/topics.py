"""What feedback may be about, and whose matter each topic is: the crowd behind it decides whether it may be shown."""

from collections.abc import Mapping

from rules.release import GENERAL

EVERYBODY = "everybody"

TOPICS: Mapping[str, str] = {
    "pay": EVERYBODY,
    "hours": EVERYBODY,
    "visa": EVERYBODY,
    "safety": EVERYBODY,
    "respect": EVERYBODY,
    "training": EVERYBODY,
    "travel": EVERYBODY,
    "meetings": EVERYBODY,
    "nights": "nights",
    "board": "board",
    GENERAL: EVERYBODY,
}
"""Each topic with the group of people who would write about it: everybody, those on nights, those on the board."""

THEMES = ("workload", "money", "fear", "safety", "respect", "training", "travel", "meetings", "praise", "other")


def eligible(groups: Mapping[str, int]) -> dict[str, int]:
    """How many people each topic's crowd holds, from the sizes of the groups."""
    return {topic: groups.get(group, 0) for topic, group in TOPICS.items()}
