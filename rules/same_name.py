"""Whether two names may be one person's, written down twice."""

import difflib
import unicodedata

ALIKE = 0.86
FEWEST_LETTERS = 5


def plain(name: str) -> str:
    """A name without case, accents, marks and the order of its words."""
    spread = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign if sign.isalnum() else " " for sign in spread if not unicodedata.combining(sign))
    return " ".join(sorted(letters.split()))


def alike(one: str, other: str) -> bool:
    """Whether the names are the same but for case, accents, order and a slip; short names must be the same."""
    first, second = plain(one), plain(other)
    if not first or not second:
        return False
    if first == second:
        return True
    if min(len(first), len(second)) < FEWEST_LETTERS:
        return False
    return difflib.SequenceMatcher(None, first, second).ratio() >= ALIKE
