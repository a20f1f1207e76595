"""The code on the door: six digits from the meeting's secret and the time, new every five minutes.

An HMAC cut down to digits as RFC 4226 (section 5.3) does it, over the number of five-minute windows since 1970.
"""

import hashlib
import hmac
import unicodedata

WINDOW = 5 * 60
GRACE = 1
TRIES = 5
SECRET_BYTES = 32
_DIGITS = 6


def code_at(secret: bytes, now: int) -> str:
    """The code that is shown at this unix second."""
    return _code(secret, now // WINDOW)


def changes_at(now: int) -> int:
    """The unix second at which the next code is shown."""
    return (now // WINDOW + 1) * WINDOW


def accepts(secret: bytes, typed: str, now: int) -> bool:
    """Whether this is the code of now, or of the window before: somebody may have been typing when it changed."""
    digits = "".join(str(unicodedata.decimal(sign)) for sign in typed if sign.isdecimal())
    right = False
    for back in range(GRACE + 1):  # all of them are compared, so that the time taken tells nothing
        right |= hmac.compare_digest(_code(secret, now // WINDOW - back).encode(), digits.encode())
    return right


def _code(secret: bytes, window: int) -> str:
    digest = hmac.digest(secret, window.to_bytes(8, "big", signed=True), hashlib.sha256)
    at = digest[-1] & 0x0F
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}}"
