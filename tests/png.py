"""Reads a PNG back, eight bits to a colour: Portable Network Graphics, sections 7 and 9."""

import struct
import zlib


class Read:
    """The dots of a picture, as (red, green, blue ...) at (x, y)."""

    def __init__(self, content):
        self.width, self.height, depth, kind = struct.unpack(">IIBB", content[16:26])
        if depth != 8 or kind not in (2, 6):
            raise ValueError("another kind of PNG")
        self.channels = 3 if kind == 2 else 4
        self.rows = self._rows(zlib.decompress(b"".join(_chunks(content, b"IDAT"))))

    def at(self, x, y):
        return tuple(self.rows[y][x * self.channels : (x + 1) * self.channels])

    def dark(self, x, y):
        return sum(self.at(x, y)[:3]) < 3 * 128

    def _rows(self, data):
        length, before, rows = self.width * self.channels, bytes(self.width * self.channels), []
        for start in range(0, len(data), length + 1):
            before = self._plain(data[start], bytearray(data[start + 1 : start + 1 + length]), before)
            rows.append(before)
        return rows

    def _plain(self, how, line, above):
        for place in range(len(line)):
            left = line[place - self.channels] if place >= self.channels else 0
            corner = above[place - self.channels] if place >= self.channels else 0
            guess = (0, left, above[place], (left + above[place]) // 2, _paeth(left, above[place], corner))[how]
            line[place] = (line[place] + guess) & 255
        return bytes(line)


def _paeth(left, above, corner):
    return min((left, above, corner), key=lambda one: abs(left + above - corner - one))


def _chunks(content, wanted):
    at = 8
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        if kind == wanted:
            yield content[at + 8 : at + 8 + length]
        at += 12 + length
