"""A meeting is moved: what that would do is said first, and those who were coming are told."""

from storage import audit, meetings, venues
from tests.handlers.acts import invites_everyone, opens_meeting


async def coming(stage):
    meeting, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await ada.taps("Yes")
    return meeting, ada, cas


async def test_a_new_time_is_shown_in_full_asked_about_and_told(stage):
    meeting, ada, cas = await coming(stage)
    await cas.forges(f"v1:meeting.open:{meeting.id}")
    await cas.taps("Change time")
    cas.sees("is on Thursday 4 March 2027, 7:30pm now")
    await cas.says("5 March 10am")
    cas.sees("That is Friday 5 March 2027, 10am. Is that right?", "1 person who said yes or maybe is told")
    assert (await meetings.by_id(stage.db, meeting.id)).local_start == "2027-03-04T19:30"
    await cas.taps("form.sure.yes")
    cas.sees("Saved: Friday 5 March 2027, 10am", "meeting.moved", "1 person is being told")
    ada.sees("rsvp.changed.in_person", "Now: Friday 5 March 2027, 10am")
    await cas.taps("Look at it")
    cas.sees("Open, at a new time")
    assert (await audit.page(stage.db))[0].action == "meeting_moved"


async def test_a_new_place_is_a_tap_and_told(stage):
    meeting, ada, cas = await coming(stage)
    async with stage.program.database.transaction() as tx:
        await venues.add(tx, name="The Hall", address="2 Low Road", now=int(stage.clock.now))
    await cas.forges(f"v1:meeting.open:{meeting.id}")
    await cas.taps("Change place")
    assert "The Library" not in cas.buttons
    await cas.taps("The Hall")
    cas.sees("Hold it at The Hall, 2 Low Road?")
    await cas.taps("Yes, change it and tell them")
    ada.sees("rsvp.changed.in_person", "The Hall, 2 Low Road")


async def test_no_leaves_it_and_tells_nobody(stage):
    meeting, ada, cas = await coming(stage)
    await cas.forges(f"v1:meeting.time:{meeting.id}")
    await cas.says("5 March 10am")
    await cas.taps("form.sure.no")
    cas.sees("meeting_time.starts")
    await cas.taps("Leave it as it is")
    cas.sees("meeting.not_moved")
    assert (await meetings.by_id(stage.db, meeting.id)).local_start == "2027-03-04T19:30"
    ada.sees_not("rsvp.changed.in_person")


async def test_the_same_time_changes_nothing(stage):
    meeting, ada, cas = await coming(stage)
    await cas.forges(f"v1:meeting.time:{meeting.id}")
    await cas.says("4 March 7:30pm")
    await cas.taps("form.sure.yes")
    cas.sees("meeting.not_moved")
    ada.sees_not("rsvp.changed.in_person")


async def test_a_meeting_that_has_begun_stays_where_it_is(stage):
    meeting, ada, cas = await coming(stage)
    await cas.forges(f"v1:meeting.time:{meeting.id}")
    await cas.says("5 March 10am")
    stage.clock.now = meeting.starts_at
    await cas.taps("form.sure.yes")
    cas.sees("meeting.not_moved")
    for verb in ("time", "place"):
        await cas.forges(f"v1:meeting.{verb}:{meeting.id}")
        cas.sees("button.closed")
        await ada.forges(f"v1:meeting.{verb}:{meeting.id}")
        ada.sees("button.closed")
