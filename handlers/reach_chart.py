"""The chart of reach: which counts are drawn, and what each is called."""

import asyncio
from collections.abc import Sequence

import texts
from handlers.context import Context
from handlers.naming import safe
from handlers.reach_words import called, group_name
from handlers.saying import Document, Saying, shortened
from reports.pages import MissingLetters
from reports.reach_chart import Bar, Part, Row, chart
from rules.disclosure import SMALL_TO, published
from storage.reach import Approach, Group

WAY = ("attempted", "accepted", "answered", "silent", "engaged")
CODE = ("opened", "first_met", "signed_up")
GROUP = ("known", "attempted", "answered", "engaged")
ROWS, NAME = 8, 40


async def drawn(context: Context, when: texts.Words, ways: Sequence[Approach], groups: Sequence[Group]) -> Saying:
    """The chart in a message; or kind words when a name has letters that this machine cannot draw."""
    tried = [way for way in ways if way.attempted][:ROWS]
    codes = [way for way in ways if way.opened or way.first_met][:ROWS]
    by = {what: [group for group in groups if group.by_what == what] for what in ("market", "shift")}
    parts = [
        Part(_said(context, "reach.by.approach"), _legend(context, WAY), [_way(context, way, WAY) for way in tried]),
        Part(_said(context, "reach.chart.codes"), _legend(context, CODE), [_way(context, way, CODE) for way in codes]),
        *(
            Part(
                _said(context, f"reach.chart.{what}"), _legend(context, GROUP), [_group(context, one) for one in found]
            )
            for what, found in by.items()
        ),
    ]
    title, note = _said(context, "reach.chart.title"), _said(context, "reach.chart.note")
    period = texts.plain(context.language, when.name, **when.values)
    try:
        picture = await asyncio.to_thread(chart, context.council.name, title, period, note, parts)
    except MissingLetters:
        return Saying("reach.chart.letters")
    return Saying("reach.chart", {"when": when}, picture=Document("whom-we-reached.png", picture))


def _said(context: Context, name: str) -> str:
    return texts.plain(context.language, name)


def _legend(context: Context, counts: Sequence[str]) -> list[tuple[str, str]]:
    return [(count, _said(context, f"reach.chart.{count}")) for count in counts]


def _way(context: Context, way: Approach, counts: Sequence[str]) -> Row:
    return Row(_name(context, called(way)), [_bar(context, getattr(way, count)) for count in counts])


def _group(context: Context, group: Group) -> Row:
    name = _name(context, group_name(context.council, group))
    return Row(name, [_bar(context, getattr(group, count)) for count in GROUP])


def _name(context: Context, name: str | texts.Words) -> str:
    words = name if isinstance(name, str) else texts.plain(context.language, name.name, **name.values)
    return shortened(words, NAME)


def _bar(context: Context, count: int) -> Bar:
    """As long as what may be said of it: half of "1 to 7" where it is hidden."""
    shown = published(count).count
    said = safe(count)
    words = said if isinstance(said, int) else texts.plain(context.language, said.name)
    return Bar(SMALL_TO // 2 if shown is None else shown, str(words))
