"""Coordinators who are too late: what was asked while it could be written down is not kept when it no longer can."""

import pytest

from storage import attempts, attendance, closing, contacts, meetings, venues
from tests.handlers.acts import opens_meeting
from tests.handlers.test_closing import closed
from tests.handlers.test_door import meeting_is_on
from tests.handlers.test_meetings import describes, made

TWO_WEEKS = 14 * 24 * 3600  # seconds after which nothing is written down any more


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("close.minutes", ("What was said",)),
        ("close.organisation", ("Unison", "3")),
        ("close.promise", ("Sam", "A later bus", "Skip this", "Keep it and publish it")),
    ],
)
async def test_two_weeks_later_nothing_is_added_to_a_closed_meeting(stage, verb, said):
    cas = await stage.coordinator()
    meeting = await closed(stage, cas)
    await cas.forges(f"v1:{verb}:{meeting.id}")
    for words in said[:-1]:
        await cas.says(words)
    stage.clock.passes(days=13, hours=23)
    await cas.says(said[-1])
    cas.sees("door.too_late")
    assert (await closing.of_meeting(stage.db, meeting.id)).minutes == ""
    assert await closing.promises(stage.db, meeting.id) == []
    assert await closing.organisations(stage.db, meeting.id) == {}


async def test_a_promise_can_be_dropped_on_the_last_look(stage):
    cas = await stage.coordinator()
    meeting = await closed(stage, cas)
    await cas.forges(f"v1:close.promise:{meeting.id}")
    for words in ("Sam", "A later bus", "Skip this", "Do not write it down"):
        await cas.says(words)
    cas.sees("close.not_kept")
    assert await closing.promises(stage.db, meeting.id) == []


@pytest.mark.parametrize(("verb", "said"), [("door.walk_in", ("Wanda", "Somebody new")), ("door.heads", ("14",))])
async def test_two_weeks_later_nobody_walks_in_and_no_heads_are_counted(stage, verb, said):
    cas = await stage.coordinator()
    meeting = await meeting_is_on(stage)
    await stage.passes(hours=1)
    await cas.forges(f"v1:{verb}:{meeting.id}")
    for words in said[:-1]:
        await cas.says(words)
    stage.clock.now = meeting.starts_at + TWO_WEEKS
    await cas.says(said[-1])
    cas.sees("door.too_late")
    assert await attendance.heads(stage.db, meeting.id) is None
    assert await attendance.counts(stage.db, meeting.id) == {}


async def test_buttons_of_meetings_that_are_not_there_are_refused(stage):
    cas = await stage.coordinator()
    meeting = await opens_meeting(stage)
    for verb in ("more.open", "more.seen", "more.ladders", "more.ladder", "more.contact", "more.spot", "more.needs",
                 "close.minutes", "close.promises", "door.walk_in", "door.heads"):  # fmt: skip
        await cas.forges(f"v1:{verb}:999")
        cas.sees("button.closed")
    await cas.forges(f"v1:more.ladder:{meeting.id}:yearly")
    cas.sees("button.closed")


async def test_a_new_time_that_has_passed_before_the_yes_moves_nothing(stage):
    cas = await stage.coordinator()
    meeting = await opens_meeting(stage, days=4)
    await cas.forges(f"v1:meeting.time:{meeting.id}")
    await cas.says("today 2pm")
    stage.clock.passes(hours=3)
    await cas.taps("form.sure.yes")
    cas.sees("meeting.not_moved")
    assert (await meetings.by_id(stage.db, meeting.id)).moved == 0


async def test_a_meeting_closed_while_its_reminder_waited_is_not_spoken_of(stage):
    cas = await stage.coordinator()
    await describes(cas)
    await cas.taps("Yes, make it")
    (meeting,) = await made(stage)
    me = (await cas.person()).id
    async with stage.program.database.transaction() as tx:
        await attempts.plan(tx, me, "close_due", meeting.id, 1, meeting.ends_at + 3600, None, int(stage.clock.now))
    stage.clock.now = meeting.ends_at + 60
    await cas.forges(f"v1:close.now:{meeting.id}:full")
    await stage.passes(hours=16)
    cas.sees_not("close.due")
    (one,) = [one for one in await attempts.of_person(stage.db, me) if one.reason == "close_due"]
    assert (one.state, one.why) == ("skipped", "nothing_to_say")


async def test_a_place_that_is_on_record_is_taken_as_it_is(stage):
    cas = await stage.coordinator()
    await opens_meeting(stage)
    await describes(cas)
    await cas.taps("Change where it is")
    await cas.taps("In person")
    await cas.taps("The Library")
    await cas.taps("Yes, make it")
    newest = max(await made(stage), key=lambda one: one.id)
    assert newest.venue_id == 1
    assert len(await venues.all(stage.db)) == 1


async def test_a_call_counts_as_a_try_until_it_is_taken_back(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await ada.says("/person")
    await cas.says("/log")
    for tap in ("Phone call", "Ada", "No answer", "Skip this"):
        await cas.taps(tap)
    me = (await ada.person()).id
    assert await contacts.tries(stage.db, me) == 1
    await cas.taps("Undo: that was a mistake")
    assert await contacts.tries(stage.db, me) == 0
