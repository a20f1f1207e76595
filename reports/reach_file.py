"""Reach as a workbook for an officer: exact counts with their intervals, a sheet each, and what every column means.

Counts of a few people can point at somebody: the file stays on the host, and nothing of it is for publishing as it is.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from reports.drafts import finished_together
from rules.council import Council
from rules.intervals import wilson
from storage import audit, covered, reach
from storage.covered import Covered
from storage.database import Database
from storage.reach import Approach, Group, Span

RATE = "share_answered"
APPROACH = {
    "code": "the code in links and on posters",
    "kind": "what sort of approach it is",
    "variant": "its wording or design",
    "title": "what staff call it",
    "contact_mode": "how people are met by it",
    "language": "the language it is in; empty: several, or none",
    "made": "attempts that left us, to people and organisations",
    "left_out": "attempts that were not made: held back, expired, called off",
    "to_come": "attempts that are still to be made",
    "attempted": "people tried, each once",
    "accepted": "of those, people whom Telegram or they themselves took it for",
    "answered": "of those tried, people who answered in any way",
    "silent": "of those tried, people whose time to answer ran out and who have not answered at all",
    "engaged": "of those tried, people who did something substantive after they were first tried this way",
    "organisations": "organisations tried, each once",
    "organisations_answered": "of those, organisations that answered",
    "erased_made": "attempts made to people who had themselves erased since; in no other column",
    "erased_answered": "of those, answered",
    "erased_silent": "of those, closed as non-response",
    "opened": "how often its code was opened; the same person may open it twice",
    "first_met": "people who came by it and whom we had not met",
    "signed_up": "of those, people who completed the sign-up",
    "arrived_engaged": "of those who came by it, people who did something substantive",
    "placements": "how often it was put somewhere",
    "reach_low": "at least so many care workers may have seen it, by estimate",
    "reach_high": "at most so many, by estimate",
    "cost_pence": "what it has cost, in pence",
    "staff_minutes": "the time it took staff, in minutes",
}
GROUP = {
    "by_what": "all, market or shift",
    "said": "which one; empty: not given",
    "known": "people we know, each once in every row; somebody with two jobs is in both markets",
    "attempted": "of those, people tried in the period",
    "answered": "of those, people who answered in the period",
    "engaged": "of those, people who did something substantive in the period",
}
INTERVAL = {
    RATE: "answered divided by tried, in percent",
    "likely_low": "lower end of its 95 % interval (Wilson), in percent",
    "likely_high": "upper end of the same",
}
COVERED = {
    "market": "the market; all: everybody once; empty: not given",
    "engaged": "people who did something substantive in the period",
    "unit": "what the known total counts: people, or posts; one person may hold two posts",
    "low": "the total, at least",
    "figure": "the total, as its source gives it",
    "high": "the total, at most",
    "source": "where the total is from",
    "as_of": "the day it is of",
    "share_least": "engaged divided by the highest total, in percent",
    "share": "engaged divided by the figure, in percent",
    "share_most": "engaged divided by the lowest total, in percent",
}
UNTRIED = {
    "why": "why nobody tried to reach them in the period; nobody_tried: no reason is on record",
    "people": "how many people",
}
ENGAGED = "substantive: signed up, said when free, voted, came, or a talk logged as 'spoke'"


@dataclass(frozen=True)
class Sheet:
    """A table: what each of its columns means, in order, and its rows."""

    name: str
    meanings: dict[str, str]
    rows: list[list[object]]


async def write(database: Database, out: Path, span: Span, council: Council, who: str, now: int) -> list[Sheet]:
    """Write the workbook and record who asked; what is in it.

    Raises FileExistsError, or another OSError; half a file is never left.
    """
    db, invented = database.reports, council.rehearsal
    ways = await reach.by_approach(db, span, invented=invented)
    groups = await reach.by_group(db, span, invented=invented)
    untried = await reach.not_attempted(db, span, now, invented=invented)
    people = await covered.of_people(db, span, council.markets, invented=invented)
    sheets = [
        Sheet("approaches", APPROACH | INTERVAL, [_with_share(way) for way in ways]),
        Sheet("groups", GROUP | INTERVAL, [_with_share(group) for group in groups]),
        Sheet("coverage", COVERED, [_covered(row) for row in people.rows]),
        Sheet("nobody tried", UNTRIED, [list(one) for one in untried]),
    ]
    await asyncio.to_thread(_write, out, sheets)
    async with database.transaction() as tx:
        await audit.record(tx, now, who, "export_reach", sum(len(sheet.rows) for sheet in sheets), "")
    return sheets


def _with_share(one: Approach | Group) -> list[object]:
    return [*(getattr(one, field.name) for field in fields(one)), *_interval(one.answered, one.attempted)]


def _covered(row: Covered) -> list[object]:
    known, share = row.known, row.share
    about: list[object] = [None] * 6
    if known:
        about = [known.unit, known.total.low, known.total.figure, known.total.high, known.source, f"{known.as_of}"]
    shares = [round(100 * one, 1) for one in (share.least, share.middle, share.most)] if share else [None] * 3
    return [row.market, row.engaged, *about, *shares]


def _interval(part: int, base: int) -> tuple[object, ...]:
    """Percent with one decimal; three empty cells where nobody was tried."""
    if not base:
        return (None, None, None)
    return tuple(round(100 * share, 1) for share in (part / base, *wilson(part, base)))


def _write(out: Path, sheets: Sequence[Sheet]) -> None:
    from reports.xlsx_file import book_of  # noqa: PLC0415 - the writer is large, and most commands need none

    tables = [(sheet.name, list(sheet.meanings), sheet.rows) for sheet in sheets]
    meanings = [[f"{sheet.name}: {head}", what] for sheet in sheets for head, what in sheet.meanings.items()]
    book = ("what it means", ["column", "meaning"], [*meanings, ["substantive", ENGAGED]])
    with finished_together([out]) as (draft,):
        book_of(draft, [*tables, book])
