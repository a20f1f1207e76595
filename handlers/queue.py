"""People who need a human: those who asked for one, and those who wanted a call back; what came of it, and done."""

from datetime import datetime

from telegram import Update

import texts
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.log_words import call_back_key
from handlers.saying import Key, Saying, key
from rules.roles import COORDINATORS
from storage import attempts, by_hand, help_requests
from storage.attempts import Attempt
from storage.help_requests import HelpRequest
from storage.people import Person

LISTED = 10


async def show(update: Update, context: Context) -> None:
    """Who is waiting, those who have waited longest first, then the calls that were promised."""
    await context.speak(await _list(context))


async def back(update: Update, context: Context) -> None:
    """The list again, in place."""
    await _show_list(context)


async def open_one(update: Update, context: Context) -> None:
    """One person: when they asked, a link to write to them, and what to do next."""
    request = await _waiting(context)
    if request is None:
        return await context.notice("button.closed")
    keys = (
        (key("queue.button.log", "log.about", request.person.id),),
        (key("queue.button.done", "queue.done", request.id),),
        (key("queue.button.list", "queue.list"),),
    )
    name = "queue.one.telegram" if request.person.telegram_id else "queue.one"
    link = str(request.person.telegram_id or "")
    await context.show(name, *keys, who=called(request.person), link=link, asked=_local(context, request.asked_at))


async def ask_done(update: Update, context: Context) -> None:
    """Ask before somebody is taken off the list."""
    request = await _waiting(context)
    if request is None:
        return await context.notice("button.closed")
    keys = (
        key("queue.button.yes_done", "queue.yes_done", request.id),
        key("queue.button.not_yet", "queue.open", request.id),
    )
    await context.show("queue.ask_done", keys, who=called(request.person))


async def done(update: Update, context: Context) -> None:
    """Somebody has been helped: they leave the list."""
    request = await _waiting(context)
    if request is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await help_requests.done(tx, request.id, context.person.id, context.now)
    await context.notice("queue.saved")
    await _show_list(context)


async def _waiting(context: Context) -> HelpRequest | None:
    request_id = context.press.number(0)
    return next((request for request in await help_requests.waiting(context.db) if request.id == request_id), None)


async def _show_list(context: Context) -> None:
    await context.replace(await _list(context))


async def open_need(update: Update, context: Context) -> None:
    """A contact after which a person is needed: what was noted, and what to do next."""
    one = await _needing(context)
    if one is None:
        return await context.notice("button.closed")
    log = ((key("queue.button.log", "log.about", one.person_id),),) if one.person_id else ()
    keys = (*log, (key("queue.button.done", "queue.met", one.id),), (key("queue.button.list", "queue.list"),))
    note = one.note or texts.words("queue.no_note")
    await context.show("queue.need", *keys, who=_who(one), at=_local(context, one.due_at), note=note)


async def met(update: Update, context: Context) -> None:
    """Somebody has been there: it leaves the list."""
    one = await _needing(context)
    if one is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await by_hand.set_needs_person(tx, one.id, needs=False)
    await context.notice("queue.saved")
    await _show_list(context)


async def _needing(context: Context) -> Attempt | None:
    attempt_id = context.press.number(0)
    return next((one for one in await by_hand.needing(context.db) if one.id == attempt_id), None)


async def _list(context: Context) -> Saying:
    waiting, calls = await help_requests.waiting(context.db), await attempts.call_backs(context.db)
    keys = [_key(context, request) for request in waiting]
    keys += [_need(context, one) for one in await by_hand.needing(context.db)]
    keys += [call_back_key(context, one) for one in calls]
    if not keys:
        return Saying("queue.empty")
    return Saying("queue.list", {"count": len(keys)}, tuple((one,) for one in keys[:LISTED]))


def _key(context: Context, request: HelpRequest) -> Key:
    asked = _local(context, request.asked_at)
    return key("queue.person", "queue.open", request.id, who=called(request.person), asked=asked)


def _need(context: Context, one: Attempt) -> Key:
    return key("queue.person", "queue.need", one.id, who=_who(one), asked=_local(context, one.due_at))


def _who(one: Attempt) -> str | texts.Words:
    return one.display_name or one.place or texts.words("queue.nameless")


def called(person: Person) -> str | texts.Words:
    """What a person is called here, also when they have given no name."""
    return person.display_name or texts.words("queue.nameless")


def _local(context: Context, at: int) -> datetime:
    return datetime.fromtimestamp(at, context.council.zone)


FEATURE = Feature(
    name="queue",
    commands=(Command("queue", show, COORDINATORS),),
    buttons=(
        Button("queue.list", back, COORDINATORS),
        Button("queue.open", open_one, COORDINATORS),
        Button("queue.done", ask_done, COORDINATORS),
        Button("queue.yes_done", done, COORDINATORS),
        Button("queue.need", open_need, COORDINATORS),
        Button("queue.met", met, COORDINATORS),
    ),
)
