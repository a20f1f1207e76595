"""The only file that asks what time it is. Everything else is handed `now`."""

import time
from collections.abc import Callable

JUMP_SECONDS = 60.0


def now() -> float:
    """This moment in unix seconds, by the wall clock."""
    return time.time()


def monotonic() -> float:
    """Seconds that only ever go forward, from an unknown start."""
    return time.monotonic()


class Steadiness:
    """Wall clock against monotonic clock: tells when the wall clock was moved, or the machine slept."""

    def __init__(self, wall: Callable[[], float] = now, steady: Callable[[], float] = monotonic) -> None:
        self._wall, self.steady = wall, steady
        self._apart = wall() - steady()

    def jump(self) -> float:
        """Seconds the wall clock has moved by itself since the last call: 0.0 unless more than a minute."""
        apart = self._wall() - self.steady()
        moved, self._apart = apart - self._apart, apart
        return moved if abs(moved) > JUMP_SECONDS else 0.0
