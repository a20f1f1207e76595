"""The week in numbers, as a picture and in words: hours free, hours offered so far, and the gap between them."""

from collections.abc import Sequence

import texts
from handlers.context import Context
from handlers.saying import Document, Saying
from handlers.week import called
from reports.day_grid import Heat
from reports.heat import Grid, heat_map
from rules.council import Council
from rules.presets import DAYS

_BEST_CELLS = 3


def in_words(council: Council, heat: Heat) -> Saying:
    """All that is in the picture: where most is, then each day with each of its hours."""
    values = {
        "free": texts.listed(_highest(council, heat.free), "lines"),
        "gap": texts.listed(_highest(council, heat.gap), "lines"),
        "days": texts.listed([_day(council, heat, day) for day in DAYS], "lines"),
    }
    return Saying("when.heat", values)


def _highest(council: Council, rows: Sequence[Sequence[int]]) -> list[texts.Words]:
    cells = [(rows[down][day], -day, -down) for down in range(len(rows)) for day in DAYS if rows[down][day] > 0]
    return [
        texts.words(
            "when.heat.line", day=texts.words(f"free.day.{-day}"), band=called(council.bands[-down]), count=count
        )
        for count, day, down in sorted(cells, reverse=True)[:_BEST_CELLS]
    ] or [texts.words("when.heat.none")]


def _day(council: Council, heat: Heat, day: int) -> texts.Words:
    """One day's hours in order; those in which nobody is free and nothing was offered are left out."""
    lines = [
        texts.words("when.heat.cell", band=called(band), free=free[day], offered=offered[day], gap=signed(gap[day]))
        for band, free, offered, gap in zip(council.bands, heat.free, heat.offered, heat.gap, strict=True)
        if free[day] or offered[day]
    ]
    hours = texts.listed(lines, "lines") if lines else texts.words("when.heat.empty_day")
    return texts.words("when.heat.day", day=texts.words(f"free.day.{day}"), hours=hours)


def signed(number: int) -> str:
    """A gap with its sign, as it stands in the picture."""
    return f"{number:+d}" if number else "0"


def pictures(context: Context, heat: Heat) -> list[Saying]:
    """The week as heat maps, one to a picture so that a phone shows all of it: hours free, hours offered, the gap."""
    grids = {"free": heat.free, "offered": heat.offered, "gap": heat.gap}
    days = [texts.plain(context.language, f"free.short.{day}") for day in DAYS]
    bands = [f"{band.starts:%H}-{band.ends:%H}" for band in context.council.bands]
    return [
        Saying(
            f"when.picture.{name}",
            picture=Document(
                f"{name}.png",
                heat_map([Grid(texts.plain(context.language, f"when.heat.{name}"), rows, name == "gap")], days, bands),
            ),
        )
        for name, rows in grids.items()
    ]
