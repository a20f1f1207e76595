"""/share: a worker's own link and code to hand to a colleague. How many came is counted, never who."""

from telegram import Update

from handlers.approach_words import link
from handlers.context import Context
from handlers.feature import Command, Feature
from handlers.saying import Document, Saying, key
from reports import poster
from rules.roles import WORKERS
from storage import links


async def share(update: Update, context: Context) -> None:
    """Her own code, made the first time she asks for it, and how many have come by it."""
    async with context.transaction() as tx:
        hers = await links.of_worker(tx, context.person.id, context.now, invented=context.council.rehearsal)
    address = link(context, hers.code)
    values = {"link": address, "count": hers.joined, "council": context.council.name}
    picture = Document("my-link.png", poster.picture(address))
    await context.speak(Saying("share.code", values, ((key("button.home", "go", "home"),),), picture=picture))


FEATURE: Feature = Feature(name="share", commands=(Command("share", share, WORKERS),))
