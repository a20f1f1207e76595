"""The stand-in for Telegram: bots, phones, calls, faults; with or without sockets."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable

from simulator import parameters, wording
from simulator.chats import Bot
from simulator.errors import ApiError
from simulator.faults import Fault, Faults, HalfAnswerError
from simulator.flood import Flood
from simulator.groups import Group
from simulator.ledger import Call, Receipt
from simulator.methods import METHODS, Asked, Uploads
from simulator.methods.updates import wait_for_updates
from simulator.phone import Phone
from simulator.reply import Json, Reply, refusal, success
from simulator.requirements_of import require
from simulator.server import Server
from simulator.webhooks import Webhooks
from simulator.world import World

_ACTING = frozenset({"lose", "half_open", "slow", "malformed"})


class Simulator:
    """A Telegram of one's own; clock gives unix seconds, keep bounds the transcript, latency is seconds per call.

    `forward`, where it is set, moves the clock so many seconds on; the page offers it then.
    """

    def __init__(self, clock: Callable[[], float] = time.time, *, flood: bool = True, keep: int = 100_000) -> None:
        self.world = World(clock, flood=flood)
        self.faults = Faults()
        self.transcript: deque[Call] = deque(maxlen=keep)
        self.phones: dict[int, Phone] = {}
        self.latency = 0.0
        self.timezone: str | None = None
        self.cards: list[Json] = []
        self.forward: Callable[[float], None] | None = None
        self._webhooks = Webhooks(self._sent_back, clock)
        self.world.webhook_changed = self._webhooks.follow
        self._server: Server | None = None

    @property
    def clock(self) -> Callable[[], float]:
        """The clock everything here goes by."""
        return self.world.clock

    @property
    def flood(self) -> Flood:
        """The flood limits, to be set by tests."""
        return self.world.flood

    @property
    def ledger(self) -> list[Receipt]:
        """Everything that truly reached a chat, oldest first."""
        return self.world.ledger

    def bot(self, token: str, username: str | None = None, name: str | None = None) -> Json:
        """Make a bot, or rename it, and give it as Telegram's User; raises ValueError for a malformed token."""
        bot = self.world.bot(token)
        if bot is None:
            message = "a token is digits, a colon and at least three letters"
            raise ValueError(message)
        if username:
            bot.user["username"] = username
        if name:
            bot.user["first_name"] = name
        self.world.show_bots()
        return bot.user

    def phone(self, token: str, name: str = "Ada", language_code: str = "en", *, started: bool = False) -> Phone:
        """Give a new person with a private chat to the bot; started tells whether they have written to it before."""
        self.bot(token)
        phone = Phone(self.world, self.world.bots[token], name, language_code, started=started)
        self.phones[phone.id] = phone
        self.world.touch(phone.chat)
        return phone

    def group(self, token: str, title: str = "A group") -> Group:
        """Give a new group that somebody has put the bot into."""
        self.bot(token)
        return Group(self.world, self.world.bots[token], title)

    def add_update(self, token: str, raw: Json) -> int:
        """Queue any update, well formed or not, past allowed_updates; gives its place in the order."""
        self.bot(token)
        return self.world.bots[token].inbox.put_raw(raw)

    def restart_update_ids(self, token: str) -> None:
        """Let the bot's update ids begin anew at random, as after a week of silence."""
        self.bot(token)
        self.world.bots[token].inbox.begin_anew()

    async def call(self, token: str, method: str, params: Json | None = None, files: Uploads | None = None) -> Reply:
        """Call a method under all rules and faults; raises a ConnectionError where a fault cuts the line."""
        params = params or {}
        if self.latency:
            await asyncio.sleep(self.latency / 2)
        fault = self.faults.strike(token, method.lower(), params) if self.faults.items else None
        if fault is None:
            reply = await self._act(token, method, params, files)
            self._note(token, method, params, reply, None)
        else:
            reply = await self._struck(fault, token, method, params, files)
        if self.latency:
            await asyncio.sleep(self.latency / 2)
        return reply

    async def _act(self, token: str, method: str, params: Json, files: Uploads | None) -> Reply:
        bot = self.world.bot(token)
        if bot is None:
            return refusal(ApiError(401, wording.UNAUTHORIZED))
        spec = METHODS.get(method) or METHODS.get(method.lower())
        if spec is None:
            return refusal(ApiError(404, wording.NOT_FOUND))
        try:
            asked = Asked(self.world, bot, spec.name, parameters.read(params, spec.known), files or {})
            require(spec, asked)
            return success(await wait_for_updates(asked) if spec.name == "getUpdates" else spec.act(asked))
        except ApiError as error:
            return refusal(error)

    async def _struck(self, fault: Fault, token: str, method: str, params: Json, files: Uploads | None) -> Reply:
        if fault.kind in ("hang", "slow"):
            await asyncio.sleep(fault.seconds)
        if fault.kind == "malformed":
            self.add_update(token, {"message": {"message_id": "seven", "date": "yesterday", "chat": []}})
        reply = refusal(ApiError(0, "connection cut")) if fault.kind == "refuse" else refusal(fault.error())
        if fault.kind in _ACTING or fault.acts:
            acted = await self._act(token, method, params, files)
            reply = acted if fault.kind in _ACTING else reply
        self._note(token, method, params, reply, fault.kind)
        if fault.kind == "refuse":
            raise ConnectionRefusedError
        if fault.kind == "lose":
            raise ConnectionResetError
        if fault.kind == "half_open":
            raise HalfAnswerError(reply)
        return reply

    def _note(self, token: str, method: str, params: Json, reply: Reply, fault: str | None) -> None:
        self.transcript.append(Call(self.world.clock(), token, method, params, reply.status, reply.body, fault))

    async def _sent_back(self, bot: Bot, body: Json) -> Reply:
        params = {name: value for name, value in body.items() if name != "method"}
        return await self.call(bot.token, str(body["method"]), params)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen for HTTP and give the base address; port 0 takes any free one."""
        self._server = Server(self)
        return await self._server.start(host, port)

    async def stop(self) -> None:
        """Stop listening and posting."""
        await self._webhooks.stop()
        if self._server is not None:
            await self._server.stop()
            self._server = None
