"""The language and the notice, answered by taps or by words; anything else there asks again."""

import pytest

from storage import consents


async def at_the_notice(stage):
    ada = stage.somebody("Ada")
    await ada.says("/start")
    return ada


@pytest.mark.parametrize("words", ["yes", "Yes please", "YES!", "ok", "I agree", "نعم"])
async def test_a_typed_yes_is_the_tap(stage, words):
    ada = await at_the_notice(stage)
    await ada.says(words)
    ada.sees("join.consent.yes", "join.market")
    person = await ada.person()
    assert (person.consented, person.display_name) == (True, "Ada")
    answer = await consents.latest(stage.db, person.id)
    assert (answer.notice_version, answer.given_at) == ("1", stage.clock.now)


@pytest.mark.parametrize("words", ["no", "No thanks", "not now", "لا"])
async def test_a_typed_no_is_the_tap(stage, words):
    ada = await at_the_notice(stage)
    await ada.says(words)
    ada.sees("join.consent.no")
    person = await ada.person()
    assert not person.consented
    assert not (await consents.latest(stage.db, person.id)).accepted
    await ada.says("tea")
    ada.sees("help.not_understood")


@pytest.mark.parametrize("words", ["who are you", "yes but who sees it", "no idea", "2", "👍"])
async def test_anything_else_asks_again_with_the_buttons(stage, words):
    ada = await at_the_notice(stage)
    await ada.says(words)
    ada.sees("form.choose", "join.consent")
    assert ada.buttons == ["Yes", "Not now", "A person please"]
    assert await consents.latest(stage.db, (await ada.person()).id) is None
    await ada.taps("Yes")
    ada.sees("join.market")


async def test_a_photo_asks_again_too(stage):
    ada = await at_the_notice(stage)
    await ada.sends("photo")
    ada.sees("help.unreadable.photo", "join.consent")


async def test_a_yes_to_nothing_is_no_consent(bilingual):
    ada, bo = bilingual.somebody("Ada"), bilingual.somebody("Bo")
    await ada.says("yes")
    assert await ada.person() is None
    await bo.says("/start")
    await bo.says("yes")
    bo.sees("form.choose", "Choose your language.")
    assert not (await bo.person()).consented


async def test_a_yes_counts_for_two_weeks(stage):
    ada = await at_the_notice(stage)
    await stage.passes(days=15)
    await ada.says("yes")
    assert not (await ada.person()).consented


async def test_the_words_of_another_notice_are_no_yes(stage):
    ada = await at_the_notice(stage)
    async with stage.program.database.transaction() as tx:
        await tx.run("""UPDATE open_form SET answers = '{"version": "0"}'""")
    await ada.says("yes")
    ada.sees("join.consent.changed", "join.consent")
    assert not (await ada.person()).consented
    await ada.says("yes")
    ada.sees("join.market")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("english", "en"), ("العربيه", "ar-x-draft"), ("ARABIC", "ar-x-draft"), ("العربية (مسودة)", "ar-x-draft")],
)
async def test_a_typed_language_is_the_tap(bilingual, typed, code):
    ada = bilingual.somebody("Ada")
    await ada.says("/start")
    await ada.says(typed)
    ada.language = code
    ada.sees("language.saved", "join.consent")
    assert (await ada.person()).language == code


async def test_no_language_we_have_asks_again(bilingual):
    ada = bilingual.somebody("Ada")
    await ada.says("/start")
    await ada.says("Klingon")
    ada.sees("form.choose", "Choose your language.", "اختر لغتك.")
    assert ada.buttons == ["English", "العربية (مسودة)"]


async def test_a_language_can_be_typed_at_a_closed_question_and_is_words_in_an_open_one(bilingual):
    ada = bilingual.somebody("Ada")
    for words in ("/start", "English", "yes", "/language", "arabic"):
        await ada.says(words)
    ada.language = "ar-x-draft"
    ada.sees("language.saved", "join.market")
    await ada.says("/me")
    await ada.taps("me.button.name")
    await ada.says("English")
    assert ((await ada.person()).language, (await ada.person()).display_name) == ("ar-x-draft", "English")


async def test_change_of_a_yes_can_be_typed_and_holds_nobody_there(stage):
    ada = await stage.worker()
    await ada.taps("Change", on="join.consent.yes")
    await ada.says("hm")
    ada.sees("help.not_understood")
    await ada.says("not now")
    ada.sees("join.consent.no")
    assert not (await ada.person()).consented


async def test_a_draft_of_work_is_not_given_up_for_the_notice(stage):
    cas = await stage.coordinator()
    await cas.says("/meeting new")
    await cas.says("/start")
    cas.sees("join.consent")
    await cas.says("Tea")
    cas.sees("meeting.title.saved")


async def test_stop_at_the_notice_then_a_yes_brings_the_messages_back(stage):
    ada = await at_the_notice(stage)
    await ada.says("stop")
    ada.sees("staying.stopped")
    await ada.says("/start")
    await ada.says("yes")
    ada.sees("join.consent.yes_again", "join.market")
    assert (await ada.person()).stopped_at is None


async def test_stop_halfway_is_said_at_the_start_and_at_the_end(stage):
    ada = await at_the_notice(stage)
    for words in ("yes", "home care", "stop"):
        await ada.says(words)
    await ada.says("/start")
    ada.sees("join.stopped", "/back", "form.resume")
    await ada.taps("Carry on")
    for words in ("days", "nurse", "board"):
        await ada.says(words)
    ada.sees("join.done.stopped")
    assert (await ada.person()).stopped_at is not None
    await ada.taps("Get messages again")
    ada.sees("staying.back")
    await ada.says("/start")
    ada.sees("join.welcome_back")


async def test_back_halfway_goes_on_with_the_question(stage):
    ada = await at_the_notice(stage)
    for words in ("yes", "home care", "stop", "/back"):
        await ada.says(words)
    ada.sees("staying.back", "join.shift")


async def test_somebody_who_stopped_is_told_so_at_the_next_start(stage):
    ada = await stage.worker()
    await ada.says("/stop")
    await ada.says("/start")
    ada.sees("join.stopped")
    await ada.taps("Get messages again")
    assert (await ada.person()).stopped_at is None
