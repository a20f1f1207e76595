"""What can be tapped in a form: a choice, *change* under a saved one, Back, and the offer to carry on."""

from dataclasses import replace
from typing import TYPE_CHECKING

import handlers  # the registry is read when somebody taps, not at import: it imports this file
import texts
from handlers import forms, prompts
from handlers.context import Context
from handlers.feature import Button, Step
from handlers.matching import exactly
from handlers.prompts import Place
from rules.roles import Role

if TYPE_CHECKING:
    from telegram import Update


async def _pressed_place(context: Context) -> Place | None:
    """The open form whose serial the button carries; a stale or foreign button finds none, and is told so."""
    place = await forms.standing(context)
    if place is None or context.press.number(0) != place.row.serial:
        await context.notice("button.closed", alert=True)
        return None
    return place


async def chose(update: "Update", context: Context) -> None:
    """A choice was tapped, at the open question or at an older one of the same form."""
    place = await _pressed_place(context)
    if place is None:
        return
    step = next((s for s in prompts.applicable(place.form, place.row.answers) if s.name == context.press.word(1)), None)
    value = prompts.off_the_wire(context.press.word(2))
    listed = await prompts.choices(context.db, context, replace(place, step=step)) if step else []
    if step is None or not _reached(place, step) or value not in {choice.value for choice in listed}:
        await context.notice("button.closed", alert=True)
        return
    said = prompts.answer(replace(place, step=step), listed, value)
    if place.row.answers.get(step.name) == value and step.name != place.step.name:
        await forms.show_saved(context, replace(place, step=step), said)
        return
    becomes = {prompts.ON: True, prompts.OFF: False}.get(context.press.word(3))
    await forms.take(context, place, step, value, said, on=becomes)


async def sure(update: "Update", context: Context) -> None:
    """What was typed and shown back is right, or not; a button about anything else that was typed has closed."""
    place = await _pressed_place(context)
    if place is None:
        return
    found, value = prompts.unsure(place)
    about = (place.step.name, str(prompts.mark_of(value)))
    if not found or about != (context.press.word(1), context.press.word(2)):
        await context.notice("button.closed", alert=True)
        return
    await _decide(context, place, right=context.press.word(3) == "yes")


async def sure_typed(context: Context, words: str) -> bool:
    """Whether typed words were the yes or the no to what is shown back."""
    place = await forms.standing(context)
    if place is None or place.row.step == forms.ASIDE or not prompts.unsure(place)[0]:
        return False
    names = {"yes": "form.sure.yes", "no": "form.sure.no"}
    labels = {
        said: [
            *(texts.plain(code, name) for code in (context.language, "en")),
            *(one for words in texts.every(f"words.{said}") for one in words.split(";")),
        ]
        for said, name in names.items()
    }
    said = exactly(words, labels)
    if said is not None:
        await _decide(context, place, right=said == "yes")
    return said is not None


async def _decide(context: Context, place: Place, *, right: bool) -> None:
    """Keep what was shown back, or ask once more."""
    if not right:
        row = replace(place.row, answers=forms.settled(place.row.answers))
        async with context.transaction() as tx:
            asked = await forms.move(tx, context, replace(place, row=row))
        await (context.replace(asked) if context.turn.press else context.speak(asked))
        return
    value = prompts.unsure(place)[1]
    listed = await prompts.choices(context.db, context, place)
    await forms.take(context, place, place.step, value, prompts.answer(place, listed, value), on=True)


def _reached(place: Place, step: Step) -> bool:
    """Only a question that was really asked can be answered by its button."""
    return step.name in place.row.answers.get(forms.ASKED, [])


async def change(update: "Update", context: Context) -> None:
    """*Change* under a saved answer: the question again, in that message; after the form was finished, as a new one."""
    place = await forms.standing(context)
    if place is None or context.press.number(0) != place.row.serial:
        await _reopen(context)
        return
    steps = {s.name: s for s in prompts.applicable(place.form, place.row.answers) if _reached(place, s)}
    if context.press.word(1) not in steps:
        await context.notice("button.closed", alert=True)
        return
    async with context.transaction() as tx:
        asked = await forms.move(tx, context, replace(place, step=steps[context.press.word(1)]))
    await context.replace(asked)


async def _reopen(context: Context) -> None:
    form = handlers.form(context.press.word(2))
    if form is None or form.reopen is None or context.known is None or not forms.allowed(context, form.roles):
        await context.notice("button.closed", alert=True)
    else:
        await form.reopen(context, context.press.word(1))


async def back(update: "Update", context: Context) -> None:
    """To the question before, whose answer stays until another is given; from the first one, home."""
    place = await _pressed_place(context)
    if place is not None:
        await go_back(context, place)


async def go_back(context: Context, place: Place) -> None:
    """Stand at the question before this one, or leave the form for home when this is the first."""
    steps = prompts.applicable(place.form, place.row.answers)
    if place.number == 1:
        await forms.set_aside(context)
        await context.say("form.left", form=texts.words(f"form.name.{place.form.name}"))
        return
    async with context.transaction() as tx:
        asked = await forms.move(tx, context, replace(place, step=steps[place.number - 2]))
    await context.speak(asked)


async def resume(update: "Update", context: Context) -> None:
    """Carry on, start again (or start what was asked for instead), or not now."""
    place = await _pressed_place(context)
    if place is None:
        return
    await _resume(context, place, context.press.word(1))


async def _resume(context: Context, place: Place, how: str) -> None:
    match how:
        case "on":
            await carry_on(context, place)
        case "again":
            await _start_again(context, place)
        case _:
            await forms.set_aside(context)
            await context.show("form.later")


async def offer_typed(context: Context, words: str) -> bool:
    """Whether typed words answered the offer to carry on; False when none is open, or they are something else."""
    place = await forms.standing(context)
    if place is None or forms.NEXT not in place.row.answers:
        return False
    names = {"on": "form.carry_on", "again": "form.start_again", "later": "form.not_now"}
    labels = {how: [texts.plain(code, name) for code in (context.language, "en")] for how, name in names.items()}
    how = exactly(words, labels)
    if how is not None:
        await _resume(context, place, how)
    return how is not None


async def carry_on(context: Context, place: Place) -> None:
    """Ask the question that was left."""
    row = replace(place.row, answers={name: value for name, value in place.row.answers.items() if name != forms.NEXT})
    async with context.transaction() as tx:
        asked = await forms.move(tx, context, replace(place, row=row))
    await context.speak(asked)


async def _start_again(context: Context, place: Place) -> None:
    wanted = place.row.answers.get(forms.NEXT) or {"form": place.form.name, "given": forms.bare(place.row.answers)}
    given = wanted["given"]
    if wanted["form"] == place.form.name:
        steps = {step.name for step in place.form.steps}
        given = {name: value for name, value in given.items() if name.removesuffix("_picks") not in steps}
    form = handlers.form(wanted["form"])
    if form is None or not forms.allowed(context, form.roles):
        await context.notice("button.closed", alert=True)
        return
    async with context.transaction() as tx:
        asked = await forms.open_in(tx, context, form, given)
    await context.speak(asked)


_ANY = frozenset(Role)
BUTTONS: tuple[Button, ...] = (
    Button("form", chose, _ANY),
    Button("change", change, _ANY),
    Button("sure", sure, _ANY),
    Button("back", back, _ANY),
    Button("resume", resume, _ANY),
)
