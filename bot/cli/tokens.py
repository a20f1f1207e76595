"""Slips of paper for feedback without a name: a sheet of one-use codes to print, cut and lay out."""

from pathlib import Path

import click
import segno

import texts
from bot.cli.common import Stop, settings_or_stop, stop, wait_for
from bot.settings import Settings
from storage.unlinked import CannotOpen, make_for_new, opened

_PAGE = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}"><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 11pt/1.4 sans-serif; margin: 1cm }}
ul {{ display: grid; grid-template-columns: 1fr 1fr; list-style: none; padding: 0; margin: 0 }}
li {{ border: 1px dashed #666; padding: 5mm; break-inside: avoid }}
b {{ font: 13pt monospace; display: block }}
</style>
<ul>
{slips}
</ul>
</html>
"""
_SLIP = "<li>{square}<p>{words}</p><b>{token}</b></li>"


@click.command()
@click.option("--count", type=click.IntRange(1, 500), default=24, show_default=True, help="How many slips.")
@click.option("--language", default="en", show_default=True, help="The language on them.")
@click.option("--bot-name", default="", help="The bot's username. Telegram is asked, when left out.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The page. Never overwritten."
)
def tokens(count: int, language: str, bot_name: str, out: Path) -> None:
    """Write a page of slips for feedback on paper. Each works once; no list of them is kept."""
    settings = settings_or_stop()
    if language not in texts.offered((language,)):
        raise click.UsageError(f"There are no words in {language!r} that somebody has read.")
    name = bot_name.removeprefix("@") or ask_name(settings)
    made = wait_for(_fresh(settings, count))
    try:
        with out.open("x", encoding="utf-8") as file:
            out.chmod(0o600)
            file.write(_page(made, language, name, settings.council_name))
    except FileExistsError:
        stop(f"{out} is there already. Nothing was written.")
    except OSError as error:
        stop(f"{out} could not be written: {error.strerror}.")
    click.echo(f"{count} slips written to {out}. Print it, then delete it: whoever has a slip can use it.")


def ask_name(settings: Settings) -> str:
    """The bot's username, from Telegram. Exit status 1 when it cannot be asked."""
    from bot.app import Unreachable, bot_name  # noqa: PLC0415 - Telegram's library is large, and may not be needed

    try:
        return wait_for(bot_name(settings))
    except Unreachable as error:
        stop(f"{error}. Say --bot-name.")


async def _fresh(settings: Settings, count: int) -> list[str]:
    try:
        make_for_new(settings.feedback_path, settings.pepper_path)
        async with opened(settings.feedback_path, settings.pepper_path) as unlinked:
            return unlinked.fresh_tokens(count)
    except CannotOpen as error:
        raise Stop(str(error)) from None


def _page(made: list[str], language: str, name: str, council: str) -> str:
    words = texts.render(language, "paper.slip", council=council)
    slips = "\n".join(_SLIP.format(square=_square(name, token), words=words, token=token) for token in made)
    title, direction = texts.plain(language, "paper.title"), texts.direction(language)
    return _PAGE.format(language=language, direction=direction, title=title, slips=slips)


def _square(name: str, token: str) -> str:
    from bot.heard import PAPER  # noqa: PLC0415 - Telegram's library is large, and no other command here needs it

    return str(segno.make(f"https://t.me/{name}?start={PAPER}{token}", error="m").svg_inline(scale=3))
