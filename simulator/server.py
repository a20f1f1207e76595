"""The stand-in over HTTP: the Bot API's addresses."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

from aiohttp import web

from simulator import limits, wording
from simulator.backstage import Backstage
from simulator.control import Control
from simulator.errors import ApiError
from simulator.faults import HalfAnswerError
from simulator.reply import Json, refusal
from simulator.routes import Routes
from simulator.wire import BadBodyError, read_call

if TYPE_CHECKING:
    from simulator.core import Simulator


_encode = json.JSONEncoder(separators=(",", ":")).encode


class Server:
    """Answers the Bot API, file downloads, and everything under /sim/ and /page/."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self._runner: web.ServerRunner | None = None
        self._routes = Routes()
        Control(sim).enter(self._routes)
        Backstage(sim).enter(self._routes)

    async def start(self, host: str, port: int) -> str:
        """Listen, and give the base address."""
        server = web.Server(self._answer, access_log=None, handler_cancellation=True)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, backlog=1024)
        await site.start()
        address = self._runner.addresses[0]
        return f"http://{address[0]}:{address[1]}"

    async def stop(self) -> None:
        """Stop listening and drop what is still open."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.raw_path.partition("?")[0]
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            return await self._call(request, unquote(token), method)
        if path.startswith("/file/bot"):
            token, _, place = path[9:].partition("/")
            return self._file(unquote(token), unquote(place))
        return await self._routes.answer(request)

    def _file(self, token: str, place: str) -> web.Response:
        stored = self.sim.world.shelf.at(token, place)
        if stored is None or len(stored.data) > limits.DOWNLOAD_BYTES:
            error = ApiError(404, wording.NOT_FOUND)
            return _json(404, refusal(error).body)
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def _call(self, request: web.BaseRequest, token: str, method: str) -> web.StreamResponse:
        try:
            params, files = await read_call(request)
            reply = await self.sim.call(token, method, params, files)
        except BadBodyError as error:
            return _json(error.status, refusal(error).body)
        except HalfAnswerError as half:
            return await _half(request, half)
        except ConnectionError:
            return _cut(request)
        return _json(reply.status, reply.body)


def _json(status: int, body: Json) -> web.Response:
    return web.Response(status=status, body=_encode(body).encode(), content_type="application/json")


def _cut(request: web.BaseRequest) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _half(request: web.BaseRequest, half: HalfAnswerError) -> web.StreamResponse:
    body = _encode(half.reply.body).encode()
    response = web.StreamResponse(status=half.reply.status, headers={"Content-Length": str(len(body))})
    response.content_type = "application/json"
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    await asyncio.get_running_loop().create_future()
    return response
