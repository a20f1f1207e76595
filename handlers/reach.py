"""/reach: whom the council reached and whom it did not, by approach, by group, and why; words first, then a chart.

The chat shows counts as they may be published; the exact ones are in the file that the host writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import Update

import texts
from handlers import reach_chart, reach_words, totals_words
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.periods import PERIODS, Period, period
from handlers.saying import Key, Saying, key
from rules.roles import OFFICERS
from storage import covered, passing_on, reach
from storage.database import Reading

VIEWS = ("summary", "ways", "groups", "covered", "untried")


@dataclass(frozen=True)
class Asked:
    """Which time, and which of VIEWS."""

    period: Period
    view: str

    def span(self, context: Context) -> reach.Span:
        """The same as the counts want it."""
        first, until = int(self.period.first.timestamp()), int(self.period.until.timestamp())
        return reach.Span(max(0, first), until, context.council.zone)


async def show(update: Update, context: Context) -> None:
    """Everything so far, in a few sentences; the rest is a tap away."""
    await context.speak(await _page(context, Asked(period("all", context.now, context.council.zone), "summary")))


async def turn(update: Update, context: Context) -> None:
    """Another time or another view, in place."""
    asked = _asked(context)
    if asked is None:
        return await context.notice("button.closed")
    await context.replace(await _page(context, asked))


async def picture(update: Update, context: Context) -> None:
    """The chart of a time, as a message of its own."""
    code = context.press.word(0)
    if code not in PERIODS:
        return await context.notice("button.closed")
    span = Asked(period(code, context.now, context.council.zone), "summary").span(context)
    db, invented = context.services.database.reports, context.council.rehearsal
    ways = await reach.by_approach(db, span, invented=invented)
    groups = await reach.by_group(db, span, invented=invented)
    await context.notice()
    await context.speak(await reach_chart.drawn(context, texts.words(f"reach.period.{code}"), ways, groups))


def _asked(context: Context) -> Asked | None:
    code, view = context.press.word(0), context.press.word(1)
    if code not in PERIODS or view not in VIEWS:
        return None
    return Asked(period(code, context.now, context.council.zone), view)


async def _page(context: Context, asked: Asked) -> Saying:
    span, invented = asked.span(context), context.council.rehearsal
    db = context.services.database.reports
    ways = await reach.by_approach(db, span, invented=invented)
    groups = await reach.by_group(db, span, invented=invented)
    untried = await reach.not_attempted(db, span, context.now, invented=invented)
    values: Mapping[str, object]
    match asked.view:
        case "ways":
            values = {"lines": reach_words.ways(ways, await _managers(db, span, invented=invented))}
        case "groups":
            values = {"lines": reach_words.groups(context.council, groups)}
        case "covered":
            people = await covered.of_people(db, span, context.council.markets, invented=invented)
            values = {"lines": totals_words.lines(context.council, people)}
        case "untried":
            values = {"lines": reach_words.untried(untried)}
        case _:
            found = reach_words.summary(ways, groups, untried)
            values = {**found, "managers": await _managers(db, span, invented=invented) or ""}
    when = texts.words(f"reach.period.{asked.period.code}")
    return Saying(f"reach.{asked.view}", {"when": when, **values}, _keys(asked))


async def _managers(db: Reading, span: reach.Span, *, invented: bool) -> texts.Words | None:
    return reach_words.managers(*await passing_on.agreed(db, span.from_at, span.until_at, invented=invented))


def _keys(asked: Asked) -> tuple[tuple[Key, ...], ...]:
    views = tuple(
        key(f"reach.button.{view}", "reach.turn", asked.period.code, view) for view in VIEWS if view != asked.view
    )
    times = tuple(
        key(f"reach.period.{code}", "reach.turn", code, asked.view) for code in PERIODS if code != asked.period.code
    )
    return (views[:2], views[2:], times, (key("reach.button.chart", "reach.chart", asked.period.code),))


FEATURE = Feature(
    name="reach",
    commands=(Command("reach", show, OFFICERS),),
    buttons=(Button("reach.turn", turn, OFFICERS), Button("reach.chart", picture, OFFICERS)),
)
