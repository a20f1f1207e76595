"""A coordinator finds the time that reaches the most people, sees whom it leaves out, and acts on it in one tap."""

from storage import availability, meetings, polls
from tests.handlers.acts import opens_meeting

FREE_WEDNESDAY = {(2, "afternoon"): True, (1, "morning"): False}


async def says(stage, someone, week):
    async with stage.program.database.transaction() as tx:
        await availability.set_week(tx, (await someone.person()).id, week, int(stage.clock.now))


async def borough(stage):
    """Two on nights who are free on Wednesday afternoon, one on days who is free on Tuesday morning, one silent."""
    ada, bo = await stage.worker("Ada", shift="nights"), await stage.worker("Bo", shift="nights", market="care_home")
    cy = await stage.worker("Cy", shift="days")
    await stage.worker("Dee")
    for someone in (ada, bo):
        await says(stage, someone, FREE_WEDNESDAY)
    await says(stage, cy, {(1, "morning"): True, (2, "afternoon"): False})


async def asks(cas, hours="8am to 10pm"):
    await cas.says("/when")
    await cas.taps("On we go")
    await cas.taps("1½ hours")
    await cas.taps("The next 2 weeks")
    await cas.taps(hours)


async def test_the_best_time_and_the_best_pair_with_whom_they_leave_out(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    cas.sees(
        "There are 4 people. 1 of them have not said",
        "Wednesday 3 March 2027, 1pm\n2 can come. 1 cannot. 1 have not said.",
        "Shift: Days 0 of 2 and Nights 2 of 2",
        "Tuesday 2 March 2027, 9am\nWednesday 3 March 2027, 1pm\n3 can come. 0 cannot. 1 have not said.",
        "when.proved",
    )


async def test_why_one_time_beats_another(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    await cas.taps("Compare with …")
    await cas.says("Tuesday 10am")
    await cas.taps("form.sure.yes")
    cas.sees(
        "Wednesday 3 March 2027, 1pm: 2 can come",
        "Tuesday 2 March 2027, 10am: 1 can come",
        "2 can come to the first and not to the second, 1 the other way round",
        "Shift: Nights 2 of 2",
    )


async def test_the_best_three_together(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    await cas.taps("Best 3 together")
    cas.sees("Best 3 times together")


async def test_one_tap_begins_the_meeting_at_that_time(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    await cas.taps("Make the meeting")
    cas.sees("The meeting begins on Wednesday 3 March 2027, 1pm", "meeting.title")
    await cas.says("Tea")
    await cas.taps("meeting.strand.network")
    await cas.taps("Online")
    await cas.taps("Skip this")
    await cas.taps("No limit")
    await cas.taps("No thank-you")
    await cas.taps("I do")
    await cas.taps("Yes, make it")
    (made,) = await meetings.upcoming(stage.db, int(stage.clock.now))
    assert (made.local_start, made.minutes) == ("2027-03-03T13:00", 90)


async def test_the_week_as_a_picture_with_the_same_in_words(stage):
    await borough(stage)
    await opens_meeting(stage)
    cas = await stage.coordinator()
    await asks(cas)
    await cas.taps("The week as a picture")
    cas.sees("when.heat", "Wednesday, Afternoon, 1pm to 5pm: 2", "when.picture")
    assert any(message.get("photo") for message in cas.phone.messages)


async def test_a_window_without_a_time_says_so(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await cas.says("/when")
    await cas.taps("On we go")
    await cas.says("24 hours")
    await cas.taps("The next 7 days")
    await cas.taps("9am to 5pm")
    cas.sees("when.no_slots")
    await cas.taps("Make the meeting")
    cas.sees("when.audience")


async def test_a_poll_begins_with_the_best_pair_switched_on(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    await cas.taps("Ask people: a poll")
    cas.sees("poll.slots")
    assert "✓ Tuesday 2 March, 9am" in cas.buttons
    assert "✓ Wednesday 3 March, 1pm" in cas.buttons
    assert [one.state for one in await polls.of_maker(stage.db, (await cas.person()).id)] == []


async def test_nobody_but_coordinators_may_look(stage):
    ada = await stage.worker("Ada")
    await ada.says("/when")
    ada.sees_not("when.audience")
