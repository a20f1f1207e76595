"""What gives an author away, looked for in the files themselves. Each detector returns what it found."""

import random
import re
import shutil
import sqlite3
import stat
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from statistics import correlation

from storage.unlinked import file, pepper

TABLES = {
    "burned": ["token"],
    "issued": ["slot", "box", "topic", "body", "week"],
    "pool": ["slot", "box", "topic", "body"],
    "pulse": ["slot", "meeting", "wave", "question", "answer", "week"],
    "quote": ["slot", "body", "proposer", "state"],
    "reply": ["slot", "box", "body", "week"],
    "standing": ["slot", "proof", "week", "since"],
    "theme": ["slot", "theme"],
}
DATES = re.compile(r"date|time|stamp|(^|_)(at|on|when|day|hour|came|seen|made|sent)($|_)", re.IGNORECASE)
CONFIGURED = {
    "journal_mode": "delete",
    "synchronous": 2,
    "secure_delete": 1,
    "trusted_schema": 0,
    "temp_store": 2,
    "mmap_size": 0,
}


def schema(path: Path) -> list[str]:
    """No integer key, no date column, no counter, no trigger, no rowid, no default, and no column beyond the design."""
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
        found = [f"{kind} {name}" for kind, name, _ in made if kind != "table"]
        for kind, name, sql in made:
            if kind == "table":
                found += [f"{name}: {fault}" for fault in _table(connection, name, sql)]
    return found + [f"{name} is not in the design" for name in {name for _, name, _ in made} - TABLES.keys()]


def _table(connection, name, sql):
    if "AUTOINCREMENT" in sql.upper():
        yield "AUTOINCREMENT"
    if connection.execute("SELECT wr FROM pragma_table_list WHERE name = ?", (name,)).fetchone() != (1,):
        yield "has a rowid"
    columns = connection.execute("SELECT name, type, dflt_value, pk FROM pragma_table_info(?)", (name,)).fetchall()
    for column, kind, default, key in columns:
        if kind not in {"BLOB", "TEXT"}:
            yield f"{column} is {kind}"
        if key == 1 and kind != "BLOB":
            yield f"its key {column} is {kind}"
        if DATES.search(column):
            yield f"{column} may be a date"
        if default is not None:
            yield f"{column} fills itself in"
    if [column for column, *_ in columns] != TABLES.get(name):
        yield "its columns are not those of the design"


def layout(path: Path, scratch: Path) -> list[str]:
    """The file is laid out as a fresh copy of its rows would be: no trace of what came when, or of what is gone."""
    copy = Path(shutil.copy(path, scratch))
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("VACUUM")
    same = _without_counters(path.read_bytes()) == _without_counters(copy.read_bytes())
    copy.unlink()
    return [] if same else [f"{path.name} is laid out otherwise than its rows alone would be"]


def _without_counters(raw: bytes) -> bytes:
    """The header's change counter, schema cookie, and version stamp left out."""
    return raw[:24] + raw[28:40] + raw[44:92] + raw[100:]


def order(what: str, arrived: list[str], read: list[str]) -> list[str]:
    """Order of arrival against another order: |Spearman| < 3/sqrt(n - 1)."""
    found = spearman(arrived, read)
    most = 3 / (len(read) - 1) ** 0.5
    return [] if abs(found) < most else [f"{what}: Spearman {found:.2f} over {len(read)}"]


def spearman(arrived: list[str], read: list[str]) -> float:
    place = {text: number for number, text in enumerate(arrived)}
    came = [place[text] for text in read]
    ranks = {number: rank for rank, number in enumerate(sorted(came))}
    return correlation([ranks[number] for number in came], range(len(came)))


def order_in_file(path: Path, bodies: list[str]) -> list[str]:
    """The bodies, by where they lie in the file."""
    raw = path.read_bytes()
    return sorted((body for body in bodies if body.encode() in raw), key=lambda body: raw.index(body.encode()))


def left_over(folder: Path, expected: set[str]) -> list[str]:
    """Files beyond those that should be there, and files that others may read."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [f"{path.name} was left" for path in files if path.name not in expected] + [
        f"{path.name} is for others to read" for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]


def times(folder: Path, moments: list[tuple[float, dict[str, int]]]) -> list[str]:
    """Each sample of the times of files: all of them on the last full hour, whatever happened in it."""
    return sorted(
        {
            f"the {which} of {'the folder' if name == folder.name else name} moved with a submission"
            for moment, seen in moments
            for key, shown in seen.items()
            for which, _, name in [key.partition(" of ")]
            if shown != int(moment) // 3600 * 3600
        }
    )


def times_now(path: Path) -> dict[str, int]:
    return {
        f"{which} of {place.name}": int(getattr(place.stat(), f"st_{which}"))
        for place in (path, path.parent)
        for which in ("mtime", "atime")
    }


def configured(path: Path) -> list[str]:
    with closing(file.connected(path)) as connection:
        values = {name: connection.execute(f"PRAGMA {name}").fetchone() for name in CONFIGURED}
    found = [f"{name} is {got}" for name, got in values.items() if got is not None and got[0] != CONFIGURED[name]]
    if path.read_bytes()[18:20] != b"\1\1":
        found.append("the header says write-ahead log")
    return found + ([f"scrypt's n is {pepper.COST}"] if pepper.COST < 2**14 else [])


def hashed() -> list[str]:
    """Mailboxes, slots and marks differ from pepper to pepper, and only codes and words make them."""
    one, other = (pepper.Hashing(bytes([n]) * 32, 2) for n in (1, 2))
    checks = {
        "a box has no pepper": one.box("A") == other.box("A"),
        "a mark has no pepper": one.mark("A") == other.mark("A"),
        "a box is not always the same": one.box("A") != one.box("A"),
        "a slot is not always the same": one.slot("A", "b") != one.slot("A", "b"),
        "a slot does not depend on the words": one.slot("A", "b") == one.slot("A", "c"),
        "a slot does not depend on the code": one.slot("A", "b") == one.slot("B", "b"),
    }
    return [what for what, wrong in checks.items() if wrong]


def spaced(rng: random.Random, count: int, start: float) -> list[float]:
    """Moments with irregular gaps, from seconds to hours."""
    moments = [start]
    for _ in range(count - 1):
        moments.append(moments[-1] + rng.choice((3, 47, 600, 4000)) * (0.5 + rng.random()))
    return moments


def jumps(values: list[int]) -> list[int]:
    return [later - earlier for earlier, later in pairwise(values)]
