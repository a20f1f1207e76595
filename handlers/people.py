"""/people: anybody on record, with Telegram or without; somebody new in a few taps; what can be done about each."""

from telegram import Update

from handlers import forms, people_page
from handlers.context import Context
from handlers.feature import Button, Choice, Command, Feature, Refusal
from handlers.people_form import CHANGEABLE, PEOPLE, PERSON_EDIT, PERSON_NEW, PERSON_ROUTE, read_person
from handlers.people_pairs import BUTTONS
from handlers.route_words import said_reach
from handlers.saying import key
from rules.roles import COORDINATORS, STAFF
from storage import audit, erasure, joining, people, routes
from storage.people import Person

MEET = "meet-"


async def start(update: Update, context: Context) -> None:
    """Ask who it is; words after the command are looked for at once."""
    words = " ".join(context.args or ())
    if not words:
        return await forms.begin(context, PEOPLE)
    who = await read_person(context, words, {})
    if isinstance(who, Refusal):
        return await forms.begin(context, PEOPLE)
    person = await people.by_id(context.db, int(who.value)) if isinstance(who, Choice) else None
    if person is None:
        return await forms.begin(context, PEOPLE, {"who": who})
    await context.speak(await people_page.page(context.db, context, person))


async def add(update: Update, context: Context) -> None:
    """Write somebody new down."""
    await forms.begin(context, PERSON_NEW)


async def open_one(update: Update, context: Context) -> None:
    """The person's page."""
    person = await _person(context)
    if person is None:
        return await context.notice("button.closed")
    await context.replace(await people_page.page(context.db, context, person))


async def add_route(update: Update, context: Context) -> None:
    """Ask for one more way to reach them."""
    person = await _person(context)
    if person is None:
        return await context.notice("button.closed")
    await forms.begin(context, PERSON_ROUTE, {"person": person.id})


async def edit(update: Update, context: Context) -> None:
    """What can be changed, and the ways that can be taken away."""
    person = await _person(context, paper=True)
    if person is None:
        return await context.notice("button.closed")
    fields = [key(f"people.edit.{field}", "people.field", person.id, field) for field in CHANGEABLE]
    rows = [tuple(fields[:2]), tuple(fields[2:])]
    for one in await routes.of_person(context.db, person.id):
        way = said_reach({"kind": one.kind, "value": one.value})
        rows.append((key("people.button.no_route", "people.no_route", person.id, one.id, way=way),))
    rows.append((key("people.button.erase", "people.erase", person.id), key("button.back", "people.open", person.id)))
    await context.show("people.edit", *rows, name=people_page.called(person))


async def change(update: Update, context: Context) -> None:
    """Ask the one question."""
    person, field = await _person(context, paper=True), context.press.word(1)
    if person is None or field not in CHANGEABLE:
        return await context.notice("button.closed")
    await forms.begin(context, PERSON_EDIT, {"person": person.id, "field": field})


async def remove_route(update: Update, context: Context) -> None:
    """They cannot be reached so any more."""
    person = await _person(context)
    async with context.transaction() as tx:
        removed = person is not None and await routes.remove(tx, person.id, context.press.number(1) or 0)
    if person is None or not removed:
        return await context.notice("button.closed")
    await context.notice("people.no_route.saved")
    await context.replace(await people_page.page(context.db, context, person))


async def make_code(update: Update, context: Context) -> None:
    """A one-time link to hand to the person, shown once."""
    person = await _person(context, paper=True)
    if person is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        code = await joining.make_code(tx, person.id, context.person.id, context.now)
        await audit.record(tx, context.now, f"person:{context.person.id}", "joining_code", 1, f"person:{person.id}")
    link = f"https://t.me/{context.services.bot_username()}?start={MEET}{code}"
    back = (key("button.back", "people.open", person.id),)
    name = people_page.called(person)
    await context.say("people.code", back, name=name, link=link, code=MEET + code, count=joining.DAYS)


async def ask_erase(update: Update, context: Context) -> None:
    """Ask before somebody who asked for it is erased."""
    person = await _person(context, paper=True)
    if person is None:
        return await context.notice("button.closed")
    yes, no = (
        key("people.button.yes_erase", "people.yes_erase", person.id),
        key("button.back", "people.open", person.id),
    )
    await context.show("people.ask_erase", (yes,), (no,), name=people_page.called(person))


async def erase(update: Update, context: Context) -> None:
    """Everything about them is gone."""
    person = await _person(context, paper=True)
    if person is None:
        return await context.notice("button.closed")
    async with context.transaction() as tx:
        await erasure.erase(tx, person.id, context.now, context.council.zone)
        await audit.record(tx, context.now, f"person:{context.person.id}", "erased_on_request", 1, "")
    await erasure.after_erasure(context.services.database)
    await context.show("people.erased", (key("button.home", "go", "home"),))


async def _person(context: Context, *, paper: bool = False) -> Person | None:
    """The person a button is about; with `paper` only while they have no Telegram."""
    number = context.press.number(0)
    person = None if number is None else await people.by_id(context.db, number)
    return None if person is None or (paper and person.telegram_id is not None) else person


FEATURE: Feature = Feature(
    name="people",
    commands=(Command("people", start, STAFF),),
    buttons=(
        Button("people.open", open_one, STAFF),
        Button("people.new", add, COORDINATORS),
        Button("people.route", add_route, COORDINATORS),
        Button("people.no_route", remove_route, COORDINATORS),
        Button("people.edit", edit, COORDINATORS),
        Button("people.field", change, COORDINATORS),
        Button("people.code", make_code, COORDINATORS),
        Button("people.erase", ask_erase, COORDINATORS),
        Button("people.yes_erase", erase, COORDINATORS),
        *BUTTONS,
    ),
    forms=(PEOPLE, PERSON_NEW, PERSON_ROUTE, PERSON_EDIT),
)
