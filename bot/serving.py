"""Running until somebody says stop: Ctrl-C or SIGTERM end it within five seconds with nothing lost."""

import asyncio
import gc
import signal
from collections.abc import Callable

from bot import face, logs
from bot.app import Program, build
from bot.settings import Settings


async def serve(
    settings: Settings,
    when_ready: Callable[[Program], None] = lambda _: None,
    now: Callable[[], float] | None = None,
) -> None:
    """Set up the logs and run the program until SIGTERM or SIGINT, by the clock `now`. Raises what `build` raises."""
    logs.configure(settings.log_level, settings.log_format)
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    up = asyncio.Event()
    working = asyncio.create_task(_work(settings, when_ready, now, up, stop))
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait((working, waiting), return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not up.is_set() and not working.done():
        working.cancel()  # it is still looking for Telegram, and has nothing to lose
    await asyncio.gather(working, return_exceptions=working.cancelling() > 0)


async def _work(
    settings: Settings,
    when_ready: Callable[[Program], None],
    now: Callable[[], float] | None,
    up: asyncio.Event,
    stop: asyncio.Event,
) -> None:
    async with build(settings, now=now) as program:
        up.set()
        showing = asyncio.create_task(face.show(program.line, program.council))
        when_ready(program)
        _leave_the_lasting_alone()
        await program.serve_until(stop)
        showing.cancel()
        await asyncio.gather(showing, return_exceptions=True)


def _leave_the_lasting_alone() -> None:
    """What was loaded at the start stays to the end: looking through it for garbage only holds replies up."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
