"""Typed words about somebody's hours, with no question open: "I'm on nights this week", "away until Friday"."""

from functools import cache

from telegram import Update

import texts
from handlers import forms, free, free_day, free_other, menus, prompts
from handlers.context import Context
from handlers.dates import read_day
from handlers.feature import Refusal
from handlers.matching import folded
from rules.roles import WORKERS

LONGEST = 80  # characters; nobody says it in more
_WHOLE = ("nights", "same", "week")


async def typed(update: Update, context: Context, words: str) -> bool:
    """Take typed words as the button they name; a day away is shown back first. False: not for us."""
    if len(words) > LONGEST or not menus.may(context.roles, WORKERS):
        return False
    plain = " ".join(words.split())
    meant = next((name for name in _WHOLE if folded(plain) in _phrases(name)), None)
    if meant == "nights":
        await free_other.on_nights(context)
    elif meant == "same":
        await free_other.like_last_week(context)
    elif meant == "week":
        await free.free(update, context)
    else:
        until = _until(plain)
        if until is None:
            return False
        await _away(context, until)
    return True


@cache
def _phrases(name: str) -> frozenset[str]:
    """The words that mean it in any language, folded."""
    listed = (one for words in texts.every(f"words.free.{name}") for one in words.split(";"))
    return frozenset(found for one in listed if (found := folded(one)))


def _until(plain: str) -> str | None:
    """What stands after "away until", '' for nothing, or None when the words do not begin so.

    The day is left as it was typed: without its marks 14/12 would be another.
    """
    words = plain.split(" ")
    for many in range(len(words), 0, -1):
        if folded(" ".join(words[:many])) in _phrases("away"):
            return " ".join(words[many:]).strip(" .…")
    return None


async def _away(context: Context, until: str) -> None:
    """Ask whether the day is right, or until which day; work that was left open is offered first."""
    day = read_day(context, until, {}) if until else None
    if day is None or await forms.standing(context) is not None:
        return await free_day.begin_away(context)
    if isinstance(day, Refusal):
        return await _ask_again(context, day)
    shown_back = {prompts.UNSURE: {"step": free_day.AWAY.steps[0].name, "value": day}}
    async with context.transaction() as tx:
        asked = await forms.open_in(tx, context, free_day.AWAY, shown_back)
    await context.speak(asked)


async def _ask_again(context: Context, refused: Refusal) -> None:
    async with context.transaction() as tx:
        await forms.open_in(tx, context, free_day.AWAY)
    place = await forms.standing(context)
    if place is not None:
        problem = texts.Words(refused.name, dict(refused.values))
        await context.speak(await prompts.question(context.db, context, place, problem))
