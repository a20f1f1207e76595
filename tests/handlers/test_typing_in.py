"""/type: a pile of paper forms is typed in sheet by sheet, each held against the paper before it is kept."""

import pytest

from rules import bands
from storage import approaches, availability, consents, people, routes, scans
from tests.handlers.test_approaches import makes, only


async def begins(coordinator, form="Sign-up", code="No code"):
    await coordinator.says("/type")
    await coordinator.taps(form)
    await (coordinator.says(code[1:]) if code.startswith(">") else coordinator.taps(code))


async def types(coordinator, *answers):
    for one in answers:
        await (coordinator.says(one[1:]) if one.startswith(">") else coordinator.taps(one))


async def the_one(stage, name):
    (found,) = await people.named(stage.db, name)
    return found


async def test_a_sign_up_sheet_is_typed_in_and_the_next_one_follows(stage):
    cas = await stage.coordinator()
    await makes(cas)
    await begins(cas, code="Library poster (library-poster)")
    await types(cas, ">Grace Okafor", ">07700 900123", "Yes", ">m2 s3 j1 n")
    cas.sees("Works in: Care home", "Works: Nights", "Job: Care worker", "Group: Network", "07700 900123")
    await cas.taps("Save: somebody new")
    cas.sees("typing.saved", "typing.name")
    grace = await the_one(stage, "Grace Okafor")
    assert (grace.market, grace.shift, grace.job, grace.strand) == ("care_home", "nights", "care_worker", "network")
    assert (grace.telegram_id, grace.consented, grace.joined_at) == (None, True, int(stage.clock.now))
    assert grace.first_approach == (await only(stage)).id
    (route,) = await routes.of_person(stage.db, grace.id)
    assert (route.kind, route.value) == ("phone", "+447700900123")
    agreed = await consents.latest(stage.db, grace.id)
    assert (agreed.accepted, agreed.route, agreed.notice_version) == (True, "paper", "1")
    tally = await scans.tally(stage.db, grace.first_approach, invented=False)
    assert (tally.opened, tally.joined) == (0, 1)
    await types(cas, ">Femi", ">femi@example.org", "Yes", "Skip this", "Save: somebody new")
    femi = await the_one(stage, "Femi")
    assert (femi.market, femi.strand, femi.consented) == ("not_said", "not_said", True)


async def test_without_a_signed_yes_nothing_is_kept(stage):
    cas = await stage.coordinator()
    await begins(cas)
    await types(cas, ">Grace", "Skip this", "No")
    cas.sees("typing.unsigned", "typing.name")
    assert await people.named(stage.db, "Grace") == []


@pytest.mark.parametrize("codes", ["M9", "M1 M2 S1", "hello", "M1 S1 X"])
async def test_codes_that_are_not_on_the_sheet_are_asked_about_again(stage, codes):
    cas = await stage.coordinator()
    await begins(cas)
    await types(cas, ">Grace", "Skip this", "Yes", f">{codes}")
    cas.sees("typing.codes.not_understood")
    await types(cas, ">J2", "Save: somebody new")
    assert (await the_one(stage, "Grace")).job == "senior"


async def test_a_sheet_read_wrongly_is_typed_again(stage):
    cas = await stage.coordinator()
    await begins(cas)
    await types(cas, ">Grace", "Skip this", "Yes", ">J2", "No, type it again")
    cas.sees("typing.name")
    assert await people.named(stage.db, "Grace") == []


async def test_somebody_known_by_the_number_is_not_made_twice_and_keeps_what_they_said(stage):
    cas, ada = await stage.coordinator(), await stage.worker("Ada", market="home_care")
    person = await ada.person()
    async with stage.program.database.transaction() as tx:
        await routes.add(tx, person.id, "phone", "+447700900123", int(stage.clock.now))
    await begins(cas)
    await types(cas, ">Adaeze", ">+44 7700 900123", "Yes", ">M2 J2")
    await cas.taps("Ada", on="Is that what the sheet says")
    cas.sees("typing.saved")
    assert await people.named(stage.db, "Adaeze") == []
    assert (await people.by_id(stage.db, person.id)).market == "home_care"


async def test_a_free_sheet_is_typed_in_day_by_day(stage):
    cas = await stage.coordinator()
    await stage.worker("Ada")
    await begins(cas, "When are you free")
    await types(cas, ">Ada", "Skip this", "Yes", ">Mo3 Tu34 We- xx")
    cas.sees("typing.week.not_understood")
    await cas.says("mo3 tu34 we-")
    cas.sees("Tuesday: Afternoon", "Wednesday: never free")
    await cas.taps("Ada", on="Is that what the sheet says")
    said = (await availability.of_person(stage.db, (await the_one(stage, "Ada")).id)).week
    assert {cell for cell, free in said.items() if free} == {(0, "afternoon"), (1, "afternoon"), (1, "evening")}
    assert {day for day, _ in said} == {0, 1, 2}
    assert len(said) == 3 * len(bands.DEFAULT)


async def test_the_code_at_the_foot_is_typed_or_tapped(stage):
    cas = await stage.coordinator()
    await makes(cas)
    await begins(cas, code=">nothing")
    cas.sees("typing.approach.unknown")
    await types(cas, ">LIBRARY-poster", ">Grace", "Skip this", "Yes", "Skip this", "Save: somebody new")
    found = await approaches.by_code(stage.db, "library-poster")
    assert (await the_one(stage, "Grace")).first_approach == found.id


@pytest.mark.parametrize("contact", ["12", "ada@", "call me"])
async def test_a_contact_that_is_none_is_asked_about_again(stage, contact):
    cas = await stage.coordinator()
    await begins(cas)
    await types(cas, ">Grace", f">{contact}")
    cas.sees("typing.contact.not_understood")
