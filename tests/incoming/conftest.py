"""A real database in a folder of its own, and files written where a test can read them."""

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
async def database(fresh_file, tmp_path):
    async with opened(Path(shutil.copy(fresh_file, tmp_path / "care.db"))) as database:
        yield database


@pytest.fixture
def written(tmp_path):
    """Write a file: text becomes UTF-8."""

    def write(content, name="file.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
