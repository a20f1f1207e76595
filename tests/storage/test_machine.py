"""What the program remembers about itself, the conversations that are open, and the updates that may come again."""

import pytest

from storage import forms, machine, people, updates
from storage.forms import OpenForm, StepCount

NOW = 1_800_000_000


@pytest.fixture
async def person(tx):
    return await people.meet(tx, 5, "en", None, False, NOW)


async def test_the_gate_never_closes_for_less(tx):
    assert await machine.gate_closed_until(tx) == 0.0
    for until, closed in ((NOW + 5.5, NOW + 5.5), (NOW + 2, NOW + 5.5), (NOW + 60, NOW + 60)):
        await machine.close_gate(tx, until)
        assert await machine.gate_closed_until(tx) == closed


async def test_a_beat_says_how_long_the_last_was_ago(tx):
    assert await machine.last_beat(tx) is None
    beats = [(NOW, 0), (NOW + 30, 30), (NOW + 10, 0), (NOW + 31, 1)]
    assert [await machine.beat(tx, at) for at, _ in beats] == [gap for _, gap in beats]
    assert await machine.last_beat(tx) == NOW + 31


async def test_outages_that_touch_a_period(tx):
    for from_at, until_at in ((50, 60), (10, 20), (30, 40)):
        await machine.record_outage(tx, from_at, until_at)
    assert await machine.outages(tx, 20, 50) == [machine.Outage(30, 40)]
    assert await machine.outages(tx, 19, 51) == [machine.Outage(*ends) for ends in ((10, 20), (30, 40), (50, 60))]


async def test_a_secret_is_made_once(tx):
    first = await machine.secret(tx, "export", 32)
    assert len(first) == 32
    assert await machine.secret(tx, "export", 16) == first
    assert await machine.secret(tx, "other", 32) != first


async def test_one_form_is_open_in_a_chat(tx, person):
    assert await forms.load(tx, 5) is None
    form = OpenForm(5, person.id, "join", "market", {"shift": "nights", "why": "\ud83d\0é"}, 3, 77, NOW)
    await forms.save(tx, form)
    assert await forms.load(tx, 5) == form
    other = OpenForm(5, person.id, "meeting", "title", {}, 4, None, NOW + 1)
    await forms.save(tx, other)
    assert await forms.load(tx, 5) == other
    await forms.close(tx, 5)
    assert await forms.load(tx, 5) is None


async def test_drafts_wait_until_nobody_has_touched_them_for_too_long(tx, person):
    for chat_id in (5, 6, 7):
        await forms.save(tx, OpenForm(chat_id, person.id, "join", "market", touched_at=NOW + chat_id))
    assert await forms.close_older_than(tx, NOW + 7) == 2
    assert (await forms.load(tx, 7)).touched_at == NOW + 7


async def test_how_far_people_get(tx):
    for step, asked, answered in (("market", 3, 2), ("shift", 2, 0)):
        for _ in range(asked):
            await forms.count_asked(tx, "join", step)
        for _ in range(answered):
            await forms.count_answered(tx, "join", step)
    assert await forms.drop_off(tx) == [StepCount("join", "market", 3, 2), StepCount("join", "shift", 2, 0)]


async def test_handled_updates_are_forgotten_when_telegram_knows(tx):
    for update_id in (2**31, 7, 8):
        await updates.mark_handled(tx, update_id)
    assert await updates.handled(tx) == {2**31, 7, 8}
    await updates.forget_handled(tx, [8, 2**31, 999])
    assert await updates.handled(tx) == {7}
    await updates.forget_handled(tx, [])
    assert await updates.handled(tx) == {7}
