"""The corners of the form engine: two forms at once, changes after the end, roles taken away, forged changes."""

import pytest

from handlers import forms
from handlers.join import JOIN
from rules.roles import Role
from storage import forms as kept
from storage import grants
from tests.dialogue import staged
from tests.handlers.acts import opens_meeting


async def test_change_works_after_the_form_was_finished(stage):
    ada = await stage.worker(market="home_care", strand="network")
    await ada.taps("Change", on="Saved: Network")
    ada.sees("me.strand")
    await ada.taps("Board")
    assert (await ada.person()).strand == "board"
    await ada.taps("Change", on="Saved: Home care")
    ada.sees("me.market")
    await ada.taps("Care home")
    assert (await ada.person()).market == "care_home"


@pytest.mark.parametrize("forged", ["5:market", "5:id:join", "5:market:nothing", "5", "5:market:meeting"])
async def test_a_forged_change_has_no_effect(stage, forged):
    ada = await stage.worker()
    await ada.forges(f"v1:change:{forged}")
    ada.sees("button.closed")
    assert ada.fresh == []


@pytest.mark.parametrize("step", ["shift", "nothing", "strand"])
async def test_a_question_that_was_not_asked_yet_cannot_be_changed(stage, step):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.taps("Yes")
    serial = (await kept.load(stage.db, ada.id)).serial
    await ada.forges(f"v1:change:{serial}:{step}:join")
    ada.sees("button.closed")


async def two_forms(stage):
    """A coordinator in the middle of a new meeting who wants to log a call."""
    cas = await stage.coordinator()
    await cas.says("/meeting")
    while await kept.load(stage.db, cas.id) is None:
        await cas.taps(cas.buttons[0])
    await cas.says("Hours that suit")
    await cas.says("/log")
    cas.sees("form.busy")
    return cas


async def test_another_form_does_not_throw_away_what_was_answered(stage):
    cas = await two_forms(stage)
    await cas.taps("Carry on")
    assert (await kept.load(stage.db, cas.id)).answers["title"] == "Hours that suit"


async def test_another_form_can_be_started_instead(stage):
    cas = await two_forms(stage)
    await cas.taps("form.instead")
    assert (await kept.load(stage.db, cas.id)).form == "log"


async def test_a_role_that_is_taken_away_closes_its_form(stage):
    cas = await two_forms(stage)
    async with stage.program.database.transaction() as tx:
        await grants.revoke(tx, (await cas.person()).id, Role.COORDINATOR, int(stage.clock.now))
    await cas.taps("form.instead")
    cas.sees("button.closed")
    await cas.says("words")
    cas.sees("help.not_understood")


async def test_what_was_wanted_instead_needs_its_role_still(stage):
    olu = await stage.staff(Role.COORDINATOR, Role.OFFICER)
    await olu.says("/log")
    await olu.taps(olu.buttons[0])
    await olu.says("/export")
    olu.sees("form.busy")
    async with stage.program.database.transaction() as tx:
        await grants.revoke(tx, (await olu.person()).id, Role.OFFICER, int(stage.clock.now))
    await olu.taps("form.instead")
    olu.sees("button.closed")


async def test_a_form_with_nothing_to_ask_is_a_mistake_of_ours(stage):
    given = dict.fromkeys(("market", "shift", "job", "strand"), "not_said")
    with pytest.raises(ValueError, match="nothing left to ask"):
        await forms.open_in(None, None, JOIN, given)


async def test_a_form_of_an_earlier_version_is_let_go(stage):
    ada = await stage.worker()
    person = await ada.person()
    async with stage.program.database.transaction() as tx:
        row = kept.OpenForm(ada.id, person.id, "gone", "step", {}, 1, None, int(stage.clock.now))
        await kept.save(tx, row)
    await ada.says("words")
    ada.sees("help.not_understood")


async def test_a_question_of_an_earlier_version_becomes_the_first_without_answer(stage):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.taps("Yes")
    async with stage.program.database.transaction() as tx:
        left = await kept.load(tx, ada.id)
        await kept.save(tx, kept.OpenForm(**vars(left) | {"step": "renamed", "answers": {"market": "home_care"}}))
    await ada.says("nights")
    assert (await ada.person()).shift == "nights"


async def test_words_with_half_a_character_are_kept_whole(stage):
    ada = await stage.worker()
    await ada.says("/me")
    await ada.taps("Employer")
    raw = {
        "message_id": 9000,
        "date": int(stage.clock.now),
        "text": "Bad \ud83d care \x00",
        "chat": {"id": ada.id, "type": "private", "first_name": "Ada"},
        "from": ada.phone.user,
    }
    stage.simulator.add_update(stage.token, {"message": raw})
    await stage.settle()
    assert (await ada.person()).employer == "Bad \ufffd care \x00"


async def test_taking_back_a_wish_for_a_person(stage):
    ada = await stage.worker()
    await ada.says("/person")
    await ada.taps("help.never_mind")
    ada.sees("help.person_undone")
    await ada.forges("v1:person.done")
    ada.sees("button.closed")


async def test_words_of_a_choice_are_an_answer_even_when_they_are_a_wish_elsewhere(data_dir):
    async with staged(data_dir, markets="home_care,home=Home,back=Back") as stage:
        ada = stage.somebody()
        await ada.says("/start")
        await ada.taps("Yes")
        await ada.says("home")
        assert (await ada.person()).market == "home"
        ada.sees("join.shift")
        await ada.says("back")
        ada.sees("join.market")
        await ada.says("back")
        ada.sees("form.left")


async def test_a_misspelt_command_is_no_answer(stage):
    ada = await stage.worker()
    await ada.says("/me")
    await ada.taps("Employer")
    await ada.says("/hlep")
    ada.sees("help.unknown_command", "me.employer")
    await ada.says("/dev/null Care")
    assert (await ada.person()).employer == "/dev/null Care"


async def test_a_number_typed_is_a_place_in_the_list(stage):
    """Not a row's id, which nobody sees: the meeting made last comes first here."""
    cas = await stage.coordinator()
    await opens_meeting(stage, title="Later", days=9)
    await opens_meeting(stage, title="Sooner", days=2)
    await cas.says("/invite")
    await cas.says("1")
    cas.sees("Saved")
    assert any("Sooner" in words for words in cas.shown)
    assert not any("Later" in words for words in cas.shown)
