"""A picture as a PNG, written by hand: coloured boxes and short words in small letters, nothing else.

Source of the format: Portable Network Graphics, third edition, sections 5 and 11.
"""

import struct
import zlib

Colour = tuple[int, int, int]
LETTER_WIDTH, LETTER_HEIGHT = 6, 7  # dots, with the gap to the next letter
# Seven rows of five dots to a letter, each row one digit of base 32.
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+"
_ROWS = (
    "ehhvhhhuhhuhhuehgggheuhhhhhuvgguggvvgguggg"
    "ehgnhhfhhhvhhhe44444e72222ichikokihggggggv"
    "hrllhhhhhplhhhehhhhheuhhugggehhhliduhhukih"
    "fgge11uv444444hhhhhhehhhhha4hhhlllahha4ahh"
    "hhha444v1248gvehjlphe4c4444eeh1248vv2421he"
    "26aiv22vgu11he68guhhev124888ehhehheehhf12c"
    "000v000044v440"
)
_LETTERS = {sign: _ROWS[7 * place : 7 * place + 7] for place, sign in enumerate(_SIGNS)}


class Picture:
    """A canvas of one colour, `width` by `height` dots, drawn on from its upper left corner."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.width, self.height = width, height
        self._rows = [bytearray(bytes(ground) * width) for _ in range(height)]

    def box(self, left: int, top: int, width: int, height: int, colour: Colour) -> None:
        """Fill a rectangle; what lies outside the canvas is cut off."""
        left, right = max(0, left), min(self.width, left + width)
        for row in self._rows[max(0, top) : max(0, top + height)]:
            row[3 * left : 3 * right] = bytes(colour) * max(0, right - left)

    def write(self, left: int, top: int, words: str, colour: Colour, size: int = 2) -> None:
        """Write `words` in capitals, `size` dots to a dot; a sign that has no letter here is left blank."""
        for place, letter in enumerate(words.upper()):
            for down, digit in enumerate(_LETTERS.get(letter, "")):
                for along in (dot for dot in range(5) if int(digit, 32) & (16 >> dot)):
                    x = left + (place * LETTER_WIDTH + along) * size
                    self.box(x, top + down * size, size, size, colour)

    def png(self) -> bytes:
        """The file."""
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        lines = zlib.compress(b"".join(b"\0" + bytes(row) for row in self._rows), 9)
        return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", lines) + _chunk(b"IEND", b"")


def width_of(words: str, size: int = 2) -> int:
    """How many dots the words take."""
    return (len(words) * LETTER_WIDTH - 1) * size


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
