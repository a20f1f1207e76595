"""A typed date is shown back in full words with a yes and a no; nothing is kept before the yes."""

import pytest

import handlers
from storage import forms
from tests.dialogue import keys_of
from tests.handlers.acts import opens_meeting


async def asked_when(stage):
    """A coordinator at the question when a meeting starts."""
    cas = await stage.coordinator()
    await cas.says("/meeting new")
    for words in ("Tea", "Workers’ network", "Online"):
        await cas.says(words)
    await cas.taps("Skip this")
    return cas


async def kept(stage, someone):
    return (await forms.load(stage.db, someone.id)).answers.get("starts")


def data_of(someone, words):
    return next(
        key["callback_data"]
        for message in reversed(someone.phone.messages)
        for row in keys_of(message)
        for key in row
        if key["text"] == words
    )


@pytest.mark.parametrize(
    ("typed", "shown", "local"),
    [
        ("half six", "That is Monday 1 March 2027, 6:30pm.", "2027-03-01T18:30"),
        ("next Tues 7pm", "That is Tuesday 9 March 2027, 7pm.", "2027-03-09T19:00"),
        ("14/2 19:30", "That is Monday 14 February 2028, 7:30pm.", "2028-02-14T19:30"),
        (
            "friday midnight",
            "in the night from Friday 5 March to Saturday 6 March 2027, midnight.",
            "2027-03-06T00:00",
        ),
        ("31 october 1:30am", "comes twice that night, because the clocks go back.", "2027-10-31T01:30"),
    ],
)
async def test_what_was_typed_is_shown_back_and_kept_after_a_yes(stage, typed, shown, local):
    cas = await asked_when(stage)
    await cas.says(typed)
    cas.sees(shown, "Is that right?")
    assert await kept(stage, cas) is None
    await cas.taps("Yes, that is right")
    cas.sees("Starts:", "meeting.minutes")
    assert await kept(stage, cas) == local


async def test_a_no_asks_again_and_loses_nothing(stage):
    cas = await asked_when(stage)
    await cas.says("half six")
    await cas.taps("No")
    cas.sees("meeting.starts")
    answers = (await forms.load(stage.db, cas.id)).answers
    assert (answers["title"], "starts" in answers) == ("Tea", False)


@pytest.mark.parametrize(
    ("words", "local"), [("yes", "2027-03-01T18:30"), ("Yes please", "2027-03-01T18:30"), ("no", None)]
)
async def test_yes_and_no_can_be_typed(stage, words, local):
    cas = await asked_when(stage)
    await cas.says("half six")
    await cas.says(words)
    cas.sees("meeting.minutes" if local else "meeting.starts")
    assert await kept(stage, cas) == local


async def test_another_time_takes_the_place_of_the_first_and_its_yes_has_closed(stage):
    cas = await asked_when(stage)
    await cas.says("half six")
    first = data_of(cas, "Yes, that is right")
    await cas.says("tomorrow 7")
    cas.sees("That is Tuesday 2 March 2027, 7pm.")
    await cas.forges(first)
    cas.sees("button.closed")
    await cas.taps("Yes, that is right")
    assert await kept(stage, cas) == "2027-03-02T19:00"


async def test_a_second_tap_on_yes_and_forged_ones_change_nothing(stage):
    cas = await asked_when(stage)
    await cas.says("half six")
    yes = data_of(cas, "Yes, that is right")
    await cas.taps("Yes, that is right")
    for data in (yes, yes.replace("starts", "title"), "v1:sure:1:starts:1:yes"):
        await cas.forges(data)
        cas.sees("button.closed")
    assert await kept(stage, cas) == "2027-03-01T18:30"


async def test_words_that_are_no_time_leave_what_was_shown_back_in_place(stage):
    cas = await asked_when(stage)
    await cas.says("half six")
    await cas.says("31 February 7pm")
    cas.sees("meeting.starts.impossible")
    await cas.taps("Yes, that is right")
    assert await kept(stage, cas) == "2027-03-01T18:30"


async def test_what_waits_for_a_yes_is_still_there_after_going_away(stage):
    cas = await asked_when(stage)
    await cas.says("half six")
    await cas.says("/meeting new")
    await cas.taps("Carry on")
    cas.sees("That is Monday 1 March 2027, 6:30pm.")
    await cas.taps("Yes, that is right")
    cas.sees("meeting.minutes")


async def test_a_change_of_a_kept_time_is_shown_back_as_well(stage):
    cas = await asked_when(stage)
    await cas.says("half six")
    await cas.taps("Yes, that is right")
    await cas.taps("button.change", on="Starts:")
    await cas.says("tomorrow noon")
    cas.sees("That is Tuesday 2 March 2027, 12 noon.")
    assert await kept(stage, cas) == "2027-03-01T18:30"
    await cas.taps("Yes, that is right")
    assert await kept(stage, cas) == "2027-03-02T12:00"


async def test_a_second_tap_on_a_switch_of_an_audience_does_no_harm(stage):
    meeting = await opens_meeting(stage)
    cas = await stage.coordinator()
    await cas.forges(f"v1:invite.start:{meeting.id}")
    switch = next(
        key["callback_data"]
        for row in keys_of(cas.phone.messages[-1])
        for key in row
        if "markets.care_home" in key["callback_data"]
    )
    for _ in range(3):
        await cas.forges(switch)
    picks = (await forms.load(stage.db, cas.id)).answers["audience_picks"]
    assert picks == ["markets.care_home"]
    off = switch[:-1] + "0"
    for _ in range(2):
        await cas.forges(off)
    assert (await forms.load(stage.db, cas.id)).answers["audience_picks"] == []


def test_every_typed_day_and_time_is_shown_back():
    readers = {"read_starts", "read_day", "read_slot", "read_call_back"}
    unseen = {
        f"{form.name}.{step.name}"
        for feature in handlers.FEATURES
        for form in feature.forms
        for step in form.steps
        if getattr(step.reader, "__name__", "") in readers and step.confirms is None
    }
    assert unseen == set()
