"""A certificate for each meeting somebody came to: the name asked for once, the PDF in the chat, a code that proves it.

`/verify` says to anybody whether a code is ours, and for which date and hours; never for whom.
"""

import asyncio
from collections.abc import Sequence

import structlog
from telegram import Update

from handlers import forms
from handlers.context import Context
from handlers.feature import Answers, Button, Choice, Command, Feature, Form, Refusal, Step
from handlers.readers import line
from handlers.saying import Document, Saying, key
from reports import certificate as papers
from reports.pages import MissingLetters
from rules import certificates
from rules.roles import EVERYONE, WORKERS
from storage import certificates as kept
from storage import contributions
from storage.contributions import Attended
from storage.database import Reading, Writing

log = structlog.get_logger()

NAME_LONGEST = 80
MINE = "mine"
_SOME_DAY = 2**40


async def ask(update: Update, context: Context) -> None:
    """The certificate of one meeting; the first time, which name it is to have."""
    meeting = await _attended(context)
    if meeting is None:
        early = await _attended(context, at=_SOME_DAY)
        return await context.notice("certificate.not_yet" if early else "button.closed", alert=bool(early))
    if await kept.name_of(context.db, context.person.id) is None:
        return await forms.begin(context, NAME, {"meeting": meeting.meeting_id})
    async with context.transaction() as tx:
        secret = await kept.secret(tx)
    await _send(context, meeting, secret)


async def rename(update: Update, context: Context) -> None:
    """Another name, and the certificate anew."""
    meeting = await _attended(context)
    if meeting is None:
        return await context.notice("button.closed")
    await forms.begin(context, NAME, {"meeting": meeting.meeting_id})


async def _attended(context: Context, at: int | None = None) -> Attended | None:
    number = context.press.number(0)
    if number is None:
        return None
    return await contributions.attended(context.db, context.person.id, number, at or context.now)


async def known_name(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The name we know them by, to be taken with one tap."""
    return [Choice(MINE, context.person.display_name)] if context.person.display_name else []


def read_name(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A name of at most so many characters, with at least one letter in it."""
    name = line(NAME_LONGEST)(context, text, answers)
    if isinstance(name, Refusal) or any(sign.isalpha() for sign in name):
        return name
    return Refusal("certificate_name.name.no_letters")


async def keep_name(tx: Writing, context: Context, answers: Answers) -> tuple[Attended | None, bytes]:
    """Keep the name; the meeting to certify, and the secret behind its code."""
    name = answers["name"] if answers["name"] != MINE else context.person.display_name
    await kept.set_name(tx, context.person.id, name)
    meeting = await contributions.attended(tx, context.person.id, int(answers["meeting"]), context.now)
    return meeting, await kept.secret(tx)


async def reply(context: Context, kept: tuple[Attended | None, bytes]) -> None:
    """The certificate; or that it is no more theirs."""
    meeting, secret = kept
    if meeting is None:
        await context.say("button.closed")
    else:
        await _send(context, meeting, secret)


async def _send(context: Context, meeting: Attended, secret: bytes) -> None:
    name = await kept.name_of(context.db, context.person.id) or context.person.display_name
    code = certificates.issue(secret, meeting.facts, name)
    again = (key("certificate.button.name", "certificate.name", meeting.meeting_id),)
    try:
        content = await asyncio.to_thread(papers.certificate, paper(context, name), meeting, code)
    except MissingLetters:
        log.warning("alert: no font here has the letters of somebody's certificate; install one, such as Noto")
        await context.say("certificate.cannot_print", again, name=name)
        return
    values = {"title": meeting.title, "name": name, "day": meeting.starts.date()}
    file = Document(f"certificate-{meeting.local_start[:10]}.pdf", content)
    await context.speak(
        Saying("certificate.sent", values, (again, (key("command.mine", "go", "mine"),)), document=file)
    )


def paper(context: Context, name: str) -> papers.Paper:
    """Whose paper it is, and where it comes from."""
    bot = context.services.bot_username()
    return papers.Paper(name, context.language, bot, context.council, invented=context.person.invented)


async def verify(update: Update, context: Context) -> None:
    """Whether a code is ours: `/verify CODE`, or `/verify CODE NAME`."""
    await check(context, " ".join(context.args or ()))


async def check(context: Context, typed: str) -> None:
    """The answer about the code that these words begin with. What is not ours is all the same to us, and to them."""
    if not typed.strip():
        await context.say("certificate.verify.how")
        return
    found = await kept.check(context.db, *certificates.found_in(typed))
    if found is None:
        await context.say("certificate.verify.no")
        return
    name = f"certificate.verify.{answer_to(found)}"
    await context.say(name, day=found.day, hours=found.hours, council=context.council.name)


def answer_to(found: kept.Checked) -> str:
    """Which of our answers it is: 'yes', or 'named' or 'not_named' to whoever asked about a name."""
    return "yes" if found.named is None else "named" if found.named else "not_named"


NAME = Form(
    "certificate_name",
    (Step("name", known_name, reader=read_name),),
    keep_name,
    reply,
    WORKERS,
)
FEATURE = Feature(
    name="certificate",
    commands=(Command("verify", verify, EVERYONE, in_menu=False),),
    buttons=(Button("certificate", ask, WORKERS), Button("certificate.name", rename, WORKERS)),
    forms=(NAME,),
)
