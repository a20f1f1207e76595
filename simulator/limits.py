"""Lengths Telegram holds to, and how it cleans what it is given (Bot API 10.0)."""

from __future__ import annotations

import re

from simulator import wording
from simulator.errors import BadRequestError
from simulator.reply import Json

TEXT = 4096
CAPTION = 1024
ALERT = 200
CALLBACK_BYTES = 64
INLINE_ROW = 8
INLINE_TOTAL = 100
KEYBOARD_ROW = 12
KEYBOARD_TOTAL = 300
PLACEHOLDER = 64
COMMANDS = 100
COMMAND_WORDS = 256
DESCRIPTION = 512
SHORT_DESCRIPTION = 120
NAME = 64
DELETE_MANY = 100
UPDATES = 100
POLL_SECONDS = 50
UPLOAD_BYTES = 50 * 1024 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
DELETE_SECONDS = 48 * 3600
CALLBACK_SECONDS = 30

_UNCLEAN = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")
_GONE = {ord(c): "" for c in "\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u0333\u033f\u030a"}
_CLEANED = {**{code: " " for code in range(32) if chr(code) != "\n"}, **_GONE}


def clean(text: str) -> str:
    """Text as Telegram keeps it: control characters become spaces; line separators and direction overrides go.

    Raises BadRequestError for lone surrogates, which have no UTF-8 form.
    """
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise BadRequestError(wording.NOT_UTF8) from None
    return text.translate(_CLEANED) if _UNCLEAN.search(text) else text


def utf16(text: str) -> int:
    """Length in UTF-16 units, the unit of every entity offset."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cut blanks at both ends, as Telegram does, and move the entities along."""
    right = text.rstrip(" \n")
    first = min((e["offset"] for e in entities), default=None)
    left = right.lstrip(" \n")
    cut = len(right) - len(left)
    if first is not None and first < cut:
        cut = first
        left = right[cut:]
    if len(left) == len(text):
        return text, entities
    return left, _moved(entities, cut, utf16(left))


def _moved(entities: list[Json], cut: int, end: int) -> list[Json]:
    shifted = (
        {**e, "offset": e["offset"] - cut, "length": min(e["length"], end - e["offset"] + cut)} for e in entities
    )
    return [e for e in shifted if e["length"] > 0]
