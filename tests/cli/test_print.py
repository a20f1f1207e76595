"""`python -m bot poster` and `paper`: pages to print, and plain words when one cannot be made."""

import stat

import pytest

from bot.cli.common import wait_for
from storage import approaches
from storage.database import opened
from tests.reports.test_pages import inside


@pytest.fixture
def library(shell, data):
    """A bot that has run, with one approach."""
    assert shell("migrate").exit_code == 0

    async def make():
        async with opened(data / "main.db") as database, database.transaction() as tx:
            return await approaches.make(tx, approaches.Facts("poster", "poster", "Library"), None, 0)

    return wait_for(make())


@pytest.mark.parametrize("size", ["A4", "a5"])
def test_a_poster_is_written_once_and_only_for_its_maker(shell, library, tmp_path, size):
    out = tmp_path / "poster.pdf"
    asked = ("poster", "--approach", "LIBRARY", "--size", size, "--bot-name", "@care_bot", "--out", str(out))
    result = shell(*asked)
    assert result.exit_code == 0, result.stderr
    assert out.read_bytes().startswith(b"%PDF-")
    assert b"https://t.me/care_bot?start=library" in inside(out.read_bytes())
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    again = shell(*asked)
    assert (again.exit_code, "there already" in again.stderr) == (1, True)


@pytest.mark.parametrize("form", ["join", "free"])
def test_a_form_is_written(shell, library, tmp_path, form):
    out = tmp_path / "form.pdf"
    result = shell("paper", "--form", form, "--approach", "library", "--bot-name", "care_bot", "--out", str(out))
    assert result.exit_code == 0, result.stderr
    assert b"/StructTreeRoot" in inside(out.read_bytes())


def test_a_draft_is_printed_only_where_drafts_are_offered(shell, library, tmp_path, monkeypatch):
    asked = ("poster", "--approach", "library", "--language", "en", "--language", "ar", "--bot-name", "b", "--out")
    refused = shell(*asked, str(tmp_path / "x.pdf"))
    assert (refused.exit_code, (tmp_path / "x.pdf").exists()) == (2, False)
    assert "'ar'" in refused.stderr
    monkeypatch.setenv("BOT_DRAFT_LANGUAGES", "true")
    assert shell(*asked, str(tmp_path / "x.pdf")).exit_code == 0


def test_a_code_nobody_has_is_named(shell, library, tmp_path):
    result = shell("poster", "--approach", "nothing", "--bot-name", "b", "--out", str(tmp_path / "x.pdf"))
    assert (result.exit_code, "'nothing'" in result.stderr) == (1, True)


def test_letters_nobody_has_are_named(shell, library, tmp_path, monkeypatch):
    monkeypatch.setenv("BOT_COUNCIL_NAME", "Council of \U00010600")
    result = shell("poster", "--approach", "library", "--bot-name", "b", "--out", str(tmp_path / "x.pdf"))
    assert (result.exit_code, "\U00010600" in result.stderr) == (1, True)
    assert list(tmp_path.glob("*.pdf")) == []


def test_without_a_bot_name_telegram_is_asked(shell, library, tmp_path):
    result = shell("poster", "--approach", "library", "--out", str(tmp_path / "x.pdf"))
    assert (result.exit_code, "--bot-name" in result.stderr) == (1, True)
