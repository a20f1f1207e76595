"""What every test may ask for: the program on a stage of its own, with a database that is migrated already."""

import shutil
from pathlib import Path

import pytest

from storage.migrate import migrate
from tests.dialogue import staged

MIGRATIONS = Path(__file__).parents[1] / "migrations"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An empty database with the newest schema, made once and copied."""
    path = tmp_path_factory.mktemp("migrated") / "main.db"
    migrate(path, MIGRATIONS)
    return path


@pytest.fixture
def data_dir(tmp_path, migrated):
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(migrated, folder / "main.db")
    return folder


@pytest.fixture
async def stage(data_dir):
    """The real program on the real database, with Telegram's stand-in and a clock that stands still."""
    async with staged(data_dir) as stage:
        yield stage


@pytest.fixture
async def bilingual(data_dir):
    """The same, offering English and the Arabic draft."""
    async with staged(data_dir, languages=("en", "ar"), draft_languages=True) as stage:
        yield stage
