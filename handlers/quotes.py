"""Quotes that wait for a second person; for coordinators, themes of what was released, and slips to type in."""

from telegram import Update

import texts
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.feedback import topic_name
from handlers.reading import READERS, item_of
from handlers.reading_forms import flagged
from handlers.saying import Key, Saying, key
from rules import crowd
from rules.roles import COORDINATORS
from rules.topics import THEMES
from storage.unlinked import Item, Quote


async def show_quotes(update: Update, context: Context) -> None:
    """The first quote that waits, with what in it could point at somebody; then how many may be published."""
    await context.speak(await _waiting(context, 0))


async def next_quote(update: Update, context: Context) -> None:
    """The one after it, in place."""
    await context.replace(await _waiting(context, context.press.number(0) or 0))


async def agree(update: Update, context: Context) -> None:
    """A second person agrees to exactly these words; whoever proposed them cannot."""
    found = next((one for one in await _proposed(context) if one.slot.hex() == context.press.word(0)), None)
    if found is None:
        return await context.notice("button.closed", alert=True)
    if not await context.services.unlinked.agree_quote(found, context.person.id):
        return await context.notice("quotes.second_person", alert=True)
    await context.notice("quotes.agreed")
    await context.replace(await _waiting(context, 0))


async def show_themes(update: Update, context: Context) -> None:
    """The first released item without a theme."""
    await context.speak(await _uncoded(context))


async def switch_theme(update: Update, context: Context) -> None:
    """A theme goes on or off; the item stays."""
    found, theme = await item_of(context, context.press.word(0)), context.press.word(1)
    if found is None or theme not in THEMES:
        return await context.notice("button.closed", alert=True)
    if not await context.services.unlinked.add_theme(found.slot, theme):
        await context.services.unlinked.take_theme(found.slot, theme)
    await context.replace(await _with_themes(context, found))


async def next_theme(update: Update, context: Context) -> None:
    """The next released item without a theme, in place."""
    await context.replace(await _uncoded(context))


async def paper(update: Update, context: Context) -> None:
    """How a coordinator types in what somebody wrote on paper; the slip's code takes the sealed way."""
    await context.say("paper.how")


async def _proposed(context: Context) -> list[Quote]:
    return [one for one in await context.services.unlinked.quotes() if not one.agreed]


async def _waiting(context: Context, place: int) -> Saying:
    waiting = await _proposed(context)
    agreed = sum(one.agreed for one in await context.services.unlinked.quotes())
    if not waiting:
        return Saying("quotes.none", {"count": agreed})
    one = waiting[place % len(waiting)]
    onward = (key("reading.button.next", "quotes.next", place + 1),) if len(waiting) > 1 else ()
    keys = ((key("quotes.button.agree", "quotes.agree", one.slot.hex()),), onward)
    found = ", ".join(flagged(one.body))
    return Saying("quotes.one.flagged" if found else "quotes.one", {"body": one.body, "found": found}, keys)


async def _uncoded(context: Context) -> Saying:
    for one in await context.services.unlinked.issued():
        if not await context.services.unlinked.themes_of(one.slot):
            return await _with_themes(context, one)
    shown, _ = crowd.hidden(await context.services.unlinked.theme_counts(), context.council.smallest_crowd)
    lines = [_count(theme, count) for theme, count in shown.items()] or [texts.words("themes.nothing")]
    return Saying("themes.all", {"lines": texts.listed(lines, "lines")})


def _count(theme: str, count: int | None) -> texts.Words:
    name = texts.words(f"theme.{theme}")
    return texts.words("themes.few", theme=name) if count is None else texts.words("themes.count", theme=name, n=count)


async def _with_themes(context: Context, one: Item) -> Saying:
    held = await context.services.unlinked.themes_of(one.slot)
    keys = [_theme(one, theme, on=theme in held) for theme in THEMES]
    rows = tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
    onward = (key("reading.button.next", "themes.next"),)
    return Saying("themes.item", {"body": one.body, "topic": topic_name(one.topic)}, (*rows, onward))


def _theme(one: Item, theme: str, *, on: bool) -> Key:
    label = "themes.button.on" if on else "themes.button.off"
    return key(label, "themes.switch", one.slot.hex(), theme, theme=texts.words(f"theme.{theme}"))


FEATURE: Feature = Feature(
    name="quotes",
    commands=(
        Command("quotes", show_quotes, READERS),
        Command("themes", show_themes, COORDINATORS),
        Command("paper", paper, COORDINATORS),
    ),
    buttons=(
        Button("quotes.next", next_quote, READERS),
        Button("quotes.agree", agree, READERS),
        Button("themes.switch", switch_theme, COORDINATORS),
        Button("themes.next", next_theme, COORDINATORS),
    ),
)
