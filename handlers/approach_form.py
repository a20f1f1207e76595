"""The questions about an approach: for a new one in a few taps, and one of them again to change it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import texts
from handlers.approach_readers import read_minutes, read_money
from handlers.approach_words import KINDS, SENDERS, money, page, square
from handlers.context import Context
from handlers.feature import Answers, Choice, Form, Step
from handlers.naming import coded
from handlers.readers import line
from handlers.saying import Saying
from reports.poster import HEADLINES
from rules.roles import COORDINATORS
from storage import approaches
from storage.approaches import Approach, Facts
from storage.database import Reading, Writing

TITLE_LONGEST, WORDING_LONGEST = 80, 300
COSTS, MINUTES = ("0", "500", "2000"), ("0", "15", "30", "60")
FIELDS = ("title", "wording", "sender", "language", "cost", "minutes")


async def languages(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The council's languages, and several at once."""
    named = [Choice(code, texts.native_name(code)) for code in context.council.languages]
    return [Choice("several", text="approach.language.several"), *named]


async def wordings(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The headlines of our posters, to be tapped; own words are typed."""
    return [Choice(code, text=f"poster.headline.{code}") for code in HEADLINES]


def _costs(*pence: str) -> tuple[Choice, ...]:
    return tuple(Choice(one, money(int(one))) for one in pence)


def facts(answers: Answers) -> Facts:
    """The answers as the dictionary keeps them; what was skipped is not said, or nothing."""
    kind = answers["kind"]
    return Facts(
        kind=kind,
        contact_mode=KINDS[kind],
        title=answers["title"],
        variant=answers["wording"],
        sender=answers["sender"],
        language="" if answers["language"] == "several" else answers["language"],
        cost_pence=int(answers["cost"] or 0),
        staff_minutes=int(answers["minutes"] or 0),
    )


async def add(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """Keep the new approach; its page and its code to scan."""
    made = await approaches.make(tx, facts(answers), context.person.id, context.now)
    return await _shown(tx, context, made)


async def change(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """Keep one changed fact; what was used already stays as it was, and a new variant begins."""
    before = await approaches.by_id(tx, answers["approach"])
    if before is None or before.ended_at is not None:
        return [Saying("button.closed")]
    was = approaches.facts_of(before)
    now = replace(was, **_one_fact(answers["field"], answers[answers["field"]]))
    if asdict(now) == asdict(was):
        return await _shown(tx, context, before)
    changed = await approaches.change(tx, before, now, context.person.id, context.now)
    if changed.id == before.id:
        return await _shown(tx, context, changed)
    return [Saying("approach.new_variant", {"title": before.title}), *await _shown(tx, context, changed)]


def _one_fact(field: str, answer: Any) -> dict[str, Any]:
    match field:
        case "wording":
            return {"variant": answer}
        case "language":
            return {"language": "" if answer == "several" else answer}
        case "cost":
            return {"cost_pence": int(answer or 0)}
        case "minutes":
            return {"staff_minutes": int(answer or 0)}
        case _:
            return {field: answer}


async def _shown(tx: Writing, context: Context, approach: Approach) -> list[Saying]:
    return [square(context, approach), await page(tx, context, approach)]


async def reply(context: Context, sayings: list[Saying]) -> None:
    """What was kept."""
    for saying in sayings:
        await context.speak(saying)


def _steps() -> Mapping[str, Step]:
    asked = (
        Step("title", reader=line(TITLE_LONGEST)),
        Step("wording", wordings, reader=line(WORDING_LONGEST), optional=True),
        Step("sender", coded("approach.sender", *SENDERS), reader=line(TITLE_LONGEST), columns=2, optional=True),
        Step("language", languages, columns=2),
        Step(
            "cost", _costs(*COSTS), reader=read_money, columns=3, shows=lambda pence: money(int(pence)), optional=True
        ),
        Step("minutes", coded("approach.minutes", *MINUTES), reader=read_minutes, columns=4, optional=True),
    )
    return {step.name: step for step in asked}


def _alone(step: Step) -> Step:
    """The step when its answer is the one to change, and only then."""
    return replace(step, when=lambda answers: answers.get("field") == step.name)


APPROACH: Form = Form("approach", (Step("kind", tuple(KINDS), columns=2), *_steps().values()), add, reply, COORDINATORS)
CHANGE: Form = Form("approach_change", tuple(_alone(step) for step in _steps().values()), change, reply, COORDINATORS)
