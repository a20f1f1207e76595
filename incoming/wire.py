"""What the process that reads says to the one that asked: one JSON array in a line, the last of them ["end"]."""

from collections.abc import Sequence

from incoming.limits import MOST_COLUMNS

Said = list[object]
SHEET, ROW, NOTE, REFUSED, END = "sheet", "row", "note", "refused", "end"


class Refused(Exception):
    """The file cannot be taken: the code of why, and the line, when it is one line's fault."""

    def __init__(self, code: str, line: int | None = None) -> None:
        super().__init__(code)
        self.code, self.line = code, line


def sheet(name: str) -> Said:
    """What follows is on this sheet."""
    return [SHEET, name]


def row(line: int, cells: Sequence[str], written: int = 0) -> Said:
    """One row that is not empty; `written` is how many cells the text had, or 0. Raises Refused when it is too wide."""
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    if width > MOST_COLUMNS:
        raise Refused("too_wide", line)
    return [ROW, line, list(cells[:width]), written]


def note(code: str) -> Said:
    """Something to tell whoever sent the file."""
    return [NOTE, code]
