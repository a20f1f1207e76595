"""Telegram's flood limits: 30 messages a second over a bot, about one a second in a chat, 20 a minute in a group."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.errors import FloodError


@dataclass(slots=True)
class _Pace:
    """What one bot has sent of late."""

    recent: deque[float] = field(default_factory=deque)
    banned_until: float = 0.0
    chats: dict[int, _ChatPace] = field(default_factory=dict)


@dataclass(slots=True)
class _ChatPace:
    """What is left of one chat's allowance, when it was last worked out, and until when it is shut."""

    left: float
    at: float
    banned_until: float = 0.0


class Flood:
    """Refuses sends that come too fast; all times come from the simulator's clock, in seconds.

    strict counts any sliding second; otherwise a burst of burst messages is let through and the mean held.
    """

    def __init__(self, clock: Callable[[], float], *, enabled: bool) -> None:
        self.clock = clock
        self.enabled = enabled
        self.strict = True
        self.per_second = 30
        self.burst = 60
        self.chat_per_second = 1.0
        self.chat_burst = 5
        self.group_per_minute = 20
        self.ban_seconds = 3
        self._paces: dict[str, _Pace] = {}

    def admit(self, token: str, chat_id: int) -> None:
        """Count one message; raises FloodError when it comes too soon, and until the ban is over."""
        if not self.enabled:
            return
        pace = self._paces.setdefault(token, _Pace())
        now = self.clock()
        if now < pace.banned_until:
            raise FloodError(math.ceil(pace.banned_until - now))
        chat = self._chat(pace, chat_id, now)
        self._count(pace, now)
        chat.left -= 1

    def _chat(self, pace: _Pace, chat_id: int, now: float) -> _ChatPace:
        rate, burst = self._chat_allowance(chat_id)
        chat = pace.chats.setdefault(chat_id, _ChatPace(burst, now))
        if now < chat.banned_until:
            raise FloodError(math.ceil(chat.banned_until - now))
        chat.left = min(burst, chat.left + (now - chat.at) * rate)
        chat.at = now
        # A hair under one: a caller who keeps exactly one a second must not fall over rounding.
        if chat.left < 1 - 1e-6:
            chat.banned_until = now + math.ceil((1 - chat.left) / rate)
            raise FloodError(math.ceil(chat.banned_until - now))
        return chat

    def _chat_allowance(self, chat_id: int) -> tuple[float, float]:
        if chat_id < 0:
            return self.group_per_minute / 60, float(self.group_per_minute)
        return self.chat_per_second, float(self.chat_burst)

    def _count(self, pace: _Pace, now: float) -> None:
        most, window = (self.per_second, 1.0) if self.strict else (self.burst, self.burst / self.per_second)
        while pace.recent and now - pace.recent[0] >= window:
            pace.recent.popleft()
        if len(pace.recent) >= most:
            pace.banned_until = now + self.ban_seconds
            raise FloodError(self.ban_seconds)
        pace.recent.append(now)
