"""`vouchers import`: a file looked at line by line, and nothing written until somebody says yes."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

import texts
from bot import clock
from bot.cli.common import settings_or_stop, stop
from bot.cli.vouchers import WHO, actor, vouchers, with_database
from bot.settings import Settings
from incoming import files, words
from incoming.table import TableRefused, read_table
from incoming.vouchers import LAYOUT, Judged, judged
from rules.money import written
from storage.database import Database
from storage.rewards import vouchers as pools
from storage.rewards.vouchers import NewVoucher

_SHOWN = 20
_WHY = {
    "not_a_code": "this is not a voucher code of 8 characters or more",
    "not_an_amount": "this is not an amount between 1p and £500",
    "not_a_day": "this is not a date; 31/10/2026 is one",
    "past": "this day is over",
    "twice": "the same code stands further up in the file",
    "known": "this code was loaded before",
}

__all__ = ["vouchers"]


@vouchers.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pool", required=True, help="The pool they go into. A new name makes a new pool.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@WHO
def import_(file: Path, pool: str, who: str, *, yes: bool) -> None:
    """Load a CSV, XLSX or ODS file of vouchers: code, value, last day. Somebody else releases them afterwards."""
    settings = settings_or_stop()
    found = _read(file, settings)

    async def work(database: Database) -> str:
        async with database.transaction() as tx:
            known = await pools.known_codes(tx, settings.vault(), [one.code for _, one in found.good])
        new = [one for one, was in zip(found.good, known, strict=True) if not was]
        before = tuple((line, "known") for (line, _), was in zip(found.good, known, strict=True) if was)
        _show([one for _, one in new], (*found.refused, *before), pool)
        if not new or not (yes or click.confirm("Write this?")):
            return "Nothing was written."
        return await _write(database, settings, file, pool, [one for _, one in new], actor(who))

    click.echo(with_database(settings, work))


def _read(file: Path, settings: Settings) -> Judged:
    today = datetime.fromtimestamp(clock.now(), settings.council().zone).date()
    try:
        with read_table(file, [LAYOUT]) as table:
            return judged(table, today)
    except TableRefused as error:
        if error.kind:
            stop(f"{file.name} was not loaded. These headings are missing or twice there: {', '.join(error.names)}.")
        stop(f"{file.name} was not loaded. {words.refusal(error)}")


def _show(new: Sequence[NewVoucher], refused: Sequence[tuple[int, str]], pool: str) -> None:
    click.echo(f"{_many(len(new), 'voucher')} for pool {pool}, {written(sum(one.pence for one in new))} together:")
    for (pence, expires_on), count in sorted(Counter((one.pence, one.expires_on or "") for one in new).items()):
        click.echo(f"  {count} of {written(pence)}, {f'until {expires_on}' if expires_on else 'without an end'}")
    click.echo("1 line is refused." if len(refused) == 1 else f"{len(refused)} lines are refused.")
    for line, why in sorted(refused)[:_SHOWN]:
        click.echo(f"  Line {line}: {_WHY.get(why) or texts.plain('en', f'import.problem.{why}')}")


async def _write(
    database: Database, settings: Settings, file: Path, pool: str, new: Sequence[NewVoucher], by: str
) -> str:
    now, named = int(clock.now()), {"file_name": file.name, "sha256": files.digest(file)}
    async with database.transaction() as tx:
        pool_id = await pools.pool_named(tx, pool) or await pools.make_pool(tx, pool, now)
        batch, loaded = await pools.load(
            tx, settings.vault(), pool_id, new, now, by, **named, invented=settings.rehearsal
        )
    return (
        f"Batch {batch}: {_many(loaded, 'voucher')} loaded. Nobody gets one yet; somebody else releases them with\n"
        f"    python -m bot vouchers release {batch}\nDelete {file.name} now: its codes are kept sealed."
    )


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
