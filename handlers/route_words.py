"""The question how somebody can be reached, as several forms ask it: one line that is understood by itself."""

from collections.abc import Mapping
from dataclasses import asdict

import texts
from handlers.context import Context
from handlers.feature import Answers, Refusal
from handlers.readers import line
from rules import phones, route_words
from storage import routes
from storage.database import Writing

LONGEST = 200


def read_reach(context: Context, typed: str, answers: Answers) -> dict[str, str] | Refusal:
    """A phone number, an e-mail address, an address, through whom, or where; digits that are no number are refused."""
    words = line(LONGEST)(context, typed, answers)
    if isinstance(words, Refusal):
        return words
    try:
        return asdict(route_words.read(words))
    except phones.NotAPhone as problem:
        return Refusal(f"people.phone.{problem.why}")


def said_reach(given: Mapping[str, str]) -> texts.Words:
    """A way to reach somebody in words, and a question mark behind a number that no plan knows."""
    kind, value = given["kind"], given["value"]
    if kind != "phone":
        return texts.words(f"people.route.{kind}", value=value)
    name = "people.route.phone" if phones.looks_right(value) else "people.route.phone_odd"
    return texts.words(name, value=" ".join(filter(None, (phones.said(value), given.get("note", "")))))


async def keep(tx: Writing, person_id: int, given: Mapping[str, str] | str, now: int) -> bool:
    """Keep what `read_reach` understood; a question that was skipped keeps nothing. False when it was known."""
    if isinstance(given, str):
        return False
    return await routes.add(tx, person_id, given["kind"], given["value"], now, given.get("note", ""))
