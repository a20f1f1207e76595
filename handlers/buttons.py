"""The codec of inline buttons: `v1:verb:id…` in at most 64 bytes, Telegram's limit for callback data."""

import re
from dataclasses import dataclass

LONGEST = 64
_VERB = re.compile(r"[a-z][a-z_.]*\Z")
_PART = re.compile(r"[A-Za-z0-9_.+-]+\Z")


@dataclass(frozen=True)
class Press:
    """What a button was about: a verb and its ids, all still the client's word until checked."""

    verb: str
    about: tuple[str, ...]

    def number(self, place: int) -> int | None:
        """The id at `place` as a number that fits a database key, or None when there is no such number."""
        if place >= len(self.about) or not re.fullmatch(r"[0-9]{1,18}", self.about[place]):
            return None
        return int(self.about[place])

    def word(self, place: int) -> str:
        """The part at `place`, or '' when there is none."""
        return self.about[place] if place < len(self.about) else ""


def encode(verb: str, *about: int | str) -> str:
    """Callback data for a button; raises ValueError for a verb or part that cannot be carried."""
    parts = [str(part) for part in about]
    data = ":".join(["v1", verb, *parts])
    if not _VERB.match(verb) or not all(_PART.match(part) for part in parts) or len(data.encode()) > LONGEST:
        raise ValueError(f"cannot be carried in a button: {data!r}")
    return data


def decode(data: str) -> Press | None:
    """What `encode` was given, or None for anything it cannot have written."""
    version, _, rest = data.partition(":")
    verb, *about = rest.split(":")
    if version != "v1" or len(data.encode("utf-8", "surrogatepass")) > LONGEST:
        return None
    if not _VERB.match(verb) or not all(_PART.match(part) for part in about):
        return None
    return Press(verb, tuple(about))
