"""The real process: it starts, answers, and ends within five seconds however it is asked to."""

import asyncio
import os
import signal
import sys

import pytest

from simulator import Simulator
from tests.dialogue import TOKEN


@pytest.fixture
async def simulator():
    simulator = Simulator(flood=False)
    yield simulator
    await simulator.stop()


async def start(address, folder, **settings):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    environment |= {"BOT_TOKEN": TOKEN, "BOT_API_URL": address, "BOT_DATA_DIR": str(folder), **settings}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stderr=asyncio.subprocess.PIPE
    )


async def ended(process):
    async with asyncio.timeout(5):
        _, said = await process.communicate()
    return process.returncode, said.decode()


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
async def test_a_running_program_ends_cleanly(simulator, tmp_path, name):
    ada = simulator.phone(TOKEN, "Ada")
    process = await start(await simulator.start(), tmp_path)
    ada.says("hello")
    async with asyncio.timeout(30):
        while len(ada.messages) < 2:  # noqa: ASYNC110 - another process answers
            await asyncio.sleep(0.05)
    process.send_signal(name)
    status, said = await ended(process)
    assert status == 0, said
    assert "Traceback" not in said
    assert not simulator.world.bots[TOKEN].inbox.waiting
    assert simulator.world.bots[TOKEN].commands, said


async def test_a_program_that_still_looks_for_telegram_ends_too(simulator, tmp_path):
    address = await simulator.start()
    await simulator.stop()
    process = await start(address, tmp_path)
    async with asyncio.timeout(30):
        while b"cannot be reached" not in await process.stderr.readline():
            continue
    process.send_signal(signal.SIGTERM)
    status, said = await ended(process)
    assert status == 0, said
    assert "Traceback" not in said


async def test_a_token_that_telegram_does_not_know_is_a_wrong_setting(simulator, tmp_path):
    process = await start(await simulator.start(), tmp_path, BOT_TOKEN="00:---")
    simulator.world.bots.clear()
    whole = simulator.call

    async def knows_nobody(token, *rest):
        return await whole("nobody", *rest)

    simulator.call = knows_nobody
    async with asyncio.timeout(30):
        _, said = await process.communicate()
    assert process.returncode == 2
    assert said.decode().count("\n") == 1
    assert "BOT_TOKEN" in said.decode()
    assert "00:---" not in said.decode()
