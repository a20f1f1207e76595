"""Commands that make pages to print: posters and cards with a code to scan, and the chat's forms on paper."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

import texts
from bot.cli.common import existing_database, settings_or_stop, stop, wait_for
from bot.cli.tokens import ask_name
from bot.settings import Settings
from reports import pages, paper
from reports import poster as posters
from reports.drafts import finished_together
from storage import approaches
from storage.approaches import Approach
from storage.database import opened

_OUT = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The PDF. Never overwritten."
)
_CODE = click.option("--approach", "code", required=True, help="The approach's code, as /approaches shows it.")
_NAME = click.option("--bot-name", default="", help="The bot's username. Telegram is asked, when left out.")


@click.command()
@_CODE
@click.option(
    "--language", "languages", multiple=True, help="A language on it, the largest first. All of the council's."
)
@click.option("--size", type=click.Choice(["A4", "A5"], case_sensitive=False), default="A4", show_default=True)
@_NAME
@_OUT
def poster(code: str, languages: tuple[str, ...], size: str, bot_name: str, out: Path) -> None:
    """Write an approach's poster (A4) or card (A5) with its code to scan. Nothing personal is on it."""
    settings = settings_or_stop()
    approach = _approach(settings, code)
    spoken = _spoken(languages or settings.languages, settings)[: posters.MOST_LANGUAGES]
    address = _link(settings, bot_name, approach)
    asked = posters.Poster(address, approach.code, approach.variant, spoken, size.lower())
    _write(out, partial(posters.sheet, asked, settings.council()))


@click.command("paper")
@click.option("--form", type=click.Choice(paper.FORMS), required=True, help="Signing up, or when somebody is free.")
@_CODE
@click.option("--language", default="", help="The language on it. The council's first, when left out.")
@_NAME
@_OUT
def paper_form(form: str, code: str, language: str, bot_name: str, out: Path) -> None:
    """Write a form of the chat to fill in by hand. Filled-in sheets are typed in with /type."""
    settings = settings_or_stop()
    approach = _approach(settings, code)
    spoken = _spoken((language or settings.languages[0],), settings)
    asked = paper.Paper(form, _link(settings, bot_name, approach), approach.code, spoken[0])
    _write(out, partial(paper.sheet, asked, settings.council()))


def _approach(settings: Settings, code: str) -> Approach:
    async def find() -> Approach | None:
        async with opened(path) as database:
            return await approaches.by_code(database.reading, code)

    path = existing_database(settings)
    found = wait_for(find())
    if found is None:
        stop(f"There is no approach with the code {code!r}. A coordinator makes one with /approaches.")
    return found


def _spoken(languages: tuple[str, ...], settings: Settings) -> tuple[str, ...]:
    """These languages as they may be printed. Raises UsageError for one that nobody has read."""
    for language in languages:
        if language not in texts.offered((language,), drafts=False) and not settings.draft_languages:
            raise click.UsageError(f"There are no words in {language!r} that somebody has read.")
    return texts.offered(languages, drafts=settings.draft_languages)


def _link(settings: Settings, bot_name: str, approach: Approach) -> str:
    name = bot_name.removeprefix("@") or ask_name(settings)
    return f"https://t.me/{name}?start={approach.code}"


def _write(out: Path, make: Callable[[], bytes]) -> None:
    try:
        with finished_together([out]) as (draft,):
            draft.write_bytes(make())
    except FileExistsError:
        stop(f"{out} is there already. Nothing was written.")
    except OSError as error:
        stop(f"{out} could not be written: {error.strerror}.")
    except pages.MissingLetters as missing:
        stop(f"Nothing was written: {missing}.")
    except pages.TooLong as long:
        stop(f"Nothing was written: {long}. Use fewer languages.")
    click.echo(f"Written: {out}")
