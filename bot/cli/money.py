"""Commands about money, for finance on the host: the ledger as a file, the reconciliation, and the brake."""

from pathlib import Path

import click

from bot import clock
from bot.cli.common import existing_database, settings_or_stop, stop, wait_for, who_is_at_the_keyboard
from reports import money
from storage.database import opened
from storage.rewards import signals, stopping, watch


@click.command()
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="A .xlsx or .csv. Never overwritten."
)
@click.option("--purpose", required=True, help="Why it is wanted, kept in the audit log.")
@click.option("--who", default="", help="Who asked, kept in the audit log. You, when left out.")
def finance(out: Path, purpose: str, who: str) -> None:
    """Write every row of the ledger. Of a voucher it holds the last four characters, of people nothing."""
    if out.suffix.lower() not in (".xlsx", ".csv"):
        raise click.UsageError("The file's name must end in .xlsx or .csv.")
    settings = settings_or_stop()
    path = existing_database(settings)

    async def write() -> int:
        async with opened(path) as database:
            actor = f"host:{who.strip() or who_is_at_the_keyboard()}"
            return await money.export(database, out, settings.council(), int(clock.now()), actor, purpose.strip())

    try:
        rows = wait_for(write())
    except FileExistsError:
        stop(f"{out} is there already. Nothing was written: choose another name, or move the old file.")
    except OSError as error:
        stop(f"{out} could not be written: {error.strerror}. Nothing was left behind.")
    click.echo(f"{rows} rows of the ledger written to {out}, readable by you only")


@click.command()
def reconcile() -> None:
    """Print what was promised, spent, wanted and left, what is overdue, and what a person may want to look at."""
    settings = settings_or_stop()
    path = existing_database(settings)

    async def lines() -> list[str]:
        now, council = int(clock.now()), settings.council()
        async with opened(path) as database:
            found = await money.reconcile(database.reports, council, now)
            seen = await signals.look(database.reports, now, invented=council.rehearsal)
            wrong = watch.explained(await watch.wrong_with_money(database.reports))
        found += [f"To look at, no proof of anything: {len(seen)}"]
        found += [f"  {one.why}: {one.about} {one.number} ({one.figure})" for one in seen]
        return [*found, f"DOES NOT ADD UP: {wrong}" if wrong else "Everything adds up."]

    for line in wait_for(lines()):
        click.echo(line)


@click.command()
@click.option("--lift", "why", default="", metavar="WHY", help="Let money move again after a repair; say why.")
def payouts(why: str) -> None:
    """Say whether payouts are stopped and why; with --lift, let them go on once everything adds up."""
    path = existing_database(settings_or_stop())

    async def look() -> tuple[stopping.Stop | None, str]:
        async with opened(path) as database:
            wrong = watch.explained(await watch.wrong_with_money(database.reports))
            stopped = await stopping.stopped(database.reading)
            if stopped and why.strip() and not wrong:
                await watch.lift(database, f"host:{who_is_at_the_keyboard()}", why.strip(), int(clock.now()))
                return None, ""
            return stopped, wrong

    stopped, wrong = wait_for(look())
    if stopped:
        stop(f"Payouts are stopped: {stopped.why}. Wrong now: {wrong or 'nothing; --lift WHY lets them go on'}.")
    if wrong:
        stop(f"Payouts go on until the next look, but this does not add up: {wrong}.")
    click.echo("Payouts go on.")
