"""The codes of approaches, as they stand in links, on posters and on paper: short, and easy to type."""

import re
import unicodedata
from collections.abc import Collection
from itertools import count

LONGEST = 24
_SHAPE = re.compile(r"[a-z0-9][a-z0-9-]{1,23}")
# What other codes begin with: a role, somebody known without Telegram, a certificate, a slip, a code handed on.
_TAKEN_BY_OTHERS = ("enrol-", "meet-", "verify-", "slip-", "by-")


def is_code(words: str) -> bool:
    """Whether these may be an approach's code: 2 to 24 of a-z, 0-9 and -, which Telegram carries in a link."""
    return bool(_SHAPE.fullmatch(words)) and not words.startswith(_TAKEN_BY_OTHERS)


def suggested(title: str, taken: Collection[str]) -> str:
    """A code that speaks of the title and is not one of those taken: 'Library poster, blue' is 'library-poster'."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    stem = ""
    for word in re.findall(r"[a-z0-9]+", plain)[:3]:
        longer = f"{stem}-{word}".strip("-")
        stem = longer if len(longer) <= 16 else stem or word[:16]  # noqa: PLR2004 - what people still like to type
    stem = stem if is_code(stem) else "way"
    return stem if stem not in taken else next_of(stem, taken)


def next_of(code: str, taken: Collection[str]) -> str:
    """The same code with the next number that is free: 'library' is followed by 'library-2'."""
    stem = re.sub(r"-[0-9]+$", "", code)[:20].strip("-") or "way"
    return next(one for number in count(2) if (one := f"{stem}-{number}") not in taken)
