"""Long counting in a process of its own: neither the program's one thread nor its writer waits for it.

`python -m reports.apart <database>` reads one question as JSON and prints the answer; it can only read.
"""

import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reports import times
from reports.day_grid import Heat
from reports.times import Asked, Chosen, Compared, Share, Times
from storage.database import read_only

_ROOT = Path(__file__).resolve().parents[1]
_LONGEST_SECONDS = 60.0


class NotCounted(Exception):
    """The process ended without an answer, or took too long."""


async def best_times(path: Path, asked: Asked, wanted: Sequence[int]) -> Times:
    """What `times.best_times` finds. Raises NotCounted."""
    said = await _answer(path, {"what": "best_times", "asked": asked.to_json(), "wanted": list(wanted)})
    chosen = tuple(Chosen(**{**one, "starts": tuple(one["starts"]), "shares": _shares(one)}) for one in said["chosen"])
    return Times(**{**said, "chosen": chosen, "beside": tuple(said["beside"])})


async def compared(path: Path, asked: Asked, chosen: Sequence[str], other: str) -> Compared:
    """What `times.compared` finds. Raises NotCounted."""
    given = {"what": "compared", "asked": asked.to_json(), "chosen": list(chosen), "other": other}
    said = await _answer(path, given)
    only = {name: _shares(said, name) for name in ("only_best", "only_other")}
    return Compared(**{**said, **only, "best": tuple(said["best"])})


async def week(path: Path, asked: Asked) -> Heat:
    """What `times.week` finds. Raises NotCounted."""
    said = await _answer(path, {"what": "week", "asked": asked.to_json()})
    return Heat(**{name: tuple(map(tuple, rows)) for name, rows in said.items()})


def _shares(said: Mapping[str, Any], name: str = "shares") -> tuple[Share, ...]:
    return tuple(Share(**one) for one in said[name])


def _command(path: Path) -> tuple[str, ...]:
    return sys.executable, "-m", "reports.apart", str(path.resolve())


async def _answer(path: Path, question: Mapping[str, Any]) -> Any:
    process = await asyncio.create_subprocess_exec(
        *_command(path),
        cwd=_ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_LONGEST_SECONDS):
            said, _ = await process.communicate(json.dumps(question).encode())
    except TimeoutError:
        raise NotCounted("it took too long") from None
    finally:
        if process.returncode is None:  # whoever waited has gone: nobody needs the answer
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        raise NotCounted(f"it ended with {process.returncode}")
    return json.loads(said)


async def _work_out(path: Path, question: Mapping[str, Any]) -> dict[str, Any]:
    asked = Asked.from_json(question["asked"])
    async with read_only(path) as db:
        match question["what"]:
            case "best_times":
                return asdict(await times.best_times(db, asked, question["wanted"]))
            case "compared":
                return asdict(await times.compared(db, asked, question["chosen"], question["other"]))
            case _:
                return asdict(await times.week(db, asked))


def main() -> None:
    """One question in, one answer out, behind everything else that wants the processor."""
    os.nice(5)
    answer = asyncio.run(_work_out(Path(sys.argv[1]), json.load(sys.stdin)))
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
