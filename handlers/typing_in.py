"""/type: paper forms typed in, one sheet after another: name, contact, and one line of the codes beside the boxes."""

from collections.abc import Mapping, Sequence

from telegram import Update

import texts
from handlers import forms, typed_words
from handlers.context import Context
from handlers.feature import Answers, Choice, Command, Feature, Form, Refusal, Step
from handlers.readers import line
from handlers.saying import Saying
from reports.paper import FORMS
from rules import emails, paper_week, phones, sign_up
from rules.roles import COORDINATORS
from storage import approaches, by_paper, people
from storage.by_paper import Sheet
from storage.database import Reading, Writing
from storage.people import Person

NAME_LONGEST, SHOWN = 60, 6
JOIN, FREE = FORMS
NEW, AGAIN, NO_CODE = "new", "again", "none"


async def start(update: Update, context: Context) -> None:
    """The first question: which form."""
    await forms.begin(context, TYPING)


async def which_approach(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The approaches that staff have made and still use."""
    named = [one for one in await approaches.ours(db) if one.ended_at is None]
    return [*(Choice(str(one.id), f"{one.title} ({one.code})") for one in named[:SHOWN]), Choice(NO_CODE)]


async def read_approach(context: Context, text: str, answers: Answers) -> str | Refusal:
    """The approach whose code is printed at the foot of the sheet."""
    found = await approaches.by_code(context.db, text.strip())
    return str(found.id) if found else Refusal("typing.approach.unknown")


def read_contact(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A phone number as +44..., or an e-mail address."""
    if "@" in text:
        return emails.read(text) or Refusal("typing.contact.not_understood")
    try:
        return phones.read(text).number
    except phones.NotAPhone:
        return Refusal("typing.contact.not_understood")


def read_codes(context: Context, text: str, answers: Answers) -> dict[str, str] | Refusal:
    """Answers by the codes beside the boxes: "M2 S1 J3 N"."""
    try:
        return sign_up.read(text, context.council)
    except sign_up.NotACode as error:
        return Refusal("typing.codes.not_understood", {"words": error.words})


def read_week(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A week as "Mo3 Tu34 We-", kept the way it is written."""
    bands = context.council.bands
    try:
        return paper_week.written(paper_week.read(text, bands), bands)
    except paper_week.NotAWeek as error:
        return Refusal("typing.week.not_understood", {"words": error.words})


async def about_codes(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """What each code on the sheet stands for."""
    return {"codes": typed_words.every_code(context.council)}


async def about_check(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The sheet in words, to be held against the paper."""
    council = context.council
    said = (
        typed_words.week(council, answers["week"])
        if answers["form"] == FREE
        else typed_words.answers(council, answers["codes"] or {})
    )
    contact = answers["contact"]
    shown = (phones.said(contact) if "@" not in contact else contact) if contact else texts.words("approach.unsaid")
    return {"name": answers["name"], "contact": shown, "said": said}


async def whose(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """Whose sheet it is: those whom we know by this contact or name, somebody new; or to type it again."""
    known = await by_paper.candidates(db, answers["name"], answers["contact"])
    return [
        *(Choice(str(one.id), one.display_name or answers["name"]) for one in known[:SHOWN]),
        Choice(NEW),
        Choice(AGAIN),
    ]


async def save(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """Keep the sheet, say what was kept, and ask for the next one."""
    onward = {name: answers[name] for name in ("form", "approach")}
    if answers["signed"] == "no":
        return [Saying("typing.unsigned"), await forms.open_in(tx, context, TYPING, onward)]
    if answers["check"] == AGAIN:
        return [await forms.open_in(tx, context, TYPING, onward)]
    person = await _keep(tx, context, answers)
    known = Saying("button.closed") if person is None else Saying("typing.saved", {"name": answers["name"]})
    return [known, await forms.open_in(tx, context, TYPING, onward)]


async def _keep(tx: Writing, context: Context, answers: Answers) -> Person | None:
    """The person of the sheet; None for somebody who has been erased meanwhile."""
    known = None if answers["check"] == NEW else await people.by_id(tx, int(answers["check"]))
    if known is None and answers["check"] != NEW:
        return None
    approach = None if answers["approach"] == NO_CODE else await approaches.by_id(tx, int(answers["approach"]))
    language = (approach.language if approach else "") or context.council.languages[0]
    sheet = Sheet(
        answers["name"],
        answers["contact"],
        approach.id if approach else None,
        language,
        context.council.notice_version,
    )
    person = await by_paper.begin(tx, sheet, known, context.now, invented=context.council.rehearsal)
    if answers["form"] == JOIN:
        await by_paper.sign_up(tx, person, answers["codes"] or {}, context.now)
    else:
        week = paper_week.read(answers["week"], context.council.bands)
        await by_paper.say_week(tx, person.id, week, context.now)
    return person


async def reply(context: Context, sayings: list[Saying]) -> None:
    """What was kept, and the next sheet."""
    for saying in sayings:
        await context.speak(saying)


def _signed(answers: Answers) -> bool:
    return answers.get("signed") == "yes"


def _signed_join(answers: Answers) -> bool:
    return _signed(answers) and answers.get("form") == JOIN


def _signed_free(answers: Answers) -> bool:
    return _signed(answers) and answers.get("form") == FREE


TYPING: Form = Form(
    "typing",
    (
        Step("form", FORMS, columns=2),
        Step("approach", which_approach, reader=read_approach),
        Step("name", reader=line(NAME_LONGEST)),
        Step("contact", reader=read_contact, optional=True),
        Step("signed", ("yes", "no"), columns=2),
        Step("codes", reader=read_codes, optional=True, when=_signed_join, about=about_codes, unsaid=True),
        Step("week", reader=read_week, when=_signed_free, unsaid=True),
        Step("check", whose, when=_signed, about=about_check, unsaid=True),
    ),
    save,
    reply,
    COORDINATORS,
)
FEATURE: Feature = Feature(name="typing_in", commands=(Command("type", start, COORDINATORS),), forms=(TYPING,))
