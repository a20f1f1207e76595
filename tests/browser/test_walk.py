"""The whole walk, as a newcomer takes it: the real demo in a real browser, and the officer's file at the end."""

import asyncio
import csv
import os
import sys

import pytest
import pytest_asyncio

from bot.demo import TOKEN
from tests.browser import office
from tests.browser.demo import ROOT, Hand, demo, time_goes_by, visited
from tests.browser.stage import NARROW
from tests.browser.story import ARABIC, MEETING, WHY, enrols, invites_everyone, joins, logs_a_call, makes_a_meeting

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def running():
    async with demo() as running:
        yield running
        assert "".join(running.later).strip() == ""
    assert running.process.returncode == 0
    assert not running.folder.exists()


async def test_from_the_poster_to_the_file(running, browser, tmp_path):
    async with visited(browser, running.address) as page:
        ada, noor, cora, olive = (Hand(page, name) for name in ("Ada", "Noor", "Cora", "Olive"))
        await joins(ada)
        await joins(noor, ARABIC, market="care_home", shift="early")
        await enrols(cora)
        await makes_a_meeting(cora)
        everyone = await invites_everyone(cora)
        await time_goes_by(page, "1 minute")
        await ada.sees("Can you come?")
        await noor.sees(MEETING)
        await ada.taps("Yes")
        await ada.sees("Your place is kept.")
        await logs_a_call(cora, "Noor")
        await time_goes_by(page, "4 days")
        await cora.sees(f"Sent: {everyone - 1} of {everyone}")
        await enrols(olive)
        await exports(olive)
        rows = rows_in(only_export(running.folder))
        assert ends(rows, "Ada") == [("invite", "answered", "yes")]
        assert ends(rows, "Noor") == [("invite", "no_response", ""), ("by_hand", "no_response", "left_message")]
        assert len([row for row in rows if row["purpose"] == "invite"]) == everyone
        assert {row["invented"] for row in rows} == {"1"}
        answered = [row for row in rows if row["purpose"] == "invite" and row["answer"]]
        assert {row["answer"] for row in answered} == {"yes", "maybe", "no"}
        assert [row["final_state"] for row in rows if row["final_state"] == "blocked"] == ["blocked"]
        await the_command_line_exports_it_too(running, rows, tmp_path)
        await asyncio.to_thread(libreoffice_shows_it, only_export(running.folder), tmp_path)


async def exports(olive):
    await olive.says("/export")
    await olive.answers(("Which time should the file cover?", "Everything"), ("What do you need it for?", f">{WHY}"))
    await olive.sees("Everything so far")
    await olive.sees("The file with names is on the computer the bot runs on")


def only_export(folder):
    (file,) = [file for file in (folder / "exports").glob("*.csv") if "code-book" not in file.name]
    assert file.stat().st_mode & 0o777 == 0o600
    return file


def rows_in(file):
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def ends(rows, name):
    """How each attempt to reach somebody ended, but for reminders still to come."""
    found = [row for row in rows if row["name"] == name and row["purpose"] != "reminder"]
    return [(row["purpose"], row["final_state"], row["answer"]) for row in found]


async def the_command_line_exports_it_too(running, rows, tmp_path):
    """On the same database, while the demo runs: another process, as an officer on the host starts it."""
    out = tmp_path / "attempts.xlsx"
    own = {"BOT_TOKEN": TOKEN, "BOT_DATA_DIR": str(running.folder), "BOT_REHEARSAL": "true"}
    command = ("-m", "bot", "export", "attempts", "--format", "xlsx", "--from", "2020-01-01", "--to", "2099-12-31")
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, "--out", str(out), cwd=ROOT, env=os.environ | own,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0, said
    assert f"{len(rows)} attempts written".encode() in said
    if office.SOFFICE:
        sheets = await asyncio.to_thread(office.sheets, out, tmp_path / "workbook")
        seen = office.records(sheets["attempts"])
        assert [row["final_state"] for row in seen] == [row["final_state"] for row in rows]
        assert "name" not in seen[0]


def libreoffice_shows_it(file, tmp_path):
    """The officer's own file, where LibreOffice is there to open it."""
    if not office.SOFFICE:
        return
    (sheet,) = office.sheets(file, tmp_path / "sheet").values()
    seen = office.records(sheet)
    assert ends(seen, "Noor")[0] == ("invite", "no_response", "")
    assert {row["meeting"] for row in seen if row["name"] == "Ada"} == {MEETING}


async def test_a_worker_joins_and_answers_with_one_thumb(running, browser):
    async with visited(browser, running.address, NARROW) as page:
        await joins(Hand(page, "Ada"))
        for other in ("Cora", "Ada"):
            await page.get_by_role("tab", name=other).click()
            if other == "Cora":
                await enrols(Hand(page, "Cora"))
        assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]


async def test_a_taken_port_is_a_plain_line(running):
    port = running.address.rpartition(":")[2]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", port, cwd=ROOT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 1
    assert said.decode().splitlines() == [
        f"Port {port} cannot be used (address already in use). Try another: make demo ARGS='--port 0'"
    ]
