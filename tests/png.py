"""Reads a PNG back, eight bits to a colour or black and white: Portable Network Graphics, sections 7 and 9."""

import struct
import zlib


class Read:
    """The dots of a picture, as (red, green, blue ...) at (x, y)."""

    def __init__(self, content):
        self.width, self.height, depth, kind = struct.unpack(">IIBB", content[16:26])
        if (depth, kind) not in ((8, 2), (8, 6), (1, 0)):
            raise ValueError("another kind of PNG")
        self.channels = {0: 1, 2: 3, 6: 4}[kind]
        length = -(-self.width // 8) if depth == 1 else self.width * self.channels
        self.rows = self._rows(zlib.decompress(b"".join(_chunks(content, b"IDAT"))), length)
        if depth == 1:
            self.rows = [_bits(row, self.width) for row in self.rows]

    def at(self, x, y):
        return tuple(self.rows[y][x * self.channels : (x + 1) * self.channels])

    def dark(self, x, y):
        return max(self.at(x, y)[:3]) < 128

    def _rows(self, data, length):
        before, rows = bytes(length), []
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


def _bits(row, width):
    return bytes(255 * (row[x // 8] >> (7 - x % 8) & 1) for x in range(width))


def _paeth(left, above, corner):
    return min((left, above, corner), key=lambda one: abs(left + above - corner - one))


def _chunks(content, wanted):
    at = 8
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        if kind == wanted:
            yield content[at + 8 : at + 8 + length]
        at += 12 + length
