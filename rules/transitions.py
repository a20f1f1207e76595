"""The states of an attempt and the ways between them.

'accepted' is what Telegram says; nobody is told whether a message was delivered or read.
"""

from collections.abc import Mapping

ALLOWED: Mapping[str, frozenset[str]] = {
    "planned": frozenset({"queued", "expired", "skipped", "cancelled"}),
    "queued": frozenset({"sending", "expired", "skipped", "cancelled"}),
    # Back to 'planned' only while nothing has left this machine: it was not the person's hour after all.
    "sending": frozenset(
        {"accepted", "retry_wait", "blocked", "failed", "unknown", "expired", "skipped", "cancelled", "planned"}
    ),
    "retry_wait": frozenset({"sending", "expired", "skipped", "cancelled"}),
    # Once more, or resolved by an answer: whoever answers has got it.
    "unknown": frozenset({"sending", "accepted", "expired"}),
    "accepted": frozenset(),
    "blocked": frozenset(),
    "failed": frozenset(),
    "expired": frozenset(),
    "skipped": frozenset(),
    "cancelled": frozenset(),
    "by_hand": frozenset(),
}
UNSENT = frozenset({"planned", "queued", "retry_wait"})
PENDING = UNSENT | {"sending"}


def before(state: str) -> tuple[str, ...]:
    """The states from which `state` may be reached, in a fixed order."""
    return tuple(sorted(origin for origin, ways in ALLOWED.items() if state in ways))
