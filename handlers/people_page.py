"""A person's page for staff: how they are reached, what was tried, and what can be done next."""

from collections.abc import Sequence

import texts
from handlers import log_words
from handlers.context import Context
from handlers.log_fix import can_correct
from handlers.menus import may
from handlers.naming import market
from handlers.route_words import said_reach
from handlers.saying import Key, Saying, key
from rules.roles import COORDINATORS
from storage import approaches, attempts, consents, duplicates, people, routes
from storage.attempts import Attempt
from storage.database import Reading
from storage.people import Person

SHOWN, PAIRS_SHOWN = 5, 3


def called(person: Person) -> str | texts.Words:
    """What a person is called here, also when they have given no name."""
    return person.display_name or texts.words("queue.nameless")


async def page(db: Reading, context: Context, person: Person) -> Saying:
    """Everything a coordinator needs before a call, in one message."""
    ways = [
        said_reach({"kind": one.kind, "value": one.value, "note": one.note})
        for one in await routes.of_person(db, person.id)
    ]
    if person.telegram_id is not None:
        ways.insert(0, texts.words("people.route.telegram"))
    tried = [one for one in await attempts.of_person(db, person.id) if one.sent_at or one.reason == "by_hand"]
    codes = {one.id: one.code for one in await approaches.all(db)}
    lines = [_line(context, one, codes.get(one.approach_id, "")) for one in reversed(tried[-SHOWN:])]
    values = {
        "name": called(person),
        "market": market(context.council, person.market),
        "shift": texts.words(f"shift.{person.shift}" if person.shift else "value.none"),
        "consent": await _consent(db, person),
        "ways": texts.listed(ways or [texts.words("people.no_way")], "lines"),
        "tried": texts.listed(lines or [texts.words("people.not_tried")], "lines"),
    }
    return Saying("people.page", values, tuple(await _keys(db, context, person, tried[-SHOWN:])))


def _line(context: Context, one: Attempt, approach: str) -> texts.Words:
    at = context.local(one.sent_at or one.due_at)
    if one.reason != "by_hand":
        return texts.words("people.tried.bot_answered" if one.outcome == "answered" else "people.tried.bot", at=at)
    values: dict[str, object] = {"at": at, "how": log_words.how(approach)}
    if one.why in ("taken_back", "corrected"):
        return texts.words("people.tried.struck", **values)
    said = texts.words("people.tried", outcome=texts.words(f"log.outcome.{one.answer}"), **values)
    return texts.words("people.tried.note", line=said, note=one.note) if one.note else said


async def _consent(db: Reading, person: Person) -> texts.Words:
    answer = await consents.latest(db, person.id)
    if answer is None:
        return texts.words("people.consent.none")
    return texts.words(
        "people.consent.given" if answer.accepted else "people.consent.refused",
        route=texts.words(
            f"people.consent.by.{answer.route}"
            if texts.exists(f"people.consent.by.{answer.route}")
            else "people.consent.by.other"
        ),
    )


async def _keys(db: Reading, context: Context, person: Person, tried: Sequence[Attempt]) -> list[tuple[Key, ...]]:
    rows: list[tuple[Key, ...]] = []
    if may(context.roles, COORDINATORS):
        rows.append(
            (key("people.button.log", "log.about", person.id), key("people.button.route", "people.route", person.id))
        )
        if person.telegram_id is None:
            rows.append(
                (
                    key("people.button.edit", "people.edit", person.id),
                    key("people.button.code", "people.code", person.id),
                )
            )
        for pair in (await duplicates.pairs(db, person.id))[:PAIRS_SHOWN]:
            other = await people.by_id(db, pair.other if pair.one == person.id else pair.one)
            if other is not None:
                rows.append((key("people.button.pair", "people.pair", pair.one, pair.other, who=called(other)),))
    rows += [
        (key("people.button.correct", "log.correct", one.id, at=context.local(one.due_at)),)
        for one in reversed(tried)
        if can_correct(context, one)
    ][:2]
    return [*rows, (key("people.button.another", "go", "people"), key("button.home", "go", "home"))]
