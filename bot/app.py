"""The composition root: everything is made here, once, and handed to what needs it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes
from telegram.request import BaseRequest

import handlers
import texts
from bot import clock, health, lock, transport
from bot.delivery import Delivery
from bot.doors import Doors
from bot.gate import Gate
from bot.intake import Intake
from bot.live import Live
from bot.logs import fault
from bot.outbox import Outbox
from bot.pace import Pace
from bot.polling import Polling
from bot.quiet import Quiet
from bot.sealed import Sealed
from bot.settings import Settings, SettingsError
from bot.ticker import Ticker
from bot.watch import Watch
from bot.webhook import Webhook
from bot.weekly import Weekly
from bot.window import Window
from handlers import notices
from handlers.context import Context
from handlers.dispatch import telegram_handlers
from handlers.services import Services
from storage import attempts, machine, updates
from storage.database import Database, opened
from storage.migrate import migrate
from storage.unlinked import Unlinked, make_for_new
from storage.unlinked import opened as unlinked_file

log = structlog.get_logger()

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
STOP_SECONDS = 3.0  # for turns and sends on their way; a stop takes five seconds at most


class Program:
    """The program with all its parts, made but not started. `serve_until` runs it; `settle` is for tests."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        unlinked: Unlinked,
        line: transport.Line,
        handled: set[int],
        now: Callable[[], float],
        steady: Callable[[], float],
    ) -> None:
        self.settings, self.database, self.line = settings, database, line
        self.council = replace(
            settings.council(), languages=texts.offered(settings.languages, drafts=settings.council().drafts)
        )
        self.gate = Gate(database, now)
        self.pace = Pace(settings.sends_per_second, settings.sends_per_second_in_a_chat)
        self.delivery = Delivery(line, database, self.gate, self.pace, now)
        self.services = Services(
            database,
            self.delivery,
            self.council,
            now,
            settings.data_dir,
            lambda: str(line.username),
            unlinked,
            settings.vault(),
        )
        application = _application(line)
        window, quiet = Window(handled), Quiet(line, database, self.gate, self.pace, now)
        self.sealed = Sealed(self.services, quiet, lambda: line.id, window)
        self.intake = Intake(
            application, self.services, telegram_handlers(), window, settings.turn_seconds, self.sealed
        )
        self.polling = Polling(line, self.intake, self.services)
        composes = handlers.composes() | notices.composes(unlinked)
        self.outbox = Outbox(self.delivery, self.gate, database, composes, self.council, now, settings.sends_in_flight)
        live = Live(self.delivery, database, Doors(self.services))
        weekly = Weekly(self.services, self.sealed)
        steadiness, watch = clock.Steadiness(now, steady), Watch(self.services)
        self.ticker = Ticker(self.services, self.delivery, self.outbox, self.gate, live, weekly, watch, steadiness)
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Take up what an earlier run left, then begin to fetch, to send and to tick."""
        await self.gate.remember()
        async with self.database.transaction() as tx:
            left = await attempts.sending_left_over(tx, int(self.services.now()))
        if left:
            log.warning("the last run ended while messages were on their way", unknown=left)
            self.pace.rest(1.5)
        await self.ticker.start()
        self._tasks = [asyncio.create_task(self.outbox.run())]
        if not self.settings.webhook_url:
            self._tasks.append(asyncio.create_task(self.polling.run()))
        self.delivery.wake()

    async def serve_until(self, stop: asyncio.Event) -> None:
        """Return when `stop` is set; raises what ended one of the loops, should one ever end."""
        waiting = asyncio.create_task(stop.wait())
        try:
            done, _ = await asyncio.wait([waiting, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        for task in done - {waiting}:
            task.result()

    async def stop(self) -> None:
        """Fetch and claim no more, let what is on its way end, and tell Telegram how far we came."""
        self.ticker.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(self.outbox.finish(STOP_SECONDS), self.intake.finish(STOP_SECONDS))
        if self.settings.webhook_url:
            return
        try:
            async with asyncio.timeout(1):
                await self.polling.tell_the_last()
        except TimeoutError:
            log.info("Telegram could not be told how far we came; it will repeat some")

    async def settle(self) -> None:
        """Return when nothing that is due or has arrived is left to do. For tests, whose clock stands still."""
        moved = True
        while moved:
            await self.ticker.everything()
            await self.polling.look_now()
            moved = not self._idle
            while not self._idle:  # noqa: ASYNC110 - many things end it, and only tests wait here
                await asyncio.sleep(0)

    @property
    def _idle(self) -> bool:
        return self.intake.idle and self.outbox.idle


def _application(line: transport.Line) -> "Application[Any, Context, Any, Any, Any, Any]":
    """The library's own, of which only the matching of handlers is used."""
    types = ContextTypes(context=Context)
    return Application.builder().bot(line).updater(None).job_queue(None).context_types(types).build()


@asynccontextmanager
async def build(
    settings: Settings,
    *,
    request: BaseRequest | None = None,
    now: Callable[[], float] | None = None,
    steady: Callable[[], float] | None = None,
) -> AsyncIterator[Program]:
    """The program, running until the block is left. Raises SettingsError, AlreadyRunning, or what `migrate` raises.

    A `now` that is handed in is taken to be steady unless `steady` says otherwise.
    """
    wall = now or clock.now
    steady = steady or (clock.monotonic if now is None else now)
    async with AsyncExitStack() as stack:
        stack.enter_context(lock.held(settings.database_path))
        await asyncio.to_thread(migrate, settings.database_path, MIGRATIONS)
        database = await stack.enter_async_context(opened(settings.database_path))
        await asyncio.to_thread(make_for_new, settings.feedback_path, settings.pepper_path)
        unlinked = await stack.enter_async_context(
            unlinked_file(settings.feedback_path, settings.pepper_path, now=wall)
        )
        line = transport.line(settings.token.get_secret_value(), settings.api_url, request)
        stack.push_async_callback(line.shutdown)
        program = Program(settings, database, unlinked, line, await updates.handled(database.reading), wall, steady)
        await _reach(line, fetching=not settings.webhook_url)
        stack.push_async_callback(program.stop)
        await program.start()
        if settings.webhook_url:
            await stack.enter_async_context(_posted_to(program))
        if settings.health_port:
            await stack.enter_async_context(health.telling(program.services, settings.health_port))
        yield program


class Unreachable(Exception):
    """Telegram could not be asked; the message is one plain line without the token."""


async def bot_name(settings: Settings) -> str:
    """The bot's username, as Telegram knows it. Raises Unreachable."""
    line = transport.line(settings.token.get_secret_value(), settings.api_url)
    try:
        await line.initialize()
        return str(line.username)
    except InvalidToken:
        raise Unreachable("Telegram does not know this BOT_TOKEN") from None
    except Exception as error:  # noqa: BLE001 - the library raises whatever it meets in an answer it cannot read
        raise Unreachable(f"Telegram cannot be reached ({type(error).__name__})") from None
    finally:
        await line.shutdown()


@asynccontextmanager
async def _posted_to(program: Program) -> AsyncIterator[None]:
    """Telegram posts updates to us while the block runs."""
    settings, secret = program.settings, program.settings.webhook_secret.get_secret_value()
    if not secret:
        async with program.database.transaction() as tx:
            secret = (await machine.secret(tx, "webhook", 32)).hex()
    hook = Webhook(program.intake, program.services, secret)
    async with hook.listening(settings.webhook_host, settings.webhook_port):
        asked = list(transport.UPDATES_ASKED_FOR)
        try:
            await program.line.set_webhook(settings.webhook_url, secret_token=secret, allowed_updates=asked)
        except BadRequest:
            raise SettingsError("BOT_WEBHOOK_URL is refused by Telegram: it must be a public https address") from None
        yield


async def _reach(line: transport.Line, *, fetching: bool) -> None:
    """Learn who we are from Telegram, for as long as it takes. Raises SettingsError when it does not know the token."""
    pause = 1.0
    while True:
        try:
            await line.initialize()
        except InvalidToken:
            raise SettingsError("BOT_TOKEN is not known at BOT_API_URL: copy it again from @BotFather") from None
        except Exception as error:  # noqa: BLE001 - the library raises whatever it meets in an answer it cannot read
            log.warning("Telegram cannot be reached", again_in=pause, **fault(error))
            await asyncio.sleep(pause)
            pause = min(60.0, pause * 2)
        else:
            break
    if fetching:
        await _take_back_a_webhook(line)


async def _take_back_a_webhook(line: transport.Line) -> None:
    """One that an earlier run has set would keep updates from us. A server without webhooks has none to take back."""
    try:
        await line.delete_webhook()
    except TelegramError as error:
        log.info("a webhook could not be taken back", **fault(error))
