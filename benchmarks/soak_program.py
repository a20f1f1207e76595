"""The program that the soaks kill: `python -m bot run`, with its clock put forward and one more thing it understands.

A message `note <words>` is written into the audit log, which forgets nothing and overwrites nothing: a lost or a
repeated effect cannot hide there.
"""

import asyncio
import os
import signal
import time

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot import logs
from bot.app import build
from bot.settings import load
from handlers.context import Context
from storage import audit


async def note(update: Update, context: Context) -> None:
    """Keep the words, and answer."""
    words = str(update.message.text) if update.message else ""
    async with context.transaction() as tx:
        await audit.record(tx, context.now, f"person:{context.chat_id}", "note", 1, words)
    await context.say("help.not_understood")


async def main() -> None:
    """Run until SIGTERM, or a kill."""
    settings, ahead, stop = load(None), float(os.environ["SOAK_AHEAD"]), asyncio.Event()
    logs.configure(settings.log_level, settings.log_format)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with build(settings, now=lambda: time.time() + ahead) as program:
        # In time: nothing is fetched before this function first waits.
        program.intake.handlers.insert(0, MessageHandler(filters.Regex("^note "), note))
        await program.serve_until(stop)


if __name__ == "__main__":
    asyncio.run(main())
