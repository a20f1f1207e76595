"""Commands that run the program: for real, and with a stand-in for Telegram on this machine."""

import os
import sqlite3
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.common import Stop, settings_or_stop, stop, wait_for
from bot.lock import AlreadyRunning
from bot.logs import LeakingLogger
from bot.settings import SettingsError
from storage.migrate import DatabaseNewer, MigrationChanged, MigrationFailed
from storage.unlinked import CannotOpen

if TYPE_CHECKING:
    from bot.app import Program


@click.command()
def run() -> None:
    """Run the bot until Ctrl-C or SIGTERM; both end it within five seconds with nothing lost."""
    from bot.serving import serve  # noqa: PLC0415 - Telegram's library is large, and an export needs none of it

    settings = settings_or_stop()

    def say_so(program: "Program") -> None:
        click.echo(f"Running as @{program.services.bot_username()}. Ctrl-C ends it.", err=True)

    try:
        _until_the_end(serve(settings, say_so))
    except OSError as error:
        stop(f"The files in {settings.data_dir} cannot be used: {(error.strerror or '').lower()}.")


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0: any free one.")
@click.option(
    "--crowd", type=click.IntRange(0, 500), default=36, show_default=True, help="Invented people off the page."
)
def demo(port: int, crowd: int) -> None:
    """Try it: the program with a stand-in for Telegram and phones in your browser. Nothing is kept."""
    from bot import demo as rehearsal  # noqa: PLC0415 - as in run, the library is large

    def say_where(address: str, folder: Path) -> None:
        click.echo(f"\n  Care Compact is ready to try. Open this page in a browser:\n\n      {address}\n")
        click.echo("  Everyone in it is invented, and nothing leaves this computer.")
        click.echo(f"  While it runs, the data and the exported files are in {folder}")
        click.echo("  Ctrl-C ends it and deletes them.\n")

    try:
        _until_the_end(rehearsal.play(port, crowd, say_where))
    except OSError as error:
        why = os.strerror(error.errno or 0).lower()  # asyncio's own words repeat the address
        stop(f"Port {port} cannot be used ({why}). Try another: make demo ARGS='--port 0'")


def _until_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Run it, and turn what can go wrong at the start into one plain line. A wrong setting is exit status 2."""
    try:
        wait_for(work)
    except SettingsError as error:
        raise Stop(str(error), 2) from None
    except AlreadyRunning as error:
        stop(f"{error}. Stop that one first.")
    except (DatabaseNewer, MigrationChanged, MigrationFailed, sqlite3.Error) as error:
        stop(f"The database cannot be used: {error}")
    except CannotOpen as error:
        stop(str(error))
    except LeakingLogger as error:
        stop(f"Not started: {error}.")
