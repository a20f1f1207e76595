"""/when: the times that reach the most people, whom each leaves out, and how many have not said when they are free."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from telegram import Update

import texts
from handlers import forms, poll_form, when_words
from handlers.audience_form import NOT_ANSWERED, audience_choices
from handlers.context import Context
from handlers.dates import read_starts, shown_start, sure_start
from handlers.feature import Answers, Choice, Command, Feature, Form, Step
from handlers.meeting_form import MEETING, read_minutes
from handlers.saying import Saying
from handlers.when_finding import HOURS, WINDOWS, Found, find, heat
from handlers.when_words import chosen, compared
from rules.roles import COORDINATORS
from rules.slots import best
from storage.database import Reading, Writing

MORE = {"three": 3, "four": 4, "five": 5}
_KEPT = ("meeting", "audience", "audience_picks", "minutes", "window", "hours")


async def when(update: Update, context: Context) -> None:
    """The first question: for whom."""
    await forms.begin(context, WHEN, {"meeting": "0"})


async def audience(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """The switches of an invite's audience, but for the one about answers: there is no meeting yet."""
    return [one for one in await audience_choices(db, context, answers) if one.value != NOT_ANSWERED]


async def about_result(db: Reading, context: Context, answers: Answers) -> Mapping[str, object]:
    """The best slot and the best pair (or so many), with whom each reaches; or what another time would do."""
    found = await find(db, context, answers)
    if not found.sheet.slots:
        return {"result": texts.words("when.no_slots")}
    one = best(found.sheet, 1)
    if answers.get("other"):
        return {"result": await compared(db, context, found, one, answers["other"])}
    several = best(found.sheet, min(answers.get("many", 2), len(found.sheet.slots)))
    values = {
        "of": len(found.people),
        "silent": len(found.people) - len(found.said),
        "one": await chosen(db, context, found, one),
        "count": len(several.slots),
        "several": await chosen(db, context, found, several),
    }
    return {"result": texts.words("when.found", **values)}


async def results(db: Reading, context: Context, answers: Answers) -> Sequence[Choice]:
    """What can be done with what was found."""
    return [Choice(value) for value in ("meeting", "poll", "three", "four", "five", "compare", "picture", "again")]


async def act(tx: Writing, context: Context, answers: Answers) -> list[Saying]:
    """A meeting at the best slot, a poll about the best ones, more slots, another time beside it, or a picture."""
    given = {name: answers[name] for name in _KEPT if name in answers}
    found = await find(tx, context, answers)
    wanted = answers["result"]
    if wanted == "again" or not found.sheet.slots:
        return [await forms.open_in(tx, context, WHEN, {"meeting": "0"})]
    if wanted == "meeting":
        start = best(found.sheet, 1).slots[0].local_start
        shown = Saying("when.meeting", {"starts": datetime.fromisoformat(start)})
        return [shown, await forms.open_in(tx, context, MEETING, {"starts": start, "minutes": answers["minutes"]})]
    if wanted == "poll":
        return [await forms.open_in(tx, context, poll_form.POLL, {**given, **_poll(found)})]
    if wanted == "compare":
        return [await forms.open_in(tx, context, WHEN, {**given, "comparing": True})]
    if wanted == "picture":
        return [*await _picture(tx, context, found), await forms.open_in(tx, context, WHEN, given)]
    return [await forms.open_in(tx, context, WHEN, {**given, "many": MORE[wanted]})]


def _poll(found: Found) -> dict[str, object]:
    """The best five slots as suggestions, the best pair of them switched on."""
    most = min(5, len(found.sheet.slots))
    suggested = [poll_form.wired(slot.local_start) for slot in best(found.sheet, most).slots]
    pair = [poll_form.wired(slot.local_start) for slot in best(found.sheet, min(2, most)).slots]
    return {"suggested": list(dict.fromkeys([*pair, *suggested])), "slots_picks": pair}


async def _picture(tx: Writing, context: Context, found: Found) -> list[Saying]:
    map_of = await heat(tx, context, found)
    return [when_words.heat_in_words(context, map_of), when_words.picture(context, map_of)]


async def reply(context: Context, sayings: list[Saying]) -> None:
    """What follows."""
    for saying in sayings:
        await context.speak(saying)


WHEN: Form = Form(
    "when",
    (
        Step("audience", audience, columns=2, many=True),
        Step("minutes", ("60", "90", "120", "180"), reader=read_minutes, columns=2),
        Step("window", tuple(WINDOWS)),
        Step("hours", tuple(HOURS), columns=2),
        Step(
            "other",
            reader=read_starts,
            shows=shown_start,
            confirms=sure_start,
            when=lambda answers: bool(answers.get("comparing")),
        ),
        Step("result", results, columns=2, about=about_result),
    ),
    act,
    reply,
    COORDINATORS,
)
FEATURE: Feature = Feature(
    name="when",
    commands=(Command("when", when, COORDINATORS),),
    forms=(WHEN,),
)
