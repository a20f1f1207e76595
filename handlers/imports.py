"""Files sent to the bot by an officer: read, looked at, decided on, written when confirmed, and taken back."""

import asyncio
from datetime import datetime

import structlog
from telegram import Document, Update

from handlers import import_page as page
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.import_page import Looked
from handlers.saying import Saying, key
from incoming import plan
from incoming.staged import Shelf, Staged
from rules.roles import OFFICERS
from storage import imports

log = structlog.get_logger()
LARGEST = 20 * 1024 * 1024  # Telegram hands bots no larger file
LISTED = 5


async def received(update: Update, context: Context) -> None:
    """A file: fetched, kept for now, and said what is in it."""
    document = update.message.document if update.message else None
    if document is None:
        return
    if (document.file_size or 0) > LARGEST:
        await context.say("import.too_large_for_chat")
        return
    message_id = await context.say("import.reading")
    staged = await _kept(context, document)
    if staged is None:
        await page.put(context, message_id, Saying("import.not_fetched"))
    else:
        await page.put(context, message_id, await _first_look(context, staged))


async def _kept(context: Context, document: Document) -> Staged | None:
    content = await context.services.delivery.fetch(document.file_id)
    if content is None or len(content) > LARGEST:
        return None
    shelf = Shelf(context.services.data_dir)
    try:
        return await asyncio.to_thread(shelf.put, content, context.person.id, document.file_name or "file")
    except OSError:
        return None


async def _first_look(context: Context, staged: Staged) -> Saying:
    """What is in the file; the question about the area first, where a directory holds several."""
    async with page.looked_at(context, staged) as looked:
        if isinstance(looked, Saying):
            return looked
        if len(looked.plan.authorities) > 1 and not staged.asked_area:
            return await page.which_area(context, staged, looked.plan, 0)
        return page.preview(staged, looked.plan)


async def again(update: Update, context: Context) -> None:
    """What would be done, in place."""
    if (staged := await _staged(context)) is not None:
        await context.replace(await _first_look(context, staged))


async def areas(update: Update, context: Context) -> None:
    """More local authorities to choose from."""
    if (staged := await _staged(context)) is not None:
        async with page.looked_at(context, staged) as looked:
            found = looked if isinstance(looked, Saying) else None
            if isinstance(looked, Looked):
                found = await page.which_area(context, staged, looked.plan, context.press.number(1) or 0)
        await context.replace(found or Saying("button.closed"))


async def choose_area(update: Update, context: Context) -> None:
    """One local authority is kept, or all are."""
    staged = await _staged(context)
    if staged is None:
        return None
    async with page.looked_at(context, staged) as looked:
        names = [] if isinstance(looked, Saying) else sorted(looked.plan.authorities)
    place = context.press.number(1)
    if place is not None and place >= len(names):
        return await context.notice("button.closed")
    chosen = page.chosen_area(staged, None if place is None else names[place])
    await asyncio.to_thread(Shelf(context.services.data_dir).note, chosen)
    await context.replace(await _first_look(context, chosen))


async def problems(update: Update, context: Context) -> None:
    """Every refused row that fits on a message, by line and reason."""
    staged = await _staged(context)
    if staged is None:
        return
    async with page.looked_at(context, staged) as looked:
        shown = looked if isinstance(looked, Saying) else page.problems(staged, looked.plan, context.language)
    await context.replace(shown)


async def doubts(update: Update, context: Context) -> None:
    """One row that looks like somebody on record, with what to do; deciding leads to the next."""
    staged = await _staged(context)
    if staged is None:
        return
    line, choice = context.press.number(1), context.press.word(2)
    if line is not None and choice in page.CHOICES:
        staged = page.with_choice(staged, line, choice)
        await asyncio.to_thread(Shelf(context.services.data_dir).note, staged)
    async with page.looked_at(context, staged) as looked:
        shown = looked if isinstance(looked, Saying) else page.next_doubt(staged, looked.plan)
    await context.replace(shown)


async def write(update: Update, context: Context) -> None:
    """Import it: all of it or nothing, and the file is gone from here."""
    staged = await _staged(context)
    if staged is None:
        return
    shelf = Shelf(context.services.data_dir)
    await context.show("import.writing")
    async with page.looked_at(context, staged) as looked:
        if isinstance(looked, Saying):
            await context.replace(looked)
            return
        async with context.transaction() as tx:
            done = await plan.carry_out(tx, looked.parsed, looked.asked, (staged.file_name, looked.sha256))
    await asyncio.to_thread(shelf.drop, staged)
    log.info("imported", kind=done.kind, new=done.new, changed=done.changed, refused=done.refused)
    await context.replace(page.done(done))


async def cancel(update: Update, context: Context) -> None:
    """Nothing is written, and the file is gone from here."""
    if (staged := await _staged(context)) is not None:
        await asyncio.to_thread(Shelf(context.services.data_dir).drop, staged)
        await context.show("import.cancelled")


async def undo(update: Update, context: Context) -> None:
    """Take a whole import back."""
    number = context.press.number(0)
    if number is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        undone = await plan.undo(tx, number, f"person:{context.person.id}", context.now)
    if undone is None:
        return await context.notice("import.not_undone", alert=True)
    name = "import.undone.some_left" if undone.left else "import.undone"
    await context.show(name, count=undone.rows, left=len(undone.left))


async def start(update: Update, context: Context) -> None:
    """How to import, and the last imports with their way back."""
    made = await imports.latest(context.db, LISTED)
    keys = tuple(
        (key("import.button.undo_one", "import.undo", one.id, number=one.id),)
        for one in made
        if imports.may_be_undone(one, context.now)
    )
    lines = "\n".join(page.line_of(one, datetime.fromtimestamp(one.made_at, context.council.zone)) for one in made)
    await context.say("import.start" if made else "import.start.none", *keys, lines=lines)


async def _staged(context: Context) -> Staged | None:
    """The file of the button, when it still waits and is this person's; otherwise says that it does not."""
    shelf = Shelf(context.services.data_dir)
    staged = await asyncio.to_thread(shelf.of, context.press.word(0), context.person.id)
    if staged is None:
        await context.notice("button.closed", alert=True)
    return staged


FEATURE = Feature(
    name="import",
    commands=(Command("import", start, OFFICERS),),
    buttons=(
        Button("import.again", again, OFFICERS),
        Button("import.areas", areas, OFFICERS),
        Button("import.area", choose_area, OFFICERS),
        Button("import.problems", problems, OFFICERS),
        Button("import.doubts", doubts, OFFICERS),
        Button("import.write", write, OFFICERS),
        Button("import.cancel", cancel, OFFICERS),
        Button("import.undo", undo, OFFICERS),
    ),
)
