"""The process that reads one file: limits first, then row after row on standard output."""

import json
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from incoming.limits import MOST_BYTES, MOST_MEMORY, MOST_ROWS, MOST_SPOOLED, MOST_UNPACKED
from incoming.wire import END, REFUSED, ROW, Refused, Said

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"GIF8")
_WEB_PAGES = (b"<!doctype", b"<html", b"<?xml")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
Reader = Callable[[Path], Iterator[Said]]


def main(path: Path, cpu_seconds: int) -> None:
    """Say what is in the file at `path`; whatever goes wrong is said too, never raised."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_SPOOLED, MOST_SPOOLED))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the people in it
    try:
        _all(path)
    except Refused as refusal:
        _say([REFUSED, refusal.code, refusal.line])
    except (MemoryError, RecursionError):
        _say([REFUSED, "too_large", None])
    except Exception:  # noqa: BLE001 - a broken file can make its reader raise anything, and is only a broken file
        _say([REFUSED, "broken", None])
    sys.stdout.flush()


def _all(path: Path) -> None:
    rows = 0
    for said in _reader(path)(path):
        rows += said[0] == ROW
        if rows > MOST_ROWS:
            raise Refused("too_many_rows")
        _say(said)
    _say([END])


def _say(said: Said) -> None:
    sys.stdout.write(json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n")


def _reader(path: Path) -> Reader:
    """Who can read this, by what is in it: a name can say anything."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Refused("too_large")
    with path.open("rb") as file:
        start = file.read(64)
    if not start.strip():
        raise Refused("empty")
    if start.startswith(_OLD_OFFICE):
        raise Refused("old_or_locked")
    if start.startswith(_NO_TABLES) or start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_WEB_PAGES):
        raise Refused("not_a_table")
    if start.startswith(b"PK"):
        return _unpacked(path)
    from incoming import text_file  # noqa: PLC0415 - each reader is loaded only where it is wanted

    return text_file.read


def _unpacked(path: Path) -> Reader:
    if not is_zipfile(path):
        raise Refused("broken")
    try:
        with ZipFile(path) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refused("too_large")
            names = {part.filename for part in parts}
            kind = packed.read("mimetype")[:200] if "mimetype" in names else b""
    except BadZipFile:
        raise Refused("broken") from None
    if kind.strip() == _ODS and "content.xml" in names:
        from incoming import open_sheet  # noqa: PLC0415 - see above, one reader only

        return open_sheet.read
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        from incoming import workbook  # noqa: PLC0415 - see above, one reader only

        return workbook.read
    raise Refused("not_a_table")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
