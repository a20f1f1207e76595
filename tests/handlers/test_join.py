"""Signing up: from a poster to done, in at most six taps."""

import pytest

import texts
from rules.roles import GRANTED, Role
from storage import approaches, consents, forms, grants
from tests.dialogue import staged


async def test_from_start_to_done_in_five_taps(stage):
    ada = stage.somebody("Ada")
    await ada.says("/start")
    ada.sees("join.hello", "join.consent", "Your employer will not see this")
    await ada.taps("Yes")
    ada.sees("join.consent.yes", "join.market")
    await ada.taps("Home care")
    ada.sees("Saved: Home care", "join.shift")
    await ada.taps("Nights")
    await ada.taps("Care worker")
    await ada.taps("Board")
    ada.sees("join.done", "4pm", "8am")
    person = await ada.person()
    assert (person.market, person.shift, person.job, person.strand) == ("home_care", "nights", "care_worker", "board")
    assert person.consented
    assert person.joined_at == stage.clock.now
    assert await forms.load(stage.db, ada.id) is None


async def test_with_a_choice_of_languages_it_is_six(bilingual):
    ada = bilingual.somebody("Ada")
    await ada.says("/start")
    ada.sees("Choose your language.", "اختر لغتك.")
    assert ada.buttons == ["English", "العربية (مسودة)"]
    for tap in ("English", "Yes", "Care home", "Days", "Nurse"):
        await ada.taps(tap)
    await ada.taps("Network")
    ada.sees("join.done")


async def test_one_language_is_no_choice(stage):
    ada = stage.somebody()
    await ada.says("/start")
    assert "Language" not in ada.buttons
    await ada.says("/language")
    ada.sees("language.only")


async def test_the_code_of_a_poster_is_the_first_contact(stage):
    async with stage.program.database.transaction() as tx:
        poster = await approaches.add(tx, "poster-busstop", "poster", "night", "poster", 0)
        await approaches.add(tx, "leaflet", "leaflet", "", "paper", 0)
    ada = stage.somebody()
    await ada.says("/start poster-busstop")
    await ada.says("/start leaflet")
    assert (await ada.person()).first_approach == poster.id


@pytest.mark.parametrize("code", ["", " nobody-made-this", " " + "x" * 64])
async def test_without_a_known_code_somebody_found_us_by_themselves(stage, code):
    ada = stage.somebody()
    await ada.says(f"/start{code}")
    ada.sees("join.hello")
    direct = await approaches.by_code(stage.db, "direct")
    assert (await ada.person()).first_approach == direct.id


async def test_consent_keeps_its_version_time_and_route(stage):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.taps("Not now")
    ada.sees("join.consent.no")
    refused = await consents.latest(stage.db, (await ada.person()).id)
    assert (refused.accepted, refused.notice_version, refused.route) == (False, "1", "telegram")
    stage.clock.passes(days=1)
    await ada.says("/start")
    await ada.taps("Yes")
    accepted = await consents.latest(stage.db, (await ada.person()).id)
    assert (accepted.accepted, accepted.given_at) == (True, stage.clock.now)


async def test_a_yes_can_be_taken_back(stage):
    ada = await stage.worker()
    await ada.taps("Change", on="join.consent.yes")
    ada.sees("join.consent")
    await ada.taps("Not now")
    ada.sees("join.consent.no")
    assert not (await ada.person()).consented


async def test_a_second_yes_asks_nothing_twice(stage):
    ada = await stage.worker()
    consent = next(m for m in ada.phone.messages if "Saved: Yes" in m.get("text", ""))
    await ada.forges("v1:consent:yes:1", consent["message_id"])
    ada.sees_not("join.market")
    assert (await ada.person()).joined_at is not None


async def test_a_notice_that_has_changed_is_read_anew(stage):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.forges("v1:consent:yes:0")
    ada.sees("join.consent.changed", "join.consent")
    assert not (await ada.person()).consented


async def test_prefer_not_to_say_everywhere(stage):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.taps("Yes")
    for _ in range(4):
        await ada.taps("Prefer not to say")
    ada.sees("join.done")
    person = await ada.person()
    assert {person.market, person.shift, person.job, person.strand} == {"not_said"}


async def test_each_tap_is_saved(stage):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.taps("Yes")
    await ada.taps("Care home")
    assert (await ada.person()).market == "care_home"
    assert (await ada.person()).joined_at is None


async def test_left_halfway_it_resumes(stage):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.taps("Yes")
    await ada.taps("Care home")
    await stage.passes(days=3)
    await ada.says("/start")
    ada.sees("form.resume", number=2, of=4, form=texts.words("form.name.join"))
    await ada.taps("Carry on")
    ada.sees("join.shift")


async def test_left_for_longer_than_it_waits_nothing_is_asked_twice(stage):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.taps("Yes")
    await ada.taps("Care home")
    await stage.passes(days=15)
    await ada.says("/start")
    ada.sees("join.shift")
    ada.sees_not("form.resume")


async def test_everything_in_typed_words(stage):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.taps("Yes")
    for words in ("care hom", "3", "nurse", "boord"):
        await ada.says(words)
    ada.sees("join.done")
    person = await ada.person()
    assert (person.market, person.shift, person.job, person.strand) == ("care_home", "nights", "nurse", "board")


async def test_back_again_after_signing_up(stage):
    ada = await stage.worker()
    await ada.says("/start")
    ada.sees("join.welcome_back")


async def test_a_code_of_the_host_gives_a_role_once(stage):
    async with stage.program.database.transaction() as tx:
        code = await grants.make_code(tx, Role.OFFICER, None, int(stage.clock.now))
    olu, eve = stage.somebody("Olu"), stage.somebody("Eve")
    await olu.says(f"/start enrol-{code}")
    olu.sees("join.enrol.officer")
    await eve.says(f"/start enrol-{code}")
    eve.sees("join.enrol.refused")
    assert await grants.roles_of(stage.db, (await olu.person()).id) == {Role.OFFICER}
    assert await grants.roles_of(stage.db, (await eve.person()).id) == frozenset()
    assert (await olu.person()).display_name == "Olu"


async def test_a_code_is_too_old_after_a_quarter_of_an_hour(stage):
    async with stage.program.database.transaction() as tx:
        code = await grants.make_code(tx, Role.OFFICER, None, int(stage.clock.now))
    stage.clock.passes(minutes=16)
    olu = stage.somebody("Olu")
    await olu.says(f"/start enrol-{code}")
    olu.sees("join.enrol.refused")


@pytest.mark.parametrize("role", sorted(GRANTED))
async def test_each_role_is_told_what_it_can_do(stage, role):
    olu = await stage.staff(role)
    olu.sees(f"join.enrol.{role}")


async def test_a_council_may_name_its_own_markets(data_dir):
    async with staged(data_dir, markets="home_care,shared_lives=Shared <Lives>") as stage:
        ada = stage.somebody()
        await ada.says("/start")
        await ada.taps("Yes")
        await ada.taps("Shared <Lives>")
        ada.sees("Saved: Shared <Lives>")
        assert (await ada.person()).market == "shared_lives"
        await ada.says("/me")
        ada.sees("Where you work: Shared <Lives>")
