"""A week of free hours as one tap, and as a word short enough for a button that brings it back.

A week is a mapping from (weekday, band) to whether they are free; what was not said is not in it. Monday is 0.
"""

from collections.abc import Mapping, Sequence

from rules.local_time import BANDS

Week = Mapping[tuple[int, str], bool]
DAYS = range(7)
WEEKEND = (5, 6)
PRESETS = ("nights", "weekends", "clear")
# At work in the small hours and asleep in the morning; whether the afternoon is slept through only they can say.
_NIGHTS = {"evening": True} | dict.fromkeys(("early", "morning", "late", "small_hours"), False)
_NOT_AT_ALL = dict.fromkeys(BANDS, False)
_BY_DAY = dict.fromkeys(("morning", "afternoon", "evening"), True)
ASLEEP_BY_DAY = ("08:00", "16:00")
"""When somebody on nights sleeps, as local wall times."""
_STATES = (None, True, False)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def preset(name: str, bands: Sequence[str]) -> dict[tuple[int, str], bool]:
    """The week that a preset means; what it does not tell is left unsaid. Raises KeyError for another name."""
    days = {"nights": (_NIGHTS, _NIGHTS), "weekends": (_NOT_AT_ALL, _BY_DAY), "clear": ({}, {})}[name]
    said = {day: days[day in WEEKEND] for day in DAYS}
    return {(day, band): said[day][band] for day in DAYS for band in bands if band in said[day]}


def packed(week: Week, bands: Sequence[str]) -> str:
    """The week as a word of letters and digits: each hour is one digit of base 3."""
    number = 0
    for day in DAYS:
        for band in bands:
            number = 3 * number + _STATES.index(week.get((day, band)))
    word = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        word = _DIGITS[digit] + word
    return word or "0"


def unpacked(word: str, bands: Sequence[str]) -> dict[tuple[int, str], bool] | None:
    """The week that `packed` wrote with the same bands, or None for anything else."""
    cells = [(day, band) for day in DAYS for band in bands]
    if not word or len(word) > len(cells) or not set(word) <= set(_DIGITS):
        return None
    number, week = int(word, len(_DIGITS)), dict[tuple[int, str], bool]()
    for cell in reversed(cells):
        number, digit = divmod(number, 3)
        said = _STATES[digit]
        if said is not None:
            week[cell] = said
    return None if number else week
