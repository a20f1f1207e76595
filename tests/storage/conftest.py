"""A fresh, migrated database for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from storage.database import Database, opened
from storage.migrate import migrate

MIGRATIONS = Path(__file__).parents[2] / "migrations"


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "main.db"
    migrate(path, MIGRATIONS)
    async with opened(path) as database:
        yield database
