"""The real process: killed in the middle of the way through, and as talkative as its log can be."""

import asyncio
import os
import random
import signal
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from simulator import Simulator
from simulator.faults import Fault
from tests import needles
from tests.unlinked.walk import WORDS, code_in, prompt_of

ROOT = Path(__file__).parents[2]
TOKEN = "123456:invented-for-tests"
NAME = "Wilhelmina"
PATIENCE = 30.0


class Host:
    """A stand-in for Telegram with an address, and the program as a process beside it."""

    def __init__(self, simulator, address, folder):
        self.simulator, self.address, self.folder = simulator, address, folder
        self.process = None

    async def starts(self):
        settings = {
            "BOT_TOKEN": TOKEN, "BOT_API_URL": self.address, "BOT_DATA_DIR": str(self.folder / "data"),
            "BOT_LOG_LEVEL": "debug", "BOT_SENDS_PER_SECOND": "10000", "BOT_SENDS_PER_SECOND_IN_A_CHAT": "1000",
        }  # fmt: skip
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with (self.folder / "log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env={**kept, **settings}, stderr=log
            )

    async def ends(self, how=signal.SIGKILL):
        if self.process.returncode is None:
            self.process.send_signal(how)
        await self.process.wait()

    async def until(self, true):
        async with asyncio.timeout(PATIENCE):
            while not (found := true()):  # noqa: ASYNC110 - the process has no event to wait for
                await asyncio.sleep(0.005)
        return found

    def bodies(self):
        with closing(sqlite3.connect(self.folder / "data" / "feedback.db")) as connection:
            return [body for (body,) in connection.execute("SELECT body FROM pool")]


@asynccontextmanager
async def hosted(folder):
    simulator = Simulator(flood=False)
    simulator.bot(TOKEN, username="care_compact_bot", name="Care Compact")
    host = Host(simulator, await simulator.start(), folder)
    await host.starts()
    try:
        yield host
    finally:
        await host.ends()
        await simulator.stop()


def sees(phone, words):
    return any(words in text for _, text in phone.screen)


class Worker:
    """Just enough of a person for a process that answers when it can."""

    def __init__(self, phone):
        self.phone = phone

    def key(self, words):
        for message in reversed(self.phone.messages):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for key in row:
                    if key["text"] == words:
                        return message["message_id"], key["callback_data"]
        return None

    async def asks(self, host):
        self.phone.says("/feedback")
        for words in ("Tell us anonymously", "Hours and rotas"):
            self.phone.taps(*await host.until(lambda words=words: self.key(words)))
        await host.until(lambda: sees(self.phone, "Reply to this message"))

    def replies(self, words):
        self.phone.says(words, reply_to=prompt_of(self)["message_id"])


async def test_killed_at_random_moments_nothing_confirmed_is_lost_and_nothing_comes_twice(tmp_path):
    rng, confirmed, sent = random.Random(5), set(), []
    async with hosted(tmp_path) as host:
        for number in range(8):
            worker, words = Worker(host.simulator.phone(TOKEN, f"{NAME}{number}")), f"{WORDS} Number {number:02}."
            await worker.asks(host)
            worker.replies(words)
            sent.append(words)
            await asyncio.sleep(rng.uniform(0, 0.4))
            saved = sees(worker.phone, "Saved, without your name")
            await host.ends()
            if saved:
                confirmed.add(words)
                assert words in host.bodies()
            await host.starts()
        await host.until(lambda: set(host.bodies()) == set(sent))
        await host.ends(signal.SIGTERM)
        assert sorted(host.bodies()) == sorted(sent)
        users = [needle for phone in host.simulator.phones.values() for needle in needles.of_number("id", phone.id)]
        assert needles.scan(tmp_path, [*users, *needles.of_word("her name", NAME)]) == []


async def test_the_log_at_debug_holds_nobody_also_when_telegram_fails(tmp_path):
    async with hosted(tmp_path) as host:
        codes = []
        for number, (method, kind) in enumerate(
            [("sendMessage", "500"), ("deleteMessage", "400"), ("sendMessage", "403"), ("answerCallbackQuery", "lose")]
        ):
            worker = Worker(host.simulator.phone(TOKEN, f"{NAME}{number}"))
            await worker.asks(host)
            codes.append(code_in(worker))
            host.simulator.faults.add(Fault(kind, method=method, times=1))
            if method == "answerCallbackQuery":
                worker.phone.taps(*worker.key("I have saved my code") or (1, "v1:sealed.saved"))
            words = f"{WORDS} Number {number:02}."
            worker.replies(words)
            await host.until(lambda words=words: words in host.bodies() and not host.simulator.faults.items)
            host.simulator.add_update(TOKEN, {"message": {"message_id": "x", "text": f"{codes[-1]} {NAME}", "from": 5}})
        await asyncio.sleep(1)
        await host.ends(signal.SIGTERM)
        log = (tmp_path / "log").read_text()
        assert "debug" in log or "info" in log or "warning" in log
        secrets = [NAME, TOKEN, WORDS[:20], *codes, *(code.replace("-", "") for code in codes)]
        secrets += [str(phone.id) for phone in host.simulator.phones.values()]
        assert [secret for secret in secrets if secret in log] == []
        assert "sealed" not in log


async def test_without_its_pepper_the_program_refuses_to_start_with_one_line(tmp_path):
    async with hosted(tmp_path) as host:
        await host.until((tmp_path / "data" / "feedback.db").exists)
        await host.until(host.simulator.transcript.__len__)
        await host.ends()
        (tmp_path / "data-pepper" / "pepper").unlink()
        (tmp_path / "log").unlink()
        await host.starts()
        assert await asyncio.wait_for(host.process.wait(), PATIENCE) == 1
        said = (tmp_path / "log").read_text().strip()
        assert said.count("\n") == 0
        assert "pepper" in said


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
