"""The way in: each chat's updates in order, different chats side by side, nothing told to Telegram before it is kept.

A handler's effects and the update's mark commit together; from then on Telegram may be told, while the words still
go out.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import structlog
from telegram import ChatMember, ChatMemberUpdated, Update, User
from telegram.ext import Application, BaseHandler

from bot.heard import Said, Tap
from bot.hushed import Hushed
from bot.logs import failed
from bot.sealed import Sealed
from bot.tongue import nearest
from bot.window import Slot, Window
from handlers.context import Context, Turn
from handlers.saying import Saying
from handlers.services import Services
from storage import people, responses, updates
from storage.database import refuses_for_now

log = structlog.get_logger()

WORDS_SECONDS = 120.0
LARGEST_ID = 2**63 - 1  # the database's largest number; the offset that confirms an id is one more
# One chat takes a message a second, and Telegram shows a hundred updates at a time: whoever sends a flood would have
# everyone wait for the answers. All of it is read and kept, but only the last of it is answered.
ANSWERED_AT_ONCE = 10
_GONE = frozenset({ChatMember.LEFT, ChatMember.BANNED})
PAUSE_AFTER_DATABASE_ERROR = 1.0
App = Application[Any, Any, Any, Any, Any, Any]


class Intake:
    """Runs each update through the first handler that takes it. `turn_seconds` bounds a turn up to its commit."""

    def __init__(
        self,
        application: App,
        services: Services,
        handlers: Sequence[BaseHandler[Any, Any, Any]],
        window: Window,
        turn_seconds: float,
        sealed: Sealed,
    ) -> None:
        self.sealed = sealed
        self._application = application
        self._services = services
        self.handlers = list(handlers)
        self.window = window
        self._turn_seconds = turn_seconds
        self._lanes: dict[int, deque[tuple[Slot, Update | Tap | Said]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._told_to_wait: set[int] = set()
        self._stopping = False
        self.malformed = 0

    def receive(self, raw_updates: Sequence[Any]) -> int:
        """Start what is new among these and pass over what cannot be read; how many were new."""
        return sum(self.accept(raw) is not None for raw in raw_updates)

    def accept(self, raw: Any) -> Slot | None:
        """Start one raw update; its place in the window, or None for a repetition and for one without a usable id."""
        update_id = raw.get("update_id") if isinstance(raw, dict) else None
        if type(update_id) is not int or not 0 <= update_id < LARGEST_ID:
            self._pass_over(raw)
            return None
        slot = self.window.take(update_id)
        if slot is not None:
            self._start(slot, raw)
        return slot

    def _start(self, slot: Slot, raw: dict[str, Any]) -> None:
        try:
            heard = self.sealed.takes(raw)
            update = heard or Update.de_json(raw, self._application.bot)
            chat_id = _chat_id(update)
        except Exception:  # noqa: BLE001 - the library raises whatever it meets in an update it cannot read
            self._pass_over(raw)
            self.window.release(slot)
            return
        if chat_id is None:
            self.window.release(slot)
            return
        lane = self._lanes.get(chat_id)
        if lane is not None:
            lane.append((slot, update))
            return
        self._lanes[chat_id] = deque([(slot, update)])
        task = asyncio.create_task(self._run_lane(chat_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _pass_over(self, raw: Any) -> None:
        self.malformed += 1
        kinds = [key for key in raw if key in Update.ALL_TYPES] if isinstance(raw, dict) else []
        log.warning("update passed over: it cannot be read", kind=kinds[0] if kinds else "unknown")

    async def _run_lane(self, chat_id: int) -> None:
        lane = self._lanes[chat_id]
        while lane and not self._stopping:
            if await self._run(chat_id, *lane[0], hushed=len(lane) > ANSWERED_AT_ONCE):
                lane.popleft()
                self._told_to_wait.discard(chat_id)
            else:
                await asyncio.sleep(PAUSE_AFTER_DATABASE_ERROR)
        del self._lanes[chat_id]

    async def _run(self, chat_id: int, slot: Slot, update: Update | Tap | Said, *, hushed: bool) -> bool:
        """One update, to the end: whether its effects are on disk. Nothing behind it in the chat runs before."""
        if not isinstance(update, Update):
            return await self.sealed.run(slot, update)
        services = replace(self._services, delivery=Hushed(self._services.delivery)) if hushed else self._services
        turn = Turn(slot.update_id, chat_id, services.council.languages[0], services)
        context = Context(self._application, turn)
        try:
            async with asyncio.timeout(self._turn_seconds) as patience:
                turn.on_commit = lambda: self._committed(slot, patience)
                ran = await self._handle(update, context)
                if turn.query_id is not None:
                    await context.notice()
            if ran and not turn.committed:
                await self._mark(slot)
        except Exception as error:  # noqa: BLE001 - one handler's fault must not cost other people their turn
            return await self._apologise(slot, context, error)
        self.window.release(slot)
        return True

    def _committed(self, slot: Slot, patience: asyncio.Timeout) -> None:
        self.window.release(slot)
        patience.reschedule(asyncio.get_running_loop().time() + WORDS_SECONDS)

    async def _handle(self, update: Update, context: Context) -> bool:
        """Whether any handler took it."""
        for handler in self.handlers:
            found = handler.check_update(update)
            if found is not None and found is not False:
                await self._introduce(update, context.turn)
                await handler.handle_update(update, self._application, found, context)
                return True
        if update.my_chat_member is not None:
            await self._introduce(update, context.turn)
            await self._reach_changed(update.my_chat_member, context)
            return True
        return False

    async def _introduce(self, update: Update, turn: Turn) -> None:
        user = update.effective_user
        if user is not None:
            turn.person, turn.roles = await people.turn_of(self._services.database.reading, user.id)
            turn.language = turn.person.language if turn.person else self._guess(user)
        query = update.callback_query
        if query is not None:
            turn.query_id = query.id
            turn.message_id = query.message.message_id if query.message else None

    def _guess(self, user: User) -> str:
        """The offered language that is the phone's, or the first one."""
        return nearest(user.language_code or "", self._services.council.languages)

    async def _reach_changed(self, change: ChatMemberUpdated, context: Context) -> None:
        """Somebody has blocked us, which makes them unreachable, or has opened the chat again."""
        if context.known is None:
            return
        async with context.transaction() as tx:
            if change.new_chat_member.status in _GONE:
                await people.mark_unreachable(tx, context.known.id, context.now)
            else:
                await people.mark_reachable(tx, context.known.id)
                await responses.back_in_turn(tx, context.known.id, context.now)
        context.services.delivery.wake()

    async def _mark(self, slot: Slot) -> None:
        """Keep that this update is handled, though it changed nothing else."""
        try:
            async with self._services.database.transaction() as tx:
                await updates.mark_handled(tx, slot.update_id)
        except sqlite3.IntegrityError:
            log.info("update was marked already")  # it was cut off between its commit and our hearing of it

    async def _apologise(self, slot: Slot, context: Context, error: Exception) -> bool:
        """Whether an apology is the end of it: while nothing can be kept, nothing is told and it is tried again."""
        failed(log, "a handler failed", error)
        try:
            if not context.turn.committed:
                if refuses_for_now(error):
                    raise error
                await self._mark(slot)
        except sqlite3.Error as worse:
            failed(log, "the database refused", worse)
            await self._ask_to_wait(context)
            return False
        self.window.release(slot)
        await self._say(context, "error.sorry")
        return True

    async def _ask_to_wait(self, context: Context) -> None:
        """Once per chat and trouble: what was sent is safe with Telegram, and is answered when it can be kept."""
        if context.chat_id not in self._told_to_wait:
            self._told_to_wait.add(context.chat_id)
            await self._say(context, "error.wait")

    async def _say(self, context: Context, name: str) -> None:
        if context.chat_id < 0:
            return  # a group hears nothing from us
        try:
            async with asyncio.timeout(WORDS_SECONDS):
                await context.services.delivery.reply(context.chat_id, Saying(name), context.language)
                await context.notice()
        except Exception as worse:  # noqa: BLE001 - there is nobody left to tell but the log
            failed(log, "the apology failed", worse)

    @property
    def idle(self) -> bool:
        """Whether no turn is running or waiting."""
        return not self._lanes

    async def finish(self, seconds: float) -> None:
        """Begin no more turns and let the running ones end; those that take longer are cut off and will come again."""
        self._stopping = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def _chat_id(update: Update | Tap | Said) -> int | None:
    """Whose turn it is: the chat, or the person where there is none; None for kinds we do not know."""
    if not isinstance(update, Update):
        return update.chat
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else None
