"""/me: everything that is held about the person, in words, and a button to change each of it."""

from telegram import Update

import texts
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.me_form import ME, ask_again
from handlers.me_page import page
from handlers.saying import key, shortened
from rules.roles import EVERYONE, Role
from storage import attempts
from storage.attempt_row import Attempt

_ALL = frozenset(Role)
SHOWN = 12
NOTE_SHOWN = 120


async def show(update: Update, context: Context) -> None:
    """What is held, with buttons to change it."""
    if context.known is None:
        await context.say("me.nothing", (key("help.begin", "go", "start"),))
    else:
        await context.speak(await page(context))


async def change(update: Update, context: Context) -> None:
    """Ask for one of the fields again."""
    if context.known is None:
        await context.notice("button.closed", alert=True)
    else:
        await ask_again(context, context.press.word(0))


async def history(update: Update, context: Context) -> None:
    """The newest messages and calls, with what was answered and what was noted."""
    if context.known is None:
        await context.notice("button.closed", alert=True)
        return
    made = [one for one in await attempts.of_person(context.db, context.person.id) if one.sent_at is not None]
    newest = sorted(made, key=lambda one: one.sent_at or 0, reverse=True)[:SHOWN]
    lines = texts.listed([_line(context, one) for one in newest] or [texts.words("me.history.none")], "lines")
    await context.say("me.history", (key("command.me", "go", "me"),), count=len(made), lines=lines)


def _line(context: Context, one: Attempt) -> texts.Words:
    name = f"me.history.{one.reason}"
    what = texts.words(name if texts.exists(name) else "me.history.notice")
    note = texts.words("me.history.note", note=shortened(one.note, NOTE_SHOWN)) if one.note else ""
    answer = texts.words("me.history.answer", answer=_answer(one)) if one.answer else ""
    return texts.words("me.history.line", at=context.local(one.sent_at or 0), what=what, answer=answer, note=note)


def _answer(one: Attempt) -> texts.Words:
    known = texts.exists(f"me.answer.{one.answer}")
    return texts.words(f"me.answer.{one.answer}" if known else "me.answer.other")


FEATURE = Feature(
    name="me",
    commands=(Command("me", show, EVERYONE),),
    buttons=(Button("me", change, _ALL - {Role.ANYONE}), Button("me.history", history, _ALL)),
    forms=(ME,),
)
