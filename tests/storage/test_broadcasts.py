from storage import attempts, broadcasts, people, responses
from storage.audience import Audience
from tests.storage.world import DAY, HOUR, NOON, invite, invited, open_meeting, says, send_all, states, worker, workers


async def begin(database, meeting, now=NOON, **choice):
    async with database.transaction() as tx:
        return await broadcasts.begin(tx, Audience(meeting.id, **choice), None, 77, now)


async def test_an_invite_goes_to_everyone_who_may_be_written_to(database):
    everyone = await workers(database, 3, language="ar")
    meeting = await open_meeting(database, reward="£10 voucher")
    sent = await invited(database, meeting)
    assert [attempt.person_id for attempt in sent] == everyone
    frozen = {(one.reason, one.about, one.sequence, one.reward, one.language, one.until_at) for one in sent}
    assert frozen == {("invite", meeting.id, 1, "£10 voucher", "ar", meeting.starts_at)}
    assert await states(database) == [("accepted", "")] * 3


async def test_an_answer_closes_the_invite(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    (sent,) = await invited(database, meeting, silent_at=NOON + 3 * DAY)
    assert (await says(database, person, meeting, "yes", NOON + HOUR)).place == "held"
    attempt = await attempts.by_id(database.reading, sent.id)
    closed = (attempt.outcome, attempt.answer, attempt.answered_at, attempt.said)
    assert closed == ("answered", "yes", NOON + HOUR, "yes")
    assert await responses.summary(database.reading, meeting.id) == responses.Summary(yes=1)


async def test_nothing_leaves_before_the_minute_to_undo_is_over(database):
    await workers(database, 2)
    made = await begin(database, await open_meeting(database))
    assert (made.state, made.size, made.sends_at, made.chat_id) == ("waiting", 2, NOON + 60, 77)
    assert await send_all(database, NOON + 59) == []
    assert (await broadcasts.by_id(database.reading, made.id)).state == "waiting"
    assert len(await send_all(database, NOON + 60)) == 2


async def test_undone_nobody_hears_of_it_and_it_can_be_sent_again(database):
    await workers(database, 2)
    meeting = await open_meeting(database)
    made = await begin(database, meeting)
    async with database.transaction() as tx:
        assert await broadcasts.undo(tx, made.id, NOON + 30)
        assert not await broadcasts.undo(tx, made.id, NOON + 30)
    assert await send_all(database, NOON + HOUR) == []
    assert await states(database) == [("cancelled", "undone")] * 2
    assert {one.sequence for one in await invited(database, meeting, NOON + HOUR)} == {2}


async def test_too_late_to_undo_it_can_be_stopped(database):
    await workers(database, 3)
    made = await begin(database, await open_meeting(database))
    async with database.transaction() as tx:
        await attempts.release_due(tx, NOON + 60)
        assert not await broadcasts.undo(tx, made.id, NOON + 61)
        flying = await attempts.claim(tx, NOON + 61)
        assert await broadcasts.stop(tx, made.id, NOON + 61)
        assert not await broadcasts.stop(tx, made.id, NOON + 61)
        assert await attempts.accepted(tx, flying.id, 5, NOON + 61, None)
    assert await broadcasts.progress(database.reading, made.id) == {"accepted": 1, "cancelled": 2}


async def test_the_same_invite_twice_changes_nothing(database):
    await workers(database, 2)
    async with database.transaction() as tx:
        await people.stop(tx, await worker(tx), NOON)
    meeting = await open_meeting(database)
    assert (await begin(database, meeting)).size == 2
    before = await states(database)
    assert (await begin(database, meeting)).size == 0
    assert await states(database) == before == [("planned", "")] * 2 + [("skipped", "stopped")]


async def test_those_who_have_said_nothing_can_be_asked_again_and_the_others_are_let_be(database):
    answered, silent = await workers(database, 2)
    meeting = await open_meeting(database)
    await invited(database, meeting, silent_at=NOON + DAY)
    await says(database, answered, meeting, "no", NOON)
    async with database.transaction() as tx:
        await attempts.close_silent(tx, NOON + DAY)
    assert (await invite(database, meeting, NOON + DAY)).size == 0
    assert (await invite(database, meeting, NOON + DAY, not_answered=True)).size == 1
    (again,) = await send_all(database, NOON + DAY)
    assert (again.person_id, again.sequence) == (silent, 2)
    await says(database, silent, meeting, "yes", NOON + DAY + HOUR)
    assert [one.outcome for one in await attempts.of_person(database.reading, silent)] == ["late", "answered"]


async def test_whoever_may_not_be_written_to_is_on_record_with_the_reason(database):
    async with database.transaction() as tx:
        await worker(tx, telegram=False)
        await worker(tx, consented=False)
        await people.mark_unreachable(tx, await worker(tx), NOON)
        await people.pause(tx, await worker(tx), NOON + DAY)
    made = await begin(database, await open_meeting(database))
    assert made.size == 0
    assert sorted(await states(database)) == [
        ("skipped", why) for why in ("no_channel", "no_consent", "paused", "unreachable")
    ]


async def test_a_broadcast_is_done_when_nothing_is_left_to_send(database):
    await workers(database, 2)
    made = await begin(database, await open_meeting(database))
    async with database.transaction() as tx:
        await broadcasts.set_message(tx, made.id, 42)
        await attempts.release_due(tx, NOON + 60)
        first, second = await attempts.claim(tx, NOON + 60), await attempts.claim(tx, NOON + 60)
        await attempts.accepted(tx, first.id, 1, NOON + 60, None)
        await attempts.unknown(tx, second.id, NOON + 60)
        await broadcasts.move_on(tx, NOON + 60)
    (live,) = await broadcasts.live(database.reading)
    assert (live.state, live.message_id, live.audience) == ("sending", 42, made.audience)
    (again,) = await resend(database, NOON + 60 + 15 * 60)
    assert again.id == second.id
    async with database.transaction() as tx:
        await broadcasts.move_on(tx, NOON + HOUR)
    assert await broadcasts.live(database.reading) == []
    assert (await broadcasts.by_id(database.reading, made.id)).state == "done"
    assert await broadcasts.by_id(database.reading, 99) is None


async def resend(database, now):
    async with database.transaction() as tx:
        assert await attempts.retry_unknown(tx, now) == 1
    return await send_all(database, now)
