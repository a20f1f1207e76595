"""A real database in a folder of its own for each test; the schema is made once and copied."""

import shutil
from pathlib import Path

import pytest

from storage.database import opened
from storage.migrate import migrate

MIGRATIONS = Path(__file__).parents[2] / "migrations"


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "fresh.db"
    migrate(path, MIGRATIONS)
    return path


@pytest.fixture
def path(fresh_file, tmp_path):
    return Path(shutil.copy(fresh_file, tmp_path / "care.db"))


@pytest.fixture
async def database(path):
    async with opened(path) as database:
        yield database


@pytest.fixture
async def tx(database):
    async with database.transaction() as tx:
        yield tx
