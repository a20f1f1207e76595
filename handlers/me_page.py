"""What is held about a person, as one message."""

from collections.abc import Mapping

import texts
from handlers import free_words, week
from handlers.context import Context
from handlers.naming import market
from handlers.saying import Saying, key
from rules.quiet import quiet_hours
from rules.roles import Role
from storage import approaches, attempts, availability, consents, grants, organisations, other_markets

CHANGEABLE = ("name", "market", "shift", "job", "strand", "employer", "quiet")


async def page(context: Context) -> Saying:
    """The message that shows what is held, as it is now."""
    stranger = context.roles == {Role.ANYONE}  # nothing more is kept of somebody who has not said yes
    keys = [] if stranger else [key(f"me.button.{field}", "me", field) for field in CHANGEABLE]
    if not stranger and context.person.market in context.council.markets:
        keys.append(key("me.button.other_market", "me.other"))
    rows = [tuple(keys[start : start + 2]) for start in range(0, len(keys), 2)]
    values = {**await _who(context), **await _standing(context)}
    return Saying(
        "me.page",
        values,
        (
            *rows,
            (key("me.button.free", "go", "free"), key("me.button.history", "me.history")),
            (key("command.mine", "go", "mine"),),
            (
                key("button.language", "go", "language"),
                key("me.button.pause", "go", "pause"),
                key("me.button.delete", "go", "delete"),
            ),
            (key("button.home", "go", "home"),),
        ),
    )


async def _who(context: Context) -> Mapping[str, object]:
    person = context.person
    quiet_from, quiet_until = quiet_hours(person.shift, person.quiet_from, person.quiet_until, context.council)
    return {
        "name": person.display_name or texts.words("value.none"),
        "language": texts.native_name(person.language),
        "market": await _markets(context),
        "shift": _coded("shift", person.shift),
        "job": _coded("job", person.job),
        "strand": await _strand(context),
        "employer": person.employer or texts.words("value.none"),
        "free": await _free(context),
        "quiet": texts.words("me.hours", start=quiet_from, end=quiet_until),
        "telegram": str(person.telegram_id),
    }


async def _free(context: Context) -> texts.Words | texts.Listed:
    """The hours as they were said, in short: a rota, the usual week, what is different from today on."""
    today = context.local(context.now).date().isoformat()
    said = await availability.of_person(context.db, context.person.id, today)
    parts: list[object] = [texts.words("me.free.changes")] if context.person.week_changes else []
    if said.rota:
        parts.append(texts.words("me.free.rota", weeks=said.rota.weeks))
    if said.week:
        parts.append(week.summary(context.council.bands, said.week))
    parts += [free_words.line(one) for one in said.exceptions]
    return texts.listed(parts, "lines") if parts else texts.words("free.summary.none")


async def _markets(context: Context) -> texts.Listed:
    """The market somebody gave first, and the others they work in too."""
    others = await other_markets.of_person(context.db, context.person.id)
    codes = [context.person.market, *(code for code in others if code != context.person.market)]
    return texts.listed([market(context.council, code) for code in codes])


async def _strand(context: Context) -> texts.Words:
    """What they want to hear about; of somebody who speaks for an organisation, for which and as what."""
    person = context.person
    one = await organisations.by_id(context.db, person.organisation_id) if person.organisation_id else None
    if one is None:
        return _coded("strand", person.strand)
    return texts.words("me.speaks_for", name=one.name, position=person.position or texts.words("value.none"))


def _coded(prefix: str, code: str | None) -> texts.Words:
    return texts.words(f"{prefix}.{code}" if code else "value.none")


async def _standing(context: Context) -> Mapping[str, object]:
    person = context.person
    held = await grants.roles_of(context.db, person.id)
    sent = [one for one in await attempts.of_person(context.db, person.id) if one.sent_at is not None]
    found = [one.code for one in await approaches.all(context.db) if one.id == person.first_approach]
    return {
        "approach": _first_here(found),
        "met": context.local(person.met_at),
        "consent": await _consent(context),
        "messages": _messages(context),
        "roles": texts.listed([texts.words(f"role.{role}") for role in sorted(held)] or [texts.words("me.no_role")]),
        "sent": texts.words("me.sent", count=len(sent)),
    }


def _first_here(codes: list[str]) -> texts.Words:
    if not codes:
        return texts.words("value.none")
    return texts.words("me.approach.direct") if codes[0] == "direct" else texts.words("me.approach", code=codes[0])


async def _consent(context: Context) -> texts.Words:
    answer = await consents.latest(context.db, context.person.id)
    if answer is None:
        return texts.words("me.consent.none")
    name = "me.consent.yes" if answer.accepted else "me.consent.no"
    return texts.words(name, at=context.local(answer.given_at), version=answer.notice_version)


def _messages(context: Context) -> texts.Words:
    person = context.person
    if person.stopped_at is not None:
        return texts.words("me.messages.stopped")
    if person.paused_until is not None and person.paused_until > context.now:
        return texts.words("me.messages.paused", until=context.local(person.paused_until))
    return texts.words("me.messages.on" if person.consented else "me.messages.none")
