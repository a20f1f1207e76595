"""Telegram's pace, kept from the inside: an even stream to everyone, one a second to each, replies before all else.

Telegram counts messages in any sliding second, as they reach it. We know only when each left and when its answer came:
it was counted in between, so a second begins when the answer came, less the shortest way there and back. What nobody
asked for leaves one place in the second free, so that a reply to somebody who is waiting goes at once and the stream
makes room behind it.
"""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.clock import monotonic

LIVE_BURST = 4
# A hair more than the second that Telegram counts.
WINDOW = 1.002
# A call without an answer was counted by then, or never.
LOST_SECONDS = 1.0
LOOK_AGAIN = 0.005
_PRUNE_AT = 10_000


class Leave:
    """Leave for one message to go now. It is counted from that moment, or from its answer when it goes `under_way`."""

    def __init__(self, pace: "Pace", at: float) -> None:
        self._pace = pace
        self.at = self.counted_at = at
        self.waiting = False

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """The message is on its way while the block runs."""
        self.waiting = True
        try:
            yield
        finally:
            self.waiting = False
            self.counted_at = self._pace.came_back(self.at)


class Pace:
    """`per_second` over the whole bot, `per_chat` a second in one chat; times are monotonic seconds."""

    def __init__(self, per_second: float, per_chat: float, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._most = max(2, math.ceil(per_second))
        self._recent: deque[Leave] = deque(maxlen=self._most)
        self._spacing = 1 / (0.998 * (self._most - 1))
        self._way = math.inf
        self._chat_spacing = 1 / per_chat
        self._next = 0.0
        self._free_at: dict[int, float] = {}
        self._live_waiting = 0
        self._live_turn = asyncio.Lock()
        self._unasked_turn = asyncio.Lock()

    async def live(self, chat_id: int) -> Leave:
        """Return when a reply to somebody who is there may go: at once, but for a chat or a second that is full."""
        await self._chat(chat_id, LIVE_BURST)
        self._live_waiting += 1
        try:
            async with self._live_turn:
                while (wait := self._until_room(self._most)) > 0:  # noqa: ASYNC110 - room comes with time alone
                    await asyncio.sleep(wait)
                return self._leave()
        finally:
            self._live_waiting -= 1

    async def unasked(self, chat_id: int) -> Leave:
        """Return when a message that nobody waits for may go: evenly spaced, and after every reply."""
        await self._chat(chat_id, 1)
        async with self._unasked_turn:
            while (wait := self._until_unasked()) > 0:  # noqa: ASYNC110 - room comes with time alone
                await asyncio.sleep(wait)
            leave = self._leave()
            # A late wake-up is made good, by one place at most, or a busy machine would never fill the rate.
            self._next = max(self._next, leave.at - self._spacing) + self._spacing
            return leave

    def rest(self, seconds: float) -> None:
        """Send nothing unasked for so long: an earlier run was cut off, and what it sent is in this second still."""
        self._next = self._now() + seconds

    def came_back(self, left_at: float) -> float:
        """An answer has come now to what left then: until when Telegram may have counted it."""
        now = self._now()
        # The shortest way of late: it may grow longer again, a little with each call.
        self._way = min(now - left_at, self._way + 0.0001)
        return min(now - self._way, left_at + LOST_SECONDS)

    def _leave(self) -> Leave:
        leave = Leave(self, self._now())
        self._recent.append(leave)
        return leave

    def _until_unasked(self) -> float:
        """Seconds until the next even place, a moment longer while somebody who is there waits for a reply."""
        wait = max(self._next - self._now(), self._until_room(self._most - 1))
        return max(wait, 0.001) if self._live_waiting else wait

    def _until_room(self, most: int) -> float:
        """Seconds until fewer than `most` messages have gone in the last second."""
        if len(self._recent) < most:
            return 0.0
        first, now = self._recent[-most], self._now()
        if first.waiting and now - first.at < LOST_SECONDS:
            return LOOK_AGAIN
        return (first.at + LOST_SECONDS if first.waiting else first.counted_at) + WINDOW - now

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
