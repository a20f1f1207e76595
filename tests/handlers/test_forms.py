"""The form engine, through the sign-up: order, resuming, old buttons, stop words, typed words, counts."""

import pytest

from storage import forms


async def halfway(stage, *taps):
    ada = stage.somebody()
    await ada.says("/start")
    for tap in ("Yes", *taps):
        await ada.taps(tap)
    return ada


async def counts(stage):
    return {one.step: (one.asked, one.answered) for one in await forms.drop_off(stage.db) if one.form == "join"}


async def test_the_message_that_asked_shows_what_was_saved(stage):
    ada = await halfway(stage)
    question = ada.fresh[-1]["message_id"]
    await ada.taps("Home care")
    shown = {m["message_id"]: m["text"] for m in ada.phone.messages}
    assert shown[question] == "Saved: Home care (where you work)"


async def test_change_asks_again_in_the_same_message_and_then_goes_on(stage):
    ada = await halfway(stage, "Home care", "Days")
    await ada.taps("Change", on="Saved: Home care")
    ada.sees("join.market")
    await ada.taps("Care home")
    ada.sees("Saved: Care home", "join.job")
    person = await ada.person()
    assert (person.market, person.shift) == ("care_home", "days")


async def test_an_old_question_answered_anew_edits_that_answer_and_leaves_the_open_one(stage):
    ada = await halfway(stage)
    old = ada.fresh[-1]
    await ada.says("home care")  # typed, so the buttons of the question stay on the screen
    await ada.forges(button(old, "Care home"), old["message_id"])
    ada.sees("Saved: Care home")
    ada.sees_not("join.shift")
    assert (await ada.person()).market == "care_home"
    await ada.says("nights")
    ada.sees("join.job")


async def test_the_same_tap_twice_changes_nothing(stage):
    ada = await halfway(stage)
    question = ada.fresh[-1]
    await ada.taps("Home care")
    before = await forms.load(stage.db, ada.id)
    await ada.forges(button(question, "Home care"), question["message_id"])
    assert await forms.load(stage.db, ada.id) == before


@pytest.mark.parametrize(
    "data",
    [
        "v1:form:1:market:home_care",
        "v1:form:1",
        "v1:form",
        "v1:change:1:market",
        "v1:back:7",
        "v1:resume:7:on",
        "v1:form:99999999999999999999:market:home_care",
    ],
)
async def test_buttons_of_another_form_are_closed(stage, data):
    ada = await halfway(stage)
    before = await forms.load(stage.db, ada.id)
    await ada.forges(data)
    assert ada.shown == ["That question has closed. Nothing was changed."]
    assert await forms.load(stage.db, ada.id) == before


async def test_somebody_elses_button_is_closed(stage):
    ada, bob = await halfway(stage), stage.somebody("Bob")
    await bob.says("/start")
    await bob.taps("Yes")
    await bob.forges(button(next(m for m in reversed(ada.phone.messages)), "Home care"))
    bob.sees("button.closed")
    assert (await bob.person()).market is None


@pytest.mark.parametrize("forged", ["market:gold_mine", "shift:days", "nothing:x", "strand:board", "market"])
async def test_a_forged_answer_has_no_effect(stage, forged):
    ada = await halfway(stage)
    serial = (await forms.load(stage.db, ada.id)).serial
    await ada.forges(f"v1:form:{serial}:{forged}")
    ada.sees("button.closed")
    assert ada.fresh == []
    assert (await forms.load(stage.db, ada.id)).step == "market"


async def test_buttons_of_a_finished_form_are_closed(stage):
    ada = await halfway(stage)
    question = ada.fresh[-1]
    for tap in ("Home care", "Days", "Nurse", "Board"):
        await ada.taps(tap)
    await ada.forges(button(question, "Care home"), question["message_id"])
    ada.sees("button.closed")
    assert (await ada.person()).market == "home_care"


async def test_back_goes_to_the_question_before_and_keeps_its_answer(stage):
    ada = await halfway(stage, "Home care")
    await ada.taps("Back")
    ada.sees("join.market")
    assert (await ada.person()).market == "home_care"
    await ada.taps("Care home")
    ada.sees("join.shift")
    await ada.says("go back")
    ada.sees("join.market")


async def test_back_from_the_first_question_leaves_the_form_for_later(stage):
    ada = await halfway(stage)
    await ada.taps("Back")
    ada.sees("form.left")
    await ada.says("home care")
    ada.sees("help.not_understood")
    await ada.says("/start")
    ada.sees("join.market")


async def test_home_keeps_the_place(stage):
    ada = await halfway(stage, "Home care")
    await ada.taps("Home")
    ada.sees("help.home")
    await ada.taps("Carry on with signing up")
    ada.sees("join.shift")


@pytest.mark.parametrize(
    ("tap", "seen"), [("Carry on", "join.shift"), ("Start again", "join.market"), ("Not now", "form.later")]
)
async def test_what_was_left_is_offered(stage, tap, seen):
    ada = await halfway(stage, "Home care")
    await ada.says("/start")
    ada.sees("form.resume")
    await ada.taps(tap)
    ada.sees(seen)


@pytest.mark.parametrize(
    ("words", "seen"), [("carry on", "join.shift"), ("Start again!", "join.market"), ("not now", "form.later")]
)
async def test_the_offer_can_be_answered_in_words(stage, words, seen):
    ada = await halfway(stage, "Home care")
    await ada.says("/start")
    await ada.says(words)
    ada.sees(seen)


async def test_not_now_can_be_carried_on_later(stage):
    ada = await halfway(stage, "Home care")
    await ada.says("/start")
    await ada.taps("Not now")
    await ada.says("nights")
    ada.sees("help.not_understood")
    await ada.says("/start")
    await ada.taps("Carry on")
    await ada.says("nights")
    ada.sees("join.job")


@pytest.mark.parametrize(
    "word", ["stop", "STOP!", " Stop. ", "unsubscribe", "leave me alone", "توقف", "إلغاء الاشتراك"]
)
async def test_stop_words_work_inside_any_question_in_every_language(stage, word):
    ada = await halfway(stage, "Home care")
    await ada.says(word)
    ada.sees("staying.stopped", "/back")
    assert (await ada.person()).stopped_at == stage.clock.now
    await ada.taps("Get messages again")
    assert (await ada.person()).stopped_at is None


async def test_stop_words_work_where_words_are_asked_for(stage):
    ada = await stage.worker()
    await ada.says("/me")
    await ada.taps("Employer")
    await ada.says("stop")
    assert (await ada.person()).stopped_at == stage.clock.now
    assert (await ada.person()).employer is None


async def test_a_wish_inside_longer_words_is_an_answer(stage):
    ada = await stage.worker()
    await ada.says("/me")
    await ada.taps("Employer")
    await ada.says("Bus Stop Care & Home Ltd")
    assert (await ada.person()).employer == "Bus Stop Care & Home Ltd"


@pytest.mark.parametrize("words", ["purple", "99", "?!", "<b>", "\u202ehsirps", "=1+1", "x" * 4096, "🦆"])
async def test_what_is_not_understood_keeps_the_place_and_says_what_would_be(stage, words):
    ada = await halfway(stage)
    await ada.says(words)
    ada.sees("form.choose", "join.market")
    await ada.says("care home")
    ada.sees("join.shift")


async def test_photos_and_the_like_keep_the_place(stage):
    ada = await halfway(stage)
    for kind in ("photo", "voice", "sticker", "contact", "location", "document", "video", "audio"):
        await ada.sends(kind)
        ada.sees(f"help.unreadable.{kind}", "join.market")


async def test_commands_keep_the_place(stage):
    ada = await halfway(stage)
    await ada.says("/help")
    ada.sees("help.list")
    await ada.says("care home")
    ada.sees("join.shift")


async def test_each_question_is_counted_once_for_each_person(stage):
    ada = await halfway(stage, "Home care")
    await ada.taps("Back")
    await ada.taps("Care home")
    await ada.says("nonsense")
    await ada.taps("Change", on="Saved: Care home")
    await ada.taps("Home care")
    await halfway(stage)
    assert await counts(stage) == {"market": (2, 1), "shift": (1, 0)}


async def test_after_fourteen_days_it_is_closed(stage):
    ada = await halfway(stage, "Home care")
    question = ada.fresh[-1]
    await stage.passes(days=14, seconds=1)
    await ada.forges(button(question, "Days"), question["message_id"])
    ada.sees("button.closed")
    await ada.says("days")
    ada.sees("help.not_understood")


async def test_it_waits_for_fourteen_days(stage):
    ada = await halfway(stage, "Home care")
    await stage.passes(days=13)
    await ada.says("days")
    ada.sees("join.job")


def button(message, words):
    """The data of the button with these words."""
    return next(
        key["callback_data"]
        for row in message["reply_markup"]["inline_keyboard"]
        for key in row
        if key["text"] == words
    )
