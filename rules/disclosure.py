"""Counts that may be published without pointing at anyone: small ones are hidden, the others rounded.

The rule is the council's design for publishing: 0 stays 0, 1 to 7 is shown as "1 to 7", from 8 up a count is rounded
to the nearest 5, and a percentage stands only on a base of 30 or more.
"""

from dataclasses import dataclass

SMALL_FROM = 1
SMALL_TO = 7
STEP = 5
SMALLEST_BASE = 30


@dataclass(frozen=True)
class Published:
    """A count as it may be shown: `count` people, rounded, or None when it is too few to say (1 to 7)."""

    count: int | None

    @property
    def too_few(self) -> bool:
        """Whether only "1 to 7" may be said."""
        return self.count is None


def published(count: int) -> Published:
    """The count as it may be shown. Raises ValueError for a count below 0."""
    if count < 0:
        raise ValueError("a count is never below 0")
    if SMALL_FROM <= count <= SMALL_TO:
        return Published(None)
    return Published((count + STEP // 2) // STEP * STEP)


def percentage(part: int, base: int) -> int | None:
    """The whole percentage `part` is of `base`, or None when it may not be shown.

    It stands on a base of 30 or more, and is worked out from the published counts: the exact share of a known base
    would give the exact count away. For the same reason there is none when the part, or the rest, is 1 to 7.
    Raises ValueError when `part` is not within `base`.
    """
    if not 0 <= part <= base:
        raise ValueError("a part is between 0 and its base")
    shown, whole = published(part), published(base)
    if base < SMALLEST_BASE or not whole.count or shown.count is None or published(base - part).too_few:
        return None
    return min(100, round(100 * shown.count / whole.count))
