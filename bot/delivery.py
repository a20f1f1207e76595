"""The way out: the one file that calls the library's sending methods, and says in one word how each call ended."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from typing import Any

import structlog
from telegram import BotCommand, BotCommandScopeChat, ForceReply, InlineKeyboardMarkup, InputFile
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

from bot.gate import Gate
from bot.logs import failed, fault
from bot.pace import Pace
from bot.transport import Flood, Line, NeverLeft
from handlers.saying import Saying
from storage import people
from storage.database import Database

log = structlog.get_logger()

AT_ONCE = 32
REPEATS = (0.5, 1.0, 2.0, 4.0, 8.0)  # seconds before each further try of a call that never left this machine
FLOODS = 5
_NO_CHAT = ("chat not found", "user not found", "peer_id_invalid", "user_id_invalid", "group chat was")
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
)
_UNCHANGED = "message is not modified"
_LATE = "query is too old"
Markup = InlineKeyboardMarkup | ForceReply | None


_KINDS: dict[type[Exception], str] = {
    NeverLeft: "not_sent",
    Flood: "flood",
    Forbidden: "blocked",
    InvalidToken: "unauthorised",
    ChatMigrated: "chat_not_found",
    BadRequest: "chat_not_found",
}


@dataclass(frozen=True)
class Ending:
    """How a call ended: 'sent' with what Telegram answered, or one of the words of rules/sending with the error.

    `urgent`: it went in the person's quiet hours, and that is kept.
    """

    kind: str
    value: Any = None
    error: Exception | None = None
    urgent: bool = False

    def says(self, *words: str) -> bool:
        """Whether Telegram's own description holds one of these."""
        return self.error is not None and any(word in str(self.error).lower() for word in words)


def ending(error: Exception) -> Ending:
    """What an exception means for the message: the difference that matters is whether it may have arrived."""
    if isinstance(error, BadRequest) and not Ending("", error=error).says(*_NO_CHAT):
        return Ending("bad_text", error=error)
    kind = next((kind for classes, kind in _KINDS.items() if isinstance(error, classes)), "unknown")
    return Ending(kind, error=error)


class Delivery:
    """Replies at once, `post` for the outbox; both through one gate and one pace."""

    def __init__(self, line: Line, database: Database, gate: Gate, pace: Pace, now: Callable[[], float]) -> None:
        self._line, self._database, self._gate, self._pace, self._now = line, database, gate, pace, now
        self._room = asyncio.Semaphore(AT_ONCE)
        self.woken = asyncio.Event()

    async def reply(self, chat_id: int, saying: Saying, language: str) -> int | None:
        """Send at once, ahead of every broadcast. Not repeated when it may have arrived: the person can tap again."""
        call = self._message(chat_id, saying, language)
        end = await self._insist(call, chat_id)
        if end.kind != "sent":
            await self._lost("reply", chat_id, end)
        return end.value if isinstance(end.value, int) else None

    async def edit(self, chat_id: int, message_id: int, saying: Saying, language: str) -> bool:
        """Change a message in place; False when it can no longer be changed."""
        html, markup = saying.html(language), saying.markup(language)
        keys = markup if isinstance(markup, InlineKeyboardMarkup) else None

        end = await self._insist(lambda: self._line.edit_words(chat_id, message_id, html, keys))
        if end.kind == "sent" or end.says(_UNCHANGED):
            return True
        if not end.says(*_GONE):
            await self._lost("edit", chat_id, end)
        return end.kind not in ("bad_text", "chat_not_found")

    async def answer(self, query_id: str, text: str | None, *, alert: bool = False) -> None:
        """Answer a button press. Too late is no error: the person has long seen that the button worked."""
        end = await self._insist(lambda: self._line.answer_callback_query(query_id, text, show_alert=alert))
        if end.kind != "sent" and not end.says(_LATE):
            await self._lost("answer", None, end)

    async def delete(self, chat_id: int, message_id: int) -> bool:
        """Take a message away; False when it could not be."""
        end = await self._insist(lambda: self._line.delete_message(chat_id, message_id))
        return end.kind == "sent"

    async def leave(self, chat_id: int) -> None:
        """Leave a group or channel."""
        end = await self._insist(lambda: self._line.leave_chat(chat_id))
        if end.kind != "sent":
            await self._lost("leave", None, end)

    async def fetch(self, file_id: str) -> bytes | None:
        """The content of a file that somebody sent: 20 MB at most, Telegram hands out no larger one."""
        end = await self._insist(lambda: self._line.content(file_id))
        if end.kind != "sent":
            await self._lost("fetch", None, end)
        return end.value if isinstance(end.value, bytes) else None

    async def show_menu(self, chat_id: int, language: str, commands: list[tuple[str, str]]) -> None:
        """Set this chat's command menu: (command, one-line help), in the one language the chat has."""
        log.debug("menu", language=language, commands=len(commands))
        menu = [BotCommand(name, words) for name, words in commands]
        end = await self._insist(lambda: self._line.set_my_commands(menu, scope=BotCommandScopeChat(chat_id)))
        if end.kind != "sent":
            await self._lost("menu", chat_id, end)

    def wake(self) -> None:
        """Attempts were written: look at what is due now rather than at the next tick."""
        self.woken.set()

    async def post(self, chat_id: int, saying: Saying, language: str, still: Callable[[], bool]) -> Ending:
        """Send a message that nobody waits for, once; 'not_now' when `still` says no by then."""
        call = self._message(chat_id, saying, language)
        leave = await self._pace.unasked(chat_id)
        if not still():
            return Ending("not_now")
        with leave.under_way():
            end = await _ended(call)
        if isinstance(end.error, Flood):
            await self._gate.close(end.error.seconds)
        return end

    def _message(self, chat_id: int, saying: Saying, language: str) -> Callable[[], Awaitable[int]]:
        """The call for this message. Its words are found first, so that a missing one fails before anything is sent."""
        html, markup = saying.html(language), saying.markup(language)

        async def call() -> int:
            if saying.document is None and saying.picture is None and saying.spot is None:
                return await self._line.send_words(
                    chat_id, html, markup, protected=saying.protected, answers=saying.answers
                )
            return await self._more_than_words(chat_id, saying, html, markup)

        return call

    async def _more_than_words(self, chat_id: int, saying: Saying, html: str, markup: Markup) -> int:
        how: dict[str, Any] = {"reply_markup": markup, "protect_content": saying.protected}
        if saying.spot is not None:
            sent = await self._line.send_venue(chat_id, **asdict(saying.spot), **how)
            return sent.message_id
        how |= {"caption": html, "parse_mode": ParseMode.HTML}
        if saying.picture is not None:
            picture = InputFile(saying.picture.content, filename=saying.picture.name)
            return (await self._line.send_photo(chat_id, picture, **how)).message_id
        if saying.document is None:
            raise ValueError("nothing but words")
        file = InputFile(saying.document.content, filename=saying.document.name)
        return (await self._line.send_document(chat_id, file, **how)).message_id

    async def _insist(self, call: Callable[[], Awaitable[Any]], paced_for: int | None = None) -> Ending:
        """Call, and again while it certainly did nothing: it never left, or Telegram asked us to wait."""
        repeats, floods = iter(REPEATS), 0
        while True:
            await self._gate.opened()
            leave = await self._pace.live(paced_for) if paced_for is not None else None
            with leave.under_way() if leave else nullcontext():
                async with self._room:
                    end = await _ended(call)
            if isinstance(end.error, Flood) and floods < FLOODS:
                floods += 1
                await self._gate.close(end.error.seconds)
            elif end.kind == "not_sent" and (wait := next(repeats, None)) is not None:
                await asyncio.sleep(wait)
            else:
                return end

    async def _lost(self, what: str, chat_id: int | None, end: Ending) -> None:
        """Keep what a failed call tells us: a person who blocked us, or a fault of ours that somebody must see."""
        told = fault(end.error) if end.error else {}
        (log.error if end.kind == "bad_text" else log.warning)("not sent", what=what, ending=end.kind, **told)
        if end.kind != "blocked" or chat_id is None:
            return
        try:
            async with self._database.transaction() as tx:
                person = await people.by_telegram(tx, chat_id)
                if person is not None:
                    await people.mark_unreachable(tx, person.id, int(self._now()))
        except sqlite3.Error as error:
            failed(log, "the database refused", error)


async def _ended(call: Callable[[], Awaitable[Any]]) -> Ending:
    try:
        return Ending("sent", await call())
    except Exception as error:  # noqa: BLE001 - whatever is raised after the call began leaves it unknown
        return ending(error)
