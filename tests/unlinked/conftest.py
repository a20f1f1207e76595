"""A feedback file in a folder of its own; scrypt is cheap but where a test says otherwise."""

import random
import shutil
import tempfile
from pathlib import Path

import pytest

from storage import unlinked
from tests.unlinked import week

MEMORY = Path("/dev/shm")  # noqa: S108 - folders of random names, made and removed by these tests


@pytest.fixture
def folder(tmp_path):
    """A folder in memory where there is one: weeks of commits would otherwise wait for the disk."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    made = Path(tempfile.mkdtemp(prefix="unlinked-", dir=MEMORY))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def traces(folder):
    return week.begin(folder, 12)


@pytest.fixture
async def feedback(traces):
    async with unlinked.opened(traces.path, traces.pepper, now=traces.now, cost=week.CHEAP) as feedback:
        yield feedback


@pytest.fixture
def rng():
    return random.Random(4)
