"""How sure a share is: Wilson's score interval.

Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209-212;
formula (4) of R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17
(1998), 857-872, method 3.
"""

from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95


def wilson(part: int, base: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The lowest and the highest share, 0 to 1, that go with `part` of `base`.

    Raises ValueError when `part` is not within `base`, or `base` is not above 0.
    """
    if not 0 <= part <= base or base == 0:
        raise ValueError("a part is between 0 and its base, and the base above 0")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, spread = part / base, z * z / base
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / base + spread / (4 * base)) / (1 + spread)
    # Rounding may put the edge of 0 or of all a hair inside; the share itself is always within.
    return max(0.0, min(share, middle - half)) if part else 0.0, min(1.0, max(share, middle + half))
