"""Commands about vouchers, on the host only: codes never go through the chat to get here."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from bot import clock
from bot.cli.common import existing_database, settings_or_stop, stop, wait_for, who_is_at_the_keyboard
from bot.settings import Settings
from rules.money import written
from storage import audit
from storage.database import Database, opened
from storage.rewards import vouchers as pools
from storage.rewards.vault import LostKey, new_key

T = TypeVar("T")
WHO = click.option("--who", default="", help="Who does it, kept in the audit log. You, when left out.")


@click.group()
def vouchers() -> None:
    """Load, release and count vouchers; change the keys they are sealed with."""


@vouchers.command("new-key")
def make_key() -> None:
    """Print a key for BOT_VOUCHER_KEYS. It is kept nowhere: without it no code can ever be read."""
    click.echo(new_key())


@vouchers.command()
@click.argument("batch", type=int, required=False)
@WHO
def release(batch: int | None, who: str) -> None:
    """Let a batch be given out, by another person than the one who loaded it. Without a number: list the batches."""
    settings = settings_or_stop()

    async def work(database: Database) -> str:
        if batch is None:
            return "\n".join(map(_line, await pools.batches(database.reading))) or "No batch was loaded yet."
        async with database.transaction() as tx:
            served = await pools.release(tx, batch, actor(who), int(clock.now()))
        if served is None:
            stop(f"Batch {batch} was not released: {await _why_not(database, batch)}")
        return f"Batch {batch} is released. {served} who waited were served."

    click.echo(with_database(settings, work))


async def _why_not(database: Database, batch: int) -> str:
    found = next((one for one in await pools.batches(database.reading) if one.id == batch), None)
    if found is None:
        return "there is no such batch."
    if found.state == "loaded":
        return f"{found.loaded_by} loaded it, so somebody else has to release it. --who says who that is."
    return "it was discarded." if found.state == "void" else f"{found.released_by} has released it already."


@vouchers.command()
@click.argument("batch", type=int)
@WHO
def discard(batch: int, who: str) -> None:
    """Destroy the codes of a batch that was never released."""

    async def work(database: Database) -> bool:
        async with database.transaction() as tx:
            return await pools.discard(tx, batch, actor(who), int(clock.now()))

    if not with_database(settings_or_stop(), work):
        stop(f"Batch {batch} was not discarded: there is no such batch, or it was released.")
    click.echo(f"Batch {batch} is discarded.")


@vouchers.command()
def stock() -> None:
    """Say how many vouchers there are, by pool, value and state."""
    settings = settings_or_stop()
    held = with_database(settings, lambda database: pools.stock(database.reading, invented=settings.rehearsal))
    for one in held:
        states = {"loaded": one.loaded, "available": one.available, "allocated": one.allocated, "shown": one.shown}
        states |= {"returned": one.returned, "expired": one.expired, "void": one.void, "waiting for": one.waiting}
        said = ", ".join(f"{name} {count}" for name, count in states.items())
        until = f" (the next runs out on {one.next_expiry})" if one.next_expiry else ""
        click.echo(f"{one.pool}, {written(one.pence)}: {said}{until}")
    if not held:
        click.echo("No vouchers were loaded yet.")


@vouchers.command()
def rotate() -> None:
    """Seal every code with the first of BOT_VOUCHER_KEYS. After that the older keys can be taken out."""
    settings = settings_or_stop()

    async def work(database: Database) -> int:
        async with database.transaction() as tx:
            sealed = await settings.vault().rotate(tx)
            await audit.record(tx, int(clock.now()), actor(""), "vouchers_rotated", sealed, "")
        return sealed

    click.echo(f"{with_database(settings, work)} codes are sealed with the first key.")


def with_database(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    """What `work` gives back, with the database open. Exit status 1 in plain words when a key is lost."""
    path = existing_database(settings)

    async def run() -> T:
        async with opened(path) as database:
            return await work(database)

    try:
        return wait_for(run())
    except LostKey as error:
        stop(f"Nothing was changed: {error}.")


def actor(who: str) -> str:
    """Who does it, for the audit log."""
    return f"host:{who.strip() or who_is_at_the_keyboard()}"


def _line(one: pools.Batch) -> str:
    released = f", released by {one.released_by}" if one.released_by else ""
    return (
        f"{one.id}: {one.how_many} vouchers, {written(one.pence)}, pool {one.pool}, from {one.file_name}: {one.state}"
        f" (loaded by {one.loaded_by}{released})"
    )
