"""The rest of the page's API: faults, transcript, ledger, posters to scan, raw updates, and the page itself."""

from __future__ import annotations

import asyncio
import io
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import segno
from aiohttp import web

from simulator.control import Pieces, token_of
from simulator.faults import fault_from
from simulator.reply import Json
from simulator.routes import Refused, Routes, body_of, reply, text_in
from simulator.views import call_view, receipt_view

if TYPE_CHECKING:
    from simulator.core import Simulator

PAGE = Path(__file__).parent / "page"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
_LINES = 200
# Telegram takes no longer payload in a deep link.
_PAYLOAD = 64
_FURTHEST = 60 * 86_400


class Backstage:
    """What happens behind the phones."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim

    def enter(self, routes: Routes) -> None:
        """Enter all addresses that are not a phone's."""
        routes.add("GET", "/sim/faults", self._faults)
        routes.add("POST", "/sim/faults", self._add_fault)
        routes.add("DELETE", "/sim/faults", self._clear_faults)
        routes.add("GET", "/sim/transcript", self._transcript)
        routes.add("GET", "/sim/ledger", self._ledger)
        routes.add("GET", "/sim/cards", self._cards)
        routes.add("POST", "/sim/cards", self._add_card)
        routes.add("PUT", "/sim/cards", self._put_cards)
        routes.add("GET", "/sim/qr/{payload}.svg", self._code)
        routes.add("POST", "/sim/bots", self._add_bot)
        routes.add("POST", "/sim/updates", self._add_update)
        routes.add("POST", "/sim/clock", self._forward)
        routes.add("GET", "/", self._page)
        routes.add("GET", "/page/{file}", self._page)

    async def _faults(self, _request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        hidden = {"token"}
        listed = [asdict(fault) for fault in self.sim.faults.items]
        return reply([{name: value for name, value in one.items() if name not in hidden} for one in listed])

    async def _add_fault(self, request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        try:
            self.sim.faults.add(fault_from(await body_of(request)))
        except (ValueError, TypeError) as error:
            raise Refused(400, str(error)) from None
        return reply({"waiting": len(self.sim.faults.items)})

    async def _clear_faults(self, _request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        self.sim.faults.clear()
        return reply({"waiting": 0})

    async def _transcript(self, request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        return reply([call_view(call) for call in list(self.sim.transcript)[-_limit(request, _LINES) :]])

    async def _ledger(self, request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        ledger = self.sim.ledger
        return reply([receipt_view(self.sim, one) for one in ledger[-_limit(request, len(ledger) or 1) :]])

    async def _cards(self, _request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        return reply(self.sim.cards)

    async def _add_card(self, request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        self.sim.cards.append(_card(await body_of(request)))
        return reply(self.sim.cards)

    async def _put_cards(self, request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        cards = (await body_of(request)).get("cards")
        if not isinstance(cards, list) or not all(isinstance(card, dict) for card in cards):
            raise Refused(400, "cards must be a list of objects")
        self.sim.cards[:] = [_card(card) for card in cards]
        return reply(self.sim.cards)

    async def _forward(self, request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        seconds = (await body_of(request)).get("forward")
        if self.sim.forward is None:
            raise Refused(409, "this clock cannot be moved")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= _FURTHEST:
            raise Refused(400, "forward takes seconds, up to 60 days")
        self.sim.forward(seconds)
        return reply({"now": self.sim.clock()})

    async def _code(self, request: web.BaseRequest, pieces: Pieces) -> web.StreamResponse:
        payload = pieces["payload"]
        if len(payload) > _PAYLOAD:
            raise Refused(400, "a deep link carries at most 64 characters")
        username = self.sim.world.bots[token_of(self.sim, request, {})].user["username"]
        picture = io.BytesIO()
        link = f"https://t.me/{username}?start={quote(payload, safe='')}"
        segno.make(link, error="m", micro=False).save(picture, kind="svg", scale=8, border=3, light="white")
        return web.Response(body=picture.getvalue(), content_type="image/svg+xml")

    async def _add_bot(self, request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        body = await body_of(request)
        try:
            return reply(self.sim.bot(text_in(body, "token"), text_in(body, "username"), text_in(body, "name")))
        except ValueError as error:
            raise Refused(400, str(error)) from None

    async def _add_update(self, request: web.BaseRequest, _pieces: Pieces) -> web.StreamResponse:
        body: dict[str, Any] = await body_of(request)
        return reply({"update_id": self.sim.add_update(token_of(self.sim, request, {}), body)})

    async def _page(self, _request: web.BaseRequest, pieces: Pieces) -> web.StreamResponse:
        name = pieces.get("file", "index.html")
        path = PAGE / name
        if "/" in name or "\\" in name or path.suffix not in _TYPES or not path.is_file():
            raise Refused(404, "no such page")
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        data = await asyncio.to_thread(path.read_bytes)
        charset = None if path.suffix in (".png", ".woff2") else "utf-8"
        return web.Response(body=data, content_type=_TYPES[path.suffix], charset=charset, headers=headers)


def _card(body: Json) -> Json:
    known = {name: text_in(body, name) for name in ("title", "text", "payload")}
    return {**body, **known}


def _limit(request: web.BaseRequest, usual: int) -> int:
    wanted = request.query.get("limit", "")
    return max(1, int(wanted)) if wanted.isdecimal() else usual
