"""/me: all that is held, in words, and each of it changed at a tap."""

import pytest

from storage import attempts


async def test_it_shows_what_is_held(stage):
    ada = await stage.worker("Ada", market="care_home", shift="nights", job="nurse", strand="board")
    await ada.says("/me")
    ada.sees("me.page")
    for words in (
        "Name: Ada",
        f"Telegram number: {ada.id}",
        "Language: English",
        "Where you work: Care home",
        "When you work: Nights",
        "Job: Nurse",
        "Group: Board",
        "Employer: not said yet",
        "Quiet hours: 8am to 4pm",
        "Messages: yes",
        "You said yes on 1 March 2027 (notice 1)",
        "First here: 1 March 2027, you found us yourself",
        "Sent so far: 0 messages",
    ):
        ada.sees(words)


async def test_nothing_is_held_of_somebody_new(stage):
    ada = stage.somebody()
    await ada.says("/me")
    ada.sees("me.nothing")
    assert await ada.person() is None


@pytest.mark.parametrize(
    ("button", "tap", "field", "value"),
    [
        ("Where I work", "Nursing home", "market", "nursing_home"),
        ("When I work", "Nights", "shift", "nights"),
        ("Job", "Prefer not to say", "job", "not_said"),
        ("Group", "Board", "strand", "board"),
    ],
)
async def test_change_by_tap(stage, button, tap, field, value):
    ada = await stage.worker()
    await ada.says("/me")
    await ada.taps(button)
    await ada.taps(tap)
    ada.sees(f"Saved: {tap}", "me.page")
    assert getattr(await ada.person(), field) == value


@pytest.mark.parametrize(
    ("button", "field", "typed"),
    [
        ("Employer", "employer", "Sunrise <Care> & Co"),
        ("Name", "display_name", "=HYPERLINK(1)"),
        ("Name", "display_name", "رات \u2067x"),
    ],
)
async def test_change_by_typing(stage, button, field, typed):
    ada = await stage.worker()
    await ada.says("/me")
    await ada.taps(button)
    await ada.says(typed)
    ada.sees("me.page", typed.partition("\u2067")[0])
    assert getattr(await ada.person(), field) == typed.strip()


async def test_a_name_can_be_taken_away_again(stage):
    ada = await stage.worker()
    await ada.says("/me")
    await ada.taps("Employer")
    await ada.taps("Skip this")
    assert (await ada.person()).employer == ""
    ada.sees("Saved: nothing (your employer)", "Employer: not said yet")


async def test_too_long_says_how_long_it_may_be(stage):
    ada = await stage.worker()
    await ada.says("/me")
    await ada.taps("Name")
    await ada.says("x" * 61)
    ada.sees("form.too_long", most=60)
    await ada.says("x" * 60)
    assert (await ada.person()).display_name == "x" * 60


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("10pm to 7am", ("22:00", "07:00")),
        ("22:00-07:30", ("22:00", "07:30")),
        ("8.15 am until 12pm", ("08:15", "12:00")),
        ("12am - 6", ("00:00", "06:00")),
        ("8am to 4pm: I sleep by day", ("08:00", "16:00")),
        ("follow my shifts", (None, None)),
    ],
)
async def test_quiet_hours_in_words(stage, typed, held):
    ada = await stage.worker()
    await ada.says("/me")
    await ada.taps("Quiet hours")
    await ada.says(typed)
    person = await ada.person()
    assert (person.quiet_from, person.quiet_until) == held
    ada.sees("me.page")


@pytest.mark.parametrize(
    "typed", ["at night", "25:00 to 7:00", "10pm to 10pm", "13pm to 7am", "22:75 to 7", "0am to 3am"]
)
async def test_hours_that_are_none_are_asked_for_again(stage, typed):
    ada = await stage.worker()
    await ada.says("/me")
    await ada.taps("Quiet hours")
    await ada.says(typed)
    ada.sees("me.quiet.not_understood", "me.quiet")
    assert (await ada.person()).quiet_from is None


async def test_quiet_hours_at_a_tap(stage):
    ada = await stage.worker()
    await ada.says("/me")
    await ada.taps("Quiet hours")
    await ada.taps("8am to 4pm: I sleep by day")
    ada.sees("Quiet hours: 8am to 4pm")


async def test_forged_fields_have_no_effect(stage):
    ada = await stage.worker()
    for data in ("v1:me:id", "v1:me:telegram_id", "v1:me"):
        await ada.forges(data)
        ada.sees("button.closed")
        assert ada.fresh == []


async def test_messages_and_calls_with_what_was_noted(stage):
    ada = await stage.worker()
    await ada.says("/me")
    await ada.taps("Messages and calls")
    ada.sees("me.history.none")
    person = await ada.person()
    async with stage.program.database.transaction() as tx:
        await attempts.log_by_hand(tx, person.id, None, "call", "spoke", "likes <Tuesdays>", None, int(stage.clock.now))
    await ada.taps("Messages and calls")
    ada.sees("We tried to reach you: we spoke – we noted: “likes <Tuesdays>”")


async def test_a_sign_up_left_halfway_does_not_stand_in_the_way(stage):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.taps("Yes")
    await ada.taps("Home care")
    await ada.says("/me")
    await ada.taps("Job")
    await ada.taps("Nurse")
    assert (await ada.person()).job == "nurse"
    await ada.says("/start")
    ada.sees("join.shift")


async def test_pause_and_stop_are_shown(stage):
    ada = await stage.worker()
    await ada.says("/pause")
    await ada.taps("One week")
    await ada.says("/me")
    ada.sees("Messages: paused until 8 March 2027")
    await ada.says("/stop")
    await ada.says("/me")
    ada.sees("me.messages.stopped")


async def test_nothing_is_kept_of_somebody_who_has_not_said_yes(stage):
    ada = stage.somebody("Ada")
    await ada.says("/start")
    await ada.says("/me")
    ada.sees("me.page")
    assert not {"Name", "Employer"} & set(ada.buttons)
    await ada.forges("v1:me:employer")
    await ada.says("Good Care Ltd")
    assert (await ada.person()).employer is None
