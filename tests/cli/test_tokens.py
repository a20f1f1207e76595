"""`python -m bot tokens`: a page of slips, each works once, and nothing on this machine lists them."""

import re
import stat

import pytest

from bot.cli.common import wait_for
from storage.unlinked import Paper, opened
from tests import needles

TOKEN = re.compile(r"<b>([0-9A-Z-]{23})</b>")


@pytest.fixture
def made(shell, data, tmp_path):
    out = tmp_path / "slips.html"
    result = shell("tokens", "--count", "5", "--bot-name", "care_bot", "--out", str(out))
    assert result.exit_code == 0, result.stderr
    return TOKEN.findall(out.read_text(encoding="utf-8"))


async def _twice(data, token):
    pepper = data.with_name("data-pepper") / "pepper"
    async with opened(data / "feedback.db", pepper, now=lambda: 1_800_000_000) as unlinked:
        first = await unlinked.put_paper(token, "they do not pay for travel", "general")
        return first, await unlinked.put_paper(token, "some other words on the same slip", "general")


def test_each_slip_works_once(made, data):
    assert len(set(made)) == 5
    assert wait_for(_twice(data, made[0])) == (Paper.SAVED, Paper.USED)


def test_the_page_is_for_its_maker_only_and_is_never_overwritten(made, shell, tmp_path):
    out = tmp_path / "slips.html"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert out.read_text(encoding="utf-8").count("<svg") == 5
    result = shell("tokens", "--bot-name", "care_bot", "--out", str(out))
    assert result.exit_code == 1
    assert "there already" in result.stderr


def test_no_list_of_slips_is_kept(made, data):
    for token in made:
        assert needles.scan(data, needles.of_word("a token", token)) == []
        assert needles.scan(data, needles.of_word("a token", token.replace("-", ""))) == []


def test_a_language_without_words_is_refused(shell, tmp_path):
    result = shell("tokens", "--language", "xx", "--bot-name", "care_bot", "--out", str(tmp_path / "x.html"))
    assert result.exit_code == 2
    assert not (tmp_path / "x.html").exists()
