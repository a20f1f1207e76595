"""An officer's export: a safe summary in the chat, the file with names on the host."""

import csv
from datetime import datetime

import pytest

from handlers.periods import period
from storage import audit
from tests.dialogue import LONDON
from tests.handlers.acts import invites_everyone, opens_meeting


async def exports(officer, when="Everything", why="For the evaluation report"):
    await officer.says("/export")
    await officer.taps(when)
    await officer.says(why)


async def test_the_file_is_on_the_host_and_the_chat_gets_what_is_safe(stage, data_dir):
    await opens_meeting(stage)
    await stage.worker("Ada")
    await invites_everyone(stage, await stage.coordinator(), 1)
    olu = await stage.officer()
    await exports(olu)
    olu.sees("export.summary.all", "Contacts made: 1 to 7", "too few to give a percentage", "export.written")
    olu.sees("Rows in it: 1 to 7.")
    olu.sees_not("Ada")
    assert not any("document" in message for message in olu.phone.messages)
    (file,) = [path for path in (data_dir / "exports").glob("*.csv") if "code-book" not in path.name]
    assert file.stat().st_mode & 0o077 == 0
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert any("Ada" in cell for row in rows[1:] for cell in row)


async def test_who_asked_and_why_is_on_record(stage):
    olu = await stage.officer()
    await exports(olu, why="For the evaluation report")
    entry = (await audit.page(stage.db))[0]
    assert (entry.actor, entry.why) == (f"person:{(await olu.person()).id}", "For the evaluation report")


async def test_larger_numbers_are_rounded_and_give_a_share(stage):
    await opens_meeting(stage)
    for number in range(32):
        await stage.worker(f"Worker {number}")
    cas = await stage.coordinator()
    await invites_everyone(stage, cas, 32)
    olu = await stage.officer()
    await exports(olu)
    olu.sees("Reached: 30", "Answered: 0", "Can still answer: 30", "0% answered", "Rows in it: about 30.")


async def test_what_waits_for_the_afternoon_is_still_to_be_sent(stage):
    await opens_meeting(stage)
    for number in range(8):
        await stage.worker(f"Worker {number}")
    for number in range(8):
        await stage.worker(f"Night worker {number}", shift="nights")
    await invites_everyone(stage, await stage.coordinator(), 16)
    olu = await stage.officer()
    await exports(olu)
    olu.sees("Contacts made: 10, with 10 people", "Reached: 10", "Still to be sent: 10", "Not sent: 0")


@pytest.mark.parametrize("why", ["no", "x" * 501])
async def test_a_reason_that_says_nothing_is_asked_again(stage, why, data_dir):
    olu = await stage.officer()
    await exports(olu, why=why)
    olu.sees("export.why")
    assert not (data_dir / "exports").exists()
    await olu.says("For the evaluation report")
    olu.sees("export.written")


async def test_a_disk_that_refuses_is_said_plainly(stage, data_dir):
    (data_dir / "exports").mkdir()
    olu = await stage.officer()
    await exports(olu)
    olu.sees("export.written")
    await exports(olu)
    olu.sees("export.failed")


async def test_a_coordinator_has_no_export(stage, data_dir):
    cas = await stage.coordinator()
    await cas.says("/export")
    cas.sees_not("export.period")
    assert not (data_dir / "exports").exists()


@pytest.mark.parametrize(
    ("code", "first", "until"),
    [
        ("this_month", (2027, 3, 1), (2027, 4, 1)),
        ("last_month", (2027, 2, 1), (2027, 3, 1)),
        ("this_year", (2027, 1, 1), (2028, 1, 1)),
    ],
)
def test_periods_begin_and_end_at_local_midnight(code, first, until):
    now = int(datetime(2027, 3, 28, 12, tzinfo=LONDON).timestamp())
    found = period(code, now, LONDON)
    assert (found.first, found.until) == (datetime(*first, tzinfo=LONDON), datetime(*until, tzinfo=LONDON))


@pytest.mark.parametrize(("month", "before", "after"), [(1, (2026, 12), (2027, 2)), (12, (2027, 11), (2028, 1))])
def test_months_around_the_turn_of_the_year(month, before, after):
    now = int(datetime(2027, month, 15, tzinfo=LONDON).timestamp())
    last, this = period("last_month", now, LONDON), period("this_month", now, LONDON)
    assert (last.first.year, last.first.month) == before
    assert (this.until.year, this.until.month) == after


def test_a_period_nobody_offers_is_refused():
    with pytest.raises(ValueError, match="no such period"):
        period("forever", 0, LONDON)
