"""Commands that say whether all is well: `check` line by line, `health` in a word for whatever watches the service."""

import os
import sqlite3
from collections.abc import Awaitable, Callable

import click

from bot import clock
from bot.cli.common import MIGRATIONS, Stop, settings_or_stop, stop, wait_for
from bot.settings import Settings
from storage import invariants, machine
from storage.database import opened
from storage.migrate import DatabaseNewer, MigrationChanged, pending
from storage.soundness import damage

SILENT_SECONDS = 120


class Wrong(Exception):
    """Something is not as it must be; the message is a plain line."""


@click.command()
def check() -> None:
    """Look at the settings, the files, the database and Telegram: a line each. Exit status 0 when all is well."""
    settings = settings_or_stop()
    click.echo("ok     settings: every one is there and makes sense")
    well = [wait_for(_looked(name, look, settings)) for name, look in LOOKS]
    if not all(well):
        raise Stop("Something is wrong: see the lines above.")


async def _looked(name: str, look: Callable[[Settings], Awaitable[str]], settings: Settings) -> bool:
    try:
        click.echo(f"ok     {name}: {await look(settings)}")
    except Wrong as wrong:
        click.echo(f"WRONG  {name}: {wrong}")
        return False
    return True


async def _files(settings: Settings) -> str:
    folder = settings.data_dir
    if not folder.exists():
        nearest = next(parent for parent in folder.absolute().parents if parent.exists())
        if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)):
            raise Wrong(f"{folder} cannot be made")
        return f"{folder} will be made at the first run"
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise Wrong(f"{folder} cannot be written to")
    if folder.stat().st_mode & 0o077:
        raise Wrong(f"{folder} can be read by others on this machine. Put it right with: chmod 700 {folder}")
    return f"{folder} is ours alone"


async def _database(settings: Settings) -> str:
    path = settings.database_path
    if not path.exists():
        return "none yet: the first run makes it"
    if found := damage(path):
        raise Wrong(f"{path} is damaged: {'; '.join(found)}")
    try:
        waiting = pending(path, MIGRATIONS)
    except (sqlite3.Error, MigrationChanged, DatabaseNewer) as error:
        raise Wrong(f"{path} cannot be used: {error}") from None
    return f"whole; upgrades waiting: {', '.join(waiting)}" if waiting else "whole and up to date"


async def _truths(settings: Settings) -> str:
    path = settings.database_path
    if not path.exists() or damage(path) or pending(path, MIGRATIONS):
        return "not looked at: that needs a whole database that is up to date"
    async with opened(path) as database:
        broken = await invariants.violations(database.reports)
    if broken:
        raise Wrong("; ".join(f"{one.name}: {one.how_many} (first: {one.example_id})" for one in broken))
    return "what must always be true of the data is true"


async def _telegram(settings: Settings) -> str:
    from bot.app import Unreachable, bot_name  # noqa: PLC0415 - Telegram's library is large, and only this needs it

    try:
        return f"reached, and the bot is @{await bot_name(settings)}"
    except Unreachable as error:
        raise Wrong(str(error)) from None


LOOKS: tuple[tuple[str, Callable[[Settings], Awaitable[str]]], ...] = (
    ("files", _files),
    ("database", _database),
    ("data", _truths),
    ("Telegram", _telegram),
)


@click.command()
def health() -> None:
    """Exit status 0 when the running bot heard from Telegram in the last two minutes, 1 when not."""
    settings = settings_or_stop()
    if not settings.database_path.exists():
        stop("down: there is no database yet")

    async def last_heard() -> int | None:
        async with opened(settings.database_path) as database:
            return await machine.last_beat(database.reading)

    try:
        heard_at = wait_for(last_heard())
    except sqlite3.Error as error:
        stop(f"down: the database cannot be read ({error})")
    if heard_at is None:
        stop("down: the bot has never heard from Telegram")
    ago = int(clock.now()) - heard_at
    if ago > SILENT_SECONDS:
        stop(f"down: the bot last heard from Telegram {ago} seconds ago")
    click.echo(f"up: the bot heard from Telegram {max(0, ago)} seconds ago")
