"""Money in whole pence: how it is written, read and divided. There is no other unit anywhere in the program."""

import re

_TYPED = re.compile(r"£?\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*(?:£|pounds?)?", re.IGNORECASE)
_PENCE = re.compile(r"(\d{1,9})\s*(?:p|pence)", re.IGNORECASE)


def written(pence: int) -> str:
    """As people write it: "£10", "£2.50", "-£1"."""
    sign, pence = ("-", -pence) if pence < 0 else ("", pence)
    pounds, rest = divmod(pence, 100)
    return f"{sign}£{pounds:,}" + (f".{rest:02d}" if rest else "")


def parse(text: str) -> int | None:
    """The pence that somebody typed as "10", "£2.50", "2,50" or "80p"; None when it is no amount."""
    text = text.strip()
    if found := _PENCE.fullmatch(text):
        return int(found[1])
    found = _TYPED.fullmatch(text)
    return None if found is None else int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def halves(pence: int) -> tuple[int, int]:
    """Two parts that add up to `pence` again; the first has the odd penny."""
    return pence - pence // 2, pence // 2
