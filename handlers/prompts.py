"""How a form looks: its questions with their buttons, what was saved, and the offer to carry on."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import texts
from handlers import fixed
from handlers.context import Context
from handlers.feature import Choice, Form, Step
from handlers.saying import LONGEST_LABEL, Key, Saying, key, shortened
from storage.database import Reading
from storage.forms import OpenForm

ON, OFF = "1", "0"  # what a tap makes of one of many choices
NOT_SAID, SKIPPED = "not_said", ""
SHOWN_AT_MOST = 600
UNSURE = "_unsure"  # what was typed and shown back, and waits for a yes
_EMPTY_ON_THE_WIRE = "_"


@dataclass(frozen=True)
class Place:
    """Where somebody is: the form, the row that keeps it, the question."""

    form: Form
    row: OpenForm
    step: Step

    @property
    def number(self) -> int:
        """Which question this is, from 1, of those that apply."""
        return [step.name for step in applicable(self.form, self.row.answers)].index(self.step.name) + 1

    @property
    def of(self) -> int:
        """How many questions apply."""
        return len(applicable(self.form, self.row.answers))


def applicable(form: Form, answers: dict[str, Any]) -> list[Step]:
    """The questions that these answers leave in play."""
    return [step for step in form.steps if step.when(answers)]


def following(form: Form, answers: dict[str, Any]) -> Step | None:
    """The first question that applies and has no answer, or None when the form is complete."""
    return next((step for step in applicable(form, answers) if step.name not in answers), None)


async def choices(db: Reading, context: Context, place: Place) -> list[Choice]:
    """What can be tapped, the way out of the question last."""
    step, listed = place.step, place.step.choices
    found = (
        [value if isinstance(value, Choice) else Choice(value) for value in listed]
        if isinstance(listed, tuple)
        else list(await listed(db, context, place.row.answers))
    )
    if step.optional and step.reader:
        found.append(Choice(SKIPPED, text="button.skip"))
    elif step.optional:
        found.append(Choice(NOT_SAID, text="button.not_said"))
    return found


def wording(place: Place, choice: Choice) -> str | texts.Words:
    """A choice's words: somebody's own, or a text by name."""
    if choice.label is not None:
        return choice.label
    return texts.words(choice.text or f"{place.form.name}.{place.step.name}.{choice.value}")


def labels(place: Place, listed: Sequence[Choice], language: str) -> dict[str, list[str]]:
    """The words each choice may be typed with: the person's language, English, the code itself.

    The code of a choice in somebody's own words is a row's id, and is not said: "2" means the second in the list.
    """
    found: dict[str, list[str]] = {}
    for choice in listed:
        said = wording(place, choice)
        if isinstance(said, texts.Words):
            names = [texts.plain(code, said.name) for code in (language, "en")]
            found[choice.value] = [*names, choice.value.replace("_", " ")]
        else:
            found[choice.value] = [said]
    return found


async def question(db: Reading, context: Context, place: Place, problem: texts.Words | None = None) -> Saying:
    """The question with its buttons and the fixed row; after a `problem` when the last answer was not taken.

    While something typed waits for a yes, that is the question.
    """
    found, value = unsure(place)
    if found and problem is None and place.step.confirms:
        return _sure(place, await place.step.confirms(db, context, place.row.answers, value), value, context)
    step, listed = place.step, await choices(db, context, place)
    about = dict(await step.about(db, context, place.row.answers)) if step.about else {}
    name = f"{place.form.name}.{step.name}"
    keys = [_choice_key(place, choice) for choice in listed]
    grid = [tuple(keys[start : start + step.columns]) for start in range(0, len(keys), step.columns)]
    tail = _tail(place, context)
    if problem is None:
        return Saying(name, about, (*grid, *tail))
    return Saying("form.again", {"problem": problem, "question": texts.Words(name, about)}, (*grid, *tail))


def _tail(place: Place, context: Context) -> tuple[tuple[Key, ...], ...]:
    return fixed.rows(len(context.council.languages), key("button.back", "back", place.row.serial))


def unsure(place: Place) -> tuple[bool, object]:
    """Whether something typed at this question waits for a yes, and what."""
    waiting = place.row.answers.get(UNSURE) or {}
    return waiting.get("step") == place.step.name, waiting.get("value")


def mark_of(value: object) -> int:
    """A number that says which value a yes is about: an old button says yes to nothing else."""
    return zlib.crc32(repr(value).encode())


def _sure(place: Place, words: texts.Words, value: object, context: Context) -> Saying:
    about = (place.row.serial, place.step.name, mark_of(value))
    keys = (key("form.sure.yes", "sure", *about, "yes"), key("form.sure.no", "sure", *about, "no"))
    return Saying(words.name, words.values, (keys, *_tail(place, context)))


def _choice_key(place: Place, choice: Choice) -> Key:
    said = wording(place, choice)
    picks = place.row.answers.get(f"{place.step.name}_picks", [])
    becomes = (OFF if choice.value in picks else ON,) if place.step.many else ()
    about = (place.row.serial, place.step.name, choice.value or _EMPTY_ON_THE_WIRE, *becomes)
    wire = key("button.typed", "form", *about)
    if isinstance(said, texts.Words):
        return Key(said.name, wire.data)
    return Key("button.typed", wire.data, {"label": shortened(said, LONGEST_LABEL)})


def off_the_wire(word: str) -> str:
    """A choice's value as the button carried it."""
    return SKIPPED if word == _EMPTY_ON_THE_WIRE else word


def answer(place: Place, listed: list[Choice], value: object) -> object:
    """How a saved answer is said: a choice by its words, other values as the step shows them; None: not at all."""
    if value == SKIPPED:
        return texts.words("form.skipped")
    chosen = next((choice for choice in listed if choice.value == value), None)
    if chosen:
        return wording(place, chosen)
    if place.step.unsaid:
        return None
    return place.step.shows(value) if place.step.shows else shortened(str(value), SHOWN_AT_MOST)


def saved(place: Place, said: object, *, final: bool = False) -> Saying:
    """What was saved, with *change* unless it is `final`: the text `<form>.<step>.saved`, or the common one."""
    own = f"{place.form.name}.{place.step.name}.saved"
    again = key("button.change", "change", place.row.serial, place.step.name, place.form.name)
    return Saying(own if texts.exists(own) else "form.saved", {"answer": said}, () if final else ((again,),))


def after(before: Saying, question: Saying) -> Saying:
    """Both in one message with the question's buttons, so that the phone makes one sound and not two."""
    values = {
        "said": texts.Words(before.name, dict(before.values)),
        "question": texts.Words(question.name, dict(question.values)),
    }
    return replace(question, name="form.after", values=values)


def resume(place: Place, wanted: str) -> Saying:
    """The offer to carry on, to start again (or start what was `wanted` instead), or to leave it for now."""
    serial = place.row.serial
    carry_on, later = key("form.carry_on", "resume", serial, "on"), key("form.not_now", "resume", serial, "later")
    values = {"number": place.number, "of": place.of, "form": texts.words(f"form.name.{place.form.name}")}
    again = key("form.start_again", "resume", serial, "again")
    if wanted == place.form.name:
        return Saying("form.resume", values, ((carry_on,), (again,), (later,)))
    instead = Key("form.instead", again.data, {"form": texts.words(f"form.name.{wanted}")})
    return Saying("form.busy", values, ((carry_on,), (instead,), (later,)))
