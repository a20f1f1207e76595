"""The stand-in as a program of its own."""

import asyncio
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


async def test_it_runs_alone_and_stops_when_told(http):
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", "0", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(20):
        url = (await program.stdout.readline()).decode().strip()
        async with http.get(f"{url}/bot12345:abc/getMe") as response:
            assert (await response.json())["result"]["id"] == 12345
        async with http.get(f"{url}/sim/state") as response:
            assert (await response.json())["bots"][0]["name"] == "Bot 12345"
        program.send_signal(signal.SIGINT)
        assert await program.wait() == 0
