"""Hours said in words with no question open: nights this week, away until a day, a week that changes."""

import pytest

from rules.rota import Different
from storage import availability


async def different(stage, ada):
    return (await availability.of_person(stage.db, (await ada.person()).id)).exceptions


@pytest.mark.parametrize("words", ["I'm on nights this week", "i’m on nights this week!", "Nights this week"])
async def test_nights_this_week_are_kept_with_quiet_days_and_a_way_back(stage, words):
    ada = await stage.worker("Ada")
    await ada.says(words)
    ada.sees("free.nights_week")
    (kept,) = await different(stage, ada)
    assert kept.kind == "nights_this_week"
    await ada.taps("free.button.undo")
    assert not await different(stage, ada)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("away until Friday", "Friday 5 March"),
        ("I'm away until 14/3", "Sunday 14 March"),
        ("On holiday till the 9th of March.", "Tuesday 9 March"),
    ],
)
async def test_away_is_shown_back_in_full_before_it_is_kept(stage, words, day):
    ada = await stage.worker("Ada")
    await ada.says(words)
    ada.sees(f"You are away until {day}. Is that right?")
    assert not await different(stage, ada)
    await ada.taps("form.sure.yes")
    ada.sees(f"you are away until {day}")
    assert isinstance((await different(stage, ada))[0], Different)


async def test_a_day_that_is_none_is_asked_about_and_nothing_is_lost(stage):
    ada = await stage.worker("Ada")
    await ada.says("away until 31 February")
    ada.sees("free.date.impossible", "free_away.until")
    await ada.says("yesterday")
    ada.sees("free.date.past")
    await ada.says("3 April")
    ada.sees("Saturday 3 April. Is that right?")


async def test_away_without_a_day_is_asked_until_when(stage):
    ada = await stage.worker("Ada")
    await ada.says("I'm away until …")
    ada.sees("free_away.until")


async def test_a_week_that_changes_leads_to_its_button(stage):
    ada = await stage.worker("Ada")
    await ada.says("It changes every week")
    ada.sees("free.week")
    await ada.taps("free.preset.changes")
    ada.sees("I ask you about the coming week")


async def test_the_same_as_last_week(stage):
    ada = await stage.worker("Ada")
    await ada.says("same as last week")
    assert [one.kind for one in await different(stage, ada)] == ["same_as_last_week"]


async def test_an_open_question_takes_the_words_for_itself_and_staff_have_no_such_week(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await ada.says("/free")
    await ada.taps("free.button.this_week")
    await ada.taps("free.button.away")
    await ada.says("away until Friday")
    assert not await different(stage, ada)
    await cas.says("away until Friday")
    cas.sees("help.not_understood")
