"""Typed words, matched to what could have been tapped: exact words, numbers, parts of words, misspellings."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence

_NEAR = 0.74
_AHEAD = 0.08
_SHORTEST = 3


def folded(typed: str) -> str:
    """Words as they are compared: no case, accents, marks of any kind or doubled spaces."""
    bare = unicodedata.normalize("NFKD", typed).casefold()
    kept = "".join(sign for sign in bare if unicodedata.category(sign)[0] not in "MC" or sign in "\n\t")
    return " ".join(re.sub(r"[^\w\s]|_", " ", kept).split())


def exactly(typed: str, labels: Mapping[str, Sequence[str]]) -> str | None:
    """The value one of whose labels was typed word for word, or None."""
    said = folded(typed)
    return next((value for value, names in labels.items() if said and said in map(folded, names)), None)


def nearest(typed: str, labels: Mapping[str, Sequence[str]]) -> str | None:
    """The value that was meant: by its words, its number in the list, a part only it has, or a near miss; else None."""
    return exactly(typed, labels) or _numbered(typed, labels) or _part_of(typed, labels) or _misspelt(typed, labels)


def _numbered(typed: str, labels: Mapping[str, Sequence[str]]) -> str | None:
    digits = folded(typed)
    if not re.fullmatch(r"\d{1,3}", digits) or not 1 <= int(digits) <= len(labels):
        return None
    return list(labels)[int(digits) - 1]


def _part_of(typed: str, labels: Mapping[str, Sequence[str]]) -> str | None:
    said = folded(typed)
    if len(said) < _SHORTEST:
        return None
    holders = [value for value, names in labels.items() if any(_within(said, folded(name)) for name in names)]
    return holders[0] if len(holders) == 1 else None


def _within(said: str, name: str) -> bool:
    return f" {said} " in f" {name} " or (len(name) >= _SHORTEST and f" {name} " in f" {said} ")


def _misspelt(typed: str, labels: Mapping[str, Sequence[str]]) -> str | None:
    said = folded(typed)
    if len(said) < _SHORTEST or len(said) > 80:  # noqa: PLR2004 - longer than any label: nothing to compare
        return None
    scores = sorted(
        ((max(_likeness(said, folded(name)) for name in names), value) for value, names in labels.items() if names),
        reverse=True,
    )
    if not scores or scores[0][0] < _NEAR or (len(scores) > 1 and scores[0][0] - scores[1][0] < _AHEAD):
        return None
    return scores[0][1]


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
