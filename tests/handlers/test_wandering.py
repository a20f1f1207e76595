"""People who tap and type whatever they like: never an apology, never a broken promise of the database."""

import random

import pytest

from rules.roles import Role
from storage import invariants
from tests.dialogue import keys_of

TYPED = (
    "hello",
    "stop",
    "back",
    "home",
    "2",
    "yes",
    "Nights",
    "care hom",
    "/start",
    "/home",
    "/me",
    "/meeting",
    "/invite",
    "/log",
    "/export",
    "/queue",
    "/answers",
    "/roles",
    "/meetings",
    "/free",
    "/here",
    "/door",
    "/when",
    "/poll",
    "/pause",
    "/person",
    "<b>x</b> & {y}",
    "=1+1",
    "tomorrow 7pm",
    "90",
    "St Mary's Hall",
    "שלום",
    "🦆" * 40,
    "x" * 4096,
    "10pm to 7am",
    "a person please",
)
STEPS = 45


def anything(someone, chance):
    """A button that stands somewhere on the screen, mostly a newer one, or typed words."""
    screen = [
        (m["message_id"], key["callback_data"])
        for m in someone.phone.messages
        if m["from"]["is_bot"]
        for row in keys_of(m)
        for key in row
        if "callback_data" in key
    ]
    if screen and chance.random() < 0.7:
        return chance.choice(screen[-25:] if chance.random() < 0.85 else screen)
    return chance.choice(TYPED)


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_people_do_nothing_breaks(stage, seed):
    chance = random.Random(seed)
    people = [
        await stage.worker("Ada"),
        stage.somebody("Bob"),
        await stage.staff(Role.COORDINATOR, Role.OFFICER, name="Cas"),
    ]
    for _ in range(STEPS):
        one = chance.choice(people)
        act = anything(one, chance)
        await (one.says(act) if isinstance(act, str) else one.forges(act[1], act[0]))
        one.sees_not("error.sorry")
        if chance.random() < 0.1:
            await stage.passes(hours=chance.choice((1, 9, 30)))
    assert await invariants.violations(stage.db) == []
    assert refused(stage) == []


def refused(stage):
    """What we said and Telegram would not take; an edit that changes nothing is no harm."""
    return [
        (call.method, call.body, call.params)
        for call in stage.simulator.transcript
        if call.status == 400 and "not modified" not in call.body["description"]
    ]
