"""What a meeting is, in words: a draft, open, full, moved, over, closed, called off; and the ways between them."""

from handlers.meeting_words import standing as standing_words
from rules.roles import Role
from storage import attempts, attendance, audit, closing, grants, meetings
from tests.handlers.acts import invites_everyone, opens_meeting
from tests.handlers.test_closing import closed
from tests.handlers.test_door import meeting_is_on, standing
from tests.handlers.test_meetings import describes, made


async def looks(cas, meeting):
    await cas.forges(f"v1:meeting.open:{meeting.id}")


async def test_a_draft_is_seen_by_staff_only_until_it_is_opened(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await describes(cas)
    await cas.taps("Keep it as a draft")
    cas.sees("meeting.drafted")
    (meeting,) = await made(stage)
    assert meeting.standing == "draft"
    await cas.says("/meeting")
    assert cas.buttons[0].startswith("Draft · Sun 14 Mar")
    await cas.taps("meeting.line")
    cas.sees("A draft: nobody can see it yet.")
    await cas.forges(f"v1:invite.start:{meeting.id}")
    cas.sees("button.closed")
    await cas.taps("Open it for answers")
    cas.sees("meeting.made")
    assert (await meetings.by_id(stage.db, meeting.id)).standing == "open"
    await cas.forges(f"v1:meeting.start:{meeting.id}")
    cas.sees("button.closed")
    await ada.forges(f"v1:meeting.start:{meeting.id}")
    ada.sees("button.closed")


async def test_a_draft_can_be_moved_and_called_off(stage):
    cas = await stage.coordinator()
    await describes(cas)
    await cas.taps("Keep it as a draft")
    await cas.taps("Look at it")
    await cas.taps("Change time")
    await cas.says("15 March 10am")
    await cas.taps("form.sure.yes")
    cas.sees("meeting.moved")
    (meeting,) = await made(stage)
    assert (meeting.local_start, meeting.standing) == ("2027-03-15T10:00", "draft")
    await looks(cas, meeting)
    await cas.taps("Call it off")
    await cas.taps("meeting.button.cancel_now")
    assert (await meetings.by_id(stage.db, meeting.id)).standing == "cancelled"


async def test_a_full_meeting_says_so_to_staff_and_to_whoever_is_asked(stage):
    meeting = await opens_meeting(stage, capacity=1)
    ada, bo, cas = await stage.worker("Ada"), await stage.worker("Bo"), await stage.coordinator()
    await invites_everyone(stage, cas, 2)
    ada.sees_not("rsvp.full")
    await ada.taps("Yes")
    await bo.says("/meetings")
    await bo.taps("rsvp.mine.open")
    bo.sees("It is full now. If you say yes, you wait, and I tell you when a place is free. Can you come?")
    await cas.says("/meeting")
    assert cas.buttons[0].startswith("Full · ")
    await cas.taps("meeting.line")
    cas.sees("Full: who says yes now, waits.")
    cy = await stage.worker("Cy")
    await cas.says("/invite")
    await cas.taps("meeting.line")
    await cas.taps("invite.audience.done")
    await cas.says("1")
    await stage.passes(seconds=61)
    cy.sees("rsvp.invite.in_person", "It is full now.")
    await ada.taps("Can’t")
    assert (await meetings.by_id(stage.db, meeting.id)).standing == "open"


async def test_moved_over_closed_and_called_off_are_said(stage):
    meeting = await opens_meeting(stage)
    cas = await stage.coordinator()
    await cas.forges(f"v1:meeting.time:{meeting.id}")
    await cas.says("5 March 10am")
    await cas.taps("form.sure.yes")
    await cas.says("/meeting")
    assert cas.buttons[0].startswith("New time · ")
    await cas.taps("meeting.line")
    cas.sees("Open, at a new time.")
    await cas.forges("v1:meeting.earlier")
    cas.sees("meeting.earlier.none")
    await stage.passes(days=4)
    await cas.says("/meeting")
    await cas.taps("Earlier ones")
    await cas.taps("meeting.line")
    cas.sees("Over, and not closed yet.")
    await cas.taps("Who came")
    cas.sees("door.page")
    off = await opens_meeting(stage, title="Off", days=9)
    await cas.forges(f"v1:meeting.cancel_now:{off.id}")
    await looks(cas, off)
    cas.sees("Called off.")


async def test_a_closed_meeting_is_found_among_the_earlier_ones(stage):
    cas = await stage.coordinator()
    meeting = await closed(stage, cas)
    await cas.says("/meeting")
    await cas.taps("Earlier ones")
    assert cas.buttons[0].startswith("Closed · ")
    await cas.taps("meeting.line")
    cas.sees("Closed: it is over.")
    await cas.taps("How it ended")
    cas.sees("close.page")
    await stage.passes(days=20)
    await looks(cas, meeting)
    assert "How it ended" not in cas.buttons


async def test_every_standing_has_words(stage):
    meeting = await opens_meeting(stage, days=9)
    assert standing_words(meeting, meeting.starts_at - 1).name == "meeting.standing.open"
    assert standing_words(meeting, meeting.starts_at).name == "meeting.standing.on"
    assert standing_words(meeting, meeting.ends_at - 1).name == "meeting.standing.on"
    assert standing_words(meeting, meeting.ends_at).name == "meeting.standing.over"


async def test_whoever_made_it_is_asked_to_close_it_the_morning_after(stage):
    cas, dee = await stage.coordinator("Cas"), await stage.coordinator("Dee")
    await describes(dee)
    await dee.taps("Yes, make it")
    (meeting,) = await made(stage)
    stage.clock.now = meeting.ends_at + 3600
    await stage.settle()
    dee.sees_not("close.due")
    await stage.passes(hours=14)
    dee.sees("close.due", "Tea and talk")
    cas.sees_not("close.due")
    await stage.passes(days=1)
    asked = [one.reason for one in await attempts.of_person(stage.db, (await dee.person()).id)]
    assert asked.count("close_due") == 1
    await dee.taps("Close it")
    dee.sees("close.ask")


async def test_another_coordinator_is_asked_when_whoever_made_it_is_none_any_more(stage):
    dee, cas = await stage.coordinator("Dee"), await stage.coordinator("Cas")
    await describes(dee)
    await dee.taps("Yes, make it")
    (meeting,) = await made(stage)
    async with stage.program.database.transaction() as tx:
        await grants.revoke(tx, (await dee.person()).id, Role.COORDINATOR, int(stage.clock.now))
    stage.clock.now = meeting.ends_at + 20 * 3600
    await stage.settle()
    cas.sees("close.due")
    dee.sees_not("close.due")


async def test_nobody_is_asked_about_a_meeting_that_is_closed(stage):
    cas = await stage.coordinator()
    await closed(stage, cas)
    await stage.passes(days=2)
    cas.sees_not("close.due")


async def test_a_closing_can_be_taken_back_for_a_week(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    meeting = await closed(stage, cas, ada)
    assert await standing(stage, meeting, ada) == "did_not_come"
    await cas.taps("Open it again")
    cas.sees("close.ask_reopen")
    await cas.taps("Yes, open it again")
    cas.sees("close.reopened")
    assert (await meetings.by_id(stage.db, meeting.id)).state == "open"
    assert await attendance.standing(stage.db, meeting.id, (await ada.person()).id) is None
    assert (await audit.page(stage.db))[0].action == "meeting_reopened"
    await stage.passes(hours=36)
    ada.sees_not("missed.ask")
    await cas.forges(f"v1:close.reopen_now:{meeting.id}")
    cas.sees("button.closed")
    await cas.forges(f"v1:close.now:{meeting.id}:full")
    await stage.passes(hours=26)
    ada.sees("missed.ask")
    await stage.passes(days=6)
    for verb in ("reopen", "reopen_now"):
        await cas.forges(f"v1:close.{verb}:{meeting.id}")
        cas.sees("button.closed")
        await ada.forges(f"v1:close.{verb}:{meeting.id}")
        ada.sees("button.closed")
    await cas.forges(f"v1:close.open:{meeting.id}")
    assert "Open it again" not in cas.buttons


async def test_what_was_written_down_survives_opening_it_again(stage):
    cas = await stage.coordinator()
    meeting = await closed(stage, cas)
    async with stage.program.database.transaction() as tx:
        await closing.set_minutes(tx, meeting.id, "Parking is hard.")
    await cas.taps("Open it again")
    await cas.taps("No, leave it closed")
    assert (await meetings.by_id(stage.db, meeting.id)).state == "closed"
    await cas.taps("Open it again")
    await cas.taps("Yes, open it again")
    await cas.taps("Close the meeting")
    await cas.taps("Not sure about the rest")
    cas.sees("Parking is hard.")


async def test_a_meeting_that_is_on_is_not_reopened(stage):
    cas = await stage.coordinator()
    meeting = await meeting_is_on(stage)
    await cas.forges(f"v1:close.reopen:{meeting.id}")
    cas.sees("button.closed")


async def test_a_meeting_that_is_on_stands_in_the_first_list_with_its_door(stage):
    meeting, cas = await opens_meeting(stage), await stage.coordinator()
    stage.clock.now = meeting.starts_at - 30 * 60
    await looks(cas, meeting)
    assert "Who came" in cas.buttons
    stage.clock.now = meeting.starts_at + 60
    await cas.says("/meeting")
    await cas.taps("On now · Thu 4 Mar, 7:30pm · Tea and talk")
    cas.sees("On now.")
    assert "Who came" in cas.buttons
    stage.clock.now = meeting.ends_at
    await cas.says("/meeting")
    cas.sees("meeting.list.none")
    await cas.taps("Earlier ones")
    assert "Not closed yet · Thu 4 Mar, 7:30pm · Tea and talk" in cas.buttons
