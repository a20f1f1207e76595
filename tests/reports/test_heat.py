"""The week as a picture: a PNG that any reader opens, with a colour per cell and the numbers written in it."""

import struct
import zlib

import pytest

from reports.heat import INK, LITTLE, MOST_NEGATIVE, MUCH, NEGATIVE, WHITE, Grid, heat_map
from reports.png import Picture, width_of

DAYS, BANDS = ("Mo", "Tu"), ("05-09", "22-02")


def opened(png):
    """The dots of a PNG, row by row, read by the letter of the format."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, rest = {}, png[8:]
    while rest:
        (length,), kind = struct.unpack(">I", rest[:4]), rest[4:8]
        content = rest[8 : 8 + length]
        assert struct.unpack(">I", rest[8 + length : 12 + length])[0] == zlib.crc32(kind + content)
        chunks[kind], rest = content, rest[12 + length :]
    width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colour) == (8, 2)
    lines = zlib.decompress(chunks[b"IDAT"])
    rows = [lines[y * (3 * width + 1) : (y + 1) * (3 * width + 1)] for y in range(height)]
    assert {row[0] for row in rows} == {0}
    return [[tuple(row[1 + 3 * x : 4 + 3 * x]) for x in range(width)] for row in rows]


def test_a_box_is_where_it_was_put_and_cut_at_the_edge():
    picture = Picture(4, 3, WHITE)
    picture.box(2, 1, 9, 9, INK)
    assert opened(picture.png()) == [[WHITE] * 4, [WHITE, WHITE, INK, INK], [WHITE, WHITE, INK, INK]]


@pytest.mark.parametrize(("sign", "shape"), [("L", "ggggggv"), ("1", "4c4444e"), ("-", "000v000"), ("?", "0000000")])
def test_letters_have_their_shape(sign, shape):
    picture = Picture(5, 7, WHITE)
    picture.write(0, 0, sign, INK, 1)
    rows = ["".join("1" if dot == INK else "0" for dot in row) for row in opened(picture.png())]
    assert [int(row, 2) for row in rows] == [int(digit, 32) for digit in shape]


def test_words_are_as_wide_as_they_are_said_to_be():
    picture = Picture(60, 7, WHITE)
    picture.write(0, 0, "HH", INK, 1)
    inked = [x for row in opened(picture.png()) for x, dot in enumerate(row) if dot == INK]
    assert max(inked) + 1 == width_of("HH", 1)


def test_the_most_is_darkest_nothing_is_grey_and_too_little_is_another_colour():
    dots = opened(heat_map([Grid("Free", [[10, 0], [-10, 1]])], DAYS, BANDS))
    colours = {dot for row in dots for dot in row}
    assert MUCH in colours
    assert (240, 242, 244) in colours
    assert any(red > green > blue for red, green, blue in colours if (red, green, blue) != WHITE)


def contrast(one, other):
    """How far apart two colours are for the eye. Source: WCAG 2.2, relative luminance and contrast ratio."""

    def light(colour):
        parts = [part / 255 for part in colour]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", [LITTLE, MUCH, NEGATIVE, MOST_NEGATIVE, WHITE])
def test_the_numbers_can_be_read_at_both_ends_of_every_shade(ground):
    assert contrast(INK, ground) >= 4.5
