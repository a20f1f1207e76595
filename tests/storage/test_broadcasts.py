from storage import attempts, audience, broadcasts, responses
from storage.audience import Audience
from tests.storage.world import (
    DAY,
    HOUR,
    NOON,
    invite,
    invited,
    open_meeting,
    says,
    send_all,
    states,
    withdraw,
    worker,
    workers,
)


async def test_an_invite_goes_to_everyone_who_may_be_written_to(database):
    people = await workers(database, 3)
    meeting = await open_meeting(database, reward="£10 voucher")
    sent = await invited(database, meeting)
    assert [attempt.person_id for attempt in sent] == people
    assert {(attempt.reason, attempt.about, attempt.sequence, attempt.reward) for attempt in sent} == {
        ("invite", meeting.id, 1, "£10 voucher")
    }
    assert await states(database) == [("accepted", "")] * 3


async def test_an_answer_closes_the_invite(database):
    (person,) = await workers(database, 1)
    meeting = await open_meeting(database)
    (sent,) = await invited(database, meeting, silent_at=NOON + 3 * DAY)
    assert (await says(database, person, meeting, "yes", NOON + HOUR)).place == "held"
    attempt = await attempts.by_id(database.reading, sent.id)
    assert (attempt.outcome, attempt.answer, attempt.answered_at, attempt.said) == (
        "answered",
        "yes",
        NOON + HOUR,
        "yes",
    )
    assert (await responses.summary(database.reading, meeting.id)) == responses.Summary(yes=1)
