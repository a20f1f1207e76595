"""The command line in a folder of its own, with nothing of this machine's settings in it."""

import os

import pytest
from click.testing import CliRunner

from bot.cli import main

TOKEN = "123456:invented-secret-token"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The data folder of a bot whose settings are right; nobody answers at its Bot API address."""
    for name in [name for name in os.environ if name.startswith("BOT_") or name == "CREDENTIALS_DIRECTORY"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("BOT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def shell(data):
    """Types a command line; the result has exit_code, stdout and stderr."""
    return lambda *words: CliRunner().invoke(main, words)
