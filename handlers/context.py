"""What a handler is given besides the update: the person, the button pressed, the database and a way to speak."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from telegram.ext import CallbackContext, ExtBot

import texts
from handlers.buttons import Press
from handlers.saying import Document, Key, Saying
from handlers.services import Services
from rules.council import Council
from rules.roles import Role
from storage import updates
from storage.database import Reading, Writing
from storage.people import Person

if TYPE_CHECKING:
    from telegram.ext import Application


@dataclass
class Turn:
    """One update's way through: whose chat, who is speaking, and whether its effects are on disk yet.

    `on_commit` is called once when they are; from then on Telegram may be told that the update is handled.
    """

    update_id: int | None
    chat_id: int
    language: str
    services: Services
    person: Person | None = None
    roles: frozenset[Role] = frozenset({Role.ANYONE})
    press: Press | None = None
    query_id: str | None = None
    message_id: int | None = None
    on_commit: Callable[[], None] = field(default=lambda: None)
    writing: bool = False
    committed: bool = False
    answered: bool = False


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """Telegram's context with the turn in it. A handler reads with `db`, writes in one `transaction()`, then speaks."""

    def __init__(self, application: "Application[Any, Any, Any, Any, Any, Any]", turn: Turn) -> None:
        super().__init__(application, chat_id=turn.chat_id)
        self.turn = turn

    @property
    def services(self) -> Services:
        """What every handler may use."""
        return self.turn.services

    @property
    def council(self) -> Council:
        """The council's standing choices."""
        return self.turn.services.council

    @property
    def db(self) -> Reading:
        """The connection for short reads."""
        return self.turn.services.database.reading

    @property
    def now(self) -> int:
        """This moment in whole unix seconds."""
        return int(self.turn.services.now())

    def local(self, at: int) -> datetime:
        """An instant in unix seconds as the council's wall clock shows it."""
        return datetime.fromtimestamp(at, self.council.zone)

    @property
    def chat_id(self) -> int:
        """The private chat this turn belongs to; in a private chat it is the person's Telegram id too."""
        return self.turn.chat_id

    @property
    def language(self) -> str:
        """The language to speak in this turn."""
        return self.turn.language

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held at the start of this turn."""
        return self.turn.roles

    @property
    def person(self) -> Person:
        """Who is speaking. Raises LookupError in a turn of somebody we have not met."""
        if self.turn.person is None:
            raise LookupError("nobody we have met is speaking")
        return self.turn.person

    @property
    def known(self) -> Person | None:
        """Who is speaking, or None when we have not met."""
        return self.turn.person

    @property
    def press(self) -> Press:
        """What the pressed button was about. Raises LookupError when no button was pressed."""
        if self.turn.press is None:
            raise LookupError("no button was pressed")
        return self.turn.press

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Writing]:
        """The turn's one transaction: its effects and the update's mark as handled become durable together.

        Raises RuntimeError when the turn has had its transaction already.
        """
        if self.turn.writing or self.turn.committed:
            raise RuntimeError("a turn has one transaction")
        self.turn.writing = True
        try:
            async with self.services.database.transaction() as tx:
                if self.turn.update_id is not None:
                    await updates.mark_handled(tx, self.turn.update_id)
                yield tx
            self.turn.committed = True
            self.turn.on_commit()
        finally:
            self.turn.writing = False

    async def say(
        self,
        name: str,
        /,
        *rows: tuple[Key, ...],
        document: Document | None = None,
        asks: bool = False,
        **values: object,
    ) -> int | None:
        """Send the text `name` to this chat, with rows of buttons; Telegram's message id when it arrived."""
        return await self.speak(Saying(name, values, rows, document=document, asks=asks))

    async def speak(self, saying: Saying) -> int | None:
        """Send `saying` to this chat. Raises RuntimeError inside a transaction: words go out after the commit."""
        self._after_commit()
        return await self.services.delivery.reply(self.chat_id, saying, self.language)

    async def show(self, name: str, /, *rows: tuple[Key, ...], **values: object) -> int | None:
        """Put the text `name` in place of the message whose button was pressed, or send it when there is none."""
        return await self.replace(Saying(name, values, rows))

    async def replace(self, saying: Saying) -> int | None:
        """Put `saying` in place of the message whose button was pressed, or send it when there is none."""
        self._after_commit()
        message_id = self.turn.message_id if self.turn.press else None
        if message_id is not None and await self.services.delivery.edit(
            self.chat_id, message_id, saying, self.language
        ):
            return message_id
        return await self.services.delivery.reply(self.chat_id, saying, self.language)

    async def notice(self, name: str | None = None, /, *, alert: bool = False, **values: object) -> None:
        """Answer the button press, with the short text `name` if any. Intake does it when no handler has."""
        self._after_commit()
        if self.turn.query_id is None or self.turn.answered:
            return
        self.turn.answered = True
        words = texts.plain(self.language, name, **values) if name else None
        await self.services.delivery.answer(self.turn.query_id, words, alert=alert)

    def _after_commit(self) -> None:
        if self.turn.writing:
            raise RuntimeError("words go out after the commit")
