"""Known totals in words: a line for each market with its source and day, and the share that takes part as a range."""

import texts
from handlers.context import Context
from handlers.naming import market, safe
from handlers.organisation_words import size
from handlers.saying import Saying, key
from rules.council import Council
from rules.disclosure import percentage, published
from rules.shares import evenness, share
from storage import covered, totals
from storage.covered import Coverage, Covered
from storage.reach import Span
from storage.totals import Known


async def page(context: Context) -> Saying:
    """Engaged people and providers against what is known, what is missing, and the evenness of it."""
    council, invented = context.council, context.council.rehearsal
    span = Span(0, context.now + 1, council.zone)
    people = await covered.of_people(context.db, span, council.markets, invented=invented)
    providers = await covered.of_providers(context.db, council.markets, invented=invented)
    any_known = bool(await totals.current(context.db))
    values = {
        "people": lines(council, people),
        "providers": lines(council, providers),
    }
    more = (
        (key("totals.button.history", "totals.history"), key("totals.button.withdraw", "totals.choose"))
        if any_known
        else ()
    )
    return Saying("totals.page", values, ((key("totals.button.new", "totals.new"),), more))


def lines(council: Council, found: Coverage) -> texts.Listed:
    """A line for each market with somebody in it or a total, and the evenness."""
    said = [_line(council, row) for row in found.rows if row.known or row.engaged or row.market is None]
    said += _evenness(found)
    return texts.listed(said or [texts.words("totals.nothing")], "lines")


def _evenness(found: Coverage) -> list[texts.Words]:
    """Worked out from the published counts: the exact score would give a small count away."""
    if found.evenness is None:
        return []
    compared = [row for row in found.rows if row.share and row.known and row.market != totals.ALL and not row.size_band]
    counts = [published(row.engaged).count for row in compared]
    shares = [
        share(count, row.known.total)
        for count, row in zip(counts, compared, strict=True)
        if count is not None and row.known
    ]
    score = evenness(one for one in shares if one) if None not in counts else None
    return [
        texts.words("totals.evenness", score=round(score, 2))
        if score is not None
        else texts.words("totals.evenness.none")
    ]


def _line(council: Council, row: Covered) -> texts.Words:
    where = _market(council, row.market) if row.market else texts.words("totals.no_market")
    what = texts.words("totals.sized", market=where, size=size(row.size_band)) if row.size_band else where
    if row.known is None:
        return texts.words("totals.unknown", market=what, engaged=safe(row.engaged))
    known = row.known
    return texts.words(
        "totals.known", market=what, engaged=safe(row.engaged), total=_figure(known), share=_share(row),
        source=known.source, day=known.as_of,
    )  # fmt: skip


def _share(row: Covered) -> texts.Words:
    """The share as a range of whole percentages, where the published numbers are enough to say it."""
    if row.known is None or row.engaged > row.known.total.low:
        return texts.words("totals.share.none")
    least, most = (percentage(row.engaged, base) for base in (row.known.total.high, row.known.total.low))
    if least is None or most is None:
        return texts.words("totals.share.none")
    return texts.words("totals.share.one" if least == most else "totals.share", least=least, most=most)


def _figure(known: Known) -> texts.Words:
    total, unit = known.total, texts.words(f"unit.{known.unit}")
    name = "totals.figure" if total.low == total.high else "totals.figure.range"
    return texts.words(name, figure=total.figure, low=total.low, high=total.high, unit=unit)


def in_words(council: Council, known: Known) -> texts.Words:
    """One entry: market, size, figure, day."""
    where: object = _market(council, known.market)
    if known.size_band:
        where = texts.words("totals.sized", market=where, size=size(known.size_band))
    return texts.words("totals.entry", market=where, total=_figure(known), day=known.as_of)


def _market(council: Council, code: str) -> object:
    return texts.words("totals.all") if code == totals.ALL else market(council, code)
