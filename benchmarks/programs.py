"""The programs that are measured, each a process of its own: ours as a council runs it, and the floors."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build" / "bench"
# Nobody is asleep, and Telegram's pace is off: the figures about pace set their own.
UNPACED = {"BOT_SENDS_PER_SECOND": "100000", "BOT_SENDS_PER_SECOND_IN_A_CHAT": "10000"}
AWAKE = {"BOT_QUIET_FROM": "00:00", "BOT_QUIET_UNTIL": "00:00"}
OURS = ("-m", "bot", "run")
_ENDING_SECONDS = 10.0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Program:
    """A running bot."""

    pid: int
    log: Path

    def peak_mb(self) -> float:
        """The most memory it has had resident, in megabytes (Linux)."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
        return 0.0

    def cpu(self) -> float:
        """Seconds of processor it has used, over all its threads (Linux)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


@contextmanager
def workplace(name: str) -> Iterator[Path]:
    """A folder on the project's own disk, not in memory: a commit costs what it costs. Gone when the block is left."""
    WORK.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{name}-", dir=WORK) as folder:
        yield Path(folder)


@asynccontextmanager
async def ours(token: str, url: str, data_dir: Path, **settings: str) -> AsyncIterator[Program]:
    """The real program, `python -m bot run`, on a database in `data_dir`."""
    given = {"BOT_TOKEN": token, "BOT_API_URL": url, "BOT_DATA_DIR": str(data_dir), "BOT_LOG_LEVEL": "warning"}
    async with running(OURS, data_dir, AWAKE | given | settings) as program:
        yield program


@asynccontextmanager
async def stock_echo(token: str, url: str, data_dir: Path) -> AsyncIterator[Program]:
    """The floor: the same library with its stock updater and client, which echoes and keeps nothing."""
    async with running(("-m", "benchmarks.echo"), data_dir, {"ECHO_TOKEN": token, "ECHO_URL": url}) as program:
        yield program


@asynccontextmanager
async def running(
    arguments: tuple[str, ...], folder: Path, environment: Mapping[str, str], *, ends_by_itself: bool = False
) -> AsyncIterator[Program]:
    """A Python process in `folder`, told to end when the block is left. Raises RuntimeError when it ended otherwise."""
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - nothing is measured yet
    log = folder / "log.txt"
    bare = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=folder,
            stdout=file,
            stderr=file,
            env={**bare, "PYTHONPATH": str(ROOT), **environment},
        )
    try:
        yield Program(process.pid, log)
    except Exception as error:
        error.add_note(f"{' '.join(arguments)} said last:\n{_end_of(log)}")
        raise
    else:
        if ends_by_itself and await process.wait():
            raise RuntimeError(f"{' '.join(arguments)} failed:\n{_end_of(log)}")
        if process.returncode is not None and not ends_by_itself:
            raise RuntimeError(f"{' '.join(arguments)} ended by itself:\n{_end_of(log)}")
    finally:
        await _ended(process)


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        async with asyncio.timeout(_ENDING_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
