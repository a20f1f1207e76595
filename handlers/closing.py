"""Closing a meeting: how the rest stand, minutes, organisations and numbers, promises, and whether it is published."""

from datetime import date

from telegram import Update

import texts
from handlers import closing_forms, forms
from handlers.context import Context
from handlers.door_forms import found
from handlers.feature import Button, Feature, Form
from handlers.reopening import can_reopen
from handlers.saying import Saying, key, shortened
from rules.roles import COORDINATORS
from storage import attendance, audit, closing, door_pages
from storage.closing import Promise
from storage.database import Reading
from storage.meetings import Meeting

SHOWN, MINUTES_SHOWN = 10, 400


async def ask(update: Update, context: Context) -> None:
    """Whether everybody who came is ticked: what follows for the others depends on it."""
    meeting = await _begun(context)
    if meeting is None:
        return await context.notice("button.closed")
    people = await attendance.door_list(context.db, meeting.id)
    came = sum(one.standing == "came" for one in people)
    rest = sum(one.place == "held" and not one.standing for one in people)
    keys = (
        (key("close.button.full", "close.now", meeting.id, "full"),),
        (key("close.button.unsure", "close.now", meeting.id, "unsure"),),
        (key("close.button.not_yet", "door.open", meeting.id),),
    )
    async with context.transaction() as tx:
        await door_pages.drop(tx, context.person.id)
    await context.show("close.ask", *keys, meeting=meeting, came=came, rest=rest)


async def close(update: Update, context: Context) -> None:
    """Close it; those who did not come are asked why, a day later and in their own waking hours."""
    meeting, how = await _begun(context), context.press.word(1)
    if meeting is None or how not in ("full", "unsure"):
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        told = await closing.close(tx, meeting.id, context.person.id, context.now, list_is_full=how == "full") or 0
        why = f"meeting:{meeting.id}"
        await audit.record(tx, context.now, f"person:{context.person.id}", "meeting_closed", told, why)
        page = await page_of(tx, meeting, context.now)
    await context.replace(page)


async def open_one(update: Update, context: Context) -> None:
    """The closed meeting: what is written down, and what is still to be said."""
    meeting = await _closed(context)
    if meeting is None:
        return await context.notice("button.closed")
    await context.replace(await page_of(context.db, meeting, context.now))


async def page_of(db: Reading, meeting: Meeting, now: int) -> Saying:
    """All that is kept about how a meeting ended, and a button for each part of it."""
    ended, counts = await closing.of_meeting(db, meeting.id), await attendance.counts(db, meeting.id)
    heads, present = await attendance.heads(db, meeting.id), await closing.organisations(db, meeting.id)
    none = texts.words("close.none")
    organisations = [texts.words("close.organisation", name=name, count=count) for name, count in present.items()]
    promises = await closing.promises(db, meeting.id)
    values = {
        "meeting": meeting,
        **{name: counts.get(name, 0) for name in attendance.STANDINGS},
        "heads": none if heads is None else heads,
        "minutes": shortened(ended.minutes, MINUTES_SHOWN) if ended and ended.minutes else none,
        "organisations": texts.listed(organisations) if organisations else none,
        "promises": len(promises),
        "publish": texts.words(f"close.publish.{_decided(ended.publish if ended else None)}"),
    }
    number = meeting.id
    rows = (
        (key("close.button.minutes", "close.minutes", number), key("close.button.promise", "close.promises", number)),
        (
            key("close.button.organisation", "close.organisation", number),
            key("door.button.list", "door.list", number, 0),
        ),
        *(((key("close.button.led", "more.led", number),),) if meeting.strand == "board" else ()),
        (key("door.button.heads", "door.heads", number), key("door.button.walk_in", "door.walk_in", number)),
        (
            key("close.button.publish", "close.publish", number, "yes"),
            key("close.button.keep", "close.publish", number, "no"),
        ),
        *(((key("close.button.reopen", "close.reopen", number),),) if can_reopen(ended, now) else ()),
    )
    return Saying("close.page", values, rows, protected=True)


def _decided(publish: bool | None) -> str:  # noqa: FBT001 - what was decided
    return "open" if publish is None else "yes" if publish else "no"


async def publish(update: Update, context: Context) -> None:
    """Decide whether it is published; the other button changes it."""
    meeting, said = await _closed(context), context.press.word(1)
    if meeting is None or said not in ("yes", "no"):
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await closing.set_publish(tx, meeting.id, publish=said == "yes")
        page = await page_of(tx, meeting, context.now)
    await context.replace(page)


async def minutes(update: Update, context: Context) -> None:
    """The question what was said."""
    await _ask(context, closing_forms.MINUTES)


async def organisation(update: Update, context: Context) -> None:
    """The questions which organisation was there, and with how many."""
    await _ask(context, closing_forms.ORGANISATION)


async def promise(update: Update, context: Context) -> None:
    """The questions who promised what, by when."""
    await _ask(context, closing_forms.PROMISE)


async def _ask(context: Context, form: Form) -> None:
    meeting = await _closed(context)
    if meeting is None:
        return await context.notice("button.closed")
    await forms.begin(context, form, {"meeting": meeting.id})


async def promises(update: Update, context: Context) -> None:
    """What was promised, each with a button to strike it out; and another one."""
    meeting = await _closed(context)
    if meeting is None:
        return await context.notice("button.closed")
    await context.replace(await _promises(context.db, meeting))


async def _promises(db: Reading, meeting: Meeting) -> Saying:
    listed = await closing.promises(db, meeting.id)
    rows = [
        (key("close.button.strike", "close.strike", meeting.id, one.id, what=shortened(one.what, 30)),)
        for one in listed[-SHOWN:]
    ]
    ends = (
        (key("close.button.new_promise", "close.promise", meeting.id),),
        (key("close.button.back", "close.open", meeting.id),),
    )
    lines = texts.listed([promise_line(one) for one in listed[-SHOWN:]], "lines")
    return Saying(
        "close.promises" if listed else "close.promises.none", {"lines": lines}, (*rows, *ends), protected=True
    )


def promise_line(one: Promise) -> texts.Words:
    """A promise in words: who, what, by when, and whether it is published."""
    day = texts.words("close.by", day=date.fromisoformat(one.by_when)) if one.by_when else texts.words("close.no_day")
    how = texts.words("close.promise_published" if one.publish else "close.promise_kept_back")
    return texts.words("close.promise_line", who=one.who, what=one.what, by=day, how=how)


async def ask_strike(update: Update, context: Context) -> None:
    """Whether a promise is to be struck out: it cannot be brought back."""
    meeting, number = await _closed(context), context.press.number(1)
    one = await _promise(context, meeting, number)
    if meeting is None or one is None:
        return await context.notice("button.closed")
    keys = (
        key("close.button.yes_strike", "close.strike_now", meeting.id, one.id),
        key("close.button.no_strike", "close.promises", meeting.id),
    )
    await context.show("close.ask_strike", keys, promise=promise_line(one))


async def strike(update: Update, context: Context) -> None:
    """Strike it out."""
    meeting, number = await _closed(context), context.press.number(1)
    if meeting is None or number is None or await _promise(context, meeting, number) is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await closing.drop_promise(tx, meeting.id, number)
        page = await _promises(tx, meeting)
    await context.replace(page)


async def _promise(context: Context, meeting: Meeting | None, number: int | None) -> Promise | None:
    listed = await closing.promises(context.db, meeting.id) if meeting else []
    return next((one for one in listed if one.id == number), None)


async def _begun(context: Context) -> Meeting | None:
    meeting = await found(context)
    return meeting if meeting and meeting.state == "open" and meeting.starts_at <= context.now else None


async def _closed(context: Context) -> Meeting | None:
    meeting = await found(context)
    return meeting if meeting and meeting.state == "closed" else None


FEATURE: Feature = Feature(
    name="closing",
    buttons=(
        Button("close.ask", ask, COORDINATORS),
        Button("close.now", close, COORDINATORS),
        Button("close.open", open_one, COORDINATORS),
        Button("close.publish", publish, COORDINATORS),
        Button("close.minutes", minutes, COORDINATORS),
        Button("close.organisation", organisation, COORDINATORS),
        Button("close.promise", promise, COORDINATORS),
        Button("close.promises", promises, COORDINATORS),
        Button("close.strike", ask_strike, COORDINATORS),
        Button("close.strike_now", strike, COORDINATORS),
    ),
    forms=(closing_forms.MINUTES, closing_forms.ORGANISATION, closing_forms.PROMISE),
)
