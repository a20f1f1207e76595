"""Splitting an audience between arms: at random, balanced by market and shift, and the same again from the same seed.

Each person goes to an arm that has the fewest of their market and shift, then of their market, then of their shift,
then at all; what is still level is drawn. The order in which people are placed is drawn too. Both draws are SHA-256
of the seed and the person's number, so they are the same on every machine. Method: D. R. Taves, "Minimization", 1974,
with the whole stratum before its margins.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Entrant:
    """Somebody to be placed. A market or shift that is not known is ''."""

    person_id: int
    market: str
    shift: str


Placed = tuple[Entrant, str]


def place(entrants: Iterable[Entrant], arms: Sequence[str], seed: str, placed: Iterable[Placed] = ()) -> list[Placed]:
    """The arm of each entrant, in the order in which they were drawn. Those `placed` before are counted and stay.

    Raises ValueError for fewer than two arms, or one that is named twice.
    """
    if len(arms) < 2 or len(set(arms)) != len(arms):  # noqa: PLR2004 - one arm is no split
        raise ValueError("a split needs two arms or more, each with a name of its own")
    filled: Counter[tuple[str, ...]] = Counter()
    for entrant, arm in placed:
        _count(filled, entrant, arm)
    drawn = []
    for entrant in sorted(entrants, key=lambda one: _draw(seed, one.person_id, "")):
        arm = min(arms, key=lambda arm: (*_fill(filled, entrant, arm), _draw(seed, entrant.person_id, arm)))
        _count(filled, entrant, arm)
        drawn.append((entrant, arm))
    return drawn


def _fill(filled: Counter[tuple[str, ...]], entrant: Entrant, arm: str) -> tuple[int, ...]:
    return tuple(filled[key] for key in _keys(entrant, arm))


def _count(filled: Counter[tuple[str, ...]], entrant: Entrant, arm: str) -> None:
    filled.update(_keys(entrant, arm))


def _keys(entrant: Entrant, arm: str) -> tuple[tuple[str, ...], ...]:
    return (
        ("both", entrant.market, entrant.shift, arm),
        ("market", entrant.market, arm),
        ("shift", entrant.shift, arm),
        ("all", arm),
    )


def _draw(seed: str, person_id: int, arm: str) -> bytes:
    return hashlib.sha256(f"{seed}:{person_id}:{arm}".encode()).digest()
