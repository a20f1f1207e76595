"""The questions of the log: how, with whom or where, what came of it, and what belongs to that."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

import texts
from handlers import log_words
from handlers.context import Context
from handlers.dates import sure_start
from handlers.feature import Answers, Choice, Refusal, Step
from handlers.matching import nearest
from handlers.naming import coded
from handlers.readers import line
from handlers.route_words import read_reach, said_reach
from rules import call_back, many, phones
from rules.dispositions import OUTCOMES, WHY_NOT_TRIED
from rules.local_time import instant, parse_date_time, wall
from storage import contacts, organisations, people, routes
from storage.database import Reading
from storage.organisations import Organisation

STALL = "stall"
APPROACHES = ("call", "visit", "email", "letter", "whatsapp", "in_person", "through", STALL)
NAME_LONGEST, NOTE_LONGEST = 120, 1_000
SHOWN = 8
FEWEST_OF_A_NUMBER = 6  # the end of a number is enough to find it
NEW, PLACE, FIRM = "new", "place", "org"
FIRMS_SHOWN = 4
LEAVE, NO_TIME_SAID = "leave", "no_time_said"


def read_approach(context: Context, text: str, answers: Answers) -> str | dict[str, object] | Refusal:
    """A way in words with a slip in them, or many people at once: "spoke to 14 at the stall, 3 took a card"."""
    told = many.read(text)
    if told is not None:
        return asdict(told)
    labels = {
        code: [texts.plain(language, f"log.approach.{code}") for language in (context.language, "en")]
        for code in APPROACHES
    }
    return nearest(text, labels) or Refusal("form.choose")


def at_once(answers: Answers) -> bool:
    """Whether it is about many people at once and no single one of them."""
    return answers.get("approach") == STALL or isinstance(answers.get("approach"), dict)


def told(answers: Answers, what: str) -> object:
    """What was said about many people in the first line already: 'talked', 'took' or 'place'; None or '' if not."""
    first = answers.get("approach")
    return first.get(what) if isinstance(first, dict) else None


def _shown_many(first: object) -> texts.Words:
    return (
        texts.words("log.approach.many", count=first["talked"])
        if isinstance(first, dict)
        else texts.words(f"log.approach.{first}")
    )


def read_how_many(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A number of people."""
    count = many.number(text)
    return Refusal("log.talked.number") if count is None else str(count)


def _missing(what: str) -> Callable[[Answers], bool]:
    return lambda answers: at_once(answers) and told(answers, what) in (None, "")


async def recent_people(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The people dealt with last, somebody new, a place."""
    return [*people_choices(await contacts.recent_people(db, SHOWN)), Choice(NEW), Choice(PLACE)]


async def found_people(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The people whose name, number or address has the words that were typed, somebody new, a place."""
    words = answers["who"]["words"]
    by_name, by_route = await people.find(db, words, SHOWN), await routes.find(db, words, SHOWN)
    found = {one.id: one for one in [*by_name, *by_route]}
    firms = await organisations.find(db, words, FIRMS_SHOWN, invented=context.council.rehearsal)
    return [*people_choices(list(found.values())[:SHOWN]), *firm_choices(firms), Choice(NEW), Choice(PLACE)]


def firm_choices(found: Iterable[Organisation]) -> list[Choice]:
    """Organisations as choices, by their names."""
    return [Choice(f"{FIRM}{one.id}", one.name) for one in found]


def people_choices(found: Sequence[people.Person]) -> list[Choice]:
    """People as choices, by their names."""
    return [Choice(str(person.id), person.display_name) for person in found if person.display_name]


async def about_which(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The words that were searched for, and whether anybody has them."""
    words = answers["who"]["words"]
    anybody = any(one.label for one in await found_people(db, context, answers))
    shown = phones.said(words) if _number(words) else words
    return {"words": shown, "lines": texts.words("log.which.some" if anybody else "log.which.none", words=shown)}


async def read_who(context: Context, text: str, answers: Answers) -> dict[str, str] | Choice | Refusal:
    """The one person or organisation of exactly this name or number, or words to look for."""
    words = line(NAME_LONGEST)(context, text, answers)
    if isinstance(words, Refusal):
        return words
    number = _number(words)
    if number is None and words.isdigit() and len(words) < FEWEST_OF_A_NUMBER:
        return Refusal("log.who.not_a_name")
    known = await (routes.holders(context.db, "phone", number) if number else people.named(context.db, words))
    firms = [] if number else await organisations.named(context.db, words)
    named = [*people_choices(known), *firm_choices(one for one in firms if one.invented == context.council.rehearsal)]
    return named[0] if len(named) == 1 else {"words": number or words}


def _number(words: str) -> str | None:
    if any(sign.isalpha() for sign in words):
        return None
    try:
        return phones.read(words).number
    except phones.NotAPhone:
        return None


def _searched(answers: Answers) -> bool:
    return isinstance(answers.get("who"), dict)


def number_typed(answers: Answers) -> dict[str, str] | None:
    """The way to reach somebody new when it was their number that was looked for, or None."""
    number = _number(answers["who"]["words"]) if _searched(answers) else None
    return {"kind": "phone", "value": number} if number else None


def target(answers: Answers) -> str:
    """A person's number, an organisation's behind 'org', 'new' or 'place'; '' while it is not chosen."""
    chosen: str = answers.get("which", "") if _searched(answers) else answers.get("who", "")
    return chosen


def person_of(answers: Answers) -> int | None:
    """The id of the person on record whom it was with, or None."""
    chosen = target(answers)
    return int(chosen) if chosen.isdigit() else None


def firm_of(answers: Answers) -> int | None:
    """The id of the organisation it was with, or None."""
    chosen = target(answers)
    return int(chosen.removeprefix(FIRM)) if chosen.startswith(FIRM) else None


async def outcomes(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """Everything that can come of it; and a way to leave them alone when somebody was in touch a short while ago."""
    lately = await log_words.found_lately(db, context, person_of(answers), firm_of(answers))
    return [*(Choice(one) for one in OUTCOMES), *([Choice(LEAVE)] if lately else [])]


async def about_outcome(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """What happened lately, before the question."""
    lately = await log_words.found_lately(db, context, person_of(answers), firm_of(answers))
    before = [log_words.said_lately(context, lately)] if lately else []
    return {"lines": texts.listed([*before, texts.words("log.outcome.ask")], "lines")}


def read_call_back(context: Context, text: str, answers: Answers) -> str | Refusal:
    """A day and time to come, as the local wall time 'YYYY-MM-DDTHH:MM'."""
    read = parse_date_time(text, context.now, context.council.zone)
    return Refusal(f"meeting.starts.{read}") if isinstance(read, str) else read.local


def call_back_at(context: Context, answers: Answers) -> int | None:
    """When they want to be called (unix seconds), or None when no time was said."""
    said = answers.get("call_back", NO_TIME_SAID)
    if answers.get("outcome") != "call_back" or said == NO_TIME_SAID:
        return None
    if said in call_back.TAPS:
        now = datetime.fromisoformat(wall(context.now, context.council.zone))
        said = call_back.moment(said, now).isoformat(timespec="minutes")
    return instant(said, context.council.zone)


def _shown_time(local: str) -> texts.Words:
    return texts.words("log.call_back.shown", at=datetime.fromisoformat(local))


CALL_BACK = Step(
    "call_back",
    coded("log.call_back", *call_back.TAPS, NO_TIME_SAID),
    reader=read_call_back,
    when=lambda answers: answers.get("outcome") == "call_back",
    shows=_shown_time,
    confirms=sure_start,
    columns=2,
)
WHY = Step(
    "why", coded("log.why", *WHY_NOT_TRIED), when=lambda answers: answers.get("outcome") == "not_attempted", columns=2
)
WHAT_CAME_OF_IT: tuple[Step, ...] = (
    Step("outcome", outcomes, columns=2, about=about_outcome, when=lambda answers: not at_once(answers)),
    CALL_BACK,
    WHY,
    Step("note", reader=line(NOTE_LONGEST), optional=True, when=lambda answers: answers.get("outcome") != LEAVE),
)
WITH_WHOM: tuple[Step, ...] = (
    Step("approach", APPROACHES, reader=read_approach, columns=2, shows=_shown_many),
    Step("stall_place", reader=line(NAME_LONGEST), when=_missing("place")),
    Step("talked", reader=read_how_many, when=_missing("talked")),
    Step("took", reader=read_how_many, when=_missing("took")),
    Step(
        "who",
        recent_people,
        reader=read_who,
        columns=2,
        unsaid=True,
        when=lambda answers: not at_once(answers),
    ),
    Step("which", found_people, when=_searched, about=about_which),
    Step("new_name", reader=line(NAME_LONGEST), when=lambda answers: target(answers) == NEW),
    Step(
        "new_reach",
        reader=read_reach,
        optional=True,
        shows=said_reach,
        when=lambda answers: target(answers) == NEW and number_typed(answers) is None,
    ),
    Step("place_name", reader=line(NAME_LONGEST), when=lambda answers: target(answers) == PLACE),
)
