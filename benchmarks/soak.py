"""What both soaks share: a Telegram that outlives the program, a program to be killed, and what its database says."""

import asyncio
import os
import random
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from simulator import Simulator
from storage.database import Reading, opened
from storage.invariants import violations

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "987654:invented-for-the-soak"  # noqa: S105 - the simulator takes any
PATIENCE = 60.0


@dataclass
class Soak:
    """One soak: the simulator in this process, a folder, and the program as a process of its own.

    `ahead` is how many seconds the program's clock is in front of this machine's.
    """

    simulator: Simulator
    address: str
    folder: Path
    settings: dict[str, str]
    ahead: float = 0.0
    kills: int = 0
    process: asyncio.subprocess.Process | None = None
    wrong: list[str] = field(default_factory=list)

    @property
    def database(self) -> Path:
        """The program's database."""
        return self.folder / "main.db"

    async def start(self) -> None:
        """Start the program and return when it has greeted Telegram and is about to fetch and to send."""
        asked = self._greetings()
        environment = os.environ | self.settings | {
            "BOT_TOKEN": TOKEN, "BOT_API_URL": self.address, "BOT_DATA_DIR": str(self.folder),
            "BOT_LOG_LEVEL": "error", "SOAK_AHEAD": str(self.ahead),
        }  # fmt: skip
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.soak_program", cwd=ROOT, env=environment
        )
        async with asyncio.timeout(PATIENCE):
            while self._greetings() == asked:
                if self.process.returncode is not None:
                    raise RuntimeError(f"the program ended by itself with status {self.process.returncode}")
                await asyncio.sleep(0.01)

    def _greetings(self) -> int:
        return sum(call.method == "deleteWebhook" for call in self.simulator.transcript)

    async def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()
            self.kills += 1

    async def stop(self) -> None:
        """End it as an operator would, and see that it does so in five seconds."""
        if self.process is None or self.process.returncode is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.process.wait(), 5)
        except TimeoutError:
            self.wrong.append("SIGTERM took longer than five seconds")
            await self.kill()

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Reading]:
        """The database, while the program is down."""
        async with opened(self.database) as database:
            yield database.reports

    async def check_soundness(self) -> None:
        """The file is whole and its invariants hold."""
        async with self.look() as db:
            await self._sound(db)

    async def _sound(self, db: Reading) -> None:
        if (said := await db.value("PRAGMA integrity_check")) != "ok":
            self.wrong.append(f"integrity_check: {said}")
        self.wrong += [f"{one.name}: {one.how_many} rows" for one in await violations(db)]

    def say(self, figures: dict[str, object]) -> int:
        """Print the figures and what was wrong; the exit status."""
        for name, value in figures.items():
            print(f"  {name:<44} {value}")
        for one in self.wrong:
            print(f"  VIOLATION: {one}")
        return 1 if self.wrong else 0


@asynccontextmanager
async def soaking(settings: dict[str, str], *, flood: bool) -> AsyncIterator[Soak]:
    """A simulator and an empty folder for as long as the block lasts; the program is not started yet."""
    simulator = Simulator(flood=flood, keep=1_000_000)
    simulator.bot(TOKEN, username="care_compact_bot")
    address = await simulator.start()
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(simulator, address, Path(folder), settings)
        try:
            yield soak
        finally:
            await soak.kill()
            await simulator.stop()


async def at_some_moment(longest: float) -> None:
    """Wait for a time nobody can foresee."""
    await asyncio.sleep(random.uniform(0, longest))
