"""The real program lives through weeks: its ticker and its outbox, with a stand-in for Telegram in this process.

The clock stands still until it is moved. What was sent is read from the program's log after each move, and the phones
say at the end whether that is all they got.
"""

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.clockwork import Sent, sent_of
from benchmarks.month import BEGINS, COUNCIL
from bot.app import Program, build
from bot.settings import Settings
from simulator import Phone, Simulator
from storage.attempt_row import of_row
from storage.database import Database
from tests.in_process import InProcess

TOKEN = "123456:invented-for-benchmarks"  # noqa: S105 - it opens nothing outside this process
# Where Linux keeps files in memory: the disk is not what is measured.
MEMORY = next((path for path in ("/dev/shm",) if Path(path).is_dir()), None)  # noqa: S108 - a folder of our own is made in it
_SENT = "SELECT * FROM known_attempt WHERE sent_at = :now AND state = 'accepted' ORDER BY id"


class Moved:
    """Unix seconds that pass only when somebody says so."""

    def __init__(self, now: int) -> None:
        self.now = float(now)

    def __call__(self) -> float:
        """Now."""
        return self.now


@dataclass
class Town:
    """A folder with a database, phones, and a clock; the program can be started and stopped in it."""

    folder: Path
    clock: Moved
    simulator: Simulator
    phones: Sequence[Phone]
    sent: list[Sent] = field(default_factory=list)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Program]:
        """The program, from here on until the block is left."""
        settings = Settings(
            _env_file=None,
            token=TOKEN,
            data_dir=self.folder,
            council_name="Invented Borough",
            sends_per_second=100_000,
            sends_per_second_in_a_chat=10_000,
            log_level="error",
        )
        async with build(settings, request=InProcess(self.simulator), now=self.clock) as program:
            yield program

    async def moves_to(self, program: Program, now: int) -> None:
        """It is now so late, and everything that is due happens."""
        self.clock.now = float(now)
        await program.settle()
        await self._note(program.database, now)

    async def _note(self, database: Database, now: int) -> None:
        rows = await database.reading.rows(_SENT, now=now)
        before = {(one.person_id, one.reason, one.about, one.sequence) for one in self.sent if one.at == now}
        found = [sent_of(of_row(row), now, COUNCIL) for row in rows]
        self.sent += [one for one in found if (one.person_id, one.reason, one.about, one.sequence) not in before]

    @property
    def received(self) -> int:
        """How many messages the phones have got from the bot."""
        return sum(message["from"]["is_bot"] for phone in self.phones for message in phone.messages)


@asynccontextmanager
async def town(how_many: int) -> AsyncIterator[Town]:
    """So many people with phones who have written to the bot before, and an empty folder."""
    clock = Moved(BEGINS)
    simulator = Simulator(clock, flood=False)
    simulator.bot(TOKEN, username="care_compact_bot", name="Care Compact")
    phones = [simulator.phone(TOKEN, f"P{number}", started=True) for number in range(how_many)]
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Town(Path(folder), clock, simulator, phones)
