"""/pause, /stop, /back and /delete: fewer messages, none, messages again, or nothing kept at all."""

from telegram import Update

from handlers import forms, menus
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.saying import key
from rules.roles import EVERYONE, WORKERS, Role
from storage import erasure, people, responses

DAY = 24 * 3600
PAUSES = {"week": 7 * DAY, "month": 30 * DAY}
CONFIRM_WITHIN = 3600
_ALL = frozenset(Role)


async def pause(update: Update, context: Context) -> None:
    """Ask for how long to be quiet."""
    keys = tuple(key(f"staying.pause.{length}", "pause", length) for length in PAUSES)
    await context.say("staying.pause", keys, (key("button.stop", "go", "stop"),))


async def set_pause(update: Update, context: Context) -> None:
    """Nothing unasked until then."""
    length = PAUSES.get(context.press.word(0))
    if length is None or context.known is None:
        await context.notice("button.closed", alert=True)
        return
    until = context.now + length
    async with context.transaction() as tx:
        await people.pause(tx, context.person.id, until)
    await context.show("staying.paused", (key("staying.come_back", "go", "back"),), until=context.local(until))


async def stop(update: Update, context: Context) -> None:
    """Nothing unasked any more, at once; one line on how to come back."""
    if context.known is not None:
        async with context.transaction() as tx:
            await people.stop(tx, context.person.id, context.now)
    await context.say("staying.stopped", (key("staying.come_back", "go", "back"),))


async def come_back(update: Update, context: Context) -> None:
    """Messages again."""
    if context.known is None:
        await context.say("staying.not_here", (key("help.begin", "go", "start"),))
        return
    away = context.person.stopped_at is not None or (context.person.paused_until or 0) > context.now
    async with context.transaction() as tx:
        await people.come_back(tx, context.person.id)
        await responses.back_in_turn(tx, context.person.id, context.now)
    context.services.delivery.wake()
    name = "staying.back" if away else "staying.was_here"
    await context.say(name, (key("button.home", "go", "home"), key("command.me", "go", "me")))
    await forms.ask_again(context)


async def delete(update: Update, context: Context) -> None:
    """What would be erased and what would be kept, and whether that is wanted."""
    if context.known is None:
        await context.say("staying.nothing_kept")
        return
    yes = key("staying.delete.button.yes", "delete", "yes", context.person.id, context.now)
    no = key("staying.delete.button.no", "delete", "no", context.person.id, context.now)
    await context.say("staying.delete", (yes,), (no,))


async def answer_delete(update: Update, context: Context) -> None:
    """Erase the person at once, when they asked for it within the hour; say what is kept."""
    asked_at = context.press.number(2) or 0
    fresh = 0 <= context.now - asked_at <= CONFIRM_WITHIN
    if context.known is None or context.press.number(1) != context.person.id or not fresh:
        await context.notice("staying.delete.closed", alert=True)
    elif context.press.word(0) != "yes":
        await context.show("staying.delete.kept", (key("button.home", "go", "home"),))
    else:
        await _erase(context)


async def _erase(context: Context) -> None:
    async with context.transaction() as tx:
        await erasure.erase(tx, context.person.id, context.now, context.council.zone)
    context.turn.person = None
    await erasure.after_erasure(context.services.database)
    await context.show("staying.deleted")
    await menus.refresh(context)


FEATURE = Feature(
    name="staying",
    commands=(
        Command("pause", pause, WORKERS),
        Command("stop", stop, EVERYONE),
        Command("back", come_back, EVERYONE, in_menu=False),
        Command("delete", delete, EVERYONE),
    ),
    buttons=(Button("pause", set_pause, WORKERS), Button("delete", answer_delete, _ALL)),
)
