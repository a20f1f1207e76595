"""What organisations would do on the board's themes: set by hand, asked in the chat, and counted by type."""

from collections import defaultdict

from telegram import Update

import texts
from handlers import organisation_words
from handlers.context import Context
from handlers.feature import Button, Feature
from handlers.organisations import pressed
from handlers.saying import Key, Saying, key
from rules.roles import COORDINATORS
from rules.themes import INTERESTS, THEMES
from storage import stages, themes
from storage.organisations import Organisation

SAID = ("interest", "no", "no_reply", "open", "not_asked")


async def show(update: Update, context: Context) -> None:
    """What one of them would do, theme by theme."""
    one = await pressed(context)
    if one is None:
        return await context.notice("button.closed")
    await context.replace(await _page(context, one))


async def _page(context: Context, one: Organisation) -> Saying:
    said = await themes.of_organisation(context.db, one.id)
    lines = [
        texts.words(
            "board_themes.line",
            theme=theme,
            interest=texts.words(f"interest.{said[theme]}") if theme in said else texts.words("board_themes.not_said"),
        )
        for theme in THEMES
    ]
    rows = [(key(f"board_theme.{theme}", "org.theme", one.id, theme),) for theme in THEMES]
    ask = one.id in await themes.can_be_asked(context.db, invented=context.council.rehearsal)
    values = {"name": one.name, "lines": texts.listed(lines, "lines")}
    asks = ((key("organisations.button.ask_themes", "org.ask_themes", one.id),),) if ask else ()
    return Saying("organisations.themes", values, (*rows, *asks, (organisation_words.back(one.id),)))


async def ask_interest(update: Update, context: Context) -> None:
    """Ask what they would do on this theme."""
    one, theme = await pressed(context), context.press.word(1)
    if one is None or theme not in THEMES:
        return await context.notice("button.closed")
    rows = [(key(f"interest.{said}", "org.interest", one.id, theme, said),) for said in INTERESTS]
    await context.show("organisations.ask_interest", *rows, name=one.name, theme=theme)


async def keep(update: Update, context: Context) -> None:
    """Keep what a coordinator heard."""
    one, theme, said = await pressed(context), context.press.word(1), context.press.word(2)
    if one is None or theme not in THEMES or said not in INTERESTS:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await themes.say(tx, one.id, theme, said, context.person.id, context.now)
        await stages.follow(tx, context.now, context.council.zone, organisation_id=one.id)
    await context.replace(await _page(context, one))


async def ask_one(update: Update, context: Context) -> None:
    """Ask its people in the chat."""
    one = await pressed(context)
    if one is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        asked = await themes.ask(tx, one.id, context.person.id, context.now)
    context.services.delivery.wake()
    await context.show("organisations.asked" if asked else "organisations.asked.before", _row(one), count=asked)


def _row(one: Organisation) -> tuple[Key, ...]:
    return (key("organisations.button.themes", "org.themes", one.id), organisation_words.back(one.id))


async def counts(update: Update, context: Context) -> None:
    """Type by type and theme by theme: interest, no, no reply; beside it, what was then done."""
    found = _sorted(await themes.counts(context.db, invented=context.council.rehearsal))
    invited = _sorted(await themes.invited(context.db, invented=context.council.rehearsal))
    did = await themes.done(context.db, context.now)
    lines: list[object] = []
    for theme in THEMES:
        meetings, led = did.get(theme, (0, 0))
        lines.append(texts.words("organisations.counts.theme", theme=theme, count=meetings, led=led))
        lines += [_line("type", kind, said) for kind, said in sorted(found[theme].items())]
        lines += [_line("invited", kind, said) for kind, said in sorted(invited[theme].items())]
    reach = await themes.can_be_asked(context.db, invented=context.council.rehearsal)
    ask = ((key("organisations.button.ask_all", "org.ask_all", count=len(reach)),),) if reach else ()
    keys = (*ask, (key("organisations.button.list", "org.list"),))
    await context.show("organisations.counts", *keys, lines=texts.listed(lines, "lines"))


def _sorted(listed: list[themes.Count]) -> dict[str, dict[str, dict[str, int]]]:
    """By theme and type, how many said what."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for one in listed:
        found[one.theme][one.type][one.said] = one.how_many
    return found


def _line(what: str, kind: str, said: dict[str, int]) -> texts.Words:
    name = f"organisation_kind.{kind}" if kind in ("provider", "partner") else f"partner_type.{kind}"
    parts = [texts.words(f"organisations.counts.{one}", n=said[one]) for one in SAID if one in said]
    return texts.words(f"organisations.counts.{what}", type=texts.words(name), said=texts.listed(parts))


async def ask_all(update: Update, context: Context) -> None:
    """Ask everyone who can be asked, once this is said twice."""
    reach = await themes.can_be_asked(context.db, invented=context.council.rehearsal)
    if not reach:
        return await context.notice("button.closed")
    keys = (key("organisations.button.ask_now", "org.ask_now"), key("organisations.button.not_now", "org.counts"))
    await context.show("organisations.ask_all", keys, count=len(reach))


async def ask_now(update: Update, context: Context) -> None:
    """The question goes to the people of every organisation that has somebody in the chat."""
    reach, asked = await themes.can_be_asked(context.db, invented=context.council.rehearsal), 0
    async with context.transaction() as tx:
        for number in reach:
            asked += await themes.ask(tx, number, context.person.id, context.now)
    context.services.delivery.wake()
    back = (key("organisations.button.counts", "org.counts"), key("organisations.button.list", "org.list"))
    await context.show("organisations.asked" if asked else "organisations.asked.before", back, count=asked)


FEATURE: Feature = Feature(
    name="organisation_themes",
    buttons=(
        Button("org.themes", show, COORDINATORS),
        Button("org.theme", ask_interest, COORDINATORS),
        Button("org.interest", keep, COORDINATORS),
        Button("org.ask_themes", ask_one, COORDINATORS),
        Button("org.counts", counts, COORDINATORS),
        Button("org.ask_all", ask_all, COORDINATORS),
        Button("org.ask_now", ask_now, COORDINATORS),
    ),
)
