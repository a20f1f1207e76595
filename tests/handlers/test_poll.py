"""A poll about times: asked, voted on, changed, reminded, closed by itself, and made a meeting."""

from storage import meetings, polls


async def sends_poll(cas, *, times=("Tuesday 9 March 10am", "Wednesday 10 March 2:30pm"), closes="3 days"):
    await cas.says("/poll")
    await cas.taps("New poll")
    await cas.taps("On we go")
    await cas.taps("1½ hours")
    for one in times:
        await cas.says(one)
    await cas.taps("These times")
    await cas.says("Tea and talk")
    await cas.taps("poll.strand.network")
    await cas.taps("Online")
    await cas.taps(closes)
    await cas.taps("Yes, send it")


async def only_poll(stage, cas):
    (poll,) = await polls.of_maker(stage.db, (await cas.person()).id)
    return poll


async def test_a_worker_votes_changes_her_mind_and_sees_no_one_elses(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await stage.worker("Bo")
    await sends_poll(cas)
    cas.sees("2 people are asked now")
    await cas.taps("Look again")
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
    await sends_poll(cas)
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
    await cas.taps("These times")
    await cas.says("Tea")
    await cas.taps("poll.strand.board")
    await cas.taps("Online")
    await cas.taps("A week")
    await cas.taps("No, do not send it")
    cas.sees("poll.not_sent")
    assert await polls.of_maker(stage.db, (await cas.person()).id) == []
