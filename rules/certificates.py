"""The code on a certificate: it says which meeting it is for, and that it is ours, without a list of who has one.

24 characters of Crockford's base 32 hold three things: the meeting, a mark made of the name, and a keyed hash (HMAC
with SHA-256, RFC 2104) over both and the meeting's facts. Nothing about a certificate is kept: whoever has our secret
can work out again whether a code is right, and whoever has not cannot make one.
"""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 24, 6  # not 20: that is how the codes of unlinked feedback look
SECRET_BYTES = 32
_MEETING, _MARK, _HASH = 3, 5, 7  # bytes
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_TYPED = re.compile(rf"\s*((?:[{ALPHABET}OIL][\s\-\u2010-\u2015\u2212]*){{{LENGTH}}})(?![^\W_])", re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """What a certificate is about: the meeting's id, its local start 'YYYY-MM-DDTHH:MM' and its length in minutes."""

    meeting_id: int
    local_start: str
    minutes: int


def issue(secret: bytes, facts: Facts, name: str) -> str:
    """The code for a certificate with this name on it, as it is printed: the same each time.

    Raises OverflowError for a meeting's id of more than 24 bits.
    """
    mark = _mark(secret, facts.meeting_id, name)
    sealed = _sealed(secret, facts, mark)
    meeting = _mixed(secret, facts.meeting_id.to_bytes(_MEETING, "big"), mark + sealed)
    number = int.from_bytes(meeting + mark + sealed, "big")
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def found_in(typed: str) -> tuple[str, str]:
    """The code that typed words begin with, and the words after it: a name. No code is ''."""
    match = _TYPED.match(unicodedata.normalize("NFKC", typed))
    if match is None:
        return "", ""
    signs = "".join(sign for sign in match[1].upper().translate(_ALIKE) if sign in ALPHABET)
    return signs, " ".join(match.string[match.end() :].split())


def meeting_of(secret: bytes, code: str) -> int:
    """The id of the meeting that a code of 24 characters speaks of; of a code that is not ours, any number."""
    raw = _raw(code)
    return int.from_bytes(_mixed(secret, raw[:_MEETING], raw[_MEETING:]), "big")


def is_ours(secret: bytes, code: str, facts: Facts) -> bool:
    """Whether we gave out this code of 24 characters for this meeting, with these facts."""
    mark, sealed = _raw(code)[_MEETING : _MEETING + _MARK], _raw(code)[_MEETING + _MARK :]
    return hmac.compare_digest(_sealed(secret, facts, mark), sealed)


def names(secret: bytes, code: str, meeting_id: int, name: str) -> bool:
    """Whether a code that is ours was made for this name, in whatever case and spacing."""
    mark = _raw(code)[_MEETING : _MEETING + _MARK]
    return hmac.compare_digest(_mark(secret, meeting_id, name), mark)


def _raw(code: str) -> bytes:
    number = 0
    for sign in code:
        number = number << 5 | ALPHABET.index(sign)
    return number.to_bytes(_MEETING + _MARK + _HASH, "big")


def _mark(secret: bytes, meeting_id: int, name: str) -> bytes:
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return hmac.digest(secret, f"name|{meeting_id}|{plain}".encode(), hashlib.sha256)[:_MARK]


def _sealed(secret: bytes, facts: Facts, mark: bytes) -> bytes:
    about = f"certificate|{facts.meeting_id}|{facts.local_start}|{facts.minutes}|".encode()
    return hmac.digest(secret, about + mark, hashlib.sha256)[:_HASH]


def _mixed(secret: bytes, meeting: bytes, rest: bytes) -> bytes:
    """The meeting's number so that it cannot be read off, or read again: the same step both ways."""
    over = hmac.digest(secret, b"meeting|" + rest, hashlib.sha256)[:_MEETING]
    return bytes(one ^ other for one, other in zip(meeting, over, strict=True))
