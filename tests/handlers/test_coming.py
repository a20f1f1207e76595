"""Somebody who is coming: needs, a calendar file, a map, the lead, "seen"; and what the coordinator makes of it."""

import pytest

from rules.roles import Role
from storage import audit, meetings, needs, seen, series
from tests.handlers.acts import invites_everyone, opens_meeting


async def comes(stage, **facts):
    meeting, ada, cas = await opens_meeting(stage, **facts), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await ada.taps("Yes")
    return meeting, ada, cas


async def test_needs_are_switches_and_the_coordinator_sees_how_many(stage):
    meeting, ada, cas = await comes(stage)
    await ada.taps("I need something to come")
    await ada.taps("A way in without steps")
    await ada.taps("Help with getting there")
    await ada.taps("✓ Help with getting there")
    assert await needs.of_person(stage.db, (await ada.person()).id, meeting.id) == {"access": ""}
    await ada.taps("coming.button.back")
    ada.sees("rsvp.saved.yes.in_person")
    await cas.forges(f"v1:more.open:{meeting.id}")
    cas.sees("a way in without steps (1)")


async def test_a_second_tap_on_a_need_does_no_harm(stage):
    meeting, ada, _ = await comes(stage)
    me = (await ada.person()).id
    for _ in range(2):
        await ada.forges(f"v1:coming.need:{meeting.id}:{me}:travel:on")
    assert await needs.of_person(stage.db, me, meeting.id) == {"travel": ""}
    for _ in range(2):
        await ada.forges(f"v1:coming.need:{meeting.id}:{me}:travel:off")
    assert await needs.of_person(stage.db, me, meeting.id) == {}


async def test_own_words_about_a_need_reach_the_coordinator_and_can_be_changed_and_erased(stage):
    meeting, ada, cas = await comes(stage)
    me = (await ada.person()).id
    await ada.taps("I need something to come")
    await ada.taps("Somebody to put it in my language")
    await ada.taps("✎ Language: tell us more")
    ada.sees("coming_words.words", "Somebody to put it in my language")
    await ada.says("Twi, please <b>")
    ada.sees("coming.words_kept")
    await ada.taps("I need something to come", on="coming.words_kept")
    ada.sees("You said:", "My language: Twi, please <b>")
    await cas.forges(f"v1:more.open:{meeting.id}")
    await cas.taps("Who needs what")
    cas.sees("Ada: an interpreter. “Twi, please <b>”")
    await cas.forges(f"v1:door.list:{meeting.id}:0")
    cas.sees("button.closed")
    await stage.passes(seconds=meeting.starts_at - stage.clock.now - 1800)
    await cas.forges(f"v1:door.list:{meeting.id}:0")
    await cas.taps("Needs …")
    cas.sees("For them to take part:", "Ada: an interpreter. “Twi, please <b>”")
    await ada.forges(f"v1:coming.need:{meeting.id}:{me}:interpreter:on")
    assert await needs.of_person(stage.db, me, meeting.id) == {"interpreter": "Twi, please <b>"}
    await ada.taps("✎ Language: tell us more")
    await ada.taps("Skip this")
    ada.sees("coming.words_gone")
    assert await needs.of_person(stage.db, me, meeting.id) == {"interpreter": ""}
    await cas.taps("The list")
    await cas.taps("Needs …")
    cas.sees("Ada: an interpreter")
    cas.sees_not("Twi")


async def test_words_about_a_need_come_too_late_when_it_has_begun(stage):
    meeting, ada, cas = await comes(stage)
    me = (await ada.person()).id
    await ada.forges(f"v1:coming.tell:{meeting.id}:{me}:travel")
    stage.clock.now = meeting.starts_at
    await ada.says("A lift")
    ada.sees("coming.too_late")
    assert await needs.of_person(stage.db, me, meeting.id) == {}
    for data in (f"coming.tell:{meeting.id}:{me}:travel", f"coming.tell:{meeting.id}:{me}:wine", "coming.tell:x"):
        await ada.forges(f"v1:{data}")
        ada.sees("button.closed")
    for someone in (ada, cas):
        await someone.forges(f"v1:more.needs:{meeting.id}")
        someone.sees("button.closed")


async def test_the_date_goes_into_a_calendar_in_utc(stage):
    _, ada, _ = await comes(stage, title="Tea; talk, cake")
    await ada.taps("For my calendar")
    ada.sees("coming.calendar")
    (sent,) = [call for call in stage.simulator.transcript if call.method == "sendDocument"]
    file = next(message for message in reversed(ada.phone.messages) if message.get("document"))
    assert file["document"]["file_name"] == "date.ics"
    assert sent.status == 200


async def test_who_leads_it_and_how_to_reach_them(stage):
    meeting, ada, cas = await comes(stage)
    async with stage.program.database.transaction() as tx:
        await tx.run("UPDATE meeting SET lead = 'Sam' WHERE id = :id", id=meeting.id)
    await ada.says("/meetings")
    await ada.taps("rsvp.mine.yes")
    await ada.taps("Who leads it")
    ada.sees("coming.lead.none")
    await cas.forges(f"v1:more.contact:{meeting.id}")
    await cas.says("020 7946 0000")
    cas.sees("more.contact.saved")
    await ada.taps("Who leads it")
    ada.sees("020 7946 0000")


async def test_the_place_is_shown_on_a_map(stage):
    _, ada, _ = await comes(stage)
    assert "On a map" not in ada.buttons
    async with stage.program.database.transaction() as tx:
        await tx.run("UPDATE venue SET latitude = 51.48, longitude = 0.007")
    await ada.says("/meetings")
    await ada.taps("rsvp.mine.yes")
    await ada.taps("On a map")
    assert any(message.get("venue", {}).get("title") == "The Library" for message in ada.phone.messages)


async def test_the_coordinator_sees_who_has_seen_the_news(stage):
    meeting, ada, cas = await comes(stage)
    await cas.says("/meeting")
    await cas.taps("meeting.line")
    await cas.taps("Call it off")
    await cas.taps("Yes, call it off and tell them")
    ada.sees("rsvp.cancelled")
    await cas.taps("Who has seen the news")
    cas.sees("Seen the last change: 0 of 1")
    await ada.taps("Seen")
    ada.sees("coming.seen")
    await cas.forges(f"v1:more.seen:{meeting.id}")
    cas.sees("more.seen", "✓")
    (told,) = await seen.told(stage.db, meeting.id)
    assert told.seen_at == int(stage.clock.now)


async def test_a_meeting_is_held_again_at_the_same_time_of_day(stage):
    meeting, cas = await opens_meeting(stage), await stage.coordinator()
    await cas.says("/meeting")
    await cas.taps("meeting.line")
    await cas.taps("More")
    await cas.taps("Hold it again")
    await cas.taps("6× weekly")
    cas.sees("more.series.sure", "Thursday 11 March 2027, 7:30pm")
    await cas.taps("No")
    await cas.taps("3× every 2 weeks")
    cas.sees("more.series.sure", "Thursday 15 April 2027, 7:30pm")
    assert len(await meetings.upcoming(stage.db, int(stage.clock.now))) == 1
    await cas.taps("Yes, make them")
    cas.sees("more.series.made", "Thursday 18 March 2027, 7:30pm", "Thursday 1 April 2027, 7:30pm")
    first = await meetings.by_id(stage.db, meeting.id)
    assert [one.state for one in await series.of_series(stage.db, first.series_id)] == ["open"] * 4
    assert (await audit.page(stage.db))[0].action == "meeting_repeated"
    for verb in ("series", "repeat", "repeat_now"):
        await cas.forges(f"v1:more.{verb}:{meeting.id}:week:3")
        cas.sees("button.closed")


async def test_a_series_says_which_dates_fall_where_the_clocks_change_and_drafts_stay_drafts(stage):
    cas, now = await stage.coordinator(), int(stage.clock.now)
    async with stage.program.database.transaction() as tx:
        night = await meetings.make(
            tx, title="Night tea", strand="network", mode="online", local_start="2027-03-21T01:30",
            zone="Europe/London", minutes=60, now=now,
        )  # fmt: skip
    await cas.forges(f"v1:more.repeat:{night.id}:week:3")
    cas.sees("Sunday 28 March 2027, 2:30am (the clocks change that night)", "Sunday 4 April 2027, 1:30am")
    for data in (f"more.repeat:{night.id}:day:3", f"more.repeat_now:{night.id}:week:4", "more.repeat:999:week:3"):
        await cas.forges(f"v1:{data}")
        cas.sees("button.closed")
    await cas.forges(f"v1:more.repeat_now:{night.id}:week:3")
    cas.sees("Sunday 28 March 2027, 2:30am (the clocks change that night)")
    assert {one.state for one in await meetings.upcoming(stage.db, now)} == {"draft"}


async def test_reminders_are_a_setting_of_the_meeting(stage):
    meeting, cas = await opens_meeting(stage), await stage.coordinator()
    for name, kept in (("2 hours before", "2h"), ("No reminders", ""), ("As the council has it", None)):
        await cas.forges(f"v1:more.ladders:{meeting.id}")
        await cas.taps(name)
        cas.sees("more.ladder.saved")
        assert (await meetings.by_id(stage.db, meeting.id)).ladder == kept


@pytest.mark.parametrize(
    "data",
    [
        "coming.needs:{m}:{other}",
        "coming.need:{m}:{me}:cake:on",
        "coming.need:{m}:{me}:access:perhaps",
        "coming.map:{m}:{me}",
        "coming.calendar:{m}:{other}",
        "coming.lead:999:{me}",
        "coming.seen:1:{other}",
        "coming.seen:999:{me}",
    ],
)
async def test_forged_and_foreign_buttons_do_nothing(stage, data):
    meeting, ada, _ = await comes(stage)
    bo = await stage.worker("Bo")
    await ada.forges(f"v1:{data.format(m=meeting.id, me=(await ada.person()).id, other=(await bo.person()).id)}")
    ada.sees("button.closed")
    assert await needs.of_person(stage.db, (await ada.person()).id, meeting.id) == {}


async def test_more_is_for_coordinators(stage):
    meeting, ada = await opens_meeting(stage), await stage.staff(Role.OFFICER)
    for verb in ("more.open", "more.seen", "more.ladders", "more.series", "more.contact"):
        await ada.forges(f"v1:{verb}:{meeting.id}")
        ada.sees("button.closed")
