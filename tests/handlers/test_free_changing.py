"""A week that changes: a question on Friday, one tap for "same as last week", one to be asked no more; and /me."""

from datetime import date

from storage import availability

MONDAY, NEXT = date(2027, 3, 8), date(2027, 3, 15)


async def changes(stage, name="Ada"):
    """Somebody whose week is another each time."""
    ada = await stage.worker(name)
    await ada.says("/free")
    await ada.taps("free.preset.changes")
    ada.sees("I ask you about the coming week", "free.summary.changes")
    return ada


async def goes_by(stage, **spans):
    """Time, with the work that is done once an hour."""
    stage.clock.passes(**spans)
    await stage.program.ticker.tidy()
    await stage.settle()


async def said_of(stage, someone):
    return await availability.of_person(stage.db, (await someone.person()).id)


async def test_the_coming_week_is_asked_about_on_friday_and_never_at_night(stage):
    ada = await changes(stage)
    await goes_by(stage, days=3, hours=23)
    ada.sees_not("free.ask_week")
    await goes_by(stage, hours=2)
    ada.sees("What about the week from Monday 8 March?")
    ada.sees_not("Last week you were free")
    assert ada.buttons == ["It is different", "Do not ask each week"]
    await ada.taps("It is different")
    ada.sees("free.other.none")


async def test_a_night_worker_is_asked_when_awake(stage):
    ada = await stage.worker("Ada", shift="nights")
    await ada.says("/free")
    await ada.taps("free.preset.changes")
    await goes_by(stage, days=4)
    ada.sees_not("free.ask_week")
    await goes_by(stage, hours=5)
    ada.sees("free.ask_week")


async def test_the_same_as_last_week_is_one_tap_and_can_be_undone(stage):
    ada = await changes(stage)
    me = (await ada.person()).id
    async with stage.program.database.transaction() as tx:
        await availability.add_exception(tx, me, "one_off", date(2027, 3, 3), date(2027, 3, 3), 0, ["evening"])
    await goes_by(stage, days=4, hours=1)
    ada.sees("Last week you were free:", "Wednesday: Evening, 5pm to 10pm")
    await ada.taps("Same as last week")
    ada.sees("free.same_week")
    newest = (await said_of(stage, ada)).exceptions[-1]
    assert (newest.kind, newest.from_day, newest.until_day) == ("same_as_last_week", MONDAY, date(2027, 3, 14))
    await ada.forges(f"v1:free.same_on:{me}:20270308")
    assert len((await said_of(stage, ada)).exceptions) == 2
    await ada.taps("free.button.undo")
    assert len((await said_of(stage, ada)).exceptions) == 1


async def test_whoever_said_it_once_is_not_asked_about_that_week(stage):
    ada = await changes(stage)
    await ada.forges(f"v1:free.same_on:{(await ada.person()).id}:20270308")
    await goes_by(stage, days=5)
    ada.sees_not("free.ask_week")
    await goes_by(stage, days=7)
    ada.sees("What about the week from Monday 15 March?")


async def test_it_is_turned_off_and_on_again_with_a_tap(stage):
    ada = await changes(stage)
    await ada.taps("Do not ask each week")
    ada.sees("free.asking.off")
    await goes_by(stage, days=4, hours=1)
    ada.sees_not("free.ask_week")
    await ada.taps("Ask me each week")
    ada.sees("free.asking.on")
    assert (await ada.person()).week_changes is True


async def test_a_question_that_waits_is_not_sent_when_it_was_turned_off_meanwhile(stage):
    ada = await stage.worker("Ada", shift="nights")
    await ada.says("/free")
    await ada.taps("free.preset.changes")
    await goes_by(stage, days=4)
    await ada.forges(f"v1:free.asking:{(await ada.person()).id}:off")
    await goes_by(stage, hours=5)
    ada.sees_not("free.ask_week")
    assert await stage.db.value("SELECT state FROM contact_attempt WHERE reason = 'ask_week'") == "skipped"


async def test_another_preset_ends_it(stage):
    ada = await changes(stage)
    await ada.taps("free.preset.weekends")
    assert (await ada.person()).week_changes is False


async def test_forged_weeks_are_refused(stage):
    ada, bo = await changes(stage), await stage.worker("Bo")
    me, other = (await ada.person()).id, (await bo.person()).id
    for data in (
        f"free.same_on:{me}:20270309", f"free.same_on:{me}:20270208", f"free.same_on:{me}:20271399",
        f"free.same_on:{me}:monday", f"free.same_on:{other}:20270308", f"free.asking:{me}:maybe",
        f"free.asking:{other}:on",
    ):  # fmt: skip
        await ada.forges(f"v1:{data}")
        ada.sees("button.closed")
    assert (await said_of(stage, ada)).exceptions == ()
    assert (await bo.person()).week_changes is False


async def test_me_says_the_hours_in_words(stage):
    ada = await changes(stage)
    me = (await ada.person()).id
    await ada.says("/me")
    ada.sees("Free: It changes every week")
    async with stage.program.database.transaction() as tx:
        await availability.say(tx, me, [1], ["evening"], True, 0)
        await availability.add_exception(tx, me, "away", date(2027, 3, 1), date(2027, 3, 12), 0)
    await ada.says("/me")
    ada.sees("Tuesday: Evening, 5pm to 10pm", "Away until Friday 12 March")
    await ada.forges(f"v1:free.rota.weeks:{me}:2")
    await ada.says("/me")
    ada.sees("A rota of 2 weeks")
    bo = await stage.worker("Bo")
    await bo.says("/me")
    bo.sees("Free: You have not said anything yet.")
