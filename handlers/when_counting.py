"""Asks for the counting, which a process of its own does, and puts the answer where "I am counting" stood.

It runs after the turn's commit: the coordinator waits for her own answer, everybody else is answered meanwhile.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

from handlers import when_page, when_words
from handlers.context import Context
from handlers.saying import Saying, key
from reports import apart
from reports.apart import NotCounted
from reports.times import Asked
from storage import searches
from storage.searches import Search

log = structlog.get_logger()

ONE, PAIR = 1, 2
BESIDE = 0  # where a search keeps the good times of other days


async def first_answer(context: Context, search: Search) -> None:
    """The best time in place of the words that it is being counted, then the best pair in a message of its own."""
    asked = Asked.from_json(search.asked)

    async def count() -> list[Saying]:
        found = await apart.best_times(context.services.database.path, asked, (ONE, PAIR))
        await _keep(context, search, {len(one.starts): one.starts for one in found.chosen} | {BESIDE: found.beside})
        return when_page.best_one_and_pair(context.council, search, asked, found)

    await _in_place(context, search, count)


async def best_together(context: Context, search: Search, how_many: int) -> None:
    """The best so many times together, in place of the words that it is being counted."""
    asked = Asked.from_json(search.asked)

    async def count() -> list[Saying]:
        found = await apart.best_times(context.services.database.path, asked, (how_many,))
        await _keep(context, search, {len(one.starts): one.starts for one in found.chosen})
        return when_page.best_so_many(context.council, search, asked, found)

    await _in_place(context, search, count)


async def beside(context: Context, search: Search, how_many: int, other: str) -> None:
    """Why the best times beat the other one."""
    asked = Asked.from_json(search.asked)

    async def count() -> list[Saying]:
        chosen = search.found[how_many]
        found = await apart.compared(context.services.database.path, asked, chosen, other)
        return [when_page.compared(context.council, search, how_many, found)]

    await _in_place(context, search, count)


async def week(context: Context, search: Search) -> None:
    """The week as a picture, and all of it in words."""
    asked = Asked.from_json(search.asked)

    async def count() -> list[Saying]:
        heat = await apart.week(context.services.database.path, asked)
        return [when_words.in_words(context.council, heat), *when_words.pictures(context, heat)]

    await _in_place(context, search, count)


async def _keep(context: Context, search: Search, found: Mapping[int, Sequence[str]]) -> None:
    async with context.services.database.transaction() as tx:
        for many, starts in found.items():
            await searches.keep_found(tx, search.id, many, starts)


async def _in_place(context: Context, search: Search, count: Callable[[], Awaitable[list[Saying]]]) -> None:
    """Say that it is being counted; then the first of the sayings in its place, and the others after it."""
    message_id = await context.speak(Saying("when.counting", {}, ((key("when.button.look", "when.look", search.id),),)))
    try:
        sayings = await count()
    except NotCounted as error:
        log.warning("times were not counted", why=str(error))
        sayings = [Saying("when.not_counted", {}, ((key("when.button.look", "when.look", search.id),),))]
    first, *rest = sayings
    delivery = context.services.delivery
    if message_id is None or not await delivery.edit(context.chat_id, message_id, first, context.language):
        await context.speak(first)
    for saying in rest:
        await context.speak(saying)
