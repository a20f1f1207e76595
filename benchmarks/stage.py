"""The stand-in for Telegram and the people in it, in the process that measures; bots run in processes of their own.

People live inside the stand-in, so what they type costs no call: each line follows when the bot has answered the one
before, and the wires carry the bot's own calls only.
"""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from simulator import Phone, Simulator
from simulator.ledger import Receipt

Line = Callable[[Phone], object]
# A bot that answers nothing for so long will not: the run is broken.
SILENCE_SECONDS = 30.0
# With one person alone, what follows a line has come after so long without anything more.
_SETTLED_SECONDS = 0.5


@dataclass
class Talk:
    """One person's lines, and how many messages the bot sends (or changes) after each."""

    phone: Phone
    lines: Sequence[Line]
    answers: Sequence[int]
    place: int = 0
    missing: int = 0
    asked_at: float = 0.0
    waits: list[float] = field(default_factory=list)


class _Listening(list[Receipt]):
    """A ledger that tells of each entry and keeps none: a run of hours must not slow the stand-in down."""

    def __init__(self, hear: Callable[[Receipt], None]) -> None:
        super().__init__()
        self._hear = hear

    def append(self, receipt: Receipt) -> None:
        self._hear(receipt)


class Stage:
    """A stand-in with flood limits on or off; `latency` is the way there and back in seconds."""

    def __init__(self, *, flood: bool = False) -> None:
        self.sim = Simulator(flood=flood, keep=20_000)
        self.url = ""
        self.heard: Callable[[Receipt], None] | None = None
        self._talks: dict[int, Talk] = {}
        self._open = 0
        self._over = asyncio.Event()
        self.sim.world.ledger = _Listening(self._hear)

    def people(self, token: str, how_many: int, *, started: bool = False) -> list[Phone]:
        """New people with a private chat to this bot."""
        return [self.sim.phone(token, f"Person {place}", started=started) for place in range(how_many)]

    async def rehearse(self, phone: Phone, lines: Sequence[Line]) -> list[int]:
        """How many messages the bot sends or changes after each line when nobody else is there."""
        came: list[Receipt] = []
        self.heard = lambda receipt: came.append(receipt) if receipt.chat_id == phone.id else None
        counts = []
        for line in lines:
            came.clear()
            line(phone)
            await self._settled(came)
            counts.append(len(came))
        self.heard = None
        return counts

    async def _settled(self, came: list[Receipt]) -> None:
        before, since, start = 0, time.perf_counter(), time.perf_counter()
        while not before or time.perf_counter() - since < _SETTLED_SECONDS:
            await asyncio.sleep(0.02)
            if len(came) != before:
                before, since = len(came), time.perf_counter()
            if time.perf_counter() - start > SILENCE_SECONDS:
                raise RuntimeError("the bot does not answer")

    async def talk(self, talks: Sequence[Talk]) -> float:
        """Let all of them talk to the bot side by side until each has been answered; the seconds it took."""
        self._talks = {talk.phone.id: talk for talk in talks}
        self._open = len(talks)
        self._over.clear()
        gc.collect()
        gc.disable()
        start = time.perf_counter()
        try:
            for talk in talks:
                self._say(talk)
            await self._until_over()
        finally:
            gc.enable()
        return time.perf_counter() - start

    async def _until_over(self) -> None:
        left = -1
        while not self._over.is_set():
            before, left = left, sum(len(talk.lines) - talk.place for talk in self._talks.values())
            if left == before:
                raise RuntimeError(f"the bot fell silent with {left} lines unanswered")
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    await self._over.wait()
            except TimeoutError:
                continue

    def _say(self, talk: Talk) -> None:
        talk.missing = talk.answers[talk.place]
        talk.asked_at = time.perf_counter()
        talk.lines[talk.place](talk.phone)

    def _hear(self, receipt: Receipt) -> None:
        if self.heard is not None:
            self.heard(receipt)
        talk = self._talks.get(receipt.chat_id)
        if talk is None or talk.missing == 0:
            return
        talk.missing -= 1
        if talk.missing:
            return
        talk.waits.append(time.perf_counter() - talk.asked_at)
        talk.place += 1
        if talk.place < len(talk.lines):
            asyncio.get_running_loop().call_soon(self._say, talk)
            return
        self._open -= 1
        if not self._open:
            self._over.set()

    def refused(self) -> int:
        """How many of the calls still in the transcript were answered with 429."""
        return sum(call.status == 429 for call in self.sim.transcript)


@asynccontextmanager
async def stage(*, flood: bool = False) -> AsyncIterator[Stage]:
    """A stand-in that listens on a port of its own while the block runs."""
    built = Stage(flood=flood)
    built.url = await built.sim.start()
    try:
        yield built
    finally:
        await built.sim.stop()


def says(words: str) -> Line:
    """Type these words."""
    return lambda phone: phone.says(words)


def taps(word: str) -> Line:
    """Tap the newest button whose data holds `word`. Raises LookupError in the run when there is none."""

    def line(phone: Phone) -> object:
        for message in reversed(phone.messages):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if word in button.get("callback_data", ""):
                        return phone.taps(message["message_id"], button["callback_data"])
        raise LookupError(f"no button with {word}")

    return line


def types_first_choice(phone: Phone) -> object:
    """Type the words of the first button under the newest question, as somebody does who prefers typing."""
    question = next(m for m in reversed(phone.messages) if "reply_markup" in m and m["from"]["is_bot"])
    return phone.says(question["reply_markup"]["inline_keyboard"][0][0]["text"])
