"""E-mail addresses as people type them."""

import re
import unicodedata

LONGEST = 254  # RFC 5321, section 4.5.3.1.3
_ADDRESS = re.compile(r"[^\s@<>()\",;:\\]{1,64}@[^\s@<>()\",;:\\.]+(\.[^\s@<>()\",;:\\.]+)+")


def read(typed: str) -> str | None:
    """The address that `typed` is, in small letters so that it is found again; None when it is not one address."""
    plain = unicodedata.normalize("NFKC", typed).strip().removeprefix("mailto:").strip("<>").rstrip(".").casefold()
    return plain if len(plain) <= LONGEST and _ADDRESS.fullmatch(plain) else None
