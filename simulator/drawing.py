"""A picture for a photo that somebody is said to have taken: a mug of tea by a window. Drawn here, from shapes."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

from simulator.pictures import png

WIDTH, HEIGHT = 240, 180
Shape = Callable[[float, float], bool]


def _box(left: float, top: float, right: float, bottom: float) -> Shape:
    return lambda x, y: left <= x < right and top <= y < bottom


def _oval(x0: float, y0: float, across: float, down: float) -> Shape:
    return lambda x, y: ((x - x0) / across) ** 2 + ((y - y0) / down) ** 2 <= 1


def _within(shape: Shape, frame: Shape) -> Shape:
    return lambda x, y: frame(x, y) and shape(x, y)


def _without(shape: Shape, hole: Shape) -> Shape:
    return lambda x, y: shape(x, y) and not hole(x, y)


def _steam(x0: float) -> Shape:
    return lambda x, y: 34 <= y < 66 and abs(x - x0 - 4 * math.sin(y / 6)) < 2.2  # noqa: PLR2004  where the air is warm


# Colour and shape, each over those before it.
_LAYERS: tuple[tuple[tuple[int, int, int], Shape], ...] = (
    ((246, 227, 201), _box(0, 0, WIDTH, HEIGHT)),
    ((255, 250, 240), _box(146, 14, 226, 104)),
    ((168, 205, 222), _box(151, 19, 221, 99)),
    ((250, 214, 130), _oval(200, 42, 13, 13)),
    ((126, 170, 140), _within(_oval(180, 112, 60, 34), _box(151, 19, 221, 99))),
    ((255, 250, 240), _box(184, 14, 188, 104)),
    ((173, 120, 82), _box(0, 132, WIDTH, HEIGHT)),
    ((151, 102, 68), _box(0, 132, WIDTH, 137)),
    ((139, 94, 62), _oval(86, 156, 58, 7)),
    ((31, 77, 73), _without(_oval(126, 108, 22, 24), _oval(126, 108, 12, 14))),
    ((31, 77, 73), _box(46, 80, 122, 140)),
    ((31, 77, 73), _oval(84, 140, 38, 14)),
    ((44, 98, 92), _box(54, 86, 62, 138)),
    ((44, 98, 92), _oval(84, 80, 38, 10)),
    ((178, 106, 55), _oval(84, 81, 32, 7)),
    ((255, 250, 240), _steam(72)),
    ((255, 250, 240), _steam(94)),
)


@cache
def tea() -> bytes:
    """The picture, as a PNG file."""
    places = range(len(_LAYERS) - 1, -1, -1)
    rows = [
        bytes(next(place for place in places if _LAYERS[place][1](x + 0.5, y + 0.5)) for x in range(WIDTH))
        for y in range(HEIGHT)
    ]
    return png(rows, [colour for colour, _ in _LAYERS])
