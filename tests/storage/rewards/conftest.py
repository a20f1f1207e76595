"""A borough with one grant, one pool of two £10 vouchers, and an offer."""

import pytest

from storage.invariants import violations
from tests.storage.conftest import database, fresh_file, path
from tests.storage.rewards_world import Borough

__all__ = ["database", "fresh_file", "path"]


@pytest.fixture
async def borough(database):
    yield await Borough(database).found()
    assert await violations(database.reading) == []


@pytest.fixture
async def careful(database):
    """The same, where a second person approves."""
    yield await Borough(database).found(approval="second")
    assert await violations(database.reading) == []
