"""A meeting is closed: who did not come is asked once and kindly; minutes, organisations, promises, publishing."""

import pytest

from storage import attempts, attendance, audit, closing, meetings
from tests.handlers.test_door import meeting_is_on, standing


async def closed(stage, cas, *coming, button="Yes: the rest did not come"):
    meeting = await meeting_is_on(stage, *coming)
    await stage.passes(hours=2)
    await cas.says("/door")
    await cas.taps("meeting.line")
    await cas.taps("Close the meeting")
    cas.sees("close.ask")
    await cas.taps(button)
    return meeting


async def test_whoever_is_not_ticked_did_not_come_and_is_asked_why_a_day_later(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    meeting = await closed(stage, cas, ada)
    cas.sees("Did not come: 1")
    assert (await meetings.by_id(stage.db, meeting.id)).state == "closed"
    assert await standing(stage, meeting, ada) == "did_not_come"
    ada.sees_not("missed.ask")
    await stage.passes(hours=24)
    await stage.passes(hours=12)
    ada.sees("missed.ask")
    await ada.taps("Travel")
    ada.sees("missed.saved")
    (asked,) = [one for one in await attempts.of_person(stage.db, (await ada.person()).id) if one.reason == "no_show"]
    assert (asked.outcome, asked.answer_why) == ("answered", "travel")
    await ada.taps("Change the reason")
    await ada.taps("Asleep then")
    (asked,) = [one for one in await attempts.of_person(stage.db, (await ada.person()).id) if one.reason == "no_show"]
    assert asked.answer_why == "asleep"
    assert [one.action for one in await audit.page(stage.db)] == ["meeting_closed", "role_given"]


async def test_somebody_who_was_there_can_say_so(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    meeting = await closed(stage, cas, ada)
    await stage.passes(hours=36)
    await ada.taps("I was there")
    ada.sees("missed.was_there")
    assert await standing(stage, meeting, ada) == "unknown"
    await ada.forges(f"v1:missed.there:{meeting.id}:{(await ada.person()).id}")
    ada.sees("button.closed")


async def test_not_being_sure_asks_nobody(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    meeting = await closed(stage, cas, ada, button="Not sure about the rest")
    assert await standing(stage, meeting, ada) == "unknown"
    await stage.passes(hours=48)
    ada.sees_not("missed.ask")


async def test_a_mended_list_stops_the_question(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    meeting = await closed(stage, cas, ada)
    await cas.taps("The list")
    await cas.taps("door.mark.did_not_come")
    assert await standing(stage, meeting, ada) == "came"
    await stage.passes(hours=48)
    ada.sees_not("missed.ask")


async def test_minutes_organisations_promises_and_publishing(stage):
    cas = await stage.coordinator()
    meeting = await closed(stage, cas)
    await cas.taps("Minutes")
    await cas.says("Parking is hard.\nThe bus is late.")
    await cas.taps("Back", on="close.kept.minutes")
    cas.sees("Parking is hard. The bus is late.", "Publish: not decided")
    await cas.taps("Organisations")
    await cas.says("Unison")
    await cas.says("two")
    cas.sees("close.number")
    await cas.says("2")
    await cas.taps("Another one")
    await cas.says("Care Forum")
    await cas.says("0")
    cas.sees("close.kept.no_organisation")
    await cas.taps("Back", on="close.kept.no_organisation")
    cas.sees("Organisations: Unison (2)")
    await cas.taps("Promises")
    cas.sees("close.promises.none")
    await cas.taps("Write down a promise")
    for words in ("Sam", "Ask for a later bus", "31 February"):
        await cas.says(words)
    cas.sees("free.date.impossible")
    await cas.says("19 March")
    await cas.taps("form.sure.yes")
    cas.sees("Sam: Ask for a later bus (by Friday 19 March)")
    await cas.taps("Keep it and publish it")
    await cas.taps("Another one")
    cas.sees("Sam: Ask for a later bus (by Friday 19 March, published)")
    ended = await closing.of_meeting(stage.db, meeting.id)
    assert (ended.minutes, ended.publish) == ("Parking is hard.\nThe bus is late.", None)
    assert await closing.organisations(stage.db, meeting.id) == {"Unison": 2}
    (promise,) = await closing.promises(stage.db, meeting.id)
    assert (promise.who, promise.what, promise.by_when, promise.publish) == (
        "Sam", "Ask for a later bus", "2027-03-19", True,
    )  # fmt: skip
    await cas.taps("✗ Ask for a later bus")
    await cas.taps("No, keep it")
    assert len(await closing.promises(stage.db, meeting.id)) == 1
    await cas.taps("✗ Ask for a later bus")
    await cas.taps("Yes, strike it out")
    assert await closing.promises(stage.db, meeting.id) == []
    await cas.taps("close.button.back")
    for button, kept in (("Publish", True), ("Do not publish", False)):
        await cas.taps(button)
        assert (await closing.of_meeting(stage.db, meeting.id)).publish is kept


async def test_a_closed_meeting_is_found_again(stage):
    cas = await stage.coordinator()
    await closed(stage, cas)
    await cas.says("/door")
    await cas.taps("door.closed_line")
    cas.sees("close.page")


@pytest.mark.parametrize(
    "data", ["close.strike_now:{m}:9", "close.strike:{m}:9", "close.publish:{m}:maybe", "close.now:{m}:full"]
)
async def test_forged_buttons_of_a_closed_meeting_change_nothing(stage, data):
    cas = await stage.coordinator()
    meeting = await closed(stage, cas)
    await cas.forges(f"v1:{data.format(m=meeting.id)}")
    cas.sees("button.closed")
    assert (await closing.of_meeting(stage.db, meeting.id)).publish is None


async def test_nobody_is_marked_before_it_begins(stage):
    cas = await stage.coordinator()
    meeting = await meeting_is_on(stage)
    await cas.forges(f"v1:close.now:{meeting.id}:full")
    cas.sees("button.closed")
    assert await attendance.counts(stage.db, meeting.id) == {}
