"""What one person has done today: counted in memory, under a random key that dies at midnight and is never on disk."""

import hmac
import secrets
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo


class Day:
    """Counters by person and by what they did. None can be turned back into a person, and none outlives the day."""

    def __init__(self, now: Callable[[], float], zone: ZoneInfo) -> None:
        self._now, self._zone = now, zone
        self._today: date | None = None
        self._key = b""
        self._spent: Counter[bytes] = Counter()

    def spend(self, what: str, user: int, most: int) -> bool:
        """Count one more, unless `most` have been counted today; whether it was."""
        mark = self._mark(what, user)
        if self._spent[mark] >= most:
            return False
        self._spent[mark] += 1
        return True

    def holds(self, what: str, user: int) -> bool:
        """Whether this has been counted today."""
        return self._spent[self._mark(what, user)] > 0

    def forget(self, what: str, user: int) -> None:
        """Count it as not done."""
        self._spent.pop(self._mark(what, user), None)

    def _mark(self, what: str, user: int) -> bytes:
        today = datetime.fromtimestamp(self._now(), self._zone).date()
        if today != self._today:
            self._today, self._key = today, secrets.token_bytes(32)
            self._spent.clear()
        return hmac.digest(self._key, f"{what} {user}".encode(), "sha256")
