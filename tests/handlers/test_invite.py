"""A coordinator chooses who is asked, sees what they get, types the number, may undo, watches it go, may stop it."""

import pytest

from storage import attempts, audit, broadcasts
from tests.handlers.acts import invites_everyone, opens_meeting


async def invited(stage, someone):
    return [
        one.state for one in await attempts.of_person(stage.db, (await someone.person()).id) if one.reason == "invite"
    ]


async def choosing(stage, cas):
    await cas.says("/invite")
    await cas.taps("meeting.line")


async def test_groups_are_switched_in_one_message_and_said_in_words(stage):
    await opens_meeting(stage)
    await stage.worker("Ada")
    await stage.worker("Bo", market="care_home", shift="nights")
    await stage.worker("Cy", market="care_home", strand="board")
    cas = await stage.coordinator()
    await choosing(stage, cas)
    cas.sees("Everyone who said yes to our notice", "People who will get it: 3")
    before = len(cas.phone.messages)
    await cas.taps("☐ Work: Care home")
    cas.sees("work in Care home", "People who will get it: 2", "in other groups")
    await cas.taps("☐ When: Nights")
    cas.sees("People who will get it: 1")
    await cas.taps("☑ When: Nights")
    cas.sees("People who will get it: 2")
    await cas.taps("☐ Group: Board")
    cas.sees("work in Care home and want to hear about Board", "People who will get it: 1")
    assert len(cas.phone.messages) == before


async def test_a_switch_can_be_typed(stage):
    await opens_meeting(stage)
    await stage.worker("Ada")
    await stage.worker("Bo", market="care_home")
    cas = await stage.coordinator()
    await choosing(stage, cas)
    await cas.says("care home")
    cas.sees("People who will get it: 1")


async def test_who_is_left_out_is_said_with_the_reason(stage):
    await opens_meeting(stage)
    ada, bo = await stage.worker("Ada"), await stage.worker("Bo")
    await ada.says("/stop")
    await bo.blocks()
    cas = await stage.coordinator()
    await choosing(stage, cas)
    cas.sees("People who will get it: 0", "1 person has asked us to stop", "1 person cannot be reached any more")
    await cas.taps("invite.audience.done")
    cas.sees("invite.nobody", "invite.audience")


async def test_the_coordinator_sees_it_exactly_as_workers_do(stage):
    meeting, ada, cas = await opens_meeting(stage, reward="Lunch"), await stage.worker("Ada"), await stage.coordinator()
    await choosing(stage, cas)
    await cas.taps("invite.audience.done")
    preview = cas.fresh[-2]
    await cas.says("1")
    await stage.passes(seconds=61)
    received = ada.phone.messages[-1]
    assert preview["text"] == received["text"]
    words = [[key["text"] for key in row] for row in preview["reply_markup"]["inline_keyboard"]]
    assert words == [[key["text"] for key in row] for row in received["reply_markup"]["inline_keyboard"]]
    await cas.taps("Yes", on="You are invited")
    cas.sees("button.closed")
    assert await broadcasts.progress(stage.db, 1) == {"accepted": 1}
    assert meeting.id == 1


async def test_only_the_number_sends(stage):
    _, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await choosing(stage, cas)
    await cas.taps("invite.audience.done")
    for wrong in ("2", "yes", "11", "-1", "1.0", "99999999999999999999", "one"):
        await cas.says(wrong)
        cas.sees("invite_send.number.wrong")
    assert await invited(stage, ada) == []
    await cas.says(" 1 ")
    assert [words.partition("\n")[0] for words in cas.shown] == ["Ready: 1 people. Sending begins in 60 seconds."]
    assert await invited(stage, ada) == ["planned"]


async def test_the_number_in_arabic_digits(stage):
    _, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await choosing(stage, cas)
    await cas.taps("invite.audience.done")
    await cas.says("\N{ARABIC-INDIC DIGIT ONE}")
    cas.sees("invite.progress.waiting")
    assert await invited(stage, ada) == ["planned"]


async def test_within_a_minute_it_can_be_undone(stage):
    _, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await choosing(stage, cas)
    await cas.taps("invite.audience.done")
    await cas.says("1")
    await stage.passes(seconds=59)
    assert await invited(stage, ada) == ["planned"]
    await cas.taps("Undo: send nothing")
    cas.sees("invite.progress.undone")
    await stage.passes(minutes=5)
    ada.sees_not("Tea and talk")
    assert await invited(stage, ada) == ["cancelled"]
    assert cas.buttons == ["Choose again who gets it", "Home"]
    await cas.taps("Choose again who gets it")
    cas.sees("People who will get it: 1")
    assert [entry.action for entry in await audit.page(stage.db)][:2] == ["broadcast_undone", "broadcast"]
    await cas.forges("v1:invite.undo:1")
    cas.sees("button.closed")


async def test_who_was_undone_reads_as_not_asked(stage):
    await opens_meeting(stage)
    ada, bo = await stage.worker("Ada"), await stage.worker("Bo")
    await bo.says("/stop")
    cas = await stage.coordinator()
    await choosing(stage, cas)
    await cas.taps("invite.audience.done")
    await cas.says("1")
    await cas.taps("Undo: send nothing")
    await cas.says("/answers")
    assert cas.buttons == ["Not asked: 2"]
    await cas.taps("Not asked: 2")
    cas.sees("Ada: the invite was undone", "Bo: asked us to stop")
    await invites_everyone(stage, cas, 1)
    ada.sees("Tea and talk")
    await cas.says("/answers")
    assert cas.buttons == ["Asked, can still answer: 1", "Not asked: 1"]


async def test_only_those_who_agreed_are_everyone(stage):
    await opens_meeting(stage)
    ada, bo = stage.somebody("Ada"), stage.somebody("Bo")
    for someone in (ada, bo):
        await someone.says("/start")
    await ada.taps("Yes")
    cas = await stage.coordinator()
    await choosing(stage, cas)
    cas.sees("Everyone who said yes to our notice", "People who will get it: 1", "1 person has not agreed to messages")
    await cas.taps("invite.audience.done")
    await cas.says("1")
    await stage.passes(seconds=61)
    ada.sees("Tea and talk")
    bo.sees_not("Tea and talk")


async def test_a_title_that_asks_is_asked_once(stage):
    await opens_meeting(stage, title="Are your rotas fair?")
    cas = await stage.coordinator()
    await choosing(stage, cas)
    cas.sees("Are your rotas fair?")
    cas.sees_not("??")


async def test_a_long_title_still_has_room_beside_its_date(stage):
    await opens_meeting(stage, title="Tea and talk about rotas, pay and travel time")
    cas = await stage.coordinator()
    await cas.says("/invite")
    assert cas.buttons[0] == "Thu 4 Mar, 7:30pm · Tea and talk about …"


async def test_the_count_goes_up_in_the_same_message(stage):
    _, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    cas.sees("Sent: 1 of 1")
    assert len([m for m in cas.phone.messages if "Sent: 1 of 1" in m.get("text", "")]) == 1
    ada.sees("Tea and talk")


async def test_another_coordinator_can_stop_what_somebody_who_has_left_is_sending(stage):
    await opens_meeting(stage)
    await stage.worker("Ada")
    bo = await stage.worker("Bo", shift="nights")
    cas, dee = await stage.coordinator("Cas"), await stage.coordinator("Dee")
    await invites_everyone(stage, cas, 2)
    await cas.says("/delete")
    await cas.taps("Yes, delete it all")
    await dee.says("/invite")
    dee.sees("Sent: 1 of 2")
    await dee.taps("Stop sending")
    dee.sees("invite.progress.stopped")
    assert await invited(stage, bo) == ["cancelled"]


async def test_stop_keeps_back_what_has_not_gone(stage):
    await opens_meeting(stage)
    ada, bo = await stage.worker("Ada"), await stage.worker("Bo", shift="nights")
    cas = await stage.coordinator()
    await invites_everyone(stage, cas, 2)
    cas.sees("Sent: 1 of 2")
    assert await invited(stage, ada) == ["accepted"]
    await cas.taps("Stop sending")
    cas.sees("invite.progress.stopped")
    await stage.passes(hours=8)
    assert await invited(stage, bo) == ["cancelled"]
    bo.sees_not("Tea and talk")
    await cas.says("/answers")
    await cas.taps("Not asked: 1")
    cas.sees("Bo: the sending was stopped")
    assert (await audit.page(stage.db))[0].action == "broadcast_stopped"
    await cas.forges("v1:invite.stop:1")
    cas.sees("button.closed")


async def test_who_was_asked_is_not_asked_twice_unless_wanted(stage):
    _, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await choosing(stage, cas)
    cas.sees("People who will get it: 0", "1 person has been asked already")
    await cas.taps("☐ Ask again: no answer yet")
    cas.sees("People who will get it: 1", "not answered")
    assert await invited(stage, ada) == ["accepted"]


async def test_the_audience_can_be_changed_after_the_preview(stage):
    await opens_meeting(stage)
    await stage.worker("Ada")
    await stage.worker("Bo", market="care_home")
    cas = await stage.coordinator()
    await choosing(stage, cas)
    await cas.taps("☐ Work: Home care")
    await cas.taps("invite.audience.done")
    cas.sees("work in Home care", "type the number of people: 1")
    await cas.taps("Change who gets it")
    cas.sees("work in Home care", "People who will get it: 1")
    assert "☑ Work: Home care" in cas.buttons


async def test_a_number_that_has_changed_meanwhile_is_asked_again(stage):
    _, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await choosing(stage, cas)
    await cas.taps("invite.audience.done")
    await stage.worker("Bo")
    await cas.says("1")
    cas.sees("has just changed to 2", "People who will get it: 2")
    assert await invited(stage, ada) == []


async def test_a_meeting_called_off_meanwhile_is_not_sent(stage):
    meeting, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await choosing(stage, cas)
    await cas.taps("invite.audience.done")
    await cas.forges(f"v1:meeting.cancel_now:{meeting.id}")
    await cas.says("1")
    cas.sees("invite.gone")
    assert await invited(stage, ada) == []


async def test_no_meeting_no_invite(stage):
    cas = await stage.coordinator()
    await cas.says("/invite")
    cas.sees("invite.no_meeting")


@pytest.mark.parametrize("data", ["v1:invite.undo:1", "v1:invite.stop:1", "v1:invite.start:1"])
async def test_workers_send_nothing(stage, data):
    _, ada, cas = await opens_meeting(stage), await stage.worker("Ada"), await stage.coordinator()
    await choosing(stage, cas)
    await cas.taps("invite.audience.done")
    await cas.says("1")
    await ada.forges(data)
    ada.sees("button.closed")
    assert await invited(stage, ada) == ["planned"]


async def test_a_meeting_leads_straight_to_its_invite(stage):
    meeting, cas = await opens_meeting(stage), await stage.coordinator()
    await cas.forges(f"v1:meeting.open:{meeting.id}")
    await cas.taps("Invite people")
    cas.sees("Who should be asked?", "Tea and talk")
    for data in ("v1:invite.start:999", "v1:invite.start"):
        await cas.forges(data)
        cas.sees("button.closed")


async def test_a_meeting_called_off_before_the_preview_goes_no_further(stage):
    meeting, cas, dee = await opens_meeting(stage), await stage.coordinator(), await stage.coordinator("Dee")
    await stage.worker("Ada")
    await choosing(stage, cas)
    await dee.forges(f"v1:meeting.cancel_now:{meeting.id}")
    await cas.taps("invite.audience.done")
    cas.sees("invite.gone")
