"""What every command needs first: settings that are right, a database that is ready, a plain word when they are not."""

import asyncio
import getpass
import os
import sqlite3
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from bot.settings import Settings, SettingsError, load
from storage.migrate import DatabaseNewer, MigrationChanged, MigrationFailed, migrate

T = TypeVar("T")
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


class Stop(click.ClickException):
    """One plain line on standard error, and an exit status."""

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the instance too

    def show(self, file: Any = None) -> None:
        """Print the line as it is, with no "Error:" before it."""
        click.echo(self.message, file=file, err=True)


def settings_or_stop() -> Settings:
    """The settings, or exit status 2 with one line that names what is missing or wrong."""
    try:
        return load()
    except SettingsError as error:
        raise Stop(str(error), 2) from None


def ready_database(settings: Settings) -> Path:
    """The path of the database, made or brought up to date first (after a backup). Exit status 1 when it cannot be."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        migrate(settings.database_path, MIGRATIONS)
    except (OSError, sqlite3.Error, MigrationChanged, DatabaseNewer, MigrationFailed) as error:
        raise Stop(f"The database could not be made ready: {error}") from None
    return settings.database_path


def existing_database(settings: Settings) -> Path:
    """The path of the database of a bot that has run before. Exit status 1 when there is none."""
    if not settings.database_path.exists():
        stop(f"There is no database in {settings.data_dir} yet. `python -m bot migrate` makes it, and so does `run`.")
    return ready_database(settings)


def stop(message: str) -> NoReturn:
    """End with exit status 1 and one plain line."""
    raise Stop(message)


def wait_for(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` to its end on an event loop of its own."""
    return asyncio.run(work)


def who_is_at_the_keyboard() -> str:
    """The login name, for the audit log; the numeric id where there is no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
