"""`python -m tests.needles FOLDER [--number N] [--word W] [--time T]`: is any of it in any file of the folder?

Numbers are looked for as text (ASCII, UTF-16) and as integers of 4, 6 (SQLite's own) and 8 bytes in both byte orders;
a unix time also two seconds around, as a float, in milliseconds and written out. Names of files, the members of zip
and gzip files (an .xlsx is one), and the values of SQLite files (which may lie in pieces) are looked through as well.
Exit status 1 when something was found.
"""

import argparse
import gzip
import io
import sqlite3
import struct
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

AROUND = 2
_GZIP, _ZIP, _SQLITE = b"\x1f\x8b", b"PK\x03\x04", b"SQLite format 3\0"
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"


@dataclass(frozen=True)
class Needle:
    """Bytes to look for. `what` never repeats a secret: it says which needle this is and in which form."""

    what: str
    form: bytes


@dataclass(frozen=True)
class Found:
    file: str
    what: str


def of_word(what: str, word: str) -> Iterator[Needle]:
    """A text as it is, as the hexadecimal of its bytes, and in UTF-16."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield Needle(f"{what} as {encoding}", word.encode(encoding))
    yield Needle(f"{what} as hexadecimal", word.encode().hex().encode())


def of_bytes(what: str, secret: bytes) -> Iterator[Needle]:
    yield Needle(f"{what} as bytes", secret)
    yield from of_word(f"{what} in hexadecimal", secret.hex())


def of_number(what: str, number: int) -> Iterator[Needle]:
    """A number's digits and its integers. Under 2**16 only the digits: two bytes are found in any file."""
    yield from of_word(what, str(number))
    if number >= 1 << 16:
        yield from _integers(what, number)


def of_time(what: str, moment: float, *, clock: bool = True) -> Iterator[Needle]:
    """A unix time and the seconds around it; `clock`: written out too, which every line of an ordinary log is."""
    for second in range(int(moment) - AROUND, int(moment) + AROUND + 1):
        yield from of_number(what, second)
        yield from _integers(f"{what} in ms", second * 1000)
        written = datetime.fromtimestamp(second, UTC)
        for pattern in ("%H:%M:%S", "%Y%m%d%H%M") if clock else ():
            yield from of_word(f"{what} as {pattern}", written.strftime(pattern))
        # The first five bytes of a float hold its seconds, the others their fraction.
        big = struct.pack(">d", second)[:5]
        yield Needle(f"{what} as a float", big)
        yield Needle(f"{what} as a float, little end first", big[::-1])


def _integers(what: str, number: int) -> Iterator[Needle]:
    """The shortest form holds: a longer integer has it within it, whichever end comes first."""
    size = next(size for size in (4, 6, 8) if number < 1 << 8 * size)
    for order in ("big", "little"):
        yield Needle(f"{what} in {size} bytes, {order} end first", number.to_bytes(size, order))


def scan(folder: Path, needles: Iterable[Needle], *, apart: Iterable[str] = ()) -> list[Found]:
    """Every needle in every file below the folder, but for files whose name is among `apart`."""
    wanted = {needle.form: needle.what for needle in needles}
    left = set(apart)
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and file.name not in left]
    return sorted(
        {
            Found(str(file.relative_to(folder)), what)
            for file in files
            for text in (file.name.encode(), *texts(file))
            for form, what in wanted.items()
            if form in text
        },
        key=lambda found: (found.file, found.what),
    )


def texts(file: Path) -> Iterator[bytes]:
    """The file's bytes, and what is packed in it."""
    raw = file.read_bytes()
    yield from unpacked(raw)
    if raw.startswith(_SQLITE):
        yield b"\n-\n".join(values(file))


def unpacked(raw: bytes) -> Iterator[bytes]:
    yield raw
    try:
        if raw.startswith(_GZIP):
            yield from unpacked(gzip.decompress(raw))
        if raw.startswith(_ZIP):
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                for name in archive.namelist():
                    yield name.encode()
                    yield from unpacked(archive.read(name))
    except (OSError, EOFError, zipfile.BadZipFile):
        return  # broken: its raw bytes were looked through


def values(file: Path) -> Iterator[bytes]:
    """Each value of each table by itself: a long one lies in the file in pieces."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)) as connection:
            connection.text_factory = bytes
            for (table,) in connection.execute(_TABLES).fetchall():
                name = table.decode().replace('"', '""')
                for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - a table's name, quoted
                    yield from (value if isinstance(value, bytes) else str(value).encode() for value in row)
    except sqlite3.Error:
        return  # half written, or its log is not there: its raw bytes were looked through


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.needles", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--number", type=int, action="append", default=[], help="a user, chat, message or update id")
    parser.add_argument("--word", action="append", default=[], help="a name, a code, a text")
    parser.add_argument("--time", type=float, action="append", default=[], help="a unix time, ± 2 s")
    parser.add_argument("--apart", action="append", default=[], help="the name of a file to leave out")
    given = parser.parse_args(arguments)
    needles = [
        *(needle for place, word in enumerate(given.word, 1) for needle in of_word(f"word {place}", word)),
        *(needle for place, number in enumerate(given.number, 1) for needle in of_number(f"number {place}", number)),
        *(needle for place, moment in enumerate(given.time, 1) for needle in of_time(f"time {place}", moment)),
    ]
    found = scan(given.folder, needles, apart=given.apart)
    for one in found:
        print(f"{one.file}: {one.what}")  # noqa: T201 - its answer on a command line
    files = sum(file.is_file() for file in given.folder.rglob("*"))
    print(f"{len(needles)} needles in {files} files: {len(found)} found")  # noqa: T201 - same as the line above
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
