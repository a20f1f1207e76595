"""Receipt codes: 20 characters of Crockford's base 32 (100 bits), forgiving about how they are typed.

Every string of 20 such characters is a code: nothing in it says whether it was ever given out, so a near miss is
simply another code. Rule for letters that look like digits: D. Crockford, "Base 32".
"""

import re
import secrets
import unicodedata
from itertools import count

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
GROUP = 5
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = r"[\s\-\u2010-\u2015\u2212_.·]"
_SIGN = rf"[{ALPHABET}OIL]"
# The same between all groups, or "hello" before a code would be taken for its first group.
_GROUPED = "|".join(
    rf"{_SIGN}{{{n}}}(?P<gap{n}>{_BETWEEN}{{1,3}})(?:{_SIGN}{{{n}}}(?P=gap{n})){{{LENGTH // n - 2}}}{_SIGN}{{{n}}}"
    for n in (4, GROUP)
)
_CARRIED = re.compile(rf"(?<!\w)(?:{_SIGN}{{{LENGTH}}}|{_GROUPED})(?!\w)", re.IGNORECASE)
_WHOLE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


def fresh() -> str:
    """A new random code, always one that `carried` tells from ordinary words."""
    drawn = ("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in count())
    return next(filter(_unlike_words, drawn))


def shown(code: str) -> str:
    """The code in four groups of five, as people read it."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read(typed: str) -> str | None:
    """The code that was typed, whatever its case, spaces, dashes or script of digits; None when it is none."""
    signs = re.sub(_BETWEEN, "", _plain(typed)).upper().translate(_ALIKE)
    return signs if _WHOLE.fullmatch(signs) else None


def carried(text: str) -> str | None:
    """The first code within a longer text, or None. It has a letter and a digit from 2 to 9, so words are no codes."""
    for match in _CARRIED.finditer(_plain(text)):
        code = read(match.group())
        if code and _unlike_words(code):
            return code
    return None


def without(text: str) -> str:
    """The text with every code taken out and the ends trimmed; what is left of a text that is only a code is empty."""
    plain = _plain(text)
    if carried(plain) is None:
        return text.strip()
    kept = _CARRIED.sub(lambda match: "" if _unlike_words(read(match.group()) or "") else match.group(), plain)
    return kept.strip() if any(sign.isalnum() for sign in kept) else ""


def _plain(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in wide)


def _unlike_words(code: str) -> bool:
    return any(sign in "23456789" for sign in code) and any(sign.isalpha() for sign in code)
