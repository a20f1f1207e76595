"""What share of a known total a count is, as a range, and how evenly it is spread.

A known total is an estimate with a lowest and a highest value, so a share of it is a range too: count ÷ highest to
count ÷ lowest. Evenness is the lowest of the markets' shares divided by the highest; each share is the one of the
figure itself. Source: G1-m2 of docs/decisions/0018-organisations.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Total:
    """How many there are, as far as anybody knows: lowest ≤ figure ≤ highest."""

    low: int
    figure: int
    high: int


@dataclass(frozen=True)
class Share:
    """A part of everything between `least` and `most`, with `middle` for the figure itself; 0.0 to 1.0 and beyond.

    Beyond 1.0 the total is too low: there are more people than posts, or the source is out of date.
    """

    least: float
    middle: float
    most: float


def share(count: int, total: Total) -> Share | None:
    """The share that `count` is of `total`; None of a total that may be 0. Raises ValueError for a count below 0."""
    if count < 0:
        raise ValueError("a count is never below 0")
    if total.low <= 0:
        return None
    return Share(count / total.high, count / total.figure, count / total.low)


def evenness(shares: Iterable[Share]) -> float | None:
    """The lowest share divided by the highest: 1.0 is even, 0.0 leaves somebody out; None for one or all 0."""
    middles = [one.middle for one in shares]
    if len(middles) <= 1 or max(middles) == 0:
        return None
    return min(middles) / max(middles)
