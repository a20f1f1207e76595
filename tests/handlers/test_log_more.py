"""What the log knows besides: call-backs, why not, what happened lately, corrections, many people at once."""

import pytest

from rules.local_time import instant
from rules.roles import Role
from storage import attempts, by_hand, organisations, people, routes
from tests.dialogue import LONDON, staged
from tests.handlers.acts import invites_everyone, opens_meeting
from tests.handlers.test_log import contacts_with


async def logs(cas, *taps):
    await cas.says("/log")
    for tap in taps:
        await cas.taps(tap)


async def ada_and_cas(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await ada.says("/person")
    return (await ada.person()).id, cas


async def rows_of(stage, ada):
    return [(one.answer, one.why, one.outcome) for one in await contacts_with(stage, ada)]


@pytest.mark.parametrize(
    ("said", "wall"),
    [
        ("Tomorrow at 10am", "2027-03-02T10:00"),
        ("Tomorrow at 6pm", "2027-03-02T18:00"),
        ("In two hours", "2027-03-01T14:00"),
        ("In a week", "2027-03-08T10:00"),
    ],
)
async def test_when_to_call_back_is_one_tap(stage, said, wall):
    ada, cas = await ada_and_cas(stage)
    await logs(cas, "Phone call", "Ada", "Wants a call back", said, "Skip this")
    (call,) = await contacts_with(stage, ada)
    assert call.call_back_at == instant(wall, LONDON)


async def test_when_to_call_back_is_typed(stage):
    ada, cas = await ada_and_cas(stage)
    await logs(cas, "Phone call", "Ada", "Wants a call back")
    await cas.says("yesterday-ish")
    cas.sees("meeting.starts.not_understood")
    await cas.says("Thursday 6pm")
    cas.sees("That is Thursday 4 March 2027, 6pm.")
    await cas.taps("form.sure.yes")
    cas.sees("Call back: Thursday 4 March 2027, 6pm")
    await cas.taps("Skip this")
    (call,) = await contacts_with(stage, ada)
    assert call.call_back_at == instant("2027-03-04T18:00", LONDON)
    await stage.passes(days=4)
    assert [one.id for one in await by_hand.call_backs(stage.db)] == [call.id]


@pytest.mark.parametrize("why", ["no_number", "asked_not_to", "language", "no_time", "other"])
async def test_why_nobody_was_tried_is_kept(stage, why):
    ada, cas = await ada_and_cas(stage)
    await logs(cas, "Phone call", "Ada", "Not tried", f"log.why.{why}", "Skip this")
    (call,) = await contacts_with(stage, ada)
    assert (call.state, call.answer_why, call.sent_at) == ("skipped", why, None)


async def test_a_request_passed_on_by_a_manager(stage):
    ada, cas = await ada_and_cas(stage)
    await logs(cas, "Passed on by a manager", "Ada", "Will pass it on", "Skip this")
    (one,) = await contacts_with(stage, ada)
    mode = await stage.db.value("SELECT contact_mode FROM approach WHERE id = :id", id=one.approach_id)
    assert (mode, one.answer, one.outcome) == ("through", "will_pass_on", None)


async def test_the_number_of_the_try_is_shown(stage):
    _, cas = await ada_and_cas(stage)
    await logs(cas, "Phone call", "Ada", "No answer", "Skip this")
    cas.sees_not("log.saved.try")
    await logs(cas, "Phone call", "Ada", "No answer", "Skip this")
    cas.sees("Logged: Ada, try number 2")


async def test_who_rang_her_yesterday_is_said_first_and_she_can_be_left_alone(stage):
    ada, cas = await ada_and_cas(stage)
    dee = await stage.coordinator("Dee")
    await logs(cas, "Phone call", "Ada", "No answer", "Skip this")
    await stage.passes(days=1)
    await logs(dee, "Visit", "Ada")
    dee.sees("Cas tried on Monday 1 March 2027, 12 noon. Phone call: No answer")
    await dee.taps("Leave them alone for now")
    dee.sees("log.left")
    assert len(await contacts_with(stage, ada)) == 1
    await stage.passes(days=2)
    await logs(dee, "Visit", "Ada")
    dee.sees_not("Cas tried", "Leave them alone")


async def test_an_invite_by_the_bot_counts_as_a_contact_too(stage):
    await opens_meeting(stage)
    await stage.worker("Ada")
    cas = await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await logs(cas, "Phone call", "Ada")
    cas.sees("log.lately.bot")


async def test_a_person_is_needed(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await cas.forges(f"v1:log.about:{(await ada.person()).id}")
    for tap in ("Phone call", "We spoke", "Skip this", "A person is needed"):
        await cas.taps(tap)
    cas.sees("log.needs.saved")
    (one,) = await by_hand.needing(stage.db)
    assert one.person_id == (await ada.person()).id
    await cas.forges(f"v1:log.needs:{one.id}")
    cas.sees("button.closed")


async def test_a_correction_keeps_the_old_row_and_the_reason(stage):
    ada, cas = await ada_and_cas(stage)
    await logs(cas, "Phone call", "Ada", "We spoke", "Skip this", "Correct it")
    cas.sees("Ada: the log says “We spoke”")
    await cas.taps("log.outcome.left_message")
    await cas.taps("Leave it as it is")
    await cas.says("I mixed up two calls")
    cas.sees("log.corrected")
    old, new = await contacts_with(stage, ada)
    assert await rows_of(stage, ada) == [("spoke", "corrected", None), ("left_message", "", None)]
    assert (old.sent_at, new.corrects, new.correction) == (None, old.id, "I mixed up two calls")
    assert (new.planned_at, new.sequence) == (old.planned_at, old.sequence + 1)
    for verb in ("log.correct", "log.undo"):
        await cas.forges(f"v1:{verb}:{old.id}")
        assert cas.alerts


async def test_somebody_else_cannot_correct_it_but_an_officer_can(stage):
    ada, cas = await ada_and_cas(stage)
    dee, olu = await stage.coordinator("Dee"), await stage.staff(Role.OFFICER)
    await logs(cas, "Phone call", "Ada", "We spoke", "Skip this")
    (call,) = await contacts_with(stage, ada)
    await dee.forges(f"v1:log.correct:{call.id}")
    dee.sees("log.too_late")
    await olu.forges(f"v1:log.correct:{call.id}")
    await olu.taps("log.outcome.not_attempted")
    await olu.taps("No time")
    await olu.taps("Skip this")
    await olu.says("Ada says nobody rang")
    assert [row[:2] for row in await rows_of(stage, ada)] == [
        ("spoke", "corrected"),
        ("not_attempted", "not_attempted"),
    ]


async def test_after_two_weeks_it_stands(stage):
    ada, cas = await ada_and_cas(stage)
    await logs(cas, "Phone call", "Ada", "We spoke", "Skip this")
    await stage.passes(days=15)
    await cas.taps("Correct it")
    cas.sees("log.too_late")
    assert await rows_of(stage, ada) == [("spoke", "", "answered")]


async def test_fourteen_people_at_the_stall_in_one_line(stage):
    cas = await stage.coordinator()
    await cas.says("/log")
    await cas.says("I spoke to 14 people at the Christmas market, 3 took a card")
    await cas.taps("Skip this")
    cas.sees("Logged: the Christmas market. Talked to: 14. Took something: 3.")
    (row,) = await stage.db.rows("SELECT * FROM placement")
    assert (row["place"], row["talked_to"], row["took_one"], row["from_day"]) == (
        "the Christmas market",
        14,
        3,
        "2027-03-01",
    )
    (attempt,) = await stage.db.rows("SELECT * FROM contact_attempt WHERE reason = 'by_hand'")
    assert (attempt["place"], attempt["answer"], attempt["placement_id"]) == (
        "the Christmas market",
        "spoke",
        row["id"],
    )
    await cas.taps("Undo: that was a mistake")
    assert await stage.db.value("SELECT count(*) FROM placement") == 0
    assert await stage.db.value("SELECT why FROM contact_attempt") == "taken_back"


async def test_many_people_by_two_questions(stage):
    cas = await stage.coordinator()
    await logs(cas, "Many people at once")
    await cas.says("Woolwich library")
    await cas.says("a few")
    cas.sees("log.talked.number")
    await cas.says("twelve")
    await cas.says("none")
    await cas.taps("Skip this")
    cas.sees("Logged: Woolwich library. Talked to: 12. Took something: 0.")


async def test_a_way_is_typed_with_a_slip(stage):
    cas = await stage.coordinator()
    await cas.says("/log")
    await cas.says("phone cal")
    cas.sees("log.who")


async def test_somebody_new_is_found_again_by_the_number(stage):
    cas = await stage.coordinator()
    await logs(cas, "Phone call", "Somebody new")
    await cas.says("Zoë Ng")
    await cas.says("0770")
    cas.sees("people.phone.too_short")
    await cas.says("(07700) 900-123")
    cas.sees("Reached by: Phone 07700 900123")
    await cas.taps("We spoke")
    await cas.taps("Skip this")
    (zoe,) = await people.find(stage.db, "zoë", 5)
    assert [one.value for one in await routes.of_person(stage.db, zoe.id)] == ["+447700900123"]
    await stage.passes(days=3)
    await logs(cas, "Phone call")
    await cas.says("+44 7700 900123")
    cas.sees("With: Zoë Ng")
    assert (await attempts.of_person(stage.db, zoe.id))[0].answer == "spoke"


async def test_somebody_of_a_rehearsal_is_invented(data_dir):
    async with staged(data_dir, rehearsal=True) as stage:
        cas = await stage.coordinator()
        await logs(cas, "Phone call", "Somebody new")
        await cas.says("Zoë Ng")
        for tap in ("Skip this", "We spoke", "Skip this"):
            await cas.taps(tap)
        (zoe,) = await people.find(stage.db, "zoë", 5)
        assert zoe.invented


async def test_an_invite_says_who_was_called_lately_and_can_leave_them_out(stage):
    await opens_meeting(stage)
    ada, cas = await ada_and_cas(stage)
    await stage.worker("Bo")
    await logs(cas, "Phone call", "Ada", "We spoke", "Skip this")
    await cas.says("/invite")
    await cas.taps("meeting.line")
    cas.sees("People who will get it: 2", "Somebody called or talked to 1 of them in the last 48 hours.")
    await cas.taps("☐ Leave out who was called lately")
    cas.sees("People who will get it: 1", "1 person was called or talked to a short while ago")
    cas.sees("were not called or talked to in the last 48 hours")
    await cas.taps("invite.audience.done")
    await cas.says("1")
    await stage.passes(seconds=61)
    (skipped,) = [one for one in await attempts.of_person(stage.db, ada) if one.reason == "invite"]
    assert (skipped.state, skipped.why) == ("skipped", "contacted_lately")


async def test_after_the_cooldown_everybody_is_asked(stage):
    await opens_meeting(stage, days=6)
    _, cas = await ada_and_cas(stage)
    await logs(cas, "Phone call", "Ada", "We spoke", "Skip this")
    await stage.passes(hours=49)
    await cas.says("/invite")
    await cas.taps("meeting.line")
    cas.sees("People who will get it: 1")
    cas.sees_not("Somebody called")
    await cas.taps("☐ Leave out who was called lately")
    cas.sees("People who will get it: 1")


async def test_an_organisation_is_found_by_its_name_and_the_call_stands_with_it(stage):
    cas = await stage.coordinator()
    async with stage.program.database.transaction() as tx:
        court = await organisations.add(tx, "provider", "Rose Court", int(stage.clock.now), invented=False)
    await logs(cas, "Phone call")
    await cas.says("rose")
    await cas.taps("Rose Court")
    await cas.taps("Will pass it on")
    await cas.taps("Skip this")
    cas.sees("Logged: Rose Court")
    (call,) = await stage.db.rows("SELECT * FROM contact_attempt WHERE reason = 'by_hand'")
    assert (call["organisation_id"], call["place"], call["person_id"]) == (court.id, "Rose Court", None)
    assert (await organisations.by_id(stage.db, court.id)).stage == "approached"
    await stage.passes(days=1)
    await cas.forges(f"v1:log.with:{court.id}")
    await cas.taps("Phone call")
    cas.sees("Cas tried on Monday 1 March")
    await cas.forges("v1:log.with:404")
    cas.sees("button.closed")
