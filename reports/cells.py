"""Cells that stay text: nothing a person typed becomes a formula when an officer opens the file.

A spreadsheet reads a cell that starts with one of `= + - @`, a tab or a line break as something to work out, and a CSV
opened with another separator than ours starts new cells inside ours, and new rows at the line breaks in them (seen in
LibreOffice). Rule: OWASP, "CSV Injection".
"""

import re
from functools import lru_cache

_RISKY = r"[=+\-@\t\r\n\x00]"
# A line break is a start too, but two of them are only an empty line.
_START = rf"((?:^|[,;\t|])(?='*{_RISKY})|(?:\n|\r(?!\n))(?='*[=+\-@\t\x00]))"
_TO_GUARD = re.compile(rf"{_START}('*)")
_GUARDED = re.compile(rf"{_START}'('*)")
_MAYBE = re.compile(_RISKY)


# Titles, codes and rewards stand in thousands of rows; the size bounds what notes of 4,096 letters can take up.
@lru_cache(maxsize=1024)
def guarded(text: str) -> str:
    """`text` with an apostrophe before whatever a spreadsheet might work out; `unguarded` gives it back unchanged."""
    return _TO_GUARD.sub(r"\1'\2", text) if _MAYBE.search(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return _GUARDED.sub(r"\1\2", text)
