"""Checking a certificate on the host, for whoever rings up about one."""

import click

import texts
from bot.cli.common import existing_database, settings_or_stop, stop, wait_for
from rules.certificates import found_in
from storage import certificates
from storage.database import opened


@click.command()
@click.argument("code")
@click.argument("name", nargs=-1)
def verify(code: str, name: tuple[str, ...]) -> None:
    """Say whether a certificate's CODE is ours, for which date and hours; with a NAME, whether it is the one on it."""
    settings = settings_or_stop()
    path = existing_database(settings)
    typed, more = found_in(code)
    asked = " ".join((more, *name)).strip()

    async def answer() -> certificates.Checked | None:
        async with opened(path) as database:
            return await certificates.check(database.reading, typed, asked)

    found = wait_for(answer())
    if found is None:
        stop(texts.plain("en", "certificate.verify.no"))
    how = {None: "yes", True: "named", False: "not_named"}[found.named]
    values = {"day": found.day, "hours": found.hours, "council": settings.council_name}
    click.echo(texts.plain("en", f"certificate.verify.{how}", **values))
