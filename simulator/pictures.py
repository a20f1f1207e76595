"""Width and height of PNG, JPEG and GIF pictures, read from their first bytes; and PNG pictures of our own."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

_PNG = b"\x89PNG\r\n\x1a\n"
_FRAME_MARKS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def size_of(data: bytes) -> tuple[int, int] | None:
    """Give (width, height) in pixels, or None for what is not a picture with an area."""
    size = None
    if data.startswith(_PNG) and len(data) >= 24:  # noqa: PLR2004  signature, length, "IHDR", width, height
        size = struct.unpack(">II", data[16:24])
    elif data.startswith((b"GIF87a", b"GIF89a")) and len(data) >= 10:  # noqa: PLR2004  signature, width, height
        size = struct.unpack("<HH", data[6:10])
    elif data.startswith(b"\xff\xd8"):
        size = _jpeg(data)
    return (int(size[0]), int(size[1])) if size and min(size) > 0 else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004  every marker begins so
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] in _FRAME_MARKS:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def small_png(side: int = 8) -> bytes:
    """Make a plain grey square, the smallest picture that will do."""
    return png([bytes(side)] * side, [(153, 153, 153)])


def png(rows: Sequence[bytes], colours: Sequence[tuple[int, int, int]]) -> bytes:
    """Make a PNG of rows of equal length, whose bytes are places in the list of colours (at most 256)."""
    lines = b"".join(b"\x00" + row for row in rows)
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 3, 0, 0, 0)
    palette = _chunk(b"PLTE", bytes(part for colour in colours for part in colour))
    pixels = _chunk(b"IDAT", zlib.compress(lines, 9))
    return _PNG + _chunk(b"IHDR", header) + palette + pixels + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))
