"""What a notice is about: a kind and a number in the one number that an attempt has room for.

Negative, so that it is never taken for a meeting's id.
"""

from dataclasses import dataclass

KINDS = ("monthly", "pulse_d", "pulse_b", "pulse_m", "answered")
_ROOM = 8


@dataclass(frozen=True)
class Notice:
    """One of KINDS, and a number of its own: a month as 202702, a meeting, named feedback."""

    kind: str
    number: int

    @property
    def about(self) -> int:
        """As an attempt keeps it."""
        return -(self.number * _ROOM + KINDS.index(self.kind))


def read(about: int) -> Notice | None:
    """What `Notice.about` was made from, or None for a meeting's id and for none."""
    number, kind = divmod(-about, _ROOM)
    return Notice(KINDS[kind], number) if about < 0 and kind < len(KINDS) else None
