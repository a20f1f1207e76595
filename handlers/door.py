"""/door: who is here. The code of the moment, the coordinator's list, walk-ins, and a bare head-count."""

from telegram import Update

import texts
from handlers import door_forms, forms
from handlers.context import Context
from handlers.door_forms import KEPT, found
from handlers.door_page import OPENS, has_code, page_of
from handlers.feature import Button, Command, Feature
from handlers.meeting_words import in_a_line, need_line
from handlers.saying import Key, Saying, key
from rules.roles import COORDINATORS
from storage import attendance, closing, door_pages, meetings, needs
from storage.attendance import STANDINGS, Listed
from storage.database import Reading
from storage.meetings import Meeting

NAMES, LISTED = 8, 10


async def show(update: Update, context: Context) -> None:
    """Which meeting: those that are near or over and not closed, and those closed of late."""
    listed = [one for one in await meetings.upcoming(context.db, context.now - KEPT) if _near(one, context.now)]
    ended = [
        await meetings.by_id(context.db, one) for one in await closing.closed_since(context.db, context.now - KEPT)
    ]
    rows = [(key("meeting.line", "door.open", one.id, **in_a_line(one)),) for one in listed[:LISTED]]
    rows += [(key("door.closed_line", "close.open", one.id, **in_a_line(one)),) for one in ended if one]
    await context.say("door.choose" if rows else "door.none", *rows)


def _near(meeting: Meeting, now: int) -> bool:
    return meeting.state == "open" and meeting.starts_at - OPENS <= now


async def open_one(update: Update, context: Context) -> None:
    """The code of this moment, who came so far, and what can be done."""
    meeting = await found(context)
    if meeting is None or not _near(meeting, context.now):
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        secret = await attendance.door_secret(tx, meeting.id, context.now)
        if has_code(meeting, context.now) and context.turn.message_id is not None:
            await door_pages.keep(tx, context.person.id, meeting.id, context.turn.message_id)
        page = await page_of(tx, meeting, secret, context.now, context.council)
    await context.replace(page)


async def list_(update: Update, context: Context) -> None:
    """Everybody who may come: a tap on a name says that they are here."""
    meeting, page = await found(context), context.press.number(1)
    if meeting is None or page is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await door_pages.drop(tx, context.person.id)
        shown = await _list(tx, meeting, page)
    await context.replace(shown)


async def _list(db: Reading, meeting: Meeting, page: int) -> Saying:
    people = await attendance.door_list(db, meeting.id)
    wanting = {need.person_id for need in await needs.by_person(db, meeting.id)}
    shown = people[page * NAMES : (page + 1) * NAMES]
    rows = [_line(meeting, one, page, needs_something=one.person_id in wanting) for one in shown]
    turns = [key("door.button.before", "door.list", meeting.id, page - 1)] if page else []
    turns += [key("door.button.more", "door.list", meeting.id, page + 1)] if len(people) > (page + 1) * NAMES else []
    back = key("door.button.back", "close.open" if meeting.state == "closed" else "door.open", meeting.id)
    came = sum(one.standing == "came" for one in people)
    name = "door.list" if people else "door.list.none"
    return Saying(
        name, {"meeting": meeting, "came": came, "of": len(people)}, (*rows, tuple(turns), (back,)), protected=True
    )


def _line(meeting: Meeting, one: Listed, page: int, *, needs_something: bool) -> tuple[Key, ...]:
    wanted = "none" if one.standing == "came" else "came"
    mark = key(f"door.mark.{one.standing or 'none'}", "door.mark", meeting.id, one.person_id, wanted, page)
    name = one.display_name or texts.words("queue.nameless")
    more = key(
        "door.button.needs" if needs_something else "door.button.other", "door.person", meeting.id, one.person_id, page
    )
    return Key(mark.name, mark.data, {"name": name}), more


async def mark(update: Update, context: Context) -> None:
    """Keep how one person stands, or that nothing is recorded after all."""
    meeting, person_id, page = await found(context), context.press.number(1), context.press.number(3)
    one, wanted = await _one(context, meeting, person_id), context.press.word(2)
    if meeting is None or one is None or page is None or wanted not in (*STANDINGS, "none"):
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        if wanted == "none":
            await attendance.take_back(tx, meeting.id, one.person_id, context.now)
        else:
            await attendance.record(
                tx, meeting.id, one.person_id, wanted, "coordinator", context.now, recorded_by=context.person.id
            )
        shown = await _list(tx, meeting, page)
    await context.replace(shown)


async def person(update: Update, context: Context) -> None:
    """Every way in which one person can stand."""
    meeting, page = await found(context), context.press.number(2)
    one = await _one(context, meeting, context.press.number(1))
    if meeting is None or one is None or page is None:
        return await context.notice("button.closed")
    keys = [
        (key(f"door.standing.{code}", "door.mark", meeting.id, one.person_id, code, page),)
        for code in (*STANDINGS, "none")
    ]
    mine = [
        need_line(need) for need in await needs.by_person(context.db, meeting.id) if need.person_id == one.person_id
    ]
    said = texts.words("door.needs", lines=texts.listed(mine, "lines")) if mine else ""
    at = texts.words("door.at", at=context.local(one.at)) if one.at else ""
    name = one.display_name or texts.words("queue.nameless")
    now = texts.words(f"door.standing.{one.standing or 'none'}")
    back = (key("door.button.list", "door.list", meeting.id, page),)
    await context.show("door.person", *keys, back, name=name, standing=now, at=at, needs=said)


async def _one(context: Context, meeting: Meeting | None, person_id: int | None) -> Listed | None:
    people = await attendance.door_list(context.db, meeting.id) if meeting else []
    return next((one for one in people if one.person_id == person_id), None)


async def walk_in(update: Update, context: Context) -> None:
    """Somebody came without an answer: the question who."""
    meeting = await found(context)
    if meeting is None:
        return await context.notice("button.closed")
    await forms.begin(context, door_forms.WALK_IN, {"meeting": meeting.id})


async def heads(update: Update, context: Context) -> None:
    """The question how many people are in the room."""
    meeting = await found(context)
    if meeting is None:
        return await context.notice("button.closed")
    await forms.begin(context, door_forms.HEADS, {"meeting": meeting.id})


async def undo_walk_in(update: Update, context: Context) -> None:
    """They did not walk in after all."""
    meeting = await found(context)
    one = await _one(context, meeting, context.press.number(1))
    if meeting is None or one is None or one.how != "walk_in":
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await attendance.take_back(tx, meeting.id, one.person_id, context.now)
    await context.show("door.undone", (key("door.button.list", "door.list", meeting.id, 0),), name=one.display_name)


FEATURE: Feature = Feature(
    name="door",
    commands=(Command("door", show, COORDINATORS),),
    buttons=(
        Button("door.open", open_one, COORDINATORS),
        Button("door.list", list_, COORDINATORS),
        Button("door.mark", mark, COORDINATORS),
        Button("door.person", person, COORDINATORS),
        Button("door.walk_in", walk_in, COORDINATORS),
        Button("door.undo", undo_walk_in, COORDINATORS),
        Button("door.heads", heads, COORDINATORS),
    ),
    forms=(door_forms.WALK_IN, door_forms.HEADS),
)
