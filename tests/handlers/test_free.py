"""A worker says when she is free: by day, by night, every other week; not said is kept apart from not free."""

from datetime import date

import pytest

from handlers import week
from rules import bands
from storage import attempts, availability

BANDS = bands.DEFAULT


async def said_of(stage, someone):
    return await availability.of_person(stage.db, (await someone.person()).id)


async def test_a_night_worker_says_it_all_in_four_taps(stage):
    ada = await stage.worker("Ada", shift="nights")
    await ada.says("/free")
    ada.sees("free.week", "free.summary.none")
    await ada.taps("I work nights")
    ada.sees("free.changed.nights", "Every day: Evening, 5pm to 10pm")
    await ada.taps("That is all")
    ada.sees("free.done")
    said = await said_of(stage, ada)
    assert said.week[2, "evening"] is True
    assert said.week[2, "small_hours"] is False
    assert (2, "afternoon") not in said.week


async def test_somebody_on_days_who_takes_nights_can_have_her_sleep_with_one_more_tap(stage):
    ada = await stage.worker("Ada", shift="days")
    await ada.says("/free")
    await ada.taps("I work nights")
    await ada.taps("free.button.quiet")
    ada.sees("I keep quiet from 8am to 4pm")
    person = await ada.person()
    assert (person.quiet_from, person.quiet_until) == ("08:00", "16:00")
    await ada.taps("Undo")
    person = await ada.person()
    assert (person.quiet_from, person.quiet_until) == (None, None)


async def test_an_hour_is_free_then_not_free_then_not_said(stage):
    ada = await stage.worker("Ada")
    await ada.says("/free")
    for mark, kept in (("We ✓", True), ("We ✗", False), ("We", None)):
        before = {True: "We", False: "We ✓", None: "We ✗"}[kept]
        await taps_cell(ada, before, "late")
        assert (await said_of(stage, ada)).week.get((2, "late")) is kept
        assert mark in ada.buttons
    ada.sees("Wednesday night, until 2am the next day: not said")


async def taps_cell(someone, label, band):
    """The button with this label in the row of this band."""
    newest = next(m for m in reversed(someone.phone.messages) if m.get("reply_markup"))
    key = next(
        key
        for row in newest["reply_markup"]["inline_keyboard"]
        for key in row
        if key["text"] == label and f":{band}:" in key["callback_data"]
    )
    await someone._does(lambda: someone.phone.taps(newest["message_id"], key["callback_data"]))


async def test_a_row_is_one_tap_for_every_day(stage):
    ada = await stage.worker("Ada")
    await ada.says("/free")
    await ada.taps("Early, 5am to 9am")
    assert {(await said_of(stage, ada)).week[day, "early"] for day in range(7)} == {True}
    ada.sees("Every day: Early, 5am to 9am")


@pytest.mark.parametrize("preset", ["I work nights", "Weekends only", "It changes every week", "Clear it all"])
async def test_a_week_in_one_tap_can_be_undone(stage, preset):
    ada = await stage.worker("Ada")
    await ada.says("/free")
    await taps_cell(ada, "Th", "morning")
    before = (await said_of(stage, ada)).week
    await ada.taps(preset)
    assert (await said_of(stage, ada)).week != before
    await ada.taps("Undo")
    ada.sees("free.changed.undone")
    assert (await said_of(stage, ada)).week == before == {(3, "morning"): True}


async def test_every_other_week_is_a_rota_of_two(stage):
    ada = await stage.worker("Ada")
    await ada.says("/free")
    await ada.taps("Every other week")
    ada.sees("Your rota: week 1 of 2")
    await taps_cell(ada, "Mo", "morning")
    await ada.taps("Week 2")
    ada.sees("Your rota: week 2 of 2", "Monday 8 March")
    await taps_cell(ada, "Tu", "evening")
    rota = (await said_of(stage, ada)).rota
    assert rota.on(date(2027, 3, 1)) == {"morning"}
    assert rota.on(date(2027, 3, 9)) == {"evening"}
    assert rota.on(date(2027, 3, 10)) is None
    assert rota.on(date(2027, 3, 15)) == {"morning"}
    await ada.taps("Week 2 is this week")
    assert (await said_of(stage, ada)).rota.on(date(2027, 3, 2)) == {"evening"}


async def test_an_hour_of_a_rota_goes_off_and_on(stage):
    ada = await stage.worker("Ada")
    await ada.says("/free")
    await ada.taps("free.button.rota")
    await ada.taps("4 weeks")
    await taps_cell(ada, "Mo", "morning")
    await taps_cell(ada, "Mo ✓", "morning")
    assert (await said_of(stage, ada)).rota.on(date(2027, 3, 1)) == frozenset()
    await taps_cell(ada, "Mo ✗", "morning")
    assert (await said_of(stage, ada)).rota.on(date(2027, 3, 1)) == {"morning"}


async def test_a_rota_is_forgotten_after_a_question_and_the_week_stays(stage):
    ada = await stage.worker("Ada")
    await ada.says("/free")
    await taps_cell(ada, "Th", "morning")
    await ada.taps("Every other week")
    await ada.taps("My normal week")
    ada.sees("free.week.rota")
    assert "I work nights" not in ada.buttons
    await ada.taps("free.button.rota")
    await ada.taps("I have no rota")
    await ada.taps("No, keep it")
    assert (await said_of(stage, ada)).rota
    await ada.taps("I have no rota")
    await ada.taps("Yes, forget it")
    said = await said_of(stage, ada)
    assert said.rota is None
    assert said.week == {(3, "morning"): True}


async def test_nights_this_week_move_the_quiet_hours_for_seven_days_in_one_tap(stage):
    ada = await stage.worker("Ada")
    await ada.says("/free")
    await ada.taps("This week is different")
    await ada.taps("I’m on nights this week")
    ada.sees("on nights until Sunday 7 March", "from 8am to 4pm")
    person = await ada.person()
    assert (person.moved_from, person.moved_until) == ("08:00", "16:00")
    assert person.moved_end_at - stage.clock.now == (6 * 24 + 12) * 3600
    await ada.taps("Undo")
    assert (await ada.person()).moved_end_at is None
    assert (await said_of(stage, ada)).exceptions == ()
    await ada.taps("Undo")
    assert [one.kind for one in (await said_of(stage, ada)).exceptions] == ["nights_this_week"]
    assert (await ada.person()).moved_from == "08:00"


async def test_the_same_as_a_week_of_nights_is_nights(stage):
    ada = await stage.worker("Ada")
    await ada.says("/free")
    await ada.taps("This week is different")
    await ada.taps("I’m on nights this week")
    await stage.passes(days=8)
    assert quiet_now(await ada.person(), stage) != "08:00"
    await ada.says("/free")
    await ada.taps("This week is different")
    await ada.taps("Same as last week")
    ada.sees("free.same_week", "Sunday 14 March")
    assert quiet_now(await ada.person(), stage) == "08:00"


def quiet_now(person, stage):
    moved = person.moved_end_at and person.moved_end_at > stage.clock.now
    return person.moved_from if moved else person.quiet_from


async def test_away_until_a_day_is_shown_back_before_it_is_kept(stage):
    ada = await stage.worker("Ada")
    await ada.says("/free")
    await ada.taps("This week is different")
    await ada.taps("I’m away until …")
    await ada.says("31 February")
    ada.sees("free.date.impossible")
    await ada.says("someday")
    ada.sees("free.date.not_understood")
    await ada.says("12 March")
    ada.sees("away until Friday 12 March")
    assert (await said_of(stage, ada)).exceptions == ()
    await ada.taps("form.sure.yes")
    ada.sees("free.away")
    (away,) = (await said_of(stage, ada)).exceptions
    assert (away.kind, away.from_day, away.until_day) == ("away", date(2027, 3, 1), date(2027, 3, 12))
    await ada.taps("This week is different")
    await ada.taps("✗ Away until Friday 12 March")
    assert (await said_of(stage, ada)).exceptions == ()


async def test_no_keeps_nothing(stage):
    ada = await stage.worker("Ada")
    await ada.forges(f"v1:free.away:{(await ada.person()).id}")
    await ada.says("tomorrow")
    await ada.taps("form.sure.no")
    ada.sees("free_away.until")
    assert (await said_of(stage, ada)).exceptions == ()


async def test_one_day_has_hours_of_its_own(stage):
    ada = await stage.worker("Ada")
    await ada.says("/free")
    await ada.taps("This week is different")
    await ada.taps("One day is different")
    await ada.says("Friday")
    await ada.taps("form.sure.yes")
    await ada.taps("Evening, 5pm to 10pm")
    await ada.taps("Late, 10pm to 2am")
    await ada.taps("✓ Late, 10pm to 2am")
    await ada.taps("That is all")
    ada.sees("on Friday 5 March you are free: Evening, 5pm to 10pm")
    (day,) = (await said_of(stage, ada)).exceptions
    assert (day.kind, day.from_day, day.bands) == ("one_off", date(2027, 3, 5), {"evening"})


@pytest.mark.parametrize(
    "data",
    [
        "free.tap:{other}:2:late:yes",
        "free.tap:{me}:7:late:yes",
        "free.tap:{me}:2:noon:yes",
        "free.tap:{me}:2:late:perhaps",
        "free.preset:{other}:nights",
        "free.preset:{me}:sometimes",
        "free.back:{me}:zzzzzzzzzzzzzz",
        "free.back:{other}:1",
        "free.quiet:{me}:2500:0800",
        "free.quiet:{other}:0800:1600",
        "free.rota.weeks:{me}:3",
        "free.rota.turn:{me}:0",
        "free.rota.tap:{me}:0:1:late:yes",
        "free.rota.align:{me}:0",
        "free.rota.ask_end:{me}",
        "free.rota.end:{me}",
        "free.nights:{other}",
        "free.same:{other}",
        "free.drop:{me}:999",
        "free.again:{me}:9:20270301:20270302:0",
        "free.again:{me}:0:20270302:20270301:0",
        "free.again:{me}:0:never:20270301:0",
        "free.again:{me}:0:20200301:20200302:0",
        "free.still:{other}",
        "free.other:{other}",
        "free.week:{other}",
        "free.rota:{other}",
    ],
)
async def test_forged_and_foreign_buttons_change_nothing(stage, data):
    ada, bo = await stage.worker("Ada"), await stage.worker("Bo")
    me, other = (await ada.person()).id, (await bo.person()).id
    await ada.forges(f"v1:{data.format(me=me, other=other)}")
    ada.sees("button.closed")
    assert not await said_of(stage, ada)
    assert not await said_of(stage, bo)


async def test_hours_that_have_grown_old_are_asked_about_gently(stage):
    ada = await stage.worker("Ada")
    await ada.says("/free")
    await taps_cell(ada, "Th", "morning")
    me, now = (await ada.person()).id, int(stage.clock.now)
    async with stage.program.database.transaction() as tx:
        await attempts.plan(tx, me, "ask_hours", 0, 1, now, now + 7 * 86400, now)
    await stage.settle()
    await ada.says("/meetings")
    await stage.passes(minutes=1)
    assert any("This is when you are free" in str(message.get("text")) for message in ada.phone.messages)
    await stage.passes(days=2)
    await ada.taps("Still right")
    ada.sees("free.done")
    assert await availability.said_at(stage.db, me) == int(stage.clock.now)


def test_bands_of_the_councils_own_have_their_hours_for_a_name():
    own = bands.parse("day=06-18, night=18-06")
    assert week.called(own[0]).name == "free.band.other"
    assert week.when("1", own[1]).name == "free.when.night"
