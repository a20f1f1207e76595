"""From a file on this machine to judged rows."""

import hashlib
from pathlib import Path

from incoming.kinds import KINDS
from incoming.limits import SECONDS
from incoming.parsed import Parsed, Tell, parse
from incoming.record import Asked
from incoming.table import Table, read_table


def recognised(path: Path, kind: str | None = None, *, seconds: float = SECONDS) -> Table:
    """The table in the file, of `kind` or of whichever its headings say. Blocks. Raises TableRefused."""
    kinds = [KINDS[kind]] if kind else KINDS.values()
    return read_table(path, [layout for one in kinds for layout in one.layouts], seconds=seconds)


def judged(table: Table, asked: Asked, tell: Tell = lambda _: None) -> Parsed:
    """The rows of the table, judged one by one. Blocks."""
    return parse(table, KINDS[table.layout.kind].read, asked, tell)


def digest(path: Path) -> str:
    """The file's SHA-256, to know it again. Blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
