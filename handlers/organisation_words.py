"""How an organisation looks: its line in a list, and the page about it."""

from collections.abc import Mapping
from datetime import date, timedelta

import texts
from handlers.context import Context
from handlers.naming import market
from handlers.saying import Key, Saying, key, shortened
from rules.themes import THEMES
from storage import organisation_log, organisations, passing_on, stages, themes
from storage.organisations import Organisation
from storage.passing_on import PassedOn
from storage.people import Person

NAME_ON_A_BUTTON = 32


def line(one: Organisation) -> Key:
    """Its button in a list: its name and how far it has come."""
    name = "organisations.line.silent" if one.silent_since else "organisations.line"
    return key(name, "org.open", one.id, name=shortened(one.name, NAME_ON_A_BUTTON), stage=one.stage)


def what(context: Context, one: Organisation) -> Mapping[str, object]:
    """What kind it is, its markets and its size, as values."""
    found = [market(context.council, code) for code in one.markets]
    kind = f"partner_type.{one.partner_type}" if one.partner_type else f"organisation_kind.{one.kind}"
    return {
        "name": one.name,
        "kind": texts.words(kind),
        "markets": texts.listed(found) if found else texts.words("organisations.no_market"),
        "size": size(one.size_band),
    }


def size(band: str | None) -> texts.Words:
    """How many people it employs, in words."""
    return texts.words("organisations.size", band=band.replace("-", "–")) if band else texts.words("value.none")


async def page(context: Context, one: Organisation) -> Saying:
    """Everything about it at a glance, and what can be done."""
    history = await stages.events(context.db, one.id)
    people = await organisations.people_of(context.db, one.id)
    tried = await organisation_log.how_many(context.db, one.id)
    comments = await organisation_log.comments(context.db, one.id, 100)
    lines = [
        texts.words("organisations.page.stage", stage=one.stage, since=_since(history)),
        *_silence(context, one),
        _people(people),
        texts.words("organisations.page.attempts", count=tried),
        await _themes(context, one),
        texts.words("organisations.page.comments", count=len(comments)),
        *await _code(context, one),
    ]
    if one.gone_at is not None:
        lines.append(texts.words("organisations.page.gone", day=context.local(one.gone_at)))
    values = {**what(context, one), "lines": texts.listed(lines, "lines")}
    return Saying("organisations.page", values, keys(one))


def _people(people: list[Person]) -> texts.Words:
    if not people:
        return texts.words("organisations.page.people.none")
    return texts.words(
        "organisations.page.people", count=len(people), names=texts.listed([one.display_name for one in people])
    )


def _since(history: list[stages.Event]) -> object:
    day = date.min
    for before, event in zip([None, *history], history, strict=False):
        if before is None or before.stage != event.stage:
            day = event.happened_on
    return texts.words("organisations.since", day=day) if history else ""


def _silence(context: Context, one: Organisation) -> list[texts.Words]:
    if one.silent_since is None:
        return []
    return [texts.words("organisations.page.silent", day=context.local(one.silent_since))]


async def _themes(context: Context, one: Organisation) -> texts.Words:
    said = await themes.of_organisation(context.db, one.id)
    found = [texts.words("organisations.theme", theme=theme, interest=said[theme]) for theme in THEMES if theme in said]
    if not found:
        return texts.words("organisations.page.no_themes")
    return texts.words("organisations.page.themes", themes=texts.listed(found))


async def _code(context: Context, one: Organisation) -> list[texts.Words]:
    codes = await passing_on.of_organisation(context.db, one.id)
    if not codes or codes[0].standing == "made":
        return []
    said = standing(context, codes[0])
    if not codes[0].opened:
        return [texts.words("organisations.page.code", standing=said)]
    return [texts.words("organisations.page.code.came", standing=said, count=codes[0].opened)]


def standing(context: Context, code: PassedOn) -> texts.Words:
    """How far a code to pass on has come; a promise by which nobody came says since how many days."""
    if code.promised_at is not None and not code.opened:
        days = timedelta(seconds=context.now - code.promised_at).days
        return texts.words(f"organisations.code.nobody.{code.standing}", count=days)
    return texts.words(f"organisations.code.{code.standing}")


def keys(one: Organisation) -> tuple[tuple[Key, ...], ...]:
    """What can be done about it."""
    number = one.id
    return (
        (
            key("organisations.button.stage", "org.stage", number),
            key("organisations.button.history", "org.history", number),
        ),
        (
            key("organisations.button.people", "org.people", number),
            key("organisations.button.themes", "org.themes", number),
        ),
        (
            key("organisations.button.attempts", "org.attempts", number),
            key("organisations.button.comments", "org.comments", number),
        ),
        (
            key("organisations.button.log", "log.with", number),
            key("organisations.button.code", "org.code", number),
        ),
        (key("organisations.button.facts", "org.facts", number), key("organisations.button.list", "org.list")),
    )


def back(number: int) -> Key:
    """The way back to its page."""
    return key("organisations.button.page", "org.open", number)
