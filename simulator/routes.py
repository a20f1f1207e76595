"""A small table of addresses for what is not the Bot API itself."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from urllib.parse import unquote

from aiohttp import web

Handler = Callable[[web.BaseRequest, dict[str, str]], Awaitable[web.StreamResponse]]


class Refused(Exception):
    """The page asked for something that cannot be; status is HTTP's."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


class Routes:
    """Handlers by method and path; {name} in a path stands for one piece of it."""

    def __init__(self) -> None:
        self._entries: list[tuple[str, re.Pattern[str], Handler]] = []

    def add(self, method: str, path: str, handler: Handler) -> None:
        """Enter one handler."""
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
        self._entries.append((method, pattern, handler))

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Find the handler and let it answer; 404 where there is none, 405 where the method is another."""
        path, seen = request.raw_path.partition("?")[0], False
        for method, pattern, handler in self._entries:
            found = pattern.fullmatch(path)
            if found is not None and method == request.method:
                return await self._guarded(handler, request, found)
            seen = seen or found is not None
        return reply({"error": "not here"}, 405 if seen else 404)

    async def _guarded(self, handler: Handler, request: web.BaseRequest, found: re.Match[str]) -> web.StreamResponse:
        try:
            return await handler(request, {name: unquote(value) for name, value in found.groupdict().items()})
        except Refused as refused:
            return reply({"error": refused.why}, refused.status)


def reply(body: object, status: int = 200) -> web.Response:
    """Answer with JSON."""
    return web.Response(status=status, body=json.dumps(body).encode(), content_type="application/json")


async def body_of(request: web.BaseRequest) -> dict[str, object]:
    """Read a JSON object, an empty one where there is no body; raises Refused for anything else."""
    raw = await request.read()
    try:
        found = json.loads(raw) if raw else {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused(400, "a JSON object is expected")
    return found


def text_in(body: dict[str, object], name: str, default: str = "") -> str:
    """Take a text from a body; raises Refused for another type."""
    value = body.get(name, default)
    if not isinstance(value, str):
        raise Refused(400, f"{name} must be text")
    return value


def number_in(body: dict[str, object], name: str) -> int:
    """Take a whole number from a body; raises Refused for another type or none."""
    value = body.get(name)
    if type(value) is not int:
        raise Refused(400, f"{name} must be a whole number")
    return value


def maybe_number_in(body: dict[str, object], name: str) -> int | None:
    """Take a whole number from a body, or None where there is none."""
    return None if body.get(name) is None else number_in(body, name)
