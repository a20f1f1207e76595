"""The exported log: what stands in it, what never does, and that it appears whole or not at all."""

import csv
import stat
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from reports import attempts
from reports.asked import Asked
from reports.cells import unguarded
from reports.columns import IDENTIFIED, PSEUDONYMOUS
from rules.council import Council
from storage import approaches, audit, by_hand, machine
from storage import attempts as log
from tests.storage.world import DAY, HOUR, NOON, invited, open_meeting, says, worker

COUNCIL = Council(name="Anytown Council")
FORMULA = '=HYPERLINK("http://x.example","tap")'


async def put(database, **facts):
    async with database.transaction() as tx:
        return await worker(tx, **facts)


@pytest.fixture
async def told(database):
    """Three people were invited: one says yes, one stays silent, one was called as well. The title is an attack."""
    meeting = await open_meeting(database, title=FORMULA, reward="+£10")
    people = [await put(database, name=name, market="home_care", shift="nights") for name in ("Ada", "Bea", "-5")]
    await invited(database, meeting, silent_at=NOON + 3 * DAY)
    await says(database, people[0], meeting, "yes", NOON + 2 * HOUR)
    async with database.transaction() as tx:
        await log.log_by_hand(tx, people[2], None, "call", "spoke", "@note", None, NOON + HOUR, about=meeting.id)
        await log.close_silent(tx, NOON + 4 * DAY)
    return people


def asked(out, form="csv", *, identified=False, **facts):
    given = {"from_at": 0, "until_at": NOON + 5 * DAY, "purpose": "to learn", "who": "host:ada"}
    return Asked(out=out, form=form, identified=identified, **{**given, **facts})


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


async def write(database, wanted):
    return await attempts.write(database, wanted, COUNCIL, NOON + 5 * DAY)


async def test_there_is_a_row_for_each_attempt_answered_or_not(database, told, tmp_path):
    wanted = asked(tmp_path / "log.csv")
    assert await write(database, wanted) == 4 == attempts.count(database, wanted, COUNCIL)
    rows = rows_of(wanted.out)
    assert [row["final_state"] for row in rows] == ["answered", "no_response", "no_response", "answered"]
    ada = rows[0]
    assert {name: ada[name] for name in ("purpose", "contact_mode", "final_state", "answer", "market", "shift")} == {
        "purpose": "invite", "contact_mode": "telegram", "final_state": "answered", "answer": "yes",
        "market": "home_care", "shift": "nights",
    }  # fmt: skip
    assert (ada["date"], ada["weekday"], ada["time_band"]) == ("2027-03-01", "Monday", "morning")
    assert (ada["response_delay_minutes"], ada["attempt_number"], ada["row"]) == ("120", "1", "1")
    assert {row["contact_mode"] for row in rows} == {"telegram", "call"}


async def test_the_band_and_the_date_are_local(database, tmp_path):
    await put(database, name="Ada")
    evening = int(datetime(2027, 7, 1, 23, 30, tzinfo=UTC).timestamp())
    async with database.transaction() as tx:
        await log.log_by_hand(tx, 1, None, "call", "spoke", "", None, evening)
    wanted = asked(tmp_path / "log.csv", until_at=evening + 1)
    await write(database, wanted)
    (row,) = rows_of(wanted.out)
    assert (row["date"], row["weekday"], row["time_band"]) == ("2027-07-02", "Friday", "late")


async def test_one_that_waits_has_the_day_it_is_due(database, tmp_path):
    await put(database, name="Ada")
    async with database.transaction() as tx:
        await log.plan(tx, 1, "reminder", 0, 1, NOON + DAY + 6 * HOUR, None, NOON)
    wanted = asked(tmp_path / "log.csv")
    await write(database, wanted)
    (row,) = rows_of(wanted.out)
    assert (row["date"], row["weekday"], row["time_band"]) == ("2027-03-02", "Tuesday", "evening")
    assert row["delivery_state"] == "planned"


async def test_people_have_keys_that_no_other_file_shares(database, told, tmp_path):
    first, second = asked(tmp_path / "a.csv"), asked(tmp_path / "b.csv")
    await write(database, first)
    await write(database, second)
    keys = [[row["person"] for row in rows_of(wanted.out)] for wanted in (first, second)]
    assert len(set(keys[0])) == 3
    assert not set(keys[0]) & set(keys[1])
    assert keys[0][2] == keys[0][3]


async def test_a_file_without_names_has_none(database, told, tmp_path):
    wanted = asked(tmp_path / "log.csv")
    await write(database, wanted)
    said = wanted.out.read_bytes() + wanted.book.read_bytes()
    assert not [needle for needle in (b"Ada", b"Bea", b"@note", b"to learn") if needle in said]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_file_with_names_is_its_owners_and_is_remembered(database, told, tmp_path, form):
    wanted = asked(tmp_path / f"log.{form}", form, identified=True)
    await write(database, wanted)
    assert stat.S_IMODE(wanted.out.stat().st_mode) == 0o600
    record = (await audit.page(database.reading))[-1]
    assert (record.actor, record.action, record.how_many, record.why) == (
        "host:ada",
        "export_identified",
        4,
        "to learn",
    )


async def test_no_cell_of_the_csv_is_a_formula_and_the_words_come_back(database, told, tmp_path):
    wanted = asked(tmp_path / "log.csv", identified=True)
    await write(database, wanted)
    rows = rows_of(wanted.out)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(tuple("=+-@\t\r\n\0"))]
    assert {unguarded(row["meeting"]) for row in rows} == {FORMULA}
    assert unguarded(rows[2]["name"]) == "-5"
    assert unguarded(rows[0]["reward_offered"]) == "+£10"


async def test_the_workbook_holds_text_as_text_and_numbers_as_numbers(database, told, tmp_path):
    wanted = asked(tmp_path / "log.xlsx", "xlsx", identified=True)
    await write(database, wanted)
    book = load_workbook(wanted.out)
    assert book.sheetnames == ["attempts", "about", "code book"]
    heads, *rows = book["attempts"].iter_rows()
    assert [cell.value for cell in heads] == [column.head for column in IDENTIFIED]
    ada = {head.value: cell for head, cell in zip(heads, rows[0], strict=True)}
    assert (ada["meeting"].value, ada["meeting"].data_type) == (FORMULA, "s")
    assert (ada["response_delay_minutes"].value, ada["row"].value) == (120, 1)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    with ZipFile(wanted.out) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]


async def test_every_sheet_prints_one_page_wide_with_its_heads_on_each(database, told, tmp_path):
    wanted = asked(tmp_path / "log.xlsx", "xlsx")
    await write(database, wanted)
    for sheet in load_workbook(wanted.out):
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (
            "landscape",
            1,
            0,
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"


async def test_a_long_log_goes_on_on_another_sheet(tmp_path):
    from reports.xlsx_file import XlsxFile  # noqa: PLC0415 - the only test that needs it alone

    with XlsxFile(tmp_path / "long.xlsx", "attempts", ["n"], [5], sheet_rows=4) as table:
        table.add([[number] for number in range(7)])
    book = load_workbook(tmp_path / "long.xlsx")
    told = [[cell for (cell,) in sheet.iter_rows(values_only=True)] for sheet in book]
    assert told == [["n", 0, 1, 2], ["n", 3, 4, 5], ["n", 6]]


async def test_the_book_explains_every_column_and_says_what_is_missing(database, told, tmp_path):
    async with database.transaction() as tx:
        await machine.record_outage(tx, NOON, NOON + 25 * HOUR)
    wanted = asked(tmp_path / "log.csv")
    await write(database, wanted)
    book = {row["word"]: row["meaning"] for row in rows_of(wanted.book)}
    assert {column.head for column in PSEUDONYMOUS} <= set(book)
    assert (
        book["outage"]
        == "2027-03-01 12:00 (Europe/London) to 2027-03-02 13:00 (Europe/London): silence then is not non-response"
    )
    assert (book["rows"], book["people"], book["council"]) == ("4", "real", "Anytown Council")


async def test_invented_people_are_never_in_a_file_with_real_ones(database, told, tmp_path):
    wanted = asked(tmp_path / "log.csv")
    rehearsal = Council(rehearsal=True)
    assert await attempts.write(database, wanted, rehearsal, NOON + 5 * DAY) == 0


async def test_the_period_is_kept_and_its_end_is_not_in_it(database, told, tmp_path):
    wanted = asked(tmp_path / "log.csv", from_at=NOON + 1, until_at=NOON + HOUR)
    assert await write(database, wanted) == 0
    assert await write(database, asked(tmp_path / "b.csv", from_at=NOON + 1, until_at=NOON + HOUR + 1)) == 1


async def test_nothing_is_overwritten_and_nothing_recorded_then(database, told, tmp_path):
    (tmp_path / "log-code-book.csv").write_text("mine")
    with pytest.raises(FileExistsError):
        await write(database, asked(tmp_path / "log.csv"))
    assert not (tmp_path / "log.csv").exists()
    assert await audit.page(database.reading) == []


async def test_progress_adds_up_to_the_rows(database, told, tmp_path):
    heard = []
    await attempts.write(database, asked(tmp_path / "log.csv"), COUNCIL, NOON, heard.append)
    assert sum(heard) == 4


async def test_each_attempt_has_its_approachs_title_sender_language_cost_and_time(database, tmp_path):
    facts = approaches.Facts("letter", "letter", "=Letter, blue", "say", "The Mayor", "en", 450, 20)
    async with database.transaction() as tx:
        made = await approaches.make(tx, facts, None, NOON)
        await by_hand.log_by_hand(tx, None, "A home", made.code, "spoke", "", None, NOON)
    wanted = asked(tmp_path / "log.csv")
    await write(database, wanted)
    (row,) = [one for one in rows_of(wanted.out) if one["approach"] == made.code]
    told = {name: row[f"approach_{name}"] for name in ("title", "sender", "language", "cost_pence", "staff_minutes")}
    assert told == {
        "title": "'=Letter, blue", "sender": "The Mayor", "language": "en", "cost_pence": "450", "staff_minutes": "20",
    }  # fmt: skip
