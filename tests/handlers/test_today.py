"""What waits for a coordinator, in one message: people, calls, meetings, promises, silent organisations."""

from storage import by_hand, closing, meetings
from tests.handlers.acts import HOUR, invites_everyone, opens_meeting
from tests.handlers.test_organisations import oak


async def calls(stage, person, outcome="call_back", *, back=None, needs=False):
    async with stage.program.database.transaction() as tx:
        return await by_hand.log_by_hand(
            tx, person, None, "call", outcome, "wants to talk", None, int(stage.clock.now),
            call_back_at=back, needs_person=needs,
        )  # fmt: skip


async def test_nothing_waits(stage):
    cas = await stage.coordinator()
    await cas.says("/today")
    cas.sees("Monday 1 March", "today.nothing")


async def test_everything_that_waits_is_one_message_with_a_button_each(stage):
    ada, bo, cas = await stage.worker("Ada"), await stage.worker("Bo"), await stage.coordinator()
    await ada.says("/person")
    await calls(stage, (await bo.person()).id, back=int(stage.clock.now) + HOUR)
    await opens_meeting(stage)
    await invites_everyone(stage, cas, 2)
    await bo.taps("Yes")
    await cas.says("/today")
    assert len(cas.fresh) == 1
    cas.sees("1 person needs a person", "1 call to make today", "Tea and talk. Coming: 1, maybe: 0, silent: 0")
    assert cas.buttons[0] == "See who needs a person"
    await cas.taps("Call back: Bo, Mon 1 Mar 1pm")
    cas.sees("log.approach")
    for tap in ("Phone call", "We spoke", "Skip this"):
        await cas.taps(tap)
    await cas.says("/today")
    cas.sees_not("call to make", "calls to make")


async def test_a_call_for_next_week_does_not_wait_today(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await calls(stage, (await ada.person()).id, back=int(stage.clock.now) + 7 * 24 * HOUR)
    await cas.says("/today")
    cas.sees("today.nothing")
    await stage.passes(days=7)
    await cas.says("/today")
    cas.sees("1 call to make today")


async def test_the_queue_has_the_first_due_first_and_says_when(stage):
    ada, bo, cas = await stage.worker("Ada"), await stage.worker("Bo"), await stage.coordinator()
    await calls(stage, (await ada.person()).id, back=int(stage.clock.now) + 24 * HOUR)
    await calls(stage, (await bo.person()).id, back=int(stage.clock.now) + HOUR)
    await cas.says("/queue")
    assert cas.buttons == ["Call back: Bo, Mon 1 Mar 1pm", "Call back: Ada, Tue 2 Mar 12 noon"]


async def test_who_needs_a_person_is_in_the_queue_until_somebody_was_there(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    logged = await calls(stage, (await ada.person()).id, "spoke", needs=True)
    await cas.says("/today")
    cas.sees("1 person needs a person")
    await cas.taps("See who needs a person")
    await cas.taps("Ada, since Monday 1 March")
    cas.sees("Ada needs a person, since Monday 1 March", "The note: wants to talk")
    await cas.taps("Done")
    cas.sees("queue.saved", "queue.empty")
    for verb in ("need", "met"):
        await cas.forges(f"v1:queue.{verb}:{logged}")
        cas.sees("button.closed")


async def test_a_call_promised_to_an_organisation_or_at_a_place_has_its_button_too(stage):
    cas, one = await stage.coordinator(), await oak(stage)
    async with stage.program.database.transaction() as tx:
        for place, firm in (("Oak Care", one.id), ("The library", None)):
            await by_hand.log_by_hand(
                tx, None, place, "call", "call_back", "", None, int(stage.clock.now), organisation_id=firm
            )
    for name in ("Oak Care", "The library"):
        await cas.says("/queue")
        assert f"Call back: {name}" in cas.buttons
        await cas.says("/today")
        await cas.taps(f"Call back: {name}")
        for tap in ("Phone call", "We spoke", "Skip this"):
            await cas.taps(tap)
        cas.sees(f"Logged: {name}")
    await cas.says("/today")
    cas.sees("today.nothing")
    await cas.says("/queue")
    cas.sees("queue.empty")
    for number in (1, 404):
        await cas.forges(f"v1:log.at:{number}")
        cas.sees("button.closed")


async def promised(stage, by_when):
    meeting = await opens_meeting(stage, days=1)
    await stage.passes(days=2)
    async with stage.program.database.transaction() as tx:
        await closing.close(tx, meeting.id, None, int(stage.clock.now), list_is_full=False)
        return await closing.promise(
            tx, meeting.id, "The council", "send the rota", int(stage.clock.now), by_when=by_when
        )


async def test_a_promise_that_falls_due_is_kept_or_asked_about_again_in_a_week(stage):
    cas = await stage.coordinator()
    one = await promised(stage, "2027-03-08")
    await cas.says("/today")
    cas.sees("1 promise falls due", "The council: send the rota, by Mon 8 Mar")
    await cas.taps("No news yet")
    cas.sees("today.no_news")
    await cas.says("/today")
    cas.sees("today.nothing")
    await stage.passes(days=7, seconds=1)
    await cas.says("/today")
    await cas.taps("Kept: send the rota")
    cas.sees("today.kept", "today.nothing")
    for verb in ("kept", "no_news"):
        await cas.forges(f"v1:today.{verb}:{one.id}")
        cas.sees("button.closed")


async def test_a_promise_for_next_month_does_not_wait(stage):
    cas = await stage.coordinator()
    await promised(stage, "2027-04-08")
    await cas.says("/today")
    cas.sees("today.nothing")


async def test_a_meeting_that_is_over_is_to_be_closed(stage):
    cas = await stage.coordinator()
    meeting = await opens_meeting(stage, days=1)
    await stage.passes(days=2)
    await cas.says("/today")
    cas.sees("1 meeting is over and not closed")
    await cas.taps("Close: Tea and talk")
    assert (await meetings.by_id(stage.db, meeting.id)).state in ("open", "closed")
    cas.sees_not("button.closed")


async def test_who_has_fallen_silent_is_named(stage):
    cas = await stage.coordinator()
    async with stage.program.database.transaction() as tx:
        for name, invented in (("Rose Court", 0), ("Invented Court", 1)):
            await tx.run(
                "INSERT INTO organisation (kind, name, stage, silent_since, invented, made_at)"
                " VALUES ('provider', :name, 'engaged', :now, :invented, 0)",
                name=name, now=int(stage.clock.now), invented=invented,
            )  # fmt: skip
    await cas.says("/today")
    cas.sees("Not heard from Rose Court since Mon 1 Mar")
    cas.sees_not("Invented Court")
    assert "Rose Court" in cas.buttons


async def test_it_is_the_first_thing_on_a_coordinators_home_page(stage):
    cas = await stage.coordinator()
    await cas.says("/home")
    assert cas.buttons[0] == "What waits for you today"
