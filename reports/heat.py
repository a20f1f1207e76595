"""A week as a heat map: seven days across, bands of hours down, one grid below the other, the number in each cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.png import LETTER_HEIGHT, Colour, Picture, width_of

CELL_WIDTH, CELL_HEIGHT, LEFT, TOP, GAP = 78, 40, 110, 74, 34
WHITE: Colour = (255, 255, 255)
INK: Colour = (30, 36, 44)
MUCH: Colour = (72, 170, 128)
LITTLE: Colour = (226, 241, 234)
NEGATIVE: Colour = (247, 214, 178)
MOST_NEGATIVE: Colour = (224, 130, 50)


@dataclass(frozen=True)
class Grid:
    """A title and its numbers: one row per band, seven to a row."""

    title: str
    rows: Sequence[Sequence[int]]


def heat_map(grids: Sequence[Grid], days: Sequence[str], bands: Sequence[str]) -> bytes:
    """The grids as a PNG, `days` above each and `bands` at the left. Every number stands in words of its own too."""
    each = TOP + len(bands) * CELL_HEIGHT + GAP
    picture = Picture(LEFT + len(days) * CELL_WIDTH + GAP, each * len(grids), WHITE)
    for place, grid in enumerate(grids):
        _draw(picture, grid, days, bands, place * each)
    return picture.png()


def _draw(picture: Picture, grid: Grid, days: Sequence[str], bands: Sequence[str], top: int) -> None:
    picture.write(14, top + 14, grid.title, INK, 3)
    for along, day in enumerate(days):
        picture.write(LEFT + along * CELL_WIDTH + 26, top + TOP - 22, day, INK)
    most = max((abs(number) for row in grid.rows for number in row), default=0) or 1
    for down, band in enumerate(bands):
        y = top + TOP + down * CELL_HEIGHT
        picture.write(14, y + (CELL_HEIGHT - 2 * LETTER_HEIGHT) // 2, band, INK)
        for along, number in enumerate(grid.rows[down]):
            _cell(picture, LEFT + along * CELL_WIDTH, y, number, abs(number) / most)


def _cell(picture: Picture, left: int, top: int, number: int, share: float) -> None:
    picture.box(left + 1, top + 1, CELL_WIDTH - 2, CELL_HEIGHT - 2, _colour(number, share))
    said = str(number)
    x, y = left + (CELL_WIDTH - width_of(said)) // 2, top + (CELL_HEIGHT - 2 * LETTER_HEIGHT) // 2
    picture.write(x, y, said, INK)


def _colour(number: int, share: float) -> Colour:
    if not number:
        return (240, 242, 244)
    light, dark = (LITTLE, MUCH) if number > 0 else (NEGATIVE, MOST_NEGATIVE)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(light, dark, strict=True))
    return red, green, blue
