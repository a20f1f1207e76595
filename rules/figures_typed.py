"""Reading a known total as people type it: "1,200", "1100-1300", "about 1.2k", "1,200 (1,100 to 1,300)"."""

import re

from rules.shares import Total

MOST = 10_000_000
_NUMBER = r"(\d[\d,. ]*k?|\d)"
_ONE = re.compile(_NUMBER)
_RANGE = re.compile(rf"{_NUMBER} ?(?:-|–|—|to|and) ?{_NUMBER}")
_BOTH = re.compile(rf"{_NUMBER} ?[(,;:]? ?(?:between )?{_NUMBER} ?(?:-|–|—|to|and) ?{_NUMBER}\)?")
_NOISE = re.compile(r"\b(about|around|roughly|some|posts|people|providers|jobs|ca)\b\.?|[~≈]")
_LONGEST = 60


def read(words: str) -> Total | None:
    """The total that `words` name; of a range alone the figure is its middle. None when it is not one."""
    said = " ".join(_NOISE.sub(" ", words.lower()).split())
    if len(words) > _LONGEST:
        return None
    if found := _ONE.fullmatch(said):
        figure = _whole(found[1])
        return None if figure is None else _total(figure, figure, figure)
    if found := _RANGE.fullmatch(said.removeprefix("between ")):
        low, high = _whole(found[1]), _whole(found[2])
        return None if low is None or high is None else _total(low, (low + high) // 2, high)
    if found := _BOTH.fullmatch(said):
        figure, low, high = _whole(found[1]), _whole(found[2]), _whole(found[3])
        return None if figure is None or low is None or high is None else _total(low, figure, high)
    return None


def _total(low: int, figure: int, high: int) -> Total | None:
    return Total(low, figure, high) if 0 <= low <= figure <= high <= MOST else None


def _whole(typed: str) -> int | None:
    """A whole number with its thousands parted as people do; None for a part of one."""
    bare = typed.strip()
    if bare.endswith("k"):
        thousands = bare.removesuffix("k").strip()
        return round(float(thousands) * 1000) if re.fullmatch(r"\d{1,5}(\.\d{1,3})?", thousands) else None
    if re.fullmatch(r"\d{1,3}([,. ]\d{3})+|\d{1,8}", bare):
        return int(re.sub(r"\D", "", bare))
    return None
