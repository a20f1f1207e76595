"""Whether the program is well, for whatever watches it."""

import aiohttp

from bot import health
from storage import machine


async def test_well_while_it_has_heard_from_telegram_of_late(stage):
    await stage.settle()
    async with health.telling(stage.program.services, 0) as port, aiohttp.ClientSession() as session:

        async def looks():
            async with session.get(f"http://127.0.0.1:{port}/health") as answer:
                return answer.status, await answer.json()

        assert await looks() == (200, {"well": True, "heard_seconds_ago": 0})
        stage.clock.passes(seconds=121)
        assert await looks() == (503, {"well": False, "heard_seconds_ago": 121})


async def test_not_well_before_it_has_heard_anything(stage, monkeypatch):
    async def never(db):
        return None

    monkeypatch.setattr(machine, "last_beat", never)
    async with (
        health.telling(stage.program.services, 0) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/health") as answer,
    ):
        assert answer.status == 503
        assert await answer.json() == {"well": False, "heard_seconds_ago": None}
