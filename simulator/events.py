"""Changes as they happen, told to every open page as server-sent events."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, NoReturn

from aiohttp import web

from simulator.chats import Chat
from simulator.views import phone_state

if TYPE_CHECKING:
    from simulator.core import Simulator

# At most twenty times a second for each phone; what changes in between is told together.
_GATHERING_SECONDS = 0.05
_TICK_SECONDS = 1.0


class _Listener:
    """One open page, and what it has not been told yet."""

    def __init__(self) -> None:
        self.phones: dict[int, None] = {}
        self.bots = False
        self.news = asyncio.Event()


class Events:
    """Hears of changes in the world and tells the pages that listen."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self._listeners: set[_Listener] = set()

    def _hear_chat(self, chat: Chat) -> None:
        for listener in self._listeners:
            listener.phones[chat.id] = None
            listener.news.set()

    def _hear_bots(self) -> None:
        for listener in self._listeners:
            listener.bots = True
            listener.news.set()

    def _attend(self) -> None:
        # Nobody listening, nobody told: a benchmark must not pay for a page that is not open.
        world = self.sim.world
        world.changed = self._hear_chat if self._listeners else None
        world.bots_changed = self._hear_bots if self._listeners else None

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Keep telling one page until it goes away."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        await response.prepare(request)
        listener = _Listener()
        self._listeners.add(listener)
        self._attend()
        try:
            await self._tell(response, listener)
        except ConnectionError:
            return response
        finally:
            self._listeners.discard(listener)
            self._attend()

    async def _tell(self, response: web.StreamResponse, listener: _Listener) -> NoReturn:
        loop = asyncio.get_running_loop()
        tick = loop.time()
        while True:
            if loop.time() >= tick:
                tick = loop.time() + _TICK_SECONDS
                self._note_quiet(listener)
                await _write(response, "clock", {"now": self.sim.clock()})
            await self._tell_news(response, listener)
            await _until(listener.news, tick - loop.time())
            await asyncio.sleep(_GATHERING_SECONDS)

    async def _tell_news(self, response: web.StreamResponse, listener: _Listener) -> None:
        listener.news.clear()
        changed, listener.phones = listener.phones, {}
        if listener.bots:
            listener.bots = False
            await _write(response, "bots", {})
        for number in changed:
            if number in self.sim.phones:
                await _write(response, "phone", phone_state(self.sim, self.sim.phones[number]))

    def _note_quiet(self, listener: _Listener) -> None:
        """Note phones whose "typing" has just run out, which nothing else would tell."""
        now = self.sim.clock()
        for phone in self.sim.phones.values():
            if 0 < phone.chat.typing_until <= now:
                phone.chat.typing_until = 0.0
                listener.phones[phone.id] = None


async def _until(news: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(news.wait(), max(seconds, 0.0))
    except TimeoutError:
        return


async def _write(response: web.StreamResponse, event: str, data: object) -> None:
    await response.write(f"event: {event}\ndata: {json.dumps(data)}\n\n".encode())
