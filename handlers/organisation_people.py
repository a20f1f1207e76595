"""Who speaks for an organisation: added in a few taps, with or without Telegram, and taken off again."""

from collections.abc import Sequence

from telegram import Update

import texts
from handlers import forms, organisation_words
from handlers.context import Context
from handlers.feature import Answers, Button, Choice, Feature, Form, Refusal, Step
from handlers.organisations import pressed
from handlers.readers import line
from handlers.saying import Saying, key, labelled
from rules import emails, phones
from rules.roles import COORDINATORS
from storage import organisations, people, routes
from storage.database import Reading, Writing
from storage.people import Person

NAME_LONGEST, POSITION_LONGEST, SAME_SHOWN = 60, 80, 5
ANOTHER = "another"


async def listed(update: Update, context: Context) -> None:
    """Its people, each at a tap, and a new one."""
    one = await pressed(context)
    if one is None:
        return await context.notice("button.closed")
    found = await organisations.people_of(context.db, one.id)
    rows = [(labelled(_called(person), "org.person", person.id),) for person in found]
    keys = (
        *rows,
        (key("organisations.button.add_person", "org.add_person", one.id),),
        (organisation_words.back(one.id),),
    )
    await context.show("organisations.people" if found else "organisations.people.none", *keys, name=one.name)


def _called(person: Person) -> str:
    return f"{person.display_name} · {person.position}" if person.position else person.display_name


async def open_one(update: Update, context: Context) -> None:
    """One of them: position, ways to reach them, whether they use the bot."""
    person = await _person(context)
    if person is None:
        return await context.notice("button.closed")
    await context.replace(await _page(context.db, person))


async def _page(db: Reading, person: Person) -> Saying:
    number = person.organisation_id or 0
    one = await organisations.by_id(db, number)
    ways = [f"{route.value}" for route in await routes.of_person(db, person.id)]
    here = "organisations.person.on" if person.telegram_id and person.consented else "organisations.person.off"
    what = "organisations.person.at" if person.position else "organisations.person.speaks"
    values = {
        "name": person.display_name,
        "what": texts.words(what, position=person.position, organisation=one.name if one else ""),
        "ways": texts.listed(ways) if ways else texts.words("value.none"),
        "here": texts.words(here),
    }
    keys = (
        (key("organisations.button.log_person", "log.about", person.id),),
        (key("organisations.button.record", "people.open", person.id),),
        (key("organisations.button.gone_person", "org.not_person", person.id),),
        (key("organisations.button.people", "org.people", number), organisation_words.back(number)),
    )
    return Saying("organisations.person", values, keys, protected=True)


async def _person(context: Context) -> Person | None:
    """The person a button is about, while they speak for an organisation."""
    number = context.press.number(0)
    person = None if number is None else await people.by_id(context.db, number)
    return person if person and person.organisation_id is not None else None


async def ask_person(update: Update, context: Context) -> None:
    """The questions about somebody who speaks for it."""
    one = await pressed(context)
    if one is None:
        return await context.notice("button.closed")
    await forms.begin(context, PERSON, {"organisation": one.id})


async def no_longer(update: Update, context: Context) -> None:
    """They speak for it no more; their own record stays."""
    person = await _person(context)
    if person is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await organisations.speaks_no_longer(tx, person.id)
    await context.show(
        "organisations.not_person", (organisation_words.back(person.organisation_id or 0),), name=person.display_name
    )


async def read_name(context: Context, typed: str, answers: Answers) -> str | Refusal:
    """A name; digits alone are none, because numbers stand for people found already."""
    words = line(NAME_LONGEST)(context, typed, answers)
    if isinstance(words, Refusal) or not words.isdigit():
        return words
    return Refusal("log.who.not_a_name")


async def same_name(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """People on record under this name, and somebody else."""
    known = await people.named(db, answers["name"])
    return [*(Choice(str(one.id), one.display_name) for one in known[:SAME_SHOWN]), Choice(ANOTHER)]


def read_way(context: Context, typed: str, answers: Answers) -> str | Refusal:
    """A phone number or an e-mail address."""
    if "@" in typed:
        return emails.read(typed) or Refusal("organisations.no_email")
    try:
        return phones.read(typed).number
    except phones.NotAPhone:
        return Refusal("organisations.no_phone")


async def keep(tx: Writing, context: Context, answers: Answers) -> int:
    """The person, on record and speaking for the organisation; the organisation's number."""
    number, same = answers["organisation"], answers["same"]
    known = None if same == ANOTHER else await people.by_id(tx, int(same))
    invented = context.council.rehearsal
    person = known or await people.add_by_hand(tx, answers["name"], context.now, invented=invented)
    await organisations.speaks_for(tx, person.id, number, answers["position"])
    if answers["way"]:
        kind = "email" if "@" in answers["way"] else "phone"
        await routes.add(tx, person.id, kind, answers["way"], context.now)
    return person.id


async def reply(context: Context, person_id: int) -> None:
    """The person as they are on record now."""
    person = await people.by_id(context.db, person_id)
    if person is not None:
        await context.speak(await _page(context.db, person))


PERSON: Form = Form(
    "organisation_person",
    (
        Step("name", reader=read_name),
        Step("same", same_name),
        Step("position", reader=line(POSITION_LONGEST), optional=True),
        Step("way", reader=read_way, optional=True),
    ),
    keep,
    reply,
    COORDINATORS,
)
FEATURE: Feature = Feature(
    name="organisation_people",
    buttons=(
        Button("org.people", listed, COORDINATORS),
        Button("org.person", open_one, COORDINATORS),
        Button("org.add_person", ask_person, COORDINATORS),
        Button("org.not_person", no_longer, COORDINATORS),
    ),
    forms=(PERSON,),
)
