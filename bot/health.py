"""One address on this machine that says whether the program is well: 200 while it has heard from Telegram of late."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from handlers.services import Services
from storage import machine

SILENT_SECONDS = 120


@asynccontextmanager
async def telling(services: Services, port: int) -> AsyncIterator[int]:
    """Answer `GET /health` on 127.0.0.1 while the block runs; gives the port, any free one for 0."""

    async def health(_: web.Request) -> web.Response:
        heard_at = await machine.last_beat(services.database.reading)
        ago = None if heard_at is None else int(services.now()) - heard_at
        well = ago is not None and ago <= SILENT_SECONDS
        return web.json_response({"well": well, "heard_seconds_ago": ago}, status=200 if well else 503)

    application = web.Application()
    application.router.add_get("/health", health)
    runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
