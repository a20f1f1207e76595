"""kill -9 before each statement of what moves money, in a process of its own; then the step is repeated and counted."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.programs import ROOT
from benchmarks.rewards.till import NOW, VAULT, Till, empty, spent, wrong
from storage import attendance, erasure
from storage.database import Writing, opened
from storage.migrate import migrate
from storage.rewards import claim_row, claiming, deciding, giving, showing, vouchers

Act = Callable[[Writing, Till, int], Awaitable[object]]


async def _of(tx: Writing, till: Till, person: int) -> int:
    claim = await claim_row.of(tx, person, till.meeting)
    return 0 if claim is None else claim.id


async def _claim(tx: Writing, till: Till, person: int) -> object:
    return await claiming.claim(tx, person, till.meeting, till.item, NOW)


async def _half(tx: Writing, till: Till, person: int) -> object:
    return await giving.give(tx, person, await _of(tx, till, person), 500, NOW)


async def _show(tx: Writing, till: Till, person: int) -> object:
    return await showing.show(tx, VAULT, person, await _of(tx, till, person), NOW)


async def _decline(tx: Writing, till: Till, person: int) -> object:
    return await giving.decline(tx, person, await _of(tx, till, person), NOW)


async def _reverse(tx: Writing, till: Till, person: int) -> object:
    return await attendance.take_back(tx, till.meeting, person, NOW)


async def _approve(tx: Writing, till: Till, person: int) -> object:
    return await deciding.approve(tx, await _of(tx, till, person), till.olive, NOW)


async def _load(tx: Writing, till: Till, _person: int) -> object:
    return await till.load(tx, [1000, 1000], first=100)


async def _release(tx: Writing, _till: Till, _person: int) -> object:
    return await vouchers.release(tx, 2, "host:second", NOW)


async def _erase(tx: Writing, _till: Till, person: int) -> object:
    return await erasure.erase(tx, person, NOW, ZoneInfo("Europe/London"))


# What is done, by name: what went before it, the act that is killed, and whether a second person approves.
ACTS: dict[str, tuple[tuple[Act, ...], Act, str]] = {
    "claim": ((), _claim, "none"),
    "claim to be approved": ((), _claim, "second"),
    "approval": ((_claim,), _approve, "second"),
    "show": ((_claim,), _show, "none"),
    "half to charity": ((_claim,), _half, "none"),
    "decline": ((_claim,), _decline, "none"),
    "attendance taken back": ((_claim,), _reverse, "none"),
    "erasure": ((_claim,), _erase, "none"),
    "load": ((), _load, "none"),
    "release": ((_load,), _release, "none"),
}


def run(every: int = 1) -> Counter[str]:
    """Kill at every so-manieth statement of each act: points, and what was lost, doubled, or did not add up after."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for act in ACTS:
            template, till, person = asyncio.run(_before(folder, act))
            before, after = asyncio.run(_summary(template)), asyncio.run(_ended(folder, template, act, till, person))
            for statement in range(0, 10_000, every):
                path = folder / "killed.db"
                _copy(template, path)
                if not _killed(path, act, till, person, statement):
                    break
                found["points"] += 1
                _judge(path, act, till, person, (before, after), found)
    return found


async def _before(folder: Path, act: str) -> tuple[Path, Till, int]:
    earlier, _, approval = ACTS[act]
    path, till = empty(folder, "before"), Till()
    migrate(path, ROOT / "migrations")
    async with opened(path) as database:
        async with database.transaction() as tx:
            person, other = await till.found(tx, 2, 5000, [1000, 500], approval=approval)
        for step in earlier:
            async with database.transaction() as tx:
                await step(tx, till, person)
        if act == "release":  # somebody waits for it
            for one in (person, other):
                async with database.transaction() as tx:
                    await _claim(tx, till, one)
    return path, till, person


def _copy(template: Path, path: Path) -> None:
    shutil.copy(template, empty(path.parent, path.stem))


def _killed(path: Path, act: str, till: Till, person: int, statement: int) -> bool:
    """Whether a process that was to be killed before this statement of the act came that far."""
    child = os.fork()
    if not child:
        try:
            asyncio.run(_play(path, act, till, person, statement))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


async def _play(path: Path, act: str, till: Till, person: int, statement: int | None) -> None:
    async with opened(path) as database:
        left = iter(range(statement or 0))

        def count(_: str) -> None:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        if statement is not None:
            await database._writer.set_trace_callback(count)  # noqa: SLF001 - only the connection knows its statements
        async with database.transaction() as tx:
            await ACTS[act][1](tx, till, person)


async def _summary(path: Path) -> tuple[object, ...]:
    """Where the money, the claims and the vouchers are; nothing that a repeated tap may change."""
    async with opened(path) as database:
        read = database.reading
        claims = await read.rows("SELECT state, kept, given FROM claim ORDER BY id")
        held = await read.rows("SELECT fingerprint, state, claim_id FROM voucher ORDER BY fingerprint")
        batches = await read.rows("SELECT state FROM voucher_batch WHERE id IN (SELECT batch_id FROM voucher)")
        return await spent(database), *[tuple(row) for rows in (claims, held, batches) for row in rows]


async def _ended(folder: Path, template: Path, act: str, till: Till, person: int) -> tuple[object, ...]:
    path = folder / "ended.db"
    _copy(template, path)
    await _play(path, act, till, person, None)
    return await _summary(path)


def _judge(
    path: Path, act: str, till: Till, person: int, sides: tuple[tuple[object, ...], ...], found: Counter[str]
) -> None:
    """After the kill all of it or nothing is there; after the act was repeated, all of it, once."""
    found["half done"] += asyncio.run(_summary(path)) not in sides
    asyncio.run(_play(path, act, till, person, None))
    found["lost or doubled"] += asyncio.run(_summary(path)) != sides[1]
    found["violations"] += asyncio.run(_violations(path))


async def _violations(path: Path) -> int:
    async with opened(path) as database:
        return len(await wrong(database))
