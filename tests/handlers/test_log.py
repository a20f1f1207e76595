"""A call, visit or talk is logged in four taps, with a person on record, somebody new, or a place."""

import pytest

from rules.dispositions import OUTCOMES
from storage import attempts, people
from tests.handlers.acts import invites_everyone, opens_meeting


async def contacts_with(stage, person_id):
    return [one for one in await attempts.of_person(stage.db, person_id) if one.reason == "by_hand"]


async def test_four_taps(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await ada.says("/person")
    await cas.says("/log")
    for tap in ("Phone call", "Ada", "We spoke", "Skip this"):
        await cas.taps(tap)
    cas.sees("Logged: Ada")
    (call,) = await contacts_with(stage, (await ada.person()).id)
    assert (call.state, call.answer, call.outcome, call.note) == ("by_hand", "spoke", "answered", "")
    assert call.made_by == (await cas.person()).id


async def test_a_name_is_found_by_a_part_of_it(stage):
    ada, cas = await stage.worker("Ada Lovelace"), await stage.coordinator()
    await stage.worker("Bo")
    await cas.says("/log")
    await cas.taps("Visit")
    await cas.says("love")
    cas.sees("I found these with “love”")
    cas.sees_not("With:")
    await cas.taps("Ada Lovelace")
    await cas.taps("No answer")
    await cas.says("Nobody at home =1+1 <b>")
    (visit,) = await contacts_with(stage, (await ada.person()).id)
    assert (visit.answer, visit.outcome, visit.note) == ("no_answer", "no_response", "Nobody at home =1+1 <b>")


async def test_a_name_that_only_one_person_has_needs_no_second_tap(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await stage.worker("Adam")
    await cas.says("/log")
    await cas.taps("Visit")
    await cas.says("  ADA ")
    cas.sees("With: Ada", "log.outcome")
    await cas.taps("We spoke")
    await cas.taps("Skip this")
    (visit,) = await contacts_with(stage, (await ada.person()).id)
    assert visit.answer == "spoke"


async def test_a_name_that_two_people_have_is_asked_about(stage):
    ada, _, cas = await stage.worker("Ada"), await stage.worker("Ada"), await stage.coordinator()
    await ada.says("/person")
    await cas.says("/log")
    await cas.taps("Visit")
    assert cas.buttons.count("Ada") == 1
    await cas.says("Ada")
    cas.sees("log.which")
    assert cas.buttons.count("Ada") == 2


async def test_who_waits_for_a_person_comes_first_then_who_was_just_invited(stage):
    await opens_meeting(stage)
    ada, _, cy = [await stage.worker(name) for name in ("Ada", "Bo", "Cy")]
    cas = await stage.coordinator()
    await ada.says("/person")
    await stage.passes(minutes=5)
    await invites_everyone(stage, cas, 3)
    await cy.taps("Yes")
    await cas.says("/log")
    await cas.taps("Phone call")
    assert cas.buttons[:3] == ["Ada", "Bo", "Somebody new"]


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_every_outcome_is_a_button(stage, outcome):
    cas = await stage.coordinator()
    await cas.says("/log")
    await cas.taps("Talk")
    await cas.taps("A place")
    await cas.says("Greenfield Care")
    await cas.taps(f"log.outcome.{outcome}")
    further = {"call_back": "Tomorrow at 10am", "not_attempted": "No time"}
    if outcome in further:
        await cas.taps(further[outcome])
    await cas.taps("Skip this")
    cas.sees("Logged: Greenfield Care")


async def test_somebody_new_is_on_record_without_telegram(stage):
    cas = await stage.coordinator()
    await cas.says("/log")
    await cas.taps("Letter")
    await cas.taps("Somebody new")
    await cas.says("Zoë  Ng")
    await cas.taps("Skip this")
    await cas.taps("Left a message")
    await cas.taps("Skip this")
    (zoe,) = await people.find(stage.db, "zoë", 5)
    assert (zoe.display_name, zoe.telegram_id) == ("Zoë Ng", None)
    (letter,) = await contacts_with(stage, zoe.id)
    assert letter.outcome is None


async def test_a_name_nobody_has_leads_to_somebody_new(stage):
    cas = await stage.coordinator()
    await cas.says("/log")
    await cas.taps("E-mail")
    await cas.says("Quentin")
    assert cas.buttons[:2] == ["Somebody new", "A place"]
    await cas.taps("Somebody new", on="Quentin")
    cas.sees("log.new_name")


async def test_digits_are_no_name(stage):
    cas = await stage.coordinator()
    await cas.says("/log")
    await cas.taps("Phone call")
    await cas.says("12345")
    cas.sees("log.who.not_a_name")


async def test_a_mistake_is_taken_back_and_stays_in_the_history(stage):
    ada, cas, dee = await stage.worker("Ada"), await stage.coordinator(), await stage.coordinator("Dee")
    await ada.says("/person")
    await cas.says("/log")
    for tap in ("Phone call", "Ada", "We spoke", "Skip this"):
        await cas.taps(tap)
    (call,) = await contacts_with(stage, (await ada.person()).id)
    await dee.forges(f"v1:log.undo:{call.id}")
    dee.sees("button.closed")
    await cas.taps("Undo: that was a mistake")
    cas.sees("log.undone")
    (call,) = await contacts_with(stage, (await ada.person()).id)
    assert (call.why, call.outcome, call.answer, call.sent_at) == ("taken_back", None, "", None)
    await cas.forges(f"v1:log.undo:{call.id}")
    cas.sees("button.closed")


async def test_forged_people_are_refused(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    for data in ("log.about:999", "log.about:x", "log.undo:999", "log.undo"):
        await cas.forges(f"v1:{data}")
        cas.sees("button.closed")
    await ada.forges(f"v1:log.about:{(await ada.person()).id}")
    ada.sees("button.closed")


async def test_somebody_who_has_herself_erased_meanwhile_is_not_written_down(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await cas.says("/log")
    await cas.taps("Phone call")
    await cas.says("Ada")
    await ada.says("/delete")
    await ada.taps("staying.delete.button.yes")
    await cas.taps("We spoke")
    await cas.taps("Skip this")
    cas.sees("button.closed")
    assert await stage.db.value("SELECT COUNT(*) FROM contact_attempt") == 0
