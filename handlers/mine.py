"""/mine: what somebody has given, in words and on paper, and a certificate for each meeting they came to."""

import asyncio

from telegram import Update

import texts
from handlers.certificate import paper
from handlers.context import Context
from handlers.feature import Button, Command, Feature
from handlers.saying import Document, Saying, key, shortened
from reports import certificate as papers
from reports.pages import MissingLetters
from rules.roles import WORKERS
from storage import certificates, contributions
from storage.contributions import Attended, Contribution, in_hours

SHOWN, TITLE_SHOWN = 6, 26


async def show(update: Update, context: Context) -> None:
    """Sums, the newest meetings, and the papers there are."""
    given = await contributions.of_person(context.db, context.person.id, context.now)
    await context.speak(page(given))


def page(given: Contribution) -> Saying:
    """What somebody has given, with a button for each certificate."""
    home = (key("button.home", "go", "home"), key("command.me", "go", "me"))
    if not (given.attended or given.votes or given.led):
        return Saying("mine.none", {}, (home,))
    newest = given.attended[:SHOWN]
    values = {
        "meetings": len(given.attended),
        "hours": given.hours,
        "votes": given.votes,
        "led": given.led,
        "lines": texts.listed([_line(one) for one in newest], "lines"),
    }
    rows = [
        (key("mine.button.certificate", "certificate", one.meeting_id, title=shortened(one.title, TITLE_SHOWN)),)
        for one in newest
    ]
    return Saying("mine.page", values, (*rows, (key("mine.button.file", "mine.file"),), home))


def _line(one: Attended) -> texts.Words:
    return texts.words("mine.line", day=one.starts.date(), title=one.title, hours=in_hours(one.minutes))


async def file(update: Update, context: Context) -> None:
    """All of it as a PDF for their own folder."""
    given = await contributions.of_person(context.db, context.person.id, context.now)
    name = await certificates.name_of(context.db, context.person.id) or context.person.display_name
    whose = paper(context, name)
    today = context.local(context.now)
    try:
        content = await asyncio.to_thread(papers.record, whose, given, today)
    except MissingLetters:
        return await context.notice("certificate.cannot_print", alert=True, name=name)
    await context.speak(Saying("mine.file", document=Document(f"record-{today:%Y-%m-%d}.pdf", content)))


FEATURE = Feature(
    name="mine",
    commands=(Command("mine", show, WORKERS),),
    buttons=(Button("mine.file", file, WORKERS),),
)
