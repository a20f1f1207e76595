"""One program per database."""

import subprocess
import sys

import pytest

from bot import lock
from bot.app import build
from bot.settings import load
from tests.dialogue import TOKEN, staged
from tests.in_process import InProcess

HOLD = """
import sys, pathlib
from bot import lock
with lock.held(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    input()
"""


async def test_a_second_program_on_the_same_database_refuses_to_start(data_dir):
    async with staged(data_dir) as stage:
        second = build(load(None, token=TOKEN, data_dir=data_dir), request=InProcess(stage.simulator))
        with pytest.raises(lock.AlreadyRunning):
            await second.__aenter__()


def test_a_killed_program_lets_go(tmp_path):
    database = tmp_path / "main.db"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(lock.AlreadyRunning, match="already running"), lock.held(database):
            raise AssertionError("two at once")
        holder.kill()
        holder.wait()
        with lock.held(database):
            assert database.parent.exists()
