"""`python -m bot run` as a process: against a server that is not ours, one at a time, and ended cleanly."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import TOKEN
from tests.cli.small_server import SmallServer

ROOT = Path(__file__).parents[2]
PATIENCE = 30


def until(true, process=None):
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        assert process is None or process.poll() is None, process.stderr.read()
        time.sleep(0.05)


@pytest.fixture
def server():
    server = SmallServer()
    yield server
    server.close()


@pytest.fixture
def start(server, tmp_path):
    """Starts the real program; all it knows is in its environment."""
    running = []

    def start():
        settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": server.address, "BOT_DATA_DIR": str(tmp_path / "data")}
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env={**kept, **settings}, text=True, stderr=subprocess.PIPE
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stderr.close()


def test_it_works_with_any_server_that_speaks_the_bot_api(server, start):
    process = start()
    server.put(42, "/start")
    until(lambda: server.sent, process)
    chat, words = server.sent[0]
    assert chat == 42
    assert "employer" in " ".join(text for _, text in server.sent) or words


def test_sigterm_ends_it_within_five_seconds_and_telegram_knows_how_far_it_came(server, start):
    process = start()
    server.put(42, "/start")
    until(lambda: server.sent, process)
    asked = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert time.monotonic() - asked < 5
    assert server.updates == []
    assert TOKEN not in said
    assert "Ada" not in said


def test_ctrl_c_ends_it_even_before_telegram_was_ever_reached(server, start):
    server.close()
    process = start()
    assert "cannot be reached" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=5) == 0


def test_a_second_one_on_the_same_data_refuses_to_start(server, start):
    first = start()
    until(lambda: "getUpdates" in server.calls, first)
    second = start()
    _, said = second.communicate(timeout=PATIENCE)
    assert second.returncode == 1
    assert "already running" in said
    assert said.count("\n") == 1
    assert first.poll() is None


def test_what_was_answered_is_not_answered_again_after_a_restart(server, start):
    process = start()
    server.put(42, "/start")
    until(lambda: server.sent, process)
    process.kill()
    process.wait()
    answered = len(server.sent)
    again = start()
    server.put(43, "/start")
    until(lambda: any(chat == 43 for chat, _ in server.sent), again)
    assert [chat for chat, _ in server.sent[answered:]].count(42) == 0


def test_a_folder_that_cannot_be_is_one_plain_line(shell, monkeypatch):
    monkeypatch.setenv("BOT_DATA_DIR", "/dev/null/data")
    result = shell("run")
    assert result.exit_code == 1
    assert result.stderr == "The files in /dev/null/data cannot be used: not a directory.\n"


@pytest.mark.parametrize(
    "answer",
    [
        {"ok": True, "result": []},
        {"ok": True, "result": {}},
        {"ok": True, "result": None},
        {"ok": False},
        {"ok": False, "description": 5},
    ],
)
def test_a_server_that_answers_something_else_is_tried_again(server, start, answer):
    server.whole_answer = answer
    process = start()
    assert "cannot be reached" in process.stderr.readline()
    server.whole_answer = None
    until(lambda: "getUpdates" in server.calls, process)
