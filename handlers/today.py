"""/today: what waits for a coordinator, as one message of words with a button to each."""

from collections.abc import Sequence
from datetime import date, timedelta

from telegram import Update

import texts
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.log_words import call_back_key
from handlers.meeting_words import in_a_line
from handlers.saying import Key, Saying, key
from rules.roles import COORDINATORS
from storage import attempts, by_hand, closing, help_requests, meetings, passing_on, responses, today

SHOWN = 3
DAY = 24 * 3600
WEEK = 7 * DAY
NO_NEWS_HOLDS = WEEK

Section = tuple[list[texts.Words], Sequence[tuple[Key, ...]]]


async def show(update: Update, context: Context) -> None:
    """Everything that waits, in one message."""
    await context.speak(await _page(context))


async def _page(context: Context) -> Saying:
    sections = [
        await _people(context),
        await _call_backs(context),
        await _meetings(context),
        await _to_close(context),
        await _promises(context),
        await _organisations(context),
    ]
    lines = [line for said, _ in sections for line in said]
    rows = [row for _, keys in sections for row in keys]
    home = (key("today.button.people", "go", "people"), key("button.home", "go", "home"))
    day = context.local(context.now)
    if not lines:
        return Saying("today.nothing", {"day": day}, (home,))
    return Saying("today.page", {"day": day, "lines": texts.listed(lines, "lines")}, (*rows, home))


async def _people(context: Context) -> Section:
    count = len(await help_requests.waiting(context.db)) + len(await by_hand.needing(context.db))
    if not count:
        return [], []
    return [texts.words("today.people", count=count)], [(key("today.button.queue", "go", "queue", count=count),)]


async def _call_backs(context: Context) -> Section:
    """The calls whose time comes before tomorrow, and those for which no time was said."""
    midnight = (context.local(context.now) + timedelta(days=1)).replace(hour=0, minute=0, second=0)
    tonight = int(midnight.timestamp())
    wanted = [one for one in await attempts.call_backs(context.db) if (one.call_back_at or 0) < tonight]
    if not wanted:
        return [], []
    rows = [(call_back_key(context, one),) for one in wanted[:SHOWN]]
    return [texts.words("today.call_backs", count=len(wanted))], rows


async def _meetings(context: Context) -> Section:
    """The meetings of the coming week, with who comes."""
    near = [one for one in await meetings.upcoming(context.db, context.now) if one.starts_at < context.now + WEEK]
    near = [one for one in near if one.state == "open"]
    lines, rows = [], []
    for one in near[:SHOWN]:
        counts = await responses.summary(context.db, one.id, invented=context.council.rehearsal)
        lines.append(texts.words("today.meeting", counts=counts, **in_a_line(one)))
        rows.append((key("meeting.line", "meeting.open", one.id, **in_a_line(one)),))
    return lines, rows


async def _to_close(context: Context) -> Section:
    over = await closing.to_close(context.db, context.now)
    found = [one for one in [await meetings.by_id(context.db, number) for number in over[:SHOWN]] if one]
    rows = [(key("today.button.close", "close.ask", one.id, title=one.title),) for one in found]
    return ([texts.words("today.to_close", count=len(over))], rows) if over else ([], [])


async def _promises(context: Context) -> Section:
    """What was promised for the coming week or before: kept, or no news yet."""
    until = f"{context.local(context.now + WEEK):%Y-%m-%d}"
    due = await today.promises_due(context.db, until, context.now - NO_NEWS_HOLDS)
    lines = [
        texts.words("today.promise", who=one.who, what=one.what, day=date.fromisoformat(one.by_when))
        for one in due[:SHOWN]
    ]
    rows = [
        (
            key("today.button.kept", "today.kept", one.id, what=one.what),
            key("today.button.no_news", "today.no_news", one.id),
        )
        for one in due[:SHOWN]
    ]
    return ([texts.words("today.promises", count=len(due)), *lines], rows) if due else ([], [])


async def _organisations(context: Context) -> Section:
    """Those by whose code nobody came though they had agreed, and those that have fallen silent: a button to each."""
    invented = context.council.rehearsal
    unkept = (await passing_on.unkept(context.db, context.now - WEEK, invented=invented))[:SHOWN]
    found = await today.silent(context.db, invented=invented, most=SHOWN)
    lines = [texts.words("today.unkept", name=name, count=(context.now - since) // DAY) for _, name, since in unkept]
    lines += [texts.words("today.silent", name=one.name, since=context.local(one.since)) for one in found]
    names = {number: name for number, name, _ in unkept} | {one.id: one.name for one in found}
    return lines, [(key("today.button.organisation", "org.open", one, name=name),) for one, name in names.items()]


async def kept(update: Update, context: Context) -> None:
    """A promise was kept."""
    async with context.transaction() as tx:
        done = await closing.keep_promise(tx, context.press.number(0) or 0, context.now)
    await _answer(context, "today.kept" if done else "button.closed")


async def no_news(update: Update, context: Context) -> None:
    """There is no news of a promise yet: it is asked about again in a week."""
    async with context.transaction() as tx:
        noted = await today.no_news(tx, context.press.number(0) or 0, context.now)
    await _answer(context, "today.no_news" if noted else "button.closed")


async def _answer(context: Context, name: str) -> None:
    await context.notice(name)
    await context.replace(await _page(context))


FEATURE = Feature(
    name="today",
    commands=(Command("today", show, COORDINATORS),),
    buttons=(Button("today.kept", kept, COORDINATORS), Button("today.no_news", no_news, COORDINATORS)),
)
