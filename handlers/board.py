"""/board: for whoever speaks for a provider or a partner. Themes, meetings, and totals; never a worker."""

from telegram import Update

import texts
from handlers.board_form import BOARD_JOIN
from handlers.board_totals import totals
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.saying import Key, Saying, key
from rules.council import Council
from rules.roles import BOARD
from rules.themes import INTERESTS, THEMES
from storage import organisations, stages, themes
from storage.attempts import Attempt
from storage.database import Reading
from storage.organisations import Organisation


async def show(update: Update, context: Context) -> None:
    """What they can do here."""
    one = await _mine(context)
    if one is not None:
        await context.speak(await _page(context, one))


async def back(update: Update, context: Context) -> None:
    """The same, in place."""
    one = await _mine(context)
    if one is None:
        return await context.notice("button.closed")
    await context.replace(await _page(context, one))


async def _mine(context: Context) -> Organisation | None:
    """The organisation this person speaks for at this moment."""
    number = context.person.organisation_id
    return None if number is None else await organisations.by_id(context.db, number)


async def _page(context: Context, one: Organisation) -> Saying:
    keys = (
        (key("board.button.themes", "board.themes"),),
        (key("board.button.meetings", "go", "meetings"),),
        (key("board.button.totals", "board.totals"),),
        (key("button.home", "go", "home"),),
    )
    return Saying("board.page", {"name": one.name, "council": context.council.name}, keys)


async def show_themes(update: Update, context: Context) -> None:
    """The five themes, with what they said of each."""
    one = await _mine(context)
    if one is None:
        return await context.notice("button.closed")
    await context.replace(await _themes(context.db, one))


async def _themes(db: Reading, one: Organisation, name: str = "board.themes") -> Saying:
    said = await themes.of_organisation(db, one.id)
    lines = [_line(theme, said.get(theme)) for theme in THEMES]
    rows: list[tuple[Key, ...]] = [(key(f"board_theme.{theme}", "board.theme", theme),) for theme in THEMES]
    values = {"name": one.name, "lines": texts.listed(lines, "lines")}
    return Saying(name, values, (*rows, (key("board.button.page", "board.page"),)))


def _line(theme: str, interest: str | None) -> texts.Words:
    said = texts.words(f"interest.{interest}") if interest else texts.words("board_themes.not_said")
    return texts.words("board_themes.line", theme=theme, interest=said)


async def ask_interest(update: Update, context: Context) -> None:
    """What would you do on this theme: four answers."""
    one, theme = await _mine(context), context.press.word(0)
    if one is None or theme not in THEMES:
        return await context.notice("button.closed")
    rows = [(key(f"interest.{said}", "board.say", theme, said),) for said in INTERESTS]
    await context.show("board.theme", *rows, (key("board.button.themes", "board.themes"),), theme=theme)


async def say(update: Update, context: Context) -> None:
    """The tap is kept; any other tap changes it."""
    one, theme, said = await _mine(context), context.press.word(0), context.press.word(1)
    if one is None or theme not in THEMES or said not in INTERESTS:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await themes.say(tx, one.id, theme, said, context.person.id, context.now)
        await stages.follow(tx, context.now, context.council.zone, organisation_id=one.id)
    await context.replace(await _themes(context.db, one, "board.themes.saved"))


async def show_totals(update: Update, context: Context) -> None:
    """How many people and organisations take part, as it may be published."""
    if await _mine(context) is None:
        return await context.notice("button.closed")
    await context.replace(await totals(context))


async def compose_ask(db: Reading, attempt: Attempt, council: Council) -> Saying | None:
    """The question about the themes, while its organisation is there."""
    one = await organisations.by_id(db, attempt.about)
    return await _themes(db, one, "board.ask") if one else None


FEATURE: Feature = Feature(
    name="board",
    commands=(Command("board", show, BOARD),),
    buttons=(
        Button("board.page", back, BOARD),
        Button("board.themes", show_themes, BOARD),
        Button("board.theme", ask_interest, BOARD),
        Button("board.say", say, BOARD),
        Button("board.totals", show_totals, BOARD),
    ),
    forms=(BOARD_JOIN,),
    composes={"theme_ask": compose_ask},
)
