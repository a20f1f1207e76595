"""A poll about times: asked, voted on, changed, reminded, closed by itself, and made a meeting."""

from storage import audit, meetings, polls


async def asks_for_poll(
    cas, *, times=("Tuesday 9 March 10am", "Wednesday 10 March 2:30pm"), closes="3 days", places="No limit"
):
    await cas.says("/poll")
    await cas.taps("New poll")
    await cas.taps("On we go")
    await cas.taps("1½ hours")
    for one in times:
        await cas.says(one)
        await cas.taps("form.sure.yes")
    await cas.taps("These times")
    await cas.says("Tea and talk")
    await cas.taps("poll.strand.network")
    await cas.taps("Online")
    await cas.taps(places)
    await cas.taps("poll.reward.none")
    await cas.taps(closes)


async def sends_poll(cas, count=1, **chosen):
    """It has gone out: the number of people typed, and the minute to undo gone by."""
    await asks_for_poll(cas, **chosen)
    await cas.taps("Yes, show me the message")
    await cas.says(str(count))
    await cas.stage.passes(seconds=61)


async def only_poll(stage, cas):
    (poll,) = await polls.of_maker(stage.db, (await cas.person()).id)
    return poll


async def test_a_worker_votes_changes_her_mind_and_sees_no_one_elses(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await stage.worker("Bo")
    await sends_poll(cas, 2)
    cas.sees("Sent: 2 of 2")
    await cas.taps("Look at it")
    cas.sees("Not answered: 2")
    ada.sees("poll.ask", "1. Tuesday 9 March 2027, 10am: not answered")
    await ada.taps("2. Yes")
    ada.sees("poll.voted", "1. Tuesday 9 March 2027, 10am: not answered", "2. Wednesday 10 March 2027, 2:30pm: yes")
    await ada.taps("2. If need be")
    ada.sees("2:30pm: if need be")
    ada.sees_not("Bo")
    await cas.taps("Look again")
    cas.sees("2:30pm: yes 0, if need be 1, no 0", "Not answered: 1")


async def test_only_those_who_have_not_answered_are_reminded(stage):
    ada, bo, cas = await stage.worker("Ada"), await stage.worker("Bo"), await stage.coordinator()
    await sends_poll(cas, 2)
    await ada.taps("1. No")
    await bo.says("/home")
    await stage.passes(hours=46)
    bo.sees("poll.remind")
    ada.sees_not("poll.remind")


async def test_all_have_answered_and_the_result_becomes_a_meeting(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await sends_poll(cas)
    await ada.taps("2. Yes")
    await stage.passes(minutes=1)
    cas.sees("poll.news.poll_all_answered")
    await cas.taps("Look at it")
    await cas.taps("Take Wednesday 10 March, 2:30pm")
    cas.sees("poll.ask.choose")
    await cas.taps("Yes")
    cas.sees("meeting.made")
    (made,) = await meetings.upcoming(stage.db, int(stage.clock.now))
    assert (made.local_start, made.minutes, made.state) == ("2027-03-10T14:30", 90, "open")
    await ada.taps("1. Yes")
    ada.sees("button.closed")
    await cas.says("/poll")
    await cas.forges(f"v1:poll.open:{(await polls.by_id(stage.db, 1)).id}")
    await cas.taps("Look at it")
    cas.sees("meeting.look.online")


async def test_it_closes_by_itself_at_its_deadline(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await sends_poll(cas)
    poll = await only_poll(stage, cas)
    await stage.passes(hours=73)
    await stage.passes(hours=1)
    cas.sees("poll.news.poll_closed")
    assert (await polls.by_id(stage.db, poll.id)).state == "closed"
    await ada.taps("1. Yes")
    ada.sees("button.closed")
    assert await polls.mine(stage.db, (await ada.person()).id, poll.id) == {}


async def test_closing_and_calling_off_ask_first(stage):
    await stage.worker("Ada")
    cas = await stage.coordinator()
    await sends_poll(cas)
    poll = await only_poll(stage, cas)
    await cas.taps("Look at it")
    await cas.taps("Close it now")
    await cas.taps("No, go back")
    assert (await polls.by_id(stage.db, poll.id)).state == "open"
    await cas.taps("Call it off")
    cas.sees("poll.ask.cancel")
    await cas.taps("Yes")
    assert (await polls.by_id(stage.db, poll.id)).state == "cancelled"
    cas.sees("poll.page.cancelled")


async def test_ten_times_are_enough(stage):
    cas = await stage.coordinator()
    await cas.says("/poll")
    await cas.taps("New poll")
    await cas.taps("On we go")
    await cas.taps("1 hour")
    for hour in range(9, 19):
        await cas.says(f"9 March {hour}:00")
        await cas.taps("form.sure.yes")
    await cas.says("9 March 20:00")
    cas.sees("There are 10 times already")


async def test_a_vote_of_somebody_who_was_not_asked_is_refused(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await sends_poll(cas)
    poll, bo = await only_poll(stage, cas), await stage.worker("Bo")
    slot = (await polls.slots(stage.db, poll.id))[0]
    me, other = (await bo.person()).id, (await ada.person()).id
    for data in (f"{slot.id}:{me}:yes", f"{slot.id}:{other}:yes", f"999:{me}:yes", f"{slot.id}:{me}:perhaps"):
        await bo.forges(f"v1:poll.vote:{data}")
        bo.sees("button.closed")
    assert await polls.mine(stage.db, me, poll.id) == {}
    for data in (f"poll.make:{poll.id}:{slot.id}", f"poll.end:{poll.id}:close", f"poll.open:{poll.id}"):
        await bo.forges(f"v1:{data}")
        bo.sees("button.closed")


async def test_no_sends_nothing(stage):
    await stage.worker("Ada")
    cas = await stage.coordinator()
    await cas.says("/poll")
    cas.sees("poll.list.none")
    await cas.taps("New poll")
    await cas.taps("On we go")
    await cas.taps("1 hour")
    await cas.says("9 March 10am")
    await cas.taps("form.sure.yes")
    await cas.taps("These times")
    await cas.says("Tea")
    await cas.taps("poll.strand.board")
    await cas.taps("Online")
    await cas.taps("20")
    await cas.says("a £10 voucher")
    await cas.taps("A week")
    await cas.taps("No, do not send it")
    cas.sees("poll.not_sent")
    assert await polls.of_maker(stage.db, (await cas.person()).id) == []


async def test_the_number_is_typed_and_nothing_goes_before_the_minute_is_over(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await stage.worker("Bo")
    await asks_for_poll(cas)
    cas.sees("People who will be asked: 2", "Nobody is left out")
    await cas.taps("Yes, show me the message")
    cas.sees("1. Tuesday 9 March 2027, 10am: not answered", "type the number of people: 2")
    await cas.says("3")
    cas.sees("invite_send.number.wrong")
    ada.sees_not("poll.ask")
    await cas.says("2")
    cas.sees("Ready: 2 people")
    await stage.passes(seconds=59)
    assert not any("poll.ask" in str(message) or "Tea and talk" in str(message) for message in ada.phone.messages)
    await stage.passes(seconds=2)
    assert any("Tea and talk" in str(message) for message in ada.phone.messages)


async def test_undone_nobody_is_asked_and_it_can_be_sent_to_others(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await asks_for_poll(cas, places="20")
    await cas.taps("Yes, show me the message")
    await cas.says("1")
    await cas.taps("Undo: send nothing")
    cas.sees("Undone. Nobody was sent anything")
    await stage.passes(hours=1)
    assert not any("Tea and talk" in str(message) for message in ada.phone.messages)
    undone = await only_poll(stage, cas)
    assert undone.state == "draft"
    await cas.taps("Choose again who is asked")
    cas.sees("poll.audience")
    await cas.taps("On we go")
    await cas.taps("A week")
    await cas.taps("Yes, show me the message")
    await cas.says("1")
    await stage.passes(seconds=61)
    ada.sees("poll.ask", "2. Wednesday 10 March 2027, 2:30pm: not answered")
    again = await only_poll(stage, cas)
    assert (await polls.by_id(stage.db, undone.id)).state == "cancelled"
    assert (again.capacity, again.minutes, again.title) == (20, 90, "Tea and talk")


async def test_an_undone_poll_is_no_meeting_yet_and_can_be_thrown_away(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await asks_for_poll(cas)
    await cas.taps("Yes, show me the message")
    await cas.says("1")
    await cas.taps("Undo: send nothing")
    poll = await only_poll(stage, cas)
    slot = (await polls.slots(stage.db, poll.id))[0]
    for data in (f"poll.make:{poll.id}:{slot.id}", f"poll.end:{poll.id}:close"):
        await cas.forges(f"v1:{data}")
        cas.sees("button.closed")
    await ada.forges(f"v1:poll.vote:{slot.id}:{(await ada.person()).id}:yes")
    ada.sees("button.closed")
    await cas.says("/poll")
    await cas.taps("Tea and talk")
    cas.sees("poll.page.draft")
    await cas.taps("Call it off")
    await cas.taps("Yes")
    assert await polls.of_maker(stage.db, (await cas.person()).id) == []


async def test_while_it_goes_out_any_coordinator_can_stop_it(stage):
    cas, dee = await stage.coordinator(), await stage.coordinator("Dee")
    ada, bo = await stage.worker("Ada"), await stage.worker("Bo", shift="nights")  # at noon Bo is asleep
    await sends_poll(cas, 2)
    cas.sees("Sent: 1 of 2")
    ada.sees("poll.ask")
    await dee.says("/poll")
    dee.sees("Sent: 1 of 2")
    await dee.taps("Stop sending")
    dee.sees("invite.progress.stopped")
    await stage.passes(hours=8)
    assert not any("Tea and talk" in str(message) for message in bo.phone.messages)
    assert (await audit.page(stage.db))[0].action == "broadcast_stopped"
    await ada.taps("1. Yes")
    ada.sees("poll.voted")


async def test_another_number_than_was_counted_asks_again(stage):
    cas = await stage.coordinator()
    await stage.worker("Ada")
    await asks_for_poll(cas)
    await cas.taps("Yes, show me the message")
    await stage.worker("Bo")
    await cas.says("1")
    cas.sees("The number of people has just changed to 2", "poll.check")
    assert await polls.of_maker(stage.db, (await cas.person()).id) == []


async def test_places_and_thank_you_come_with_the_meeting(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await asks_for_poll(cas, places="15")
    await cas.taps("change", on="Thank-you: No thank-you")
    await cas.says("a £10 voucher")
    await cas.taps("Yes, show me the message")
    await cas.says("1")
    await stage.passes(seconds=61)
    await ada.taps("1. Yes")
    await stage.passes(minutes=1)
    await cas.taps("Look at it")
    await cas.taps("Take Tuesday 9 March, 10am")
    await cas.taps("Yes")
    (made,) = await meetings.upcoming(stage.db, int(stage.clock.now))
    assert (made.capacity, made.reward, made.local_start) == (15, "a £10 voucher", "2027-03-09T10:00")
