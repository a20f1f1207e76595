import aiohttp
import pytest

from simulator import Simulator
from tests.simulator.stage import TOKEN, Caller, Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sim(clock):
    made = Simulator(clock, flood=False)
    made.bot(TOKEN, username="care_compact_bot", name="Care Compact")
    return made


@pytest.fixture
def api(sim):
    return Caller(sim)


@pytest.fixture
def ada(sim):
    return sim.phone(TOKEN, "Ada", started=True)


@pytest.fixture
async def url(sim):
    yield await sim.start()
    await sim.stop()


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session
