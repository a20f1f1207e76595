"""The page's own API under /sim/: what phones do, and what can be seen of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from aiohttp import web

from simulator.events import Events
from simulator.phone import Phone
from simulator.reply import Json
from simulator.routes import Refused, Routes, body_of, maybe_number_in, number_in, reply, text_in
from simulator.views import phone_state, state_of
from simulator.wire import read_call

if TYPE_CHECKING:
    from simulator.core import Simulator

Pieces = dict[str, str]


class Control:
    """Everything the page can do with phones."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.events = Events(sim)

    def enter(self, routes: Routes) -> None:
        """Enter all addresses of phones."""
        routes.add("GET", "/sim/state", self._state)
        routes.add("GET", "/sim/events", self._events)
        routes.add("POST", "/sim/phones", self._add)
        routes.add("GET", "/sim/phones/{id}", self._show)
        routes.add("POST", "/sim/phones/{id}/say", self._say)
        routes.add("POST", "/sim/phones/{id}/tap", self._tap)
        routes.add("POST", "/sim/phones/{id}/start", self._start)
        routes.add("POST", "/sim/phones/{id}/edit", self._edit)
        routes.add("POST", "/sim/phones/{id}/send", self._send)
        routes.add("POST", "/sim/phones/{id}/block", self._block)
        routes.add("GET", "/sim/phones/{id}/files/{file}", self._file)

    def _phone(self, pieces: Pieces) -> Phone:
        number = int(pieces["id"]) if pieces["id"].isdecimal() else 0
        if number not in self.sim.phones:
            raise Refused(404, "no such phone")
        return self.sim.phones[number]

    def _told(self, phone: Phone, **extra: object) -> web.Response:
        return reply({**phone_state(self.sim, phone), **extra})

    async def _state(self, _request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        return reply(state_of(self.sim))

    async def _events(self, request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        return await self.events.serve(request)

    async def _show(self, _request: web.BaseRequest, pieces: Pieces) -> web.StreamResponse:
        return self._told(self._phone(pieces))

    async def _add(self, request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        body = await body_of(request)
        token = token_of(self.sim, request, body)
        name, language = text_in(body, "name").strip(), text_in(body, "language_code", "en")
        phone = self.sim.phone(token, name or "Somebody", language, started=body.get("started") is True)
        phone.label = text_in(body, "label")
        return self._told(phone)

    async def _say(self, request: web.BaseRequest, pieces: Pieces) -> web.StreamResponse:
        phone, body = self._phone(pieces), await body_of(request)
        try:
            number = phone.says(text_in(body, "text"), maybe_number_in(body, "reply_to"))
        except ValueError as error:
            raise Refused(400, str(error)) from None
        return self._told(phone, message_id=number)

    async def _tap(self, request: web.BaseRequest, pieces: Pieces) -> web.StreamResponse:
        phone, body = self._phone(pieces), await body_of(request)
        query = phone.taps(number_in(body, "message_id"), text_in(body, "data"))
        return reply({"callback_query_id": query})

    async def _start(self, request: web.BaseRequest, pieces: Pieces) -> web.StreamResponse:
        phone, body = self._phone(pieces), await body_of(request)
        number = phone.says(f"/start {text_in(body, 'payload')}")
        return self._told(phone, message_id=number)

    async def _edit(self, request: web.BaseRequest, pieces: Pieces) -> web.StreamResponse:
        phone, body = self._phone(pieces), await body_of(request)
        try:
            phone.edits(number_in(body, "message_id"), text_in(body, "text"))
        except KeyError:
            raise Refused(404, "no such message of this phone") from None
        except ValueError as error:
            raise Refused(400, str(error)) from None
        return self._told(phone)

    async def _send(self, request: web.BaseRequest, pieces: Pieces) -> web.StreamResponse:
        phone = self._phone(pieces)
        params, files = await read_call(request)
        kind, fields = str(params.pop("kind", "document")), dict[str, Any](params)
        if files:
            fields["file_name"], fields["data"] = next(iter(files.values()))
        try:
            number = phone.sends(kind, **fields)
        except (ValueError, TypeError) as error:
            raise Refused(400, str(error)) from None
        return self._told(phone, message_id=number)

    async def _block(self, request: web.BaseRequest, pieces: Pieces) -> web.StreamResponse:
        phone, body = self._phone(pieces), await body_of(request)
        if body.get("blocked", True):
            phone.blocks()
        else:
            phone.unblocks()
        return self._told(phone)

    async def _file(self, _request: web.BaseRequest, pieces: Pieces) -> web.StreamResponse:
        phone = self._phone(pieces)
        stored = self.sim.world.shelf.find(phone.bot.token, pieces["file"])
        if stored is None:
            raise Refused(404, "no such file")
        # Shown in place only when it is a picture: a document may be a web page, and must not run here.
        place = "inline" if stored.kind == "photo" else "attachment"
        headers = {
            "Content-Disposition": f"{place}; filename*=UTF-8''{quote(stored.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=stored.data, content_type=stored.mime_type, headers=headers)


def token_of(sim: Simulator, request: web.BaseRequest, body: Json) -> str:
    """Find the bot meant by "bot" (its place in the list) or ?token=, the first where neither is given.

    Raises Refused where there is no such bot.
    """
    tokens, index = list(sim.world.bots), body.get("bot", 0)
    named = request.query.get("token")
    if named in tokens:
        return str(named)
    if type(index) is not int or not 0 <= index < len(tokens) or named:
        raise Refused(404, "no such bot yet")
    return tokens[index]
