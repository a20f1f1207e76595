"""What somebody typed about how a person is reached: a number, an address of either kind, through whom, where."""

import re
from dataclasses import dataclass

from rules import emails, phones

_THROUGH = re.compile(r"(?:through|via|c/o|care of|ask for)\s+(?P<whom>.+)", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Reach:
    """One way to reach somebody: a kind of contact_route, its value in one form, and a note."""

    kind: str
    value: str
    note: str = ""


def read(typed: str) -> Reach:
    """The way that `typed` means. Raises phones.NotAPhone for digits that are no number that could be dialled."""
    words = " ".join(typed.split())
    address = emails.read(words)
    if address:
        return Reach("email", address)
    if through := _THROUGH.fullmatch(words):
        return Reach("through", through["whom"])
    digits, letters = any(sign.isdigit() for sign in words), _LETTER.search(words)
    try:
        phone = phones.read(words)
    except phones.NotAPhone as problem:
        if letters and problem.why != "several":
            return Reach("post" if digits else "in_person", words)
        raise
    # A house number with a street is no phone number, though the digits in it might be one elsewhere.
    if letters and sum(sign.isdigit() for sign in words) < _FEWEST_DIGITS:
        return Reach("post", words)
    return Reach("phone", phone.number, f"ext {phone.extension}" if phone.extension else "")


_FEWEST_DIGITS = 7
