"""Logging a contact made by hand in four taps: how, with whom or where, what came of it, and a note."""

from collections.abc import Mapping, Sequence

from telegram import Update

from handlers import forms
from handlers.context import Context
from handlers.feature import Answers, Button, Choice, Command, Feature, Form, Refusal, Step
from handlers.readers import line
from handlers.saying import Saying, key
from rules.dispositions import OUTCOMES
from rules.roles import COORDINATORS
from rules.silence import silent_at
from storage import by_hand, contacts, help_requests, people
from storage.database import Reading, Writing

APPROACHES = ("call", "visit", "email", "letter", "whatsapp", "in_person")
NAME_LONGEST, NOTE_LONGEST = 120, 1_000
SHOWN = 8
NEW, PLACE = "new", "place"


async def start(update: Update, context: Context) -> None:
    """The first question: how the contact was made."""
    await forms.begin(context, LOG)


async def start_about(update: Update, context: Context) -> None:
    """Log a contact with the person whose button was pressed, about the meeting it names, if any."""
    number = context.press.number(0)
    person = None if number is None else await people.by_id(context.db, number)
    if person is None:
        return await context.notice("button.closed")
    await forms.begin(context, LOG, {"who": str(person.id), "about": context.press.number(1) or 0})


async def recent_people(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The people dealt with last, somebody new, a place."""
    return [*_people(await contacts.recent_people(db, SHOWN)), Choice(NEW), Choice(PLACE)]


async def found_people(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The people whose name has the words that were typed, somebody new, a place."""
    return [*_people(await people.find(db, answers["who"], SHOWN)), Choice(NEW), Choice(PLACE)]


def _people(found: Sequence[people.Person]) -> list[Choice]:
    return [Choice(str(person.id), person.display_name) for person in found if person.display_name]


async def about_which(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The words that were searched for."""
    return {"words": answers["who"]}


async def read_who(context: Context, text: str, answers: Answers) -> str | Choice | Refusal:
    """The one person of exactly this name, or part of a name to look for. Numbers stand for people found already."""
    words = line(NAME_LONGEST)(context, text, answers)
    if isinstance(words, Refusal) or words.isdigit():
        return words if isinstance(words, Refusal) else Refusal("log.who.not_a_name")
    named = _people(await people.named(context.db, words))
    return named[0] if len(named) == 1 else words


def _searched(answers: Answers) -> bool:
    return "who" in answers and not answers["who"].isdigit() and answers["who"] not in (NEW, PLACE)


def _target(answers: Answers) -> str:
    """A person's number, 'new' or 'place'; '' while it is not chosen."""
    target: str = answers.get("which", "") if _searched(answers) else answers.get("who", "")
    return target


async def save(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Write the contact down; what was written, with a way to take it back."""
    person_id, name = await _whom(tx, context, answers)
    if not name and person_id is None:
        return Saying("button.closed")
    logged = await by_hand.log_by_hand(
        tx,
        person_id=person_id,
        place=None if person_id else name,
        approach_code=answers["approach"],
        outcome=answers["outcome"],
        note=answers["note"],
        made_by=context.person.id,
        now=context.now,
        about=answers.get("about", 0),
        silent_at=silent_at("by_hand", context.now, None, context.council),
    )
    keys = [(key("log.button.undo", "log.undo", logged),)]
    keys += [
        (key("log.button.off_the_list", "queue.done", request.id),)
        for request in await help_requests.waiting(tx)
        if request.person.id == person_id
    ]
    return Saying("log.saved", {"name": name}, tuple(keys))


async def _whom(tx: Writing, context: Context, answers: Answers) -> tuple[int | None, str]:
    """The person's id and name, or the place; no id and no name for somebody who was erased meanwhile."""
    target = _target(answers)
    if target == PLACE:
        return None, answers["place_name"]
    if target == NEW:
        person = await people.add_by_hand(tx, answers["new_name"], context.now)
        return person.id, person.display_name
    known = await people.by_id(tx, int(target))
    return (known.id, known.display_name) if known else (None, "")


async def reply(context: Context, logged: Saying) -> None:
    """Say what was written down."""
    await context.speak(logged)


async def undo(update: Update, context: Context) -> None:
    """Mark a contact as logged by mistake; the history keeps that it was."""
    number = context.press.number(0)
    if number is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        undone = await contacts.take_back(tx, number, context.person.id, context.now)
    if not undone:
        return await context.notice("button.closed")
    await context.show("log.undone")


LOG = Form(
    "log",
    (
        Step("approach", APPROACHES, columns=2),
        Step("who", recent_people, reader=read_who, columns=2, unsaid=True),
        Step("which", found_people, when=_searched, about=about_which),
        Step("new_name", reader=line(NAME_LONGEST), when=lambda answers: _target(answers) == NEW),
        Step("place_name", reader=line(NAME_LONGEST), when=lambda answers: _target(answers) == PLACE),
        Step("outcome", OUTCOMES, columns=2),
        Step("note", reader=line(NOTE_LONGEST), optional=True),
    ),
    save,
    reply,
    COORDINATORS,
)
FEATURE = Feature(
    name="log",
    commands=(Command("log", start, COORDINATORS),),
    buttons=(Button("log.about", start_about, COORDINATORS), Button("log.undo", undo, COORDINATORS)),
    forms=(LOG,),
)
