from storage import attempts, broadcasts, meetings, people
from tests.storage.world import DAY, HOUR, NOON, invite, invited, open_meeting, says, send_all, states, workers

AGAIN = 15 * 60


async def claimed(database, now=NOON):
    async with database.transaction() as tx:
        await attempts.release_due(tx, now)
        return await attempts.claim(tx, now)


async def act(database, do, *arguments):
    async with database.transaction() as tx:
        return await do(tx, *arguments)


async def one_flying(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    await invite(database, meeting)
    return person, meeting, await claimed(database)


async def test_what_follows_from_an_answer_goes_before_invites_and_the_oldest_first(database):
    first, second, third = await workers(database, 3)
    meeting = await open_meeting(database)
    await invite(database, meeting)
    await act(database, attempts.plan, first, "notice", 0, 1, NOON + 2, None, NOON)
    await act(database, attempts.plan, second, "reminder", meeting.id, 1, NOON + 1, None, NOON)
    sent = [(one.person_id, one.reason) for one in await send_all(database, NOON + 2)]
    invites = [(person, "invite") for person in (first, second, third)]
    assert sent == [(second, "reminder"), (first, "notice"), *invites]


async def test_one_message_per_person_is_on_its_way(database):
    (person,) = await workers(database, 1)
    await act(database, attempts.plan, person, "notice", 0, 1, NOON, None, NOON)
    await act(database, attempts.plan, person, "notice", 0, 2, NOON, None, NOON)
    first = await claimed(database)
    assert (first.state, first.tries, first.sequence) == ("sending", 1, 1)
    assert await claimed(database) is None
    await act(database, attempts.accepted, first.id, 1, NOON, None)
    assert (await claimed(database)).sequence == 2


async def test_a_claim_waits_for_its_time(database):
    (person,) = await workers(database, 1)
    assert await attempts.next_due(database.reading) is None
    await act(database, attempts.plan, person, "notice", 0, 1, NOON + 60, None, NOON)
    assert await attempts.next_due(database.reading) == NOON + 60
    assert await claimed(database, NOON + 59) is None
    assert await claimed(database, NOON + 60) is not None


async def test_no_more_are_released_at_once_than_asked(database):
    await workers(database, 3)
    await invite(database, await open_meeting(database))
    assert await act(database, attempts.release_due, NOON, 2) == 2
    assert await states(database) == [("queued", "")] * 2 + [("planned", "")]


async def test_what_is_too_late_expires_planned_or_queued(database):
    (person,) = await workers(database, 1)
    await act(database, attempts.plan, person, "notice", 0, 1, NOON, NOON + 1, NOON)
    await act(database, attempts.plan, person, "notice", 0, 2, NOON, NOON + HOUR, NOON)
    await act(database, attempts.release_due, NOON + 1)
    assert await states(database) == [("expired", "too_late"), ("queued", "")]
    assert await act(database, attempts.claim, NOON + HOUR) is None
    assert await states(database) == [("expired", "too_late")] * 2


async def test_whoever_stops_in_the_last_moment_gets_nothing(database):
    first, second = await workers(database, 2)
    await invite(database, await open_meeting(database))
    await act(database, attempts.release_due, NOON)
    await act(database, people.stop, first, NOON)
    assert (await act(database, attempts.claim, NOON)).person_id == second
    assert await states(database) == [("skipped", "stopped"), ("sending", "")]


async def test_held_back_nothing_was_tried_and_the_reason_is_kept(database):
    *_, attempt = await one_flying(database)
    assert await act(database, attempts.hold, attempt.id, NOON + HOUR, "quiet_hours", NOON)
    held = await attempts.by_id(database.reading, attempt.id)
    assert (held.state, held.why, held.due_at, held.tries) == ("planned", "quiet_hours", NOON + HOUR, 0)
    assert await claimed(database, NOON + HOUR - 1) is None
    assert (await claimed(database, NOON + HOUR)).why == "quiet_hours"


async def test_refused_for_now_it_is_tried_again(database):
    *_, attempt = await one_flying(database)
    assert await act(database, attempts.retry, attempt.id, NOON + 30, "flood", NOON)
    assert await claimed(database, NOON + 29) is None
    again = await claimed(database, NOON + 30)
    assert (again.id, again.tries, again.why) == (attempt.id, 2, "flood")


async def test_an_invite_of_unknown_fate_goes_once_more_and_is_then_left(database):
    *_, attempt = await one_flying(database)
    assert await act(database, attempts.unknown, attempt.id, NOON)
    assert await states(database) == [("unknown", "no_reply")]
    assert await act(database, attempts.retry_unknown, NOON + AGAIN - 1) == 0
    assert await act(database, attempts.retry_unknown, NOON + AGAIN) == 1
    assert (await claimed(database, NOON + AGAIN)).id == attempt.id
    assert await act(database, attempts.sending_left_over, NOON + AGAIN) == 1
    for later in (2 * AGAIN, DAY):
        assert await act(database, attempts.retry_unknown, NOON + later) == 0
        assert await states(database) == [("unknown", "left_unknown")]


async def test_being_refused_for_now_does_not_use_up_the_second_chance(database):
    *_, attempt = await one_flying(database)
    for _ in range(3):
        await act(database, attempts.retry, attempt.id, NOON, "flood", NOON)
        await claimed(database)
    await act(database, attempts.unknown, attempt.id, NOON)
    assert await act(database, attempts.retry_unknown, NOON + AGAIN) == 1


async def test_an_answer_resolves_what_was_unknown(database):
    person, meeting, attempt = await one_flying(database)
    await act(database, attempts.unknown, attempt.id, NOON)
    await says(database, person, meeting, "no", NOON + HOUR)
    found = await attempts.by_id(database.reading, attempt.id)
    assert (found.state, found.outcome, found.answer, found.sent_at) == ("accepted", "answered", "no", NOON)
    assert await act(database, attempts.retry_unknown, NOON + DAY) == 0


async def test_an_answer_that_comes_while_the_call_is_on_its_way_is_the_answer(database):
    person, meeting, attempt = await one_flying(database)
    await says(database, person, meeting, "maybe", NOON)
    assert await act(database, attempts.accepted, attempt.id, 9, NOON + 1, NOON + DAY)
    found = await attempts.by_id(database.reading, attempt.id)
    assert (found.state, found.outcome, found.answer, found.answered_at) == ("accepted", "answered", "maybe", NOON + 1)


async def test_an_answer_that_comes_while_the_call_is_lost_resolves_it(database):
    person, meeting, attempt = await one_flying(database)
    await says(database, person, meeting, "yes", NOON)
    assert await act(database, attempts.unknown, attempt.id, NOON + 1)
    found = await attempts.by_id(database.reading, attempt.id)
    assert (found.state, found.outcome, found.answer) == ("accepted", "answered", "yes")


async def test_an_answer_before_the_invite_left_makes_it_needless(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    await invite(database, meeting)
    await says(database, person, meeting, "yes", NOON)
    assert await states(database) == [("skipped", "already_answered")]


async def test_whoever_stopped_meanwhile_is_not_written_to_again(database):
    person, _, attempt = await one_flying(database)
    await act(database, attempts.unknown, attempt.id, NOON)
    assert await act(database, attempts.retry_unknown, NOON + AGAIN) == 1
    await act(database, people.stop, person, NOON)
    assert await claimed(database, NOON + AGAIN) is None
    assert await states(database) == [("unknown", "left_unknown")]


async def going_again(database):
    person, meeting, attempt = await one_flying(database)
    await act(database, attempts.unknown, attempt.id, NOON)
    await act(database, attempts.retry_unknown, NOON + AGAIN)
    assert await attempts.next_due(database.reading) == NOON + AGAIN
    again = await claimed(database, NOON + AGAIN)
    assert (again.id, again.tries) == (attempt.id, 2)
    return person, meeting, again


async def test_what_may_have_arrived_is_never_said_not_to_have(database):
    *_, attempt = await going_again(database)
    assert await act(database, attempts.hold, attempt.id, NOON + HOUR, "quiet_hours", NOON + AGAIN)
    assert await states(database) == [("unknown", "again")]
    assert (await claimed(database, NOON + HOUR)).id == attempt.id
    assert await act(database, attempts.retry, attempt.id, NOON + HOUR, "flood", NOON + HOUR)
    assert await states(database) == [("unknown", "again")]
    assert (await claimed(database, NOON + HOUR)).id == attempt.id
    assert await act(database, attempts.finish, attempt.id, "expired", "too_late", NOON + HOUR)
    assert await states(database) == [("unknown", "left_unknown")]


async def test_what_may_have_arrived_does_not_go_again_when_the_meeting_is_off(database):
    _, meeting, attempt = await going_again(database)
    await act(database, attempts.unknown, attempt.id, NOON + AGAIN)
    await act(database, meetings.cancel, meeting.id, NOON + AGAIN)
    assert await states(database) == [("unknown", "left_unknown")]
    assert await act(database, attempts.retry_unknown, NOON + DAY) == 0


async def test_what_is_going_again_can_be_accepted(database):
    *_, attempt = await going_again(database)
    assert await act(database, attempts.accepted, attempt.id, 3, NOON + AGAIN, None)
    assert await states(database) == [("accepted", "")]


async def test_a_broadcast_stopped_while_a_message_is_on_its_way_does_not_begin_anew(database):
    *_, attempt = await one_flying(database)
    await act(database, broadcasts.stop, attempt.broadcast_id, NOON)
    assert await act(database, attempts.retry, attempt.id, NOON + 1, "flood", NOON)
    assert await states(database) == [("cancelled", "stopped")]


async def test_what_goes_again_is_left_when_its_broadcast_is_stopped(database):
    *_, attempt = await going_again(database)
    await act(database, broadcasts.stop, attempt.broadcast_id, NOON + AGAIN)
    assert await act(database, attempts.hold, attempt.id, NOON + HOUR, "capped", NOON + AGAIN)
    assert await states(database) == [("unknown", "left_unknown")]


async def test_a_reminder_of_unknown_fate_expires_when_little_time_is_left(database):
    (person,) = await workers(database, 1)
    await act(database, attempts.plan, person, "reminder", 0, 1, NOON, NOON + HOUR, NOON)
    attempt = await claimed(database)
    await act(database, attempts.unknown, attempt.id, NOON)
    assert await act(database, attempts.retry_unknown, NOON + 1) == 0
    assert await states(database) == [("expired", "too_late")]


async def test_a_result_that_comes_twice_or_too_late_changes_nothing(database):
    *_, attempt = await one_flying(database)
    assert await act(database, attempts.accepted, attempt.id, 7, NOON, None)
    for late in (
        (attempts.accepted, attempt.id, 8, NOON, None),
        (attempts.retry, attempt.id, NOON, "flood", NOON),
        (attempts.hold, attempt.id, NOON, "capped", NOON),
        (attempts.unknown, attempt.id, NOON),
        *((attempts.finish, attempt.id, state, "", NOON) for state in ("blocked", "failed", "skipped", "expired")),
    ):
        assert not await act(database, *late)
    found = await attempts.by_id(database.reading, attempt.id)
    assert (found.state, found.message_id) == ("accepted", 7)


async def test_the_notice_of_a_meeting_that_is_off_passes_a_pause(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    await says(database, person, meeting, "yes", NOON)
    await act(database, people.pause, person, NOON + DAY)
    await act(database, meetings.cancel, meeting.id, NOON)
    assert [one.reason for one in await send_all(database, NOON)] == ["cancelled"]


async def test_planning_twice_changes_nothing(database):
    (person,) = await workers(database, 1)
    assert await act(database, attempts.plan, person, "notice", 0, 1, NOON, None, NOON)
    assert not await act(database, attempts.plan, person, "notice", 0, 1, NOON + 1, None, NOON)
    (found,) = await attempts.of_person(database.reading, person)
    assert (found.due_at, found.language, found.reward) == (NOON, "en", "")


async def test_who_was_invited_who_is_silent_and_what_they_got(database):
    silent, late = await workers(database, 2)
    meeting = await open_meeting(database)
    assert not await attempts.invited(database.reading, silent, meeting.id)
    sent = await invited(database, meeting, silent_at=NOON + DAY)
    assert await attempts.invited(database.reading, silent, meeting.id)
    assert await act(database, attempts.close_silent, NOON + DAY) == 2
    await says(database, late, meeting, "yes", NOON + DAY)
    assert [one.id for one in await attempts.silent(database.reading, meeting.id)] == [sent[0].id]
    assert await attempts.recent_unasked(database.reading, silent, NOON - 1) == (NOON,)
    assert await attempts.recent_unasked(database.reading, silent, NOON) == ()
    assert await attempts.last_late_at(database.reading, silent) is None
    await act(database, attempts.plan, silent, "notice", 0, 1, NOON + DAY, None, NOON)
    await send_all(database, NOON + DAY + HOUR + 1)
    assert await attempts.last_late_at(database.reading, silent) == NOON + DAY + HOUR + 1
    assert await attempts.by_id(database.reading, 999) is None
