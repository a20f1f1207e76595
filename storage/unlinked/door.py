"""The open feedback file, as the rest of the program knows it."""

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path

from rules.release import SMALLEST_GROUP, THRESHOLD
from storage.unlinked import mailbox, pool, pulses, readings, release, tokens
from storage.unlinked import pepper as peppers
from storage.unlinked.file import Line


class Unlinked:
    """The open feedback file. Nothing it is handed is ever logged, and no error it raises repeats it."""

    def __init__(self, line: Line, hashing: peppers.Hashing) -> None:
        self._line = line
        self._hashing = hashing

    async def put(self, code: str, text: str, topic: str) -> bool:
        """Whether the item is new; it is on disk either way. Raises ValueError for no code, or a wrong length."""
        return await self._line.write(lambda file: pool.put(file, self._hashing, code, text, topic))

    async def put_paper(self, token: str, text: str, topic: str) -> tokens.Paper:
        """What became of a slip: its token is used and its words are kept, both or neither. Raises ValueError."""
        return await self._line.write(lambda file: tokens.put(file, self._hashing, token, text, topic))

    async def burn(self, token: str) -> bool:
        """Whether the token is ours and was not used before; it is used from now on."""
        return await self._line.write(lambda file: tokens.burn(file, self._hashing, token))

    def fresh_tokens(self, count: int) -> list[str]:
        """New paper tokens in four groups of five; none of them is kept."""
        return list(islice(tokens.fresh(self._hashing), count))

    async def release(
        self, week: str, eligible: Mapping[str, int], k: int = SMALLEST_GROUP, threshold: int = THRESHOLD
    ) -> int:
        """How many items became readable; pulses are released with them. 0 when this week's release was before.

        `eligible` is how many people could have chosen each topic. Of more than `threshold` items a random part, up to
        a quarter, waits for the next week: see `rules.release`. Raises ValueError for a `k` or `threshold` under 5.
        """
        return await self._line.write(lambda file: release.release(file, week, eligible, k, threshold))

    async def issued(self, week: str | None = None, topic: str | None = None) -> list[mailbox.Item]:
        """What officers may read, in an order that is random and always the same."""
        return await self._line.read(lambda file: mailbox.issued(file, week, topic))

    async def counts(self) -> dict[tuple[str, str], int]:
        """How many items were issued, by week and topic. Not for showing as they are: see `rules.crowd.hidden`."""
        return await self._line.read(mailbox.counts)

    async def answer(self, slot: bytes, text: str, week: str) -> bool:
        """Whether this answer is new and its item is there."""
        return await self._line.write(lambda file: mailbox.answer(file, self._hashing, slot, text, week))

    async def mailbox(self, code: str) -> list[mailbox.Reply]:
        """The answers in a code's mailbox, oldest week first; empty for any other text, after the same work."""
        return await self._line.read(lambda file: mailbox.mailbox(file, self._hashing, code))

    def pulse_ticket(self, meeting: int, wave: str) -> str:
        """A new ticket of 22 characters for one person's buttons; made when they are sent and kept nowhere."""
        return pulses.ticket(self._hashing, meeting, wave)

    async def pulse(self, tap: pulses.Tap) -> bool:
        """Whether the tap counts. It may be changed until the release."""
        return await self._line.write(lambda file: pulses.put(file, self._hashing, tap))

    async def pulses(self, meeting: int) -> list[pulses.Told]:
        """The released answers about a meeting, counted: a question stands only on five answers or more."""
        return await self._line.read(lambda file: pulses.told(file, meeting))

    async def add_theme(self, slot: bytes, theme: str) -> bool:
        """Whether the item is there and the theme is new to it."""
        return await self._line.write(lambda file: readings.add_theme(file, slot, theme))

    async def take_theme(self, slot: bytes, theme: str) -> bool:
        """Whether the item had the theme; it has not any more."""
        return await self._line.write(lambda file: readings.take_theme(file, slot, theme))

    async def themes_of(self, slot: bytes) -> list[str]:
        """The themes of an item."""
        return await self._line.read(lambda file: readings.themes_of(file, slot))

    async def theme_counts(self) -> dict[str, int]:
        """How many items have a theme. Not for showing as they are: see `rules.crowd.hidden`."""
        return await self._line.read(readings.theme_counts)

    async def propose_quote(self, slot: bytes, text: str, officer: int) -> bool:
        """Whether the item is there: these words of it wait for a second person to agree."""
        return await self._line.write(lambda file: readings.propose_quote(file, self._hashing, slot, text, officer))

    async def agree_quote(self, quote: readings.Quote, officer: int) -> bool:
        """Whether a second person has agreed to exactly these words; False for whoever proposed them."""
        return await self._line.write(lambda file: readings.agree_quote(file, self._hashing, quote, officer))

    async def quotes(self) -> list[readings.Quote]:
        """Every quote, proposed or agreed."""
        return await self._line.read(readings.quotes)

    async def tick(self) -> None:
        """Put the file's times on the last full hour. Call it every minute, whatever happens."""
        await self._line.tick()


@asynccontextmanager
async def opened(
    path: Path, pepper: Path, *, now: Callable[[], float] = time.time, cost: int = peppers.COST
) -> AsyncIterator[Unlinked]:
    """The feedback file at `path`, made or brought up to date, closed when the block is left.

    Raises CannotOpen with one line that says why (no pepper, an exposed or a wrong one, changed tables): the program
    must not start then. `cost` is scrypt's n, less only in tests.
    """
    hashing = peppers.Hashing(peppers.read(pepper), cost)
    line = Line(path, now)
    try:
        await line.open(hashing)
        yield Unlinked(line, hashing)
    finally:
        await line.close()
