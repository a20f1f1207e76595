"""Commands that take files out, for officers on the host."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from bot import clock
from bot.cli.common import existing_database, settings_or_stop, stop, wait_for, who_is_at_the_keyboard
from bot.settings import Settings
from reports import attempts, reach_file
from storage.database import opened
from storage.reach import Span


class Day(click.ParamType[date]):
    """A local date as 2026-10-31."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a plain refusal that shows the form."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date. Write it as 2026-10-31.", param, ctx)


@click.group()
def export() -> None:
    """Write a file for an officer."""


@export.command("attempts")
@click.option("--format", "form", type=click.Choice(["csv", "xlsx"]), default="csv", show_default=True)
@click.option("--from", "first", type=Day(), help="First local day. The beginning, when left out.")
@click.option("--to", "last", type=Day(), help="Last local day, included. Today, when left out.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file. Never overwritten."
)
@click.option("--identified", is_flag=True, help="With names. Readable by you only; needs --purpose.")
@click.option("--purpose", default="", help="Why, kept in the audit log.")
@click.option("--who", default="", help="Who asked, kept in the audit log. You, when left out.")
def export_attempts(
    form: str, first: date | None, last: date | None, out: Path, *, identified: bool, purpose: str, who: str
) -> None:
    """Every contact attempt, a row each, answered or not. A code book comes with it."""
    if identified and not purpose.strip():
        raise click.UsageError("A file with names needs --purpose: why is it wanted?")
    if first and last and first > last:
        raise click.UsageError(f"--from {first} is after --to {last}.")
    settings = settings_or_stop()
    path = existing_database(settings)
    asked = attempts.Asked(
        out=out,
        form=form,
        from_at=_start_of(first, settings) if first else 0,
        until_at=_start_of(last, settings, days=1) if last else int(clock.now()) + 1,
        identified=identified,
        purpose=purpose.strip(),
        who=f"host:{who.strip() or who_is_at_the_keyboard()}",
    )
    _write(path, asked, settings)


@export.command("reach")
@click.option("--from", "first", type=Day(), help="First local day. The beginning, when left out.")
@click.option("--to", "last", type=Day(), help="Last local day, included. Today, when left out.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The workbook. Never overwritten."
)
def export_reach(first: date | None, last: date | None, out: Path) -> None:
    """Whom each approach reached, by market and shift too, and whom nobody tried: exact counts, no names."""
    if first and last and first > last:
        raise click.UsageError(f"--from {first} is after --to {last}.")
    settings = settings_or_stop()
    path, council, now = existing_database(settings), settings.council(), int(clock.now())
    until = _start_of(last, settings, days=1) if last else now + 1
    span = Span(_start_of(first, settings) if first else 0, until, council.zone)

    async def work() -> list[reach_file.Sheet]:
        async with opened(path) as database:
            return await reach_file.write(database, out, span, council, f"host:{who_is_at_the_keyboard()}", now)

    with _writing(out):
        written = wait_for(work())
    for sheet in written:
        click.echo(f"{len(sheet.rows):6} rows on the sheet '{sheet.name}'")


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """A file that cannot be written ends the command with a plain line."""
    try:
        yield
    except FileExistsError:
        stop(f"{out} is there already. Nothing was written: choose another name, or move the old file.")
    except OSError as error:
        stop(f"{out} could not be written: {error.strerror}. Nothing was left behind.")


def _start_of(day: date, settings: Settings, days: int = 0) -> int:
    """The unix second at which the day so many `days` later begins. Raises UsageError when there is no such day."""
    try:
        day += timedelta(days=days)
        return int(datetime(day.year, day.month, day.day, tzinfo=settings.council().zone).timestamp())
    except OverflowError:
        raise click.UsageError(f"{day} is too far away.") from None


def _write(path: Path, asked: attempts.Asked, settings: Settings) -> None:
    async def work() -> int:
        async with opened(path) as database:
            total = attempts.count(database, asked, settings.council())
            with click.progressbar(length=total, label="Writing attempts", show_pos=True) as bar:
                return await attempts.write(database, asked, settings.council(), int(clock.now()), bar.update)

    with _writing(asked.out):
        written = wait_for(work())
    click.echo(f"{written} attempts written to {asked.out}")
    if asked.book:
        click.echo(f"The code book is {asked.book}")
