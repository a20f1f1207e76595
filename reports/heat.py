"""A week as a heat map: seven days across, bands of hours down, one grid below the other, the number in each cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.png import LETTER_HEIGHT, Colour, Picture, width_of

CELL_WIDTH, CELL_HEIGHT, LEFT, TOP, GAP = 78, 50, 112, 92, 30
TITLE, LARGE, SMALL = 4, 3, 2  # dots to a dot: on a phone the picture is shown at half its size or less
WHITE: Colour = (255, 255, 255)
INK: Colour = (30, 36, 44)
MUCH: Colour = (72, 170, 128)
LITTLE: Colour = (226, 241, 234)
NEGATIVE: Colour = (247, 214, 178)
MOST_NEGATIVE: Colour = (224, 130, 50)


@dataclass(frozen=True)
class Grid:
    """A title and its numbers: one row per band, seven to a row. `signed` writes a plus before what is above 0."""

    title: str
    rows: Sequence[Sequence[int]]
    signed: bool = False


def heat_map(grids: Sequence[Grid], days: Sequence[str], bands: Sequence[str]) -> bytes:
    """The grids as a PNG, `days` above each and `bands` at the left. Every number stands in words of its own too."""
    each = TOP + len(bands) * CELL_HEIGHT + GAP
    picture = Picture(LEFT + len(days) * CELL_WIDTH + GAP, each * len(grids), WHITE)
    for place, grid in enumerate(grids):
        _draw(picture, grid, days, bands, place * each)
    return picture.png()


def _draw(picture: Picture, grid: Grid, days: Sequence[str], bands: Sequence[str], top: int) -> None:
    picture.write(12, top + 16, grid.title, INK, TITLE)
    for along, day in enumerate(days):
        _centred(picture, LEFT + along * CELL_WIDTH, top + TOP - LARGE * LETTER_HEIGHT - 8, day)
    most = max((abs(number) for row in grid.rows for number in row), default=0) or 1
    for down, band in enumerate(bands):
        y = top + TOP + down * CELL_HEIGHT
        picture.write(12, y + (CELL_HEIGHT - LARGE * LETTER_HEIGHT) // 2, band, INK, LARGE)
        for along, number in enumerate(grid.rows[down]):
            left = LEFT + along * CELL_WIDTH
            picture.box(left + 1, y + 1, CELL_WIDTH - 2, CELL_HEIGHT - 2, _colour(number, abs(number) / most))
            said = f"{number:+d}" if grid.signed and number else str(number)
            _centred(picture, left, y + (CELL_HEIGHT - LARGE * LETTER_HEIGHT) // 2, said)


def _centred(picture: Picture, left: int, top: int, words: str) -> None:
    """In the middle of a cell's width; smaller when it would not fit."""
    size = LARGE if width_of(words, LARGE) <= CELL_WIDTH - 4 else SMALL
    picture.write(left + (CELL_WIDTH - width_of(words, size)) // 2, top, words, INK, size)


def _colour(number: int, share: float) -> Colour:
    if not number:
        return (240, 242, 244)
    light, dark = (LITTLE, MUCH) if number > 0 else (NEGATIVE, MOST_NEGATIVE)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(light, dark, strict=True))
    return red, green, blue
