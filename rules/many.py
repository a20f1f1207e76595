"""Many people at once, as staff say it: "I spoke to 14 people at the stall, 3 took a card"."""

import re
import unicodedata
from dataclasses import dataclass

MOST = 100_000
_NAMES = (  # noqa: SIM905 - a line of words is read, a list of strings is not
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_NUMBER = rf"(\d{{1,5}}|{'|'.join(reversed(_NAMES))}|nobody|none|no)"
_TALKED = re.compile(
    rf"\b(?:spoke|spoken|talked|chatted|met|saw|reached)\s+(?:(?:to|with|about|around|maybe)\s+)*{_NUMBER}\b"
)
_TOOK = re.compile(
    rf"\b{_NUMBER}\s+(?:(?:of|them|people|women|men|workers)\s+)*(?:took|take|taken|wanted|signed|accepted)\b"
)
_PLACE = re.compile(r"\bat\s+(.+?)\s*(?:[,.;]|\band\b|$)")


@dataclass(frozen=True)
class Many:
    """How many were talked to and how many took something; None, or '' for the place: not said."""

    talked: int
    took: int | None
    place: str


def read(typed: str) -> Many | None:
    """What was said about many people at once, or None when it speaks of nobody."""
    words = " ".join(unicodedata.normalize("NFKC", typed).split())
    folded = words.casefold()
    talked, took, place = _TALKED.search(folded), _TOOK.search(folded), _PLACE.search(folded)
    if talked is None:
        return None
    where = words[place.start(1) : place.end(1)] if place and len(folded) == len(words) else ""
    return Many(number(talked[1]) or 0, number(took[1]) if took else None, where)


def number(word: str) -> int | None:
    """A number in digits of any script, or as a word up to twenty; None for anything else, or too many to be true."""
    plain = unicodedata.normalize("NFKC", word).strip().casefold()
    if plain in _NAMES:
        return _NAMES.index(plain)
    if plain in ("no", "none", "nobody", "nothing"):
        return 0
    return int(plain) if plain.isdecimal() and len(plain) < len(str(MOST)) else None
