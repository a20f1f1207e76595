"""What is said on the sealed way: from the tap to the receipt, the mailbox, and the taps after a meeting.

The prompt is the state, so each turn knows all it needs from the update itself.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import texts
from bot.day import Day
from bot.heard import Asked, Said, Tap
from bot.quiet import Quiet
from handlers import pulse, unlinked_words
from handlers.saying import Saying
from handlers.services import Services
from rules import codes, identity
from rules.release import GENERAL, LONGEST, SHORTEST
from rules.topics import TOPICS, eligible
from storage import crowds
from storage.unlinked import Paper

PROMPTS, ITEMS, LOOKS, TAPS = 3, 6, 30, 200  # a day, for one person
EXPECTING = "expecting"


@dataclass
class Turn:
    """One update's way through: what was heard, in which language to answer, and how to let the offset move."""

    heard: Tap | Said
    language: str
    kept: Callable[[], None]


class Talk:
    """`answer` does one turn. What it keeps between turns is counted by the day and in memory only."""

    def __init__(self, services: Services, quiet: Quiet, day: Day) -> None:
        self._services, self._quiet, self._day = services, quiet, day
        self._council, self._unlinked = services.council, services.unlinked
        self._album = ""
        self._taps: dict[str, Callable[[Turn, Tap], Awaitable[None]]] = {
            "go": self._go,
            "sealed.ask": self._ask,
            "sealed.topic": self._topic,
            "sealed.blank": self._decided,
            "sealed.keep": self._decided,
            "sealed.drop": self._decided,
            "sealed.saved": self._code_saved,
            "sealed.pulse": self._pulse,
        }

    async def answer(self, turn: Turn) -> None:
        """Say what there is to say, and keep what there is to keep. Raises sqlite3.Error when it could not be kept."""
        if isinstance(turn.heard, Said):
            await self._said(turn, turn.heard)
            return
        tap = turn.heard
        run = self._taps.get(tap.press.verb)
        if run is None or not self._day.spend("tap", tap.user, TAPS):
            await self._closed(turn, tap)
            return
        await run(turn, tap)
        await self._quiet.answer(tap.query, None)

    async def _closed(self, turn: Turn, tap: Tap) -> None:
        await self._quiet.answer(tap.query, texts.plain(turn.language, "button.closed"), alert=True)

    # ---- taps

    async def _go(self, turn: Turn, tap: Tap) -> None:
        saying = unlinked_words.choice() if tap.press.word(0) == "feedback" else Saying("unlinked.inbox.how")
        await self._say(turn, saying)

    async def _ask(self, turn: Turn, tap: Tap) -> None:
        await self._replace(turn, tap, unlinked_words.topics())

    async def _topic(self, turn: Turn, tap: Tap) -> None:
        if tap.press.word(0) not in TOPICS:
            await self._closed(turn, tap)
            return
        await self._remove(tap.chat, tap.message)
        await self._prompt(turn, codes.fresh(), tap.press.word(0))

    async def _prompt(self, turn: Turn, code: str, topic: str) -> None:
        if not self._day.spend("prompt", turn.heard.user, PROMPTS):
            await self._say(turn, Saying("unlinked.limit"))
            return
        sizes = eligible(await crowds.groups(self._services.database.reading, invented=self._council.rehearsal))
        await self._say(turn, unlinked_words.prompt(code, topic, sizes, self._council))
        self._day.spend(EXPECTING, turn.heard.user, 1)

    async def _decided(self, turn: Turn, tap: Tap) -> None:
        asked, prompt_id = tap.asked, tap.press.number(0)
        if asked is None or not asked.ours or not tap.replied or prompt_id is None:
            await self._closed(turn, tap)
            return
        if tap.press.verb == "sealed.drop":
            await self._say(turn, Saying("unlinked.dropped"))
            await self._remove(tap.chat, tap.replied_to, tap.message, prompt_id)
            return
        words = codes.without(tap.replied)
        if tap.press.verb == "sealed.blank":
            words = identity.blanked(words, identity.flagged(words, tap.names))
        await self._keep(turn, asked, words, (tap.replied_to, tap.message, prompt_id))

    async def _code_saved(self, turn: Turn, tap: Tap) -> None:
        await self._replace(turn, tap, Saying("unlinked.code_saved"))

    async def _pulse(self, turn: Turn, tap: Tap) -> None:
        read = pulse.read(tap.press)
        if read is None:
            await self._closed(turn, tap)
            return
        answered, place = read
        if answered is not None and not await self._unlinked.pulse(answered):
            await self._closed(turn, tap)
            return
        turn.kept()
        await self._replace(turn, tap, pulse.following(place))

    # ---- words

    async def _said(self, turn: Turn, said: Said) -> None:
        asked = said.asked if said.asked and said.asked.ours and said.asked.topic else None
        if said.kind != "text" or said.forwarded:
            await self._unwanted(turn, said, asked)
        elif said.command:
            await self._command(turn, said)
        elif asked is not None:
            await self._item(turn, said, asked, asked.message)
        elif said.code is None:
            await self._say(turn, Saying("unlinked.reply_please" if said.asked is None else "unlinked.use_button"))
        elif not codes.without(said.words):
            await self._only_the_code(turn, said)
        else:
            await self._item(turn, said, Asked(said.code, GENERAL, said.message, ours=True), 0)

    async def _unwanted(self, turn: Turn, said: Said, asked: Asked | None) -> None:
        """Photos, voices and the like, and what somebody else wrote: refused with the reason, an album once."""
        if said.album and said.album == self._album:
            return
        self._album = said.album
        problem = texts.words("unlinked.forwarded" if said.forwarded else "unlinked.media")
        if asked is None or asked.topic is None:
            await self._say(turn, Saying("unlinked.refused", {"problem": problem}))
            return
        await self._say(turn, unlinked_words.again(problem, asked.code, asked.topic))

    async def _command(self, turn: Turn, said: Said) -> None:
        match said.command:
            case "inbox" if said.code or said.words.split()[1:]:
                await self._inbox(turn, said)
            case "inbox":
                await self._say(turn, Saying("unlinked.inbox.how"))
            case "paper" if said.code:
                await self._prompt(turn, said.code, GENERAL)
                await self._remove(said.chat, said.message)
            case _:
                await self._say(turn, unlinked_words.choice())

    async def _inbox(self, turn: Turn, said: Said) -> None:
        if not self._day.spend("look", said.user, LOOKS):
            await self._say(turn, Saying("unlinked.inbox.enough"))
            return
        typed = said.code or said.words.partition(" ")[2]
        replies = await self._unlinked.mailbox(typed)
        await self._say(turn, unlinked_words.mailbox([reply.body for reply in replies]))
        await self._remove(said.chat, said.message)

    async def _only_the_code(self, turn: Turn, said: Said) -> None:
        await self._say(turn, Saying("unlinked.only_code"))
        await self._remove(said.chat, said.message)

    async def _item(self, turn: Turn, said: Said, asked: Asked, prompt_id: int) -> None:
        """Take the words, ask about what could point at somebody, or say why they cannot be taken."""
        words, topic = codes.without(said.words), asked.topic or GENERAL
        problem = _problem(words)
        if problem is not None:
            await self._say(turn, unlinked_words.again(problem, asked.code, topic))
            gone = (prompt_id,) if len(words) > LONGEST else (prompt_id, said.message)  # a long one can be copied
            await self._remove(said.chat, *gone)
            return
        found = [words[span.start : span.end] for span in identity.flagged(words, said.names)]
        if found:
            question = unlinked_words.flagged(found, asked.code, topic, prompt_id, said.message)
            await self._say(turn, question)
            return
        await self._keep(turn, asked, words, (said.message, prompt_id))

    async def _keep(self, turn: Turn, asked: Asked, words: str, gone: tuple[int | None, ...]) -> None:
        """Commit; only then may the offset move, and only then do the messages go and the receipt comes."""
        if not self._day.spend("item", turn.heard.user, ITEMS):
            await self._say(turn, Saying("unlinked.limit"))
            return
        topic = asked.topic or GENERAL
        paper = await self._unlinked.put_paper(asked.code, words, topic)
        if paper is Paper.UNKNOWN:
            await self._unlinked.put(asked.code, words, topic)
        turn.kept()
        self._day.forget(EXPECTING, turn.heard.user)
        await self._remove(turn.heard.chat, *gone)
        if paper is Paper.USED:
            await self._say(turn, Saying("unlinked.paper_used"))
            return
        released = len(await self._unlinked.issued(topic=topic))
        await self._say(turn, unlinked_words.receipt(asked.code, topic, released))

    # ---- speaking

    async def _say(self, turn: Turn, saying: Saying) -> None:
        await self._quiet.reply(turn.heard.chat, saying, turn.language)

    async def _replace(self, turn: Turn, tap: Tap, saying: Saying) -> None:
        if tap.message is None or not await self._quiet.edit(tap.chat, tap.message, saying, turn.language):
            await self._say(turn, saying)

    async def _remove(self, chat: int, *messages: int | None) -> None:
        for message in messages:
            if message:
                await self._quiet.delete(chat, message)


def _problem(words: str) -> texts.Words | None:
    """Why these words cannot be taken, or None."""
    if not words:
        return texts.words("unlinked.only_code")
    if len(words) < SHORTEST:
        return texts.words("unlinked.short", least=SHORTEST)
    return texts.words("unlinked.long", length=len(words), most=LONGEST) if len(words) > LONGEST else None
