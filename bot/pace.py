"""Telegram's pace, kept from the inside: an even stream to everyone, one a second to each, replies before all else.

Telegram counts messages in any sliding second. What nobody asked for leaves one place in it free, so that a reply to
somebody who is waiting goes at once and the stream makes room behind it.
"""

import asyncio
import math
from collections import deque
from collections.abc import Callable

from bot.clock import monotonic

LIVE_BURST = 4
# A little more than the second that Telegram counts: calls do not all take equally long to get there.
WINDOW = 1.005
_PRUNE_AT = 10_000


class Pace:
    """`per_second` over the whole bot, `per_chat` a second in one chat; times are monotonic seconds."""

    def __init__(self, per_second: float, per_chat: float, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._most = max(2, math.ceil(per_second))
        self._recent: deque[float] = deque(maxlen=self._most)
        self._spacing = 1 / (0.99 * (self._most - 1))
        self._chat_spacing = 1 / per_chat
        self._next = 0.0
        self._free_at: dict[int, float] = {}
        self._live_waiting = 0
        self._live_turn = asyncio.Lock()
        self._unasked_turn = asyncio.Lock()

    async def live(self, chat_id: int) -> None:
        """Return when a reply to somebody who is there may go: at once, but for a chat or a second that is full."""
        await self._chat(chat_id, LIVE_BURST)
        self._live_waiting += 1
        try:
            async with self._live_turn:
                while (wait := self._until_room(self._most)) > 0:  # noqa: ASYNC110 - room comes with time alone
                    await asyncio.sleep(wait)
                self._recent.append(self._now())
        finally:
            self._live_waiting -= 1

    async def unasked(self, chat_id: int) -> None:
        """Return when a message that nobody waits for may go: evenly spaced, and after every reply."""
        await self._chat(chat_id, 1)
        async with self._unasked_turn:
            while (wait := self._until_unasked()) > 0:  # noqa: ASYNC110 - room comes with time alone
                await asyncio.sleep(wait)
            now = self._now()
            self._recent.append(now)
            # A late wake-up is made good, by one place at most, or a busy machine would never fill the rate.
            self._next = max(self._next, now - self._spacing) + self._spacing

    def _until_unasked(self) -> float:
        """Seconds until the next even place, a moment longer while somebody who is there waits for a reply."""
        wait = max(self._next - self._now(), self._until_room(self._most - 1))
        return max(wait, 0.001) if self._live_waiting else wait

    def _until_room(self, most: int) -> float:
        """Seconds until fewer than `most` messages have gone in the last second."""
        if len(self._recent) < most:
            return 0.0
        return self._recent[-most] + WINDOW - self._now()

    async def _chat(self, chat_id: int, burst: int) -> None:
        """Wait for this chat's own place; it is taken before the waiting, so that two never get the same one."""
        now = self._now()
        if len(self._free_at) > _PRUNE_AT:
            self._free_at = {chat: at for chat, at in self._free_at.items() if at > now}
        free_at = self._free_at.get(chat_id, 0.0)
        start = max(now, free_at - (burst - 1) * self._chat_spacing)
        self._free_at[chat_id] = max(start, free_at) + self._chat_spacing
        if start > now:
            await asyncio.sleep(start - now)
