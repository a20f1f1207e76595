"""The command that takes files in: look first, confirm, and for seven days a way back."""

from datetime import datetime
from pathlib import Path

import click

import texts
from bot import clock
from bot.cli.common import existing_database, settings_or_stop, stop, wait_for, who_is_at_the_keyboard
from bot.settings import Settings
from incoming import files, plan, templates, words
from incoming.kinds import KINDS
from incoming.parsed import Parsed
from incoming.plan import Plan
from incoming.record import CHOICES, Asked
from incoming.table import TableRefused
from storage import imports
from storage.database import Database, opened

_KINDS = click.Choice(sorted(KINDS))


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--kind", type=_KINDS, help="What is in it. Found by its headings, when left out.")
@click.option("--local-authority", help="Of a directory of care: only the places in this local authority.")
@click.option("--same-contact", type=click.Choice(CHOICES), default="skip", show_default=True,
              help="A phone or e-mail that is on record under another name.")  # fmt: skip
@click.option("--same-name", type=click.Choice(CHOICES), default="apart", show_default=True,
              help="A name that is on record with another phone and e-mail.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.option("--dry-run", is_flag=True, help="Look only. Nothing is written.")
@click.option("--undo", "undo_id", type=int, metavar="N", help="Take import N back, within seven days.")
@click.option("--list", "listed", is_flag=True, help="List the imports.")
@click.option("--template", type=_KINDS, help="Print a small example of a file, to fill in.")
def import_(  # noqa: PLR0913 - one command, and each option is a word of it
    file: Path | None, kind: str | None, local_authority: str | None, same_contact: str, same_name: str,
    undo_id: int | None, template: str | None, *, yes: bool, dry_run: bool, listed: bool,
) -> None:  # fmt: skip
    """Take in a file: providers, contacts, attempts, totals, venues. Nothing is written until you confirm."""
    if template:
        return click.echo(templates.of(template), nl=False)
    if (file is not None) + listed + (undo_id is not None) != 1:
        raise click.UsageError("Say one file, or --undo N, or --list, or --template KIND.")
    settings = settings_or_stop()
    path = existing_database(settings)
    if listed:
        return wait_for(_list(path, settings))
    actor = f"host:{who_is_at_the_keyboard()}"
    if undo_id is not None:
        return wait_for(_undo(path, undo_id, actor))
    asked = Asked(settings.council(), int(clock.now()), actor, local_authority, same_contact, same_name)
    return _import(path, file or Path(), kind, asked, yes=yes, dry_run=dry_run)


def _import(database: Path, file: Path, kind: str | None, asked: Asked, *, yes: bool, dry_run: bool) -> None:
    try:
        click.echo(f"Reading {file.name}")
        table = files.recognised(file, kind)
    except TableRefused as error:
        stop(f"{file.name} was not imported. {words.refusal(error)}")
    with table, click.progressbar(length=table.row_count, label="Checking", show_pos=True) as bar:
        parsed = files.judged(table, asked, bar.update)
    with parsed:
        wait_for(_look_and_write(database, file, parsed, asked, yes=yes, dry_run=dry_run))


async def _look_and_write(path: Path, file: Path, parsed: Parsed, asked: Asked, *, yes: bool, dry_run: bool) -> None:
    async with opened(path) as database:
        looked = await plan.preview(database.reading, parsed, asked)
        named = (file.name, files.digest(file))
        await _show(database, looked, asked, named[1])
        if looked.does_nothing:
            click.echo("There is nothing to write.")
        elif dry_run or not (yes or click.confirm("Write this?")):
            click.echo("Nothing was written.")
        else:
            await _write(database, parsed, asked, named)


async def _write(database: Database, parsed: Parsed, asked: Asked, named: tuple[str, str]) -> None:
    with click.progressbar(length=parsed.records, label="Writing", show_pos=True) as bar:
        async with database.transaction() as tx:
            done = await plan.carry_out(tx, parsed, asked, named, bar.update)
    click.echo(f"Done: import {done.import_id}. {done.new} new, {done.changed} changed.")
    click.echo(f"To take it back within {imports.UNDO_DAYS} days: python -m bot import --undo {done.import_id}")


async def _show(database: Database, looked: Plan, asked: Asked, sha256: str) -> None:
    """What would be done, the problems line by line, and what is to be known before saying yes."""
    click.echo(texts.plain("en", f"import.kind.{looked.kind}"))
    for line in words.counted(looked):
        click.echo(f"  {line}")
    for note in looked.notes:
        click.echo(texts.plain("en", f"import.note.{note}"))
    for one in looked.problems:
        click.echo(words.problem(one))
    if looked.refused > len(looked.problems):
        click.echo(f"… and {looked.refused - len(looked.problems)} more")
    for doubt in looked.doubts[: words.SHOWN]:
        click.echo(words.doubt(doubt))
    if looked.gone:
        click.echo(words.gone(looked))
    if asked.authority is None and len(looked.authorities) > 1:
        named = ", ".join(f"{name} ({count})" for name, count in looked.authorities.most_common(words.SHOWN))
        click.echo(f"Local authorities in it: {named}. --local-authority keeps one.")
    before = await imports.of_file(database.reading, sha256)
    if before:
        click.echo(f"This same file was imported before: import {before.id}.")


async def _undo(path: Path, import_id: int, actor: str) -> None:
    async with opened(path) as database:
        async with database.transaction() as tx:
            undone = await plan.undo(tx, import_id, actor, int(clock.now()))
        if undone is None:
            stop(
                f"Import {import_id} cannot be taken back: there is no such one, it is too old, or it was done already."
            )
        click.echo(f"Import {import_id} was taken back: {undone.rows} rows.")
        if undone.left:
            where = ", ".join(f"{what} {row_id}" for what, row_id in undone.left[: words.SHOWN])
            click.echo(
                f"{len(undone.left)} were left as they are, because they have been changed or used since: {where}"
            )


async def _list(path: Path, settings: Settings) -> None:
    async with opened(path) as database:
        made = await imports.latest(database.reading)
    if not made:
        click.echo("Nothing has been imported yet.")
    for one in made:
        when = datetime.fromtimestamp(one.made_at, settings.council().zone)
        end = ", taken back" if one.undone_at else ""
        click.echo(
            f"{one.id}  {when:%Y-%m-%d %H:%M}  {one.kind}  {one.file_name}  {one.added} new, {one.changed} changed, "
            f"{one.refused} refused, {one.gone} gone  {one.made_by}{end}"
        )
