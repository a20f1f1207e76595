"""Working in two markets: one button under /me, each tap kept."""

from telegram import Update

import texts
from handlers.context import Context
from handlers.feature import Button, Feature
from handlers.naming import market
from handlers.saying import Key, Saying, key, labelled
from rules.roles import WORKERS
from storage import other_markets


async def show(update: Update, context: Context) -> None:
    """The other markets, those that are on with a tick."""
    await context.replace(await _page(context))


async def switch(update: Update, context: Context) -> None:
    """On or off; every tap is kept."""
    code = context.press.word(0)
    if code not in context.council.markets or code == context.person.market:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await other_markets.switch(tx, context.person.id, code)
    await context.replace(await _page(context))


async def _page(context: Context) -> Saying:
    on = await other_markets.of_person(context.db, context.person.id)
    keys = [_key(context, code, code in on) for code in context.council.markets if code != context.person.market]
    rows = tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))
    return Saying("me_other.page", {}, (*rows, (key("me_other.done", "go", "me"),)))


def _key(context: Context, code: str, on: bool) -> Key:  # noqa: FBT001 - whether it has a tick
    named = market(context.council, code)
    words = named if isinstance(named, str) else texts.plain(context.language, named.name)
    return labelled(f"✓ {words}" if on else words, "me.other_switch", code)


FEATURE: Feature = Feature(
    name="other_market",
    buttons=(Button("me.other", show, WORKERS), Button("me.other_switch", switch, WORKERS)),
)
