"""The updates waiting for one bot, and the one request that may wait for them."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from itertools import islice

from simulator.errors import ConflictError
from simulator.reply import Json

DEFAULT_KINDS_LEFT_OUT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
# Telegram takes an offset further ahead than this for one from before its ids began anew, and passes it over.
AHEAD = 10


class Inbox:
    """Updates in order of arrival; ids start at a random number and are never used twice."""

    def __init__(self) -> None:
        self.next_id = 100_000_000 + secrets.randbelow(700_000_000)
        self.allowed: frozenset[str] | None = None
        self.waiting: deque[tuple[int, Json]] = deque()
        self._poller: asyncio.Future[None] | None = None

    def put(self, kind: str, content: Json) -> int | None:
        """Queue one update and give its id, or None when the bot did not ask for this kind."""
        if (kind not in self.allowed) if self.allowed else (kind in DEFAULT_KINDS_LEFT_OUT):
            return None
        return self.put_raw({kind: content})

    def put_raw(self, update: Json) -> int:
        """Queue an update exactly as given; its id is added where it is missing."""
        given = update.get("update_id", self.next_id)
        number = given if type(given) is int else self.next_id
        self.next_id = max(self.next_id, number + 1)
        self.waiting.append((number, {"update_id": given, **update}))
        self.wake()
        return number

    def begin_anew(self) -> None:
        """Continue at another random id, as Telegram does after a week without updates."""
        self.next_id = 100_000_000 + secrets.randbelow(700_000_000)

    def allow(self, kinds: list[object] | None) -> None:
        """Remember which kinds of update the bot wants; None keeps the earlier choice, an empty list the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kind for kind in kinds if isinstance(kind, str)) or None

    def confirm(self, offset: int) -> None:
        """Forget all updates before the offset; a negative one keeps that many of the last."""
        waiting = self.waiting
        if offset < 0:
            while len(waiting) > -offset:
                waiting.popleft()
        elif offset <= self.next_id + AHEAD:
            while waiting and waiting[0][0] < offset:
                waiting.popleft()

    def first(self, limit: int) -> list[Json]:
        """The oldest waiting updates, at most limit of them."""
        return [update for _, update in islice(self.waiting, limit)]

    def wake(self) -> None:
        """Let the waiting request look again."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def turn_away(self, reason: str) -> None:
        """End the waiting request with a 409 for this reason."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(ConflictError(reason))

    async def wait(self, seconds: float) -> None:
        """Wait for something to come or the time to be over; raises ConflictError when a later request takes over."""
        mine = self._poller = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(mine, seconds)
        except TimeoutError:
            return
        finally:
            if self._poller is mine:
                self._poller = None
