"""The book that goes with an exported log: what it covers, what its words mean, and what it cannot say."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from reports.asked import Asked
from reports.columns import IDENTIFIED, Column
from rules.council import Council
from storage.machine import Outage

DEFINITIONS = (
    (
        "attempted",
        "Somebody tried to reach a person or a place, or would have and did not: then the reason stands beside it.",
    ),
    (
        "accepted",
        "Telegram took the message. A bot is not told whether it was delivered or read, so this file does not say so.",
    ),
    ("answered", "Any tap, word, call in which somebody spoke, or form."),
    ("no_response", "No answer by the time the attempt's own clock ran out. It is not a no."),
    ("late", "An answer that came after the attempt had closed as no_response."),
    ("unknown", "The line broke at the wrong moment, and nobody can say whether the message arrived."),
    (
        "blocked",
        "The person blocked the bot or closed the account. They could not be reached; they did not fail to answer.",
    ),
    ("skipped", "Not attempted. The reason says why: no_channel, stopped, paused, no_consent and so on."),
)
CAVEATS = (
    "Rows are attempts, not people: count the keys in the column person to count people.",
    "Who had themselves erased is not in this file. What stays of them points at nobody and is counted apart.",
    "Who was never attempted at all has no row. Compare with the known totals before you speak of all care workers.",
)


def about(asked: Asked, council: Council, now: int, outages: Sequence[Outage], written: int) -> list[tuple[str, str]]:
    """What the file is: pairs of a word and its meaning. `written` is how many rows it has; times are unix seconds."""
    lines = [
        ("council", council.name),
        ("made", _moment(now, council)),
        ("covers", _period(asked, council)),
        ("rows", str(written)),
        ("people", "invented, from a rehearsal: not evidence" if council.rehearsal else "real"),
        ("names", f"yes; asked by {asked.who}, because: {asked.purpose}" if asked.identified else "no"),
    ]
    silences = [
        ("outage", f"{_moment(o.from_at, council)} to {_moment(o.until_at, council)}: silence then is not non-response")
        for o in outages
    ]
    return [*lines, *silences, *DEFINITIONS, *(("caveat", caveat) for caveat in CAVEATS)]


def meanings(columns: Sequence[Column]) -> list[tuple[str, str]]:
    """Each column's heading and what it means."""
    return [(column.head, column.meaning) for column in columns]


def page() -> str:
    """The code book as a page of the documentation."""
    rows = "\n".join(f"| `{head}` | {meaning} |" for head, meaning in meanings(IDENTIFIED))
    words = "\n".join(f"| {word} | {meaning} |" for word, meaning in DEFINITIONS)
    caveats = "\n".join(f"- {caveat}" for caveat in CAVEATS)
    return _PAGE.format(rows=rows, words=words, caveats=caveats)


def _moment(at: int, council: Council) -> str:
    return f"{datetime.fromtimestamp(at, council.zone):%Y-%m-%d %H:%M} ({council.zone.key})"


def _period(asked: Asked, council: Council) -> str:
    last = datetime.fromtimestamp(asked.until_at, council.zone) - timedelta(seconds=1)
    first = f"{datetime.fromtimestamp(asked.from_at, council.zone):%Y-%m-%d}" if asked.from_at else "the beginning"
    return f"attempts planned from {first} to {last:%Y-%m-%d}, both days included"


_PAGE = """# The code book of the response log

What `python -m bot export attempts` writes: one row for each attempt to reach somebody, answered or not. The last six
columns are only in a file with names (`--identified`). This page is generated; the same book goes with every file.

| column | meaning |
|---|---|
{rows}

## Words

| word | meaning |
|---|---|
{words}

## What the file cannot say

{caveats}

In a CSV file, an apostrophe stands before anything that a spreadsheet might take for a formula. Take it away to have
the words as they were typed.
"""
