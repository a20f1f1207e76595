"""The sealed way: unlinked feedback, recognised before any write and answered without one outside its own file.

No mark of the update, no last-seen, no form, no line in the log. Telegram's offset may move when the item is on disk; a
crash before that brings the message again, and one after it lands on the same slot. Faults are counted, not described:
the moment and place of one would be a trace.
"""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from bot.day import Day
from bot.heard import Said, Tap, spoken, tapped
from bot.quiet import Quiet
from bot.sealed_talk import EXPECTING, Talk, Turn
from bot.tongue import nearest
from bot.window import Slot, Window
from handlers import fixed
from handlers.saying import Saying
from handlers.services import Services
from storage import people

SECONDS = 120.0


class Sealed:
    """`takes` recognises, `run` answers. `own` gives the bot's id once Telegram has said it."""

    def __init__(self, services: Services, quiet: Quiet, own: Callable[[], int], window: Window) -> None:
        self._services, self._quiet, self._own, self._window = services, quiet, own, window
        self._day = Day(services.now, services.council.zone)
        self._talk = Talk(services, quiet, self._day)
        self.faults: Counter[str] = Counter()

    def takes(self, raw: Mapping[str, Any]) -> Tap | Said | None:
        """What of this raw update belongs here, or None: it goes the usual way, and no reply is waited for any more."""
        tap, message = raw.get("callback_query"), raw.get("message")
        if isinstance(tap, Mapping):
            ours = tapped(tap, self._own())
            if ours is None:
                self._left(tap.get("from"))
            return ours
        said = spoken(message, self._own()) if isinstance(message, Mapping) else None
        if said is None or said.command:
            return said
        # "stop" works inside any question, and so does a command: after /start may stand what looks like our code.
        elsewhere = said.words.startswith("/") or fixed.wish_in(said.words) is not None
        if not elsewhere and (said.code or said.asked or self._day.holds(EXPECTING, said.user)):
            return said
        self._left({"id": said.user})
        return None

    def _left(self, person: object) -> None:
        """Somebody went on to something else, so what they type next is no lost reply."""
        if isinstance(person, Mapping) and isinstance(person.get("id"), int):
            self._day.forget(EXPECTING, person["id"])

    async def run(self, slot: Slot, heard: Tap | Said) -> bool:
        """Answer, and let the offset move as soon as nothing can be lost; False when the file refused: do it again."""

        def kept() -> None:
            self._window.release(slot)

        try:
            async with asyncio.timeout(SECONDS):
                await self._talk.answer(Turn(heard, await self._language(heard), kept))
        except sqlite3.Error as error:
            self.faults[type(error).__name__] += 1
            if not slot.done.is_set():
                return False
        except Exception as error:  # noqa: BLE001 - counted: where and when it happened would be a trace
            self.faults[type(error).__name__] += 1
            await self._apologise(heard)
        kept()
        return True

    async def _apologise(self, heard: Tap | Said) -> None:
        try:
            language = nearest(heard.phone_language, self._services.council.languages)
            await self._quiet.reply(heard.chat, Saying("error.sorry"), language)
        except Exception as error:  # noqa: BLE001 - there is nobody left to tell but the count
            self.faults[type(error).__name__] += 1

    async def _language(self, heard: Tap | Said) -> str:
        person = await people.by_telegram(self._services.database.reading, heard.user)
        return person.language if person else nearest(heard.phone_language, self._services.council.languages)
