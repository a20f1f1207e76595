"""From an update to the one function that handles it: the library's own handlers, made from FEATURES, default deny."""

import re
from functools import cache

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

import handlers  # read when somebody taps, not at import: it imports this file
from handlers import (
    buttons,
    elsewhere,
    fixed,
    form_buttons,
    forms,
    free_typed,
    help,  # noqa: A004 - the feature's own name
    here,
    imports,
    menus,
    welcome,
)
from handlers.context import Context
from handlers.feature import Button
from rules.roles import OFFICERS
from rules.spots import said

Handler = BaseHandler[Update, Context, None]
_COMMAND = re.compile(r"/\w+")
_OURS = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE


def telegram_handlers() -> list[Handler]:
    """The handlers in the order in which they are tried; an update that none takes is passed over in silence."""
    return [
        elsewhere.ElsewhereHandler(),
        CommandHandler([one.name for one in menus.commands()], commanded, filters=_OURS),
        CallbackQueryHandler(pressed),
        MessageHandler(_OURS & filters.TEXT, heard),
        MessageHandler(_OURS & filters.LOCATION, pinned),
        MessageHandler(_OURS & filters.Document.ALL, handed),
        MessageHandler(_OURS, help.unreadable),
    ]


async def commanded(update: Update, context: Context) -> None:
    """A command: run when this person may, and refused otherwise."""
    message = update.message
    if message is None or not message.text or not message.entities:
        return
    name = message.text[1 : message.entities[0].length].partition("@")[0].lower()
    await help.run_command(update, context, name)


@cache
def _verbs() -> dict[str, Button]:
    return {button.verb: button for feature in handlers.FEATURES for button in feature.buttons}


async def pressed(update: Update, context: Context) -> None:
    """A button: its data is the client's word, so it is decoded, and refused unless this person may press it."""
    query = update.callback_query
    if query is None or query.message is None or query.message.chat.type != ChatType.PRIVATE:
        return
    context.turn.query_id, context.turn.message_id = query.id, query.message.message_id
    press = buttons.decode(query.data or "")
    button = _verbs().get(press.verb) if press else None
    if press is None or button is None or not menus.may(context.roles, button.roles):
        await context.notice("button.closed", alert=True)
        return
    context.turn.press = press
    await button.run(update, context)
    await context.notice()


async def heard(update: Update, context: Context) -> None:
    """Typed words: a wish that holds at any moment, an answer to the open question, or something not understood."""
    words = whole(update.message.text if update.message else None)
    if not words:
        return
    place = await forms.standing(context)
    asking = place is not None and place.row.step != forms.ASIDE
    open_question = bool(asking and place and place.step.reader)
    wish = fixed.wish_in(words, open_question=open_question)
    if wish and wish not in fixed.ALWAYS and place and asking and await forms.is_choice(context, place, words):
        wish = None
    if wish is fixed.Wish.BACK and place and asking:
        await form_buttons.go_back(context, place)
    elif wish is not None:
        await help.run_command(update, context, "home" if wish is fixed.Wish.BACK else wish.value)
    elif await form_buttons.offer_typed(context, words) or await form_buttons.sure_typed(context, words):
        return
    elif words.startswith("/") and (not open_question or _COMMAND.fullmatch(words)):
        await help.unknown_command(context, words)
    elif not (
        await welcome.typed(update, context, words, open_question=open_question)
        or await forms.typed(context, words)
        or await free_typed.typed(update, context, words)
        or await here.typed(context, words)
    ):
        await help.not_understood(context)


async def pinned(update: Update, context: Context) -> None:
    """A location: the answer to an open question about a place, and otherwise nothing that can be read."""
    spot, place = update.message.location if update.message else None, await forms.standing(context)
    asked = place is not None and place.row.step != forms.ASIDE and place.step.pins
    if spot is None or not asked or not await forms.typed(context, said(spot.latitude, spot.longitude)):
        await help.unreadable(update, context)


async def handed(update: Update, context: Context) -> None:
    """A file: taken from an officer, and from nobody else."""
    officer = menus.may(context.roles, OFFICERS)
    await (imports.received if officer else help.unreadable)(update, context)


def whole(typed: str | None) -> str:
    """Typed words as a database can hold them: half a surrogate pair, which no phone sends, becomes a mark."""
    return (typed or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
