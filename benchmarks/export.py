"""A million attempts to CSV, by our own command, against `sqlite3 -csv` writing the same columns of the same rows."""

import asyncio
import re
import resource
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import attempt_rows, programs
from benchmarks.figures import Figure, at_most
from benchmarks.options import Options
from benchmarks.programs import Program
from reports.columns import PSEUDONYMOUS

PEAK_MB = 60.0
_LOOK_SECONDS = 0.02
# One look at the hour, not one for each band.
_HOURS = (("early", 5, 9), ("morning", 9, 13), ("afternoon", 13, 17), ("evening", 17, 22), ("small_hours", 2, 5))
_WHENS = " ".join(f"WHEN '{hour:02}' THEN '{band}'" for band, first, end in _HOURS for hour in range(first, end))
_BAND = f"CASE strftime('%H', {{at}}, 'unixepoch', 'localtime') {_WHENS} ELSE 'late' END"
_DATE, _DAY = "strftime('%Y-%m-%d', {at}, 'unixepoch', 'localtime')", "strftime('%w', {at}, 'unixepoch', 'localtime')"
_LEFT, _STARTS = "COALESCE(sent_at, planned_at)", "meeting_starts_at"
# What our command works out in Python, as plain SQL says it.
_DERIVED = {
    "row": "row_number() OVER ()",
    "person": "person_id",
    "date": _DATE.format(at=_LEFT),
    "weekday": _DAY.format(at=_LEFT),
    "time_band": _BAND.format(at=_LEFT),
    "meeting_date": _DATE.format(at=_STARTS),
    "meeting_time_band": _BAND.format(at=_STARTS),
    "delay_minutes": "response_delay / 60",
}


@dataclass(frozen=True)
class Run:
    """One export: seconds from start to end, seconds of processor, and megabytes at its peak (0 for the floor)."""

    wall: float
    processor: float
    peak: float = 0.0


async def measure(options: Options) -> list[Figure]:
    """Floor and ours in turn; medians."""
    folder = await asyncio.to_thread(attempt_rows.made, options.attempts)
    ours, floor = [], []
    for _ in range(options.exports):
        with programs.workplace("export") as place:
            if shutil.which("sqlite3"):
                floor.append(await _floor(folder, place))
            ours.append(await _ours(folder, place, options.attempts))
    peak = max(run.peak for run in ours)
    return [
        _speed(f"export of {options.attempts:,} attempts to CSV", ours, floor),
        Figure("peak memory of that export", f"{peak:.1f} MB", aim=f"<= {PEAK_MB:.0f} MB", met=peak <= PEAK_MB),
    ]


def _speed(what: str, ours: list[Run], floor: list[Run]) -> Figure:
    taken = median(run.wall for run in ours)
    if not floor:
        return Figure(what, f"{taken:.1f} s", "no sqlite3 here")
    notes = (
        f"medians of {len(ours)} each in turn; ours {_each(ours)}; floor {_each(floor)}",
        f"processor: ours {_processor_of(ours):.1f} s, floor {_processor_of(floor):.1f} s",
    )
    return at_most(f"{what}; floor: sqlite3 -csv", taken, median(run.wall for run in floor), 2.5, "s", notes)


def _each(runs: list[Run]) -> str:
    return " ".join(f"{run.wall:.1f}" for run in runs)


def _processor_of(runs: list[Run]) -> float:
    return median(run.processor for run in runs)


def _processor() -> float:
    """Seconds of processor of every child so far; ours and the floor's run one at a time."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def _ours(folder: Path, place: Path, attempts: int) -> Run:
    """Our command from start to end. Raises RuntimeError when rows are missing."""
    out = place / "attempts.csv"
    settings = {"BOT_TOKEN": "107:export", "BOT_DATA_DIR": str(folder)}
    arguments = ("-m", "bot", "export", "attempts", "--out", str(out))
    start, used, peak = time.perf_counter(), _processor(), 0.0
    async with programs.running(arguments, place, settings, ends_by_itself=True) as program:
        while (now := _resident(program)) is not None:
            peak = max(peak, now)
            await asyncio.sleep(_LOOK_SECONDS)
    run = Run(time.perf_counter() - start, _processor() - used, peak)
    with out.open("rb") as file:
        lines = sum(1 for _ in file)
    if lines != attempts + 1:
        raise RuntimeError(f"{lines - 1} rows came out of {attempts}")
    return run


def _resident(program: Program) -> float | None:
    try:
        return program.peak_mb() or None
    except (FileNotFoundError, ProcessLookupError):
        return None


async def _floor(folder: Path, place: Path) -> Run:
    start, used = time.perf_counter(), _processor()
    with (place / "floor.csv").open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            "sqlite3", "-readonly", "-csv", "-header", str(folder / "main.db"), _statement(), stdout=out
        )
        if await process.wait():
            raise RuntimeError("sqlite3 failed")
    return Run(time.perf_counter() - start, _processor() - used)


def _statement() -> str:
    """One statement with the columns of our file, by the program's own list of them and its own question."""
    rows = (programs.ROOT / "storage" / "export_attempts.sql").read_text(encoding="utf-8")
    for name, value in ((":from_at", "0"), (":until_at", "9999999999"), (":invented", "0")):
        rows = rows.replace(name, value)
    rows = re.sub(r"--[^\n]*", "", rows)
    columns = ", ".join(f"{_DERIVED.get(column.source, column.source)} AS {column.head}" for column in PSEUDONYMOUS)
    return f"WITH log AS ({rows}) SELECT {columns} FROM log"  # noqa: S608 - all of it is the program's own
