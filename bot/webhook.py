"""The other way in: Telegram posts each update to us, and is answered 200 only when its effects are on disk."""

import asyncio
import hmac
import sqlite3
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.intake import Intake
from bot.logs import failed
from handlers.services import Services
from storage import machine, updates

log = structlog.get_logger()

MOST_BYTES = 1024 * 1024
PATIENCE_SECONDS = 30.0
# An answer can be lost on the way; Telegram then repeats the update within seconds.
GRACE_SECONDS = 60.0
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header, not a secret


class Webhook:
    """Takes updates on this machine's `host` and `port`; port 0 takes any free one."""

    def __init__(self, intake: Intake, services: Services, secret: str) -> None:
        self._intake, self._services, self._secret = intake, services, secret.encode()
        self._answered: deque[tuple[float, int]] = deque()

    @asynccontextmanager
    async def listening(self, host: str, port: int) -> AsyncIterator[int]:
        """Listen while the block runs; gives the port."""
        application = web.Application(client_max_size=MOST_BYTES)
        application.router.add_post("/{path:.*}", self._post)
        runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=1.0)
        await runner.setup()
        now = asyncio.get_running_loop().time()
        self._answered.extend((now, update_id) for update_id in self._intake.window.before)
        forgetting = asyncio.create_task(self._forget())
        try:
            await web.TCPSite(runner, host, port).start()
            yield int(runner.addresses[0][1])
        finally:
            forgetting.cancel()
            await runner.cleanup()

    async def _post(self, request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        try:
            raw = await request.json()
        except ValueError:
            return web.Response(status=400)
        return web.Response(status=200 if await self._handled(raw) else 503)

    async def _handled(self, raw: object) -> bool:
        """Whether the update's effects are on disk, also when it came before; one without an id is passed over."""
        slot = self._intake.accept(raw)
        update_id = raw.get("update_id") if isinstance(raw, dict) else None
        if slot is None and type(update_id) is int:
            slot = self._intake.window.find(update_id)
        if slot is None:
            return True
        try:
            await asyncio.wait_for(slot.done.wait(), PATIENCE_SECONDS)
        except TimeoutError:
            return False
        self._answered.append((asyncio.get_running_loop().time(), slot.update_id))
        return True

    async def _forget(self) -> None:
        """Keep no list of updates for longer than a lost answer takes to be repeated."""
        while True:
            await asyncio.sleep(GRACE_SECONDS / 4)
            now, told = asyncio.get_running_loop().time(), list[int]()
            while self._answered and self._answered[0][0] < now - GRACE_SECONDS:
                told.append(self._answered.popleft()[1])
            self._intake.window.told(told)
            try:
                async with self._services.database.transaction() as tx:
                    await updates.forget_handled(tx, told)
                    await machine.beat(tx, int(self._services.now()))
            except sqlite3.Error as error:
                failed(log, "the database refused", error)
