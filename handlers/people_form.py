"""The questions about people: whom to look for, somebody new in a few taps, a way to reach them, one change."""

from collections.abc import Callable, Mapping, Sequence

import texts
from handlers import forms, route_words
from handlers.context import Context
from handlers.feature import Answers, Choice, Form, Refusal, Step
from handlers.log_form import (
    APPROACHES,
    NAME_LONGEST,
    NEW,
    SHOWN,
    about_which,
    found_people,
    people_choices,
    read_who,
)
from handlers.menus import may
from handlers.naming import SHIFTS_SHOWN, coded, market_choices
from handlers.people_page import page
from handlers.people_pairs import pairs_list
from handlers.readers import line
from handlers.route_words import read_reach, said_reach
from handlers.saying import Saying
from rules.roles import COORDINATORS, STAFF
from storage import audit, consents, contacts, duplicates, people
from storage.database import Reading, Writing

PAIRS = "pairs"
CHANGEABLE = ("display_name", "market", "shift", "consent")
CONSENTS = ("paper", "spoken", "no", "not_asked")


async def listed(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The people dealt with last, somebody new, and records that look alike, if any."""
    recent = people_choices(await contacts.recent_people(db, SHOWN))
    if not may(context.roles, COORDINATORS):
        return recent
    return [*recent, Choice(NEW), *([Choice(PAIRS)] if await duplicates.pairs(db) else [])]


async def found(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """Whoever has these words in the name, the number or the address, and somebody new."""
    more = (NEW,) if may(context.roles, COORDINATORS) else ()
    return [one for one in await found_people(db, context, answers) if one.value.isdigit() or one.value in more]


async def read_person(context: Context, text: str, answers: Answers) -> dict[str, str] | Choice | Refusal:
    """The one person of exactly this name or number, or words to look for; an organisation is no person."""
    chosen = await read_who(context, text, answers)
    return {"words": text} if isinstance(chosen, Choice) and not chosen.value.isdigit() else chosen


async def show(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Their page, the first question about somebody new, or the records that look alike."""
    who = answers["which"] if isinstance(answers["who"], dict) else answers["who"]
    if who == NEW:
        return await forms.open_in(tx, context, PERSON_NEW, {})
    if who == PAIRS:
        return await pairs_list(tx)
    person = await people.by_id(tx, int(who))
    return Saying("button.closed") if person is None else await page(tx, context, person)


async def add(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Write somebody new down, with what they agreed to; their page."""
    person = await people.add_by_hand(
        tx,
        answers["name"],
        context.now,
        invented=context.council.rehearsal,
        approach="" if answers["came"] == "not_said" else answers["came"],
        market=answers["market"],
        shift=answers["shift"],
    )
    await route_words.keep(tx, person.id, answers["reach"], context.now)
    await _agree(tx, context, person.id, answers["consent"])
    await audit.record(tx, context.now, f"person:{context.person.id}", "person_added", 1, "")
    return await page(tx, context, await people.by_id(tx, person.id) or person)


async def _agree(tx: Writing, context: Context, person_id: int, said: str) -> None:
    """What they said to the notice, and by which route; who has agreed has signed up."""
    if said == "not_asked":
        return
    agreed = said != "no"
    await consents.record(
        tx, person_id, context.council.notice_version, agreed, said if agreed else "spoken", context.now
    )
    if agreed:
        await people.joined(tx, person_id, context.now)


async def add_route(tx: Writing, context: Context, answers: Answers) -> Saying:
    """One more way to reach them; their page."""
    person = await people.by_id(tx, answers["person"])
    if person is None:
        return Saying("button.closed")
    await route_words.keep(tx, person.id, answers["reach"], context.now)
    return await page(tx, context, person)


async def change(tx: Writing, context: Context, answers: Answers) -> Saying:
    """Keep what is right now; their page. Whoever has Telegram changes it with /me."""
    person, field = await people.by_id(tx, answers["person"]), answers["field"]
    if person is None or person.telegram_id is not None:
        return Saying("button.closed")
    if field == "consent":
        await _agree(tx, context, person.id, answers[field])
    else:
        await people.change(tx, person.id, field, answers[field])
    return await page(tx, context, await people.by_id(tx, person.id) or person)


async def reply(context: Context, said: Saying) -> None:
    """The page, or the next question."""
    await context.speak(said)


def _only(field: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get("field") == field


async def about_person(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """Whom it is about."""
    person = await people.by_id(db, answers["person"])
    return {"name": (person and person.display_name) or texts.words("queue.nameless")}


PEOPLE = Form(
    "people",
    (
        Step("who", listed, reader=read_person, columns=2, unsaid=True),
        Step("which", found, when=lambda answers: isinstance(answers.get("who"), dict), about=about_which),
    ),
    show,
    reply,
    STAFF,
)
PERSON_NEW: Form = Form(
    "person_new",
    (
        Step("name", reader=line(NAME_LONGEST)),
        Step("reach", reader=read_reach, optional=True, shows=said_reach),
        Step("came", coded("log.approach", *APPROACHES), optional=True, columns=2),
        Step("market", market_choices, optional=True, columns=2),
        Step("shift", coded("shift", *SHIFTS_SHOWN), optional=True, columns=2),
        Step("consent", CONSENTS, columns=2),
    ),
    add,
    reply,
    COORDINATORS,
)
PERSON_ROUTE = Form(
    "person_route",
    (Step("reach", reader=read_reach, shows=said_reach, about=about_person),),
    add_route,
    reply,
    COORDINATORS,
)
PERSON_EDIT = Form(
    "person_edit",
    (
        Step("display_name", reader=line(NAME_LONGEST), when=_only("display_name")),
        Step("market", market_choices, optional=True, columns=2, when=_only("market")),
        Step("shift", coded("shift", *SHIFTS_SHOWN), optional=True, columns=2, when=_only("shift")),
        Step("consent", coded("person_new.consent", *CONSENTS[:-1]), when=_only("consent")),
    ),
    change,
    reply,
    COORDINATORS,
)
