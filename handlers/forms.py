"""The one engine for questions: one open form per chat, kept in the database, each answer saved as it is given.

`begin` opens a form and `typed` gives it words; what can be tapped stands in handlers/form_buttons.py. A form that is
left waits 14 days.
"""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from inspect import isawaitable
from typing import Any

import handlers  # the registry is read when somebody speaks, not at import: features import this file
import texts
from handlers import menus, prompts
from handlers.context import Context
from handlers.feature import Choice, Form, Refusal, Step
from handlers.matching import exactly, nearest
from handlers.prompts import Place
from handlers.saying import Saying
from rules.roles import Role
from storage import forms as kept
from storage.database import Writing
from storage.forms import OpenForm

Also = Callable[[Writing], Awaitable[None]]
WAITS = 14 * 24 * 3600
NEXT, ASKED = "_next", "_asked"
ASIDE = ""
DONE = "done"  # the choice that ends a question with many answers


async def begin(context: Context, form: Form, given: Mapping[str, Any] | None = None, also: Also | None = None) -> None:
    """Open `form` and ask its first question, or offer to carry on with what was left. `given` joins the answers.

    `also` is done in the same transaction.
    """
    place = await standing(context)
    if place and _would_lose(place, form):
        answers = place.row.answers | {NEXT: {"form": form.name, "given": dict(given or {})}}
        async with context.transaction() as tx:
            if also:
                await also(tx)
            await kept.save(tx, replace(place.row, touched_at=context.now, answers=answers))
        await context.speak(prompts.resume(place, form.name))
        return
    async with context.transaction() as tx:
        if also:
            await also(tx)
        asked = await open_in(tx, context, form, given)
    await context.speak(asked)


async def open_in(tx: Writing, context: Context, form: Form, given: Mapping[str, Any] | None = None) -> Saying:
    """Open `form` within a transaction that is running already; the first question, to be said after it.

    Raises ValueError when `given` leaves no question to ask.
    """
    answers = dict(given or {})
    step = prompts.following(form, answers)
    if step is None:
        raise ValueError(f"nothing left to ask in {form.name}")
    row = OpenForm(
        context.chat_id, context.person.id, form.name, step.name, answers, secrets.randbelow(2**40), None, context.now
    )
    return await move(tx, context, Place(form, row, step))


async def standing(context: Context) -> Place | None:
    """Where the person is in which form, or None; a form of a role since taken away, or too old, is not open."""
    row = await kept.load(context.db, context.chat_id)
    form = handlers.form(row.form) if row else None
    if row is None or form is None or row.touched_at < context.now - WAITS or not allowed(context, form.roles):
        return None
    steps = {step.name: step for step in prompts.applicable(form, row.answers)}
    step = steps.get(row.step) or prompts.following(form, row.answers)
    return Place(form, row, step) if step else None


def allowed(context: Context, roles: frozenset[Role]) -> bool:
    """Whether this turn's person may, by the one rule of handlers/menus.py."""
    return menus.may(context.roles, roles)


async def typed(context: Context, words: str) -> bool:
    """Give typed words to the open question; False when none is open or it was set aside."""
    place = await standing(context)
    if place is None or place.row.step == ASIDE:
        return False
    listed = await prompts.choices(context.db, context, place)
    value = await _read(context, place, listed, words)
    if isinstance(value, Choice):
        listed, value = [*listed, value], value.value
    if isinstance(value, Refusal):
        problem = texts.Words(value.name, dict(value.values))
        await context.speak(await prompts.question(context.db, context, place, problem))
    elif place.step.confirms and value not in {choice.value for choice in listed}:
        await _show_back(context, place, value)
    else:
        await take(
            context,
            place,
            place.step,
            value,
            prompts.answer(place, listed, value),
            on=True if place.step.reader else None,
        )
    return True


async def _show_back(context: Context, place: Place, value: object) -> None:
    """Ask whether what was typed is right; it is kept apart until then."""
    unsure = {prompts.UNSURE: {"step": place.step.name, "value": value}}
    async with context.transaction() as tx:
        asked = await move(tx, context, replace(place, row=replace(place.row, answers=place.row.answers | unsure)))
    await context.speak(asked)


async def is_choice(context: Context, place: Place, words: str) -> bool:
    """Whether these are, word for word, one of the choices of the open question."""
    listed = await prompts.choices(context.db, context, place)
    return exactly(words, prompts.labels(place, listed, context.language)) is not None


async def _read(context: Context, place: Place, listed: list[Choice], words: str) -> object:
    if place.step.reader is None:
        found = nearest(words, prompts.labels(place, listed, context.language))
        return Refusal("form.choose") if found is None else found
    # A name may be on a button and belong to somebody else as well: only the reader can know.
    ours = [choice for choice in listed if choice.label is None]
    found = exactly(words, prompts.labels(place, ours, context.language))
    if found is not None:
        return found
    read = place.step.reader(context, words, place.row.answers)
    return await read if isawaitable(read) else read


async def take(
    context: Context, place: Place, step: Step, value: object, said: object, *, on: bool | None = None
) -> None:
    """Save one answer, show it saved, and ask what comes next or finish.

    Of many, `on` says what the answer is to be from now on; None turns it into the other.
    """
    place = replace(place, row=replace(place.row, answers=settled(place.row.answers)))
    if step.many and value != DONE:
        return await _switch(context, replace(place, step=step), str(value), on)
    answers = _pruned(place.form, place.row.answers | {step.name: value})
    after, result, asked = prompts.following(place.form, answers), None, None
    async with context.transaction() as tx:
        if step.name not in place.row.answers:
            await kept.count_answered(tx, place.form.name, step.name)
        if place.form.save:
            await place.form.save(tx, context, step.name, value)
        if after is None:
            await kept.close(tx, context.chat_id)
            result = await place.form.finish(tx, context, bare(answers))
        else:
            at = after if _moves_on(place, step, answers) else place.step
            asked = await move(tx, context, Place(place.form, replace(place.row, answers=answers), at))
    asked = asked if _moves_on(place, step, answers) else None
    # What a form has acted on cannot be changed by its old buttons any more, unless it knows how to ask again.
    final = after is None and place.form.reopen is None
    shown = None if said is None else prompts.saved(replace(place, step=step), said, final=final)
    if asked and not context.turn.press:
        shown, asked = prompts.after(shown, asked) if shown else asked, None
    if shown:
        await (context.replace(shown) if context.turn.press else context.speak(shown))
    if after is None:
        await place.form.reply(context, result)
    elif asked:
        await context.speak(asked)


async def _switch(context: Context, place: Place, value: str, on: bool | None) -> None:  # noqa: FBT001 - what a button said
    """One of many choices goes on or off; the question stays, in the same message. Said twice it is as said once."""
    name = f"{place.step.name}_picks"
    picked = place.row.answers.get(name, [])
    wanted = value not in picked if on is None else on
    picks = [*[one for one in picked if one != value], *([value] if wanted else [])]
    async with context.transaction() as tx:
        asked = await move(
            tx, context, replace(place, row=replace(place.row, answers=place.row.answers | {name: picks}))
        )
    await (context.replace(asked) if context.turn.press else context.speak(asked))


def _moves_on(place: Place, step: Step, answers: dict[str, Any]) -> bool:
    """An old question answered anew leaves the question on the screen where it is, while that still applies."""
    return step.name == place.step.name or place.row.step == ASIDE or not place.step.when(answers)


async def show_saved(context: Context, place: Place, said: object, *, final: bool = False) -> None:
    """The message that asked now shows what was saved; after typed words a new one does."""
    saying = prompts.saved(place, said, final=final)
    await (context.replace(saying) if context.turn.press else context.speak(saying))


async def move(tx: Writing, context: Context, place: Place) -> Saying:
    """Stand at this question: keep the row, count it the first time it is asked, and find its words."""
    asked = place.row.answers.get(ASKED, [])
    if place.step.name not in asked:
        await kept.count_asked(tx, place.form.name, place.step.name)
    answers = place.row.answers | {ASKED: [*asked, *({place.step.name} - set(asked))]}
    row = replace(place.row, touched_at=context.now, step=place.step.name, answers=answers)
    await kept.save(tx, row)
    return await prompts.question(tx, context, replace(place, row=row))


def settled(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers without what waits for a yes."""
    return {name: value for name, value in answers.items() if name != prompts.UNSURE}


def bare(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers without what the engine notes beside them."""
    return {name: value for name, value in answers.items() if not name.startswith("_")}


def _would_lose(place: Place, form: Form) -> bool:
    """Whether opening `form` would throw away answers to what was asked; what a form saves as it goes is not lost."""
    asked = place.row.answers.get(ASKED, [])
    answered = any(step.name in place.row.answers and step.name in asked for step in place.form.steps)
    return answered and (place.form.save is None or place.form.name == form.name)


def _pruned(form: Form, answers: dict[str, Any]) -> dict[str, Any]:
    """Without the answers to questions that no longer apply."""
    inapplicable = {step.name for step in form.steps} - {step.name for step in prompts.applicable(form, answers)}
    return {name: value for name, value in answers.items() if name not in inapplicable}


async def set_aside(context: Context) -> None:
    """Leave the open form for later: typed words no longer go to it, and it can be carried on for 14 days."""
    place = await standing(context)
    if place is None or place.row.step == ASIDE:
        return
    async with context.transaction() as tx:
        await kept.save(tx, replace(place.row, step=ASIDE))


async def ask_again(context: Context) -> bool:
    """Say the open question again, in the language of now; False when none is open."""
    place = await standing(context)
    if place is None or place.row.step == ASIDE:
        return False
    await context.speak(await prompts.question(context.db, context, place))
    return True
