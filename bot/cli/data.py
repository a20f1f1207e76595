"""Commands about the database: bring it up to date, and let the first officer in."""

import click

from bot import clock
from bot.cli.common import ready_database, settings_or_stop, wait_for, who_is_at_the_keyboard
from rules.roles import GRANTED, Role
from storage import audit, grants
from storage.database import opened

CODE_MINUTES = 15


@click.command()
def migrate() -> None:
    """Make the database, or bring it up to date. A backup is taken first."""
    settings = settings_or_stop()
    click.echo(f"The database is up to date: {ready_database(settings)}")


@click.command()
@click.option(
    "--role",
    type=click.Choice(sorted(role.value for role in GRANTED)),
    default="officer",
    show_default=True,
    help="What they may do.",
)
def enrol(role: str) -> None:
    """Print a one-time code that gives its sender a role. It works for 15 minutes and is kept only as a hash."""
    settings = settings_or_stop()
    path = ready_database(settings)

    async def make() -> str:
        now = int(clock.now())
        async with opened(path) as database, database.transaction() as tx:
            code = await grants.make_code(tx, Role(role), None, now, minutes=CODE_MINUTES)
            await audit.record(tx, now, f"host:{who_is_at_the_keyboard()}", "enrolment_code", 1, role)
            return code

    code = wait_for(make())
    click.echo(f"Send this to the bot within {CODE_MINUTES} minutes. It works once, and makes the sender {role}:")
    click.echo(f"\n    /start enrol-{code}\n")
