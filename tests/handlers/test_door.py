"""The door: a code that changes, the coordinator's list, walk-ins, a head-count, and what is kept of each."""

import pytest

from rules import door_code
from storage import attendance, people, responses
from tests.handlers.acts import opens_meeting

BEFORE, HOUR = 1800, 3600


async def meeting_is_on(stage, *coming):
    """A meeting that begins in half an hour, with a place for each of these."""
    meeting = await opens_meeting(stage)
    async with stage.program.database.transaction() as tx:
        for someone in coming:
            await responses.record(tx, (await someone.person()).id, meeting.id, "yes", int(stage.clock.now))
    await stage.passes(seconds=meeting.starts_at - stage.clock.now - BEFORE)
    return meeting


async def code_of(stage, meeting):
    async with stage.program.database.transaction() as tx:
        secret = await attendance.door_secret(tx, meeting.id, int(stage.clock.now))
    return door_code.code_at(secret, int(stage.clock.now))


async def standing(stage, meeting, someone):
    return await attendance.standing(stage.db, meeting.id, (await someone.person()).id)


async def test_six_digits_from_the_door_and_a_mistake_can_be_taken_back(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    meeting = await meeting_is_on(stage, ada)
    await cas.says("/door")
    await cas.taps("meeting.line")
    code = await code_of(stage, meeting)
    cas.sees(f"{code[:3]} {code[3:]}", "7:05pm", "Here by name: 0")
    await ada.says("/here")
    ada.sees("here.code")
    await ada.says(f" {code[:3]} {code[3:]} ")
    ada.sees("here.came")
    assert await standing(stage, meeting, ada) == "came"
    await ada.taps("That was a mistake")
    assert await standing(stage, meeting, ada) is None
    await ada.forges(f"v1:here.undo:{meeting.id}:{(await ada.person()).id}")
    ada.sees("button.closed")


async def test_the_bare_code_is_enough_while_something_is_on(stage):
    ada = await stage.worker("Ada")
    await ada.says("123456")
    ada.sees_not("here.wrong", "here.code")
    meeting = await meeting_is_on(stage, ada)
    code = await code_of(stage, meeting)
    await ada.says("123 ABC 456")
    ada.sees_not("here.wrong")
    await ada.says(f"{(int(code) + 1) % 1_000_000:06}")
    ada.sees("here.wrong")
    await ada.says(code)
    ada.sees("here.came")
    assert await standing(stage, meeting, ada) == "came"


async def test_the_code_changes_every_five_minutes_with_one_of_grace(stage):
    ada, bo = await stage.worker("Ada"), await stage.worker("Bo")
    meeting = await meeting_is_on(stage, ada)
    code = await code_of(stage, meeting)
    await stage.passes(minutes=5)
    assert await code_of(stage, meeting) != code
    await ada.says("/here")
    await ada.says(code)
    ada.sees("here.came")
    await stage.passes(minutes=5)
    await bo.says("/here")
    await bo.says(code)
    bo.sees("here.wrong")
    assert await standing(stage, meeting, bo) is None


async def test_five_wrong_codes_lead_to_a_person(stage):
    ada = await stage.worker("Ada")
    meeting = await meeting_is_on(stage, ada)
    code = await code_of(stage, meeting)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    await ada.says("/here")
    await ada.says("12")
    ada.sees("here.code.six")
    for left in (4, 3, 2, 1):
        await ada.says(wrong)
        ada.sees(f"You can try {left} more times")
    await ada.says(wrong)
    ada.sees("here.no_tries_left")
    await ada.says("/here")
    await ada.says(code)
    ada.sees("here.no_tries_left")
    assert await standing(stage, meeting, ada) is None


async def test_there_is_no_door_when_nothing_is_on(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await ada.says("/here")
    ada.sees("here.nothing_on")
    await cas.says("/door")
    cas.sees("door.none")


async def test_the_list_ticks_and_takes_back_and_knows_four_standings(stage):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    meeting = await meeting_is_on(stage, ada)
    name = (await ada.person()).display_name or "queue.nameless"
    await cas.says("/door")
    await cas.taps("meeting.line")
    await cas.taps("The list")
    await cas.taps(name)
    assert await standing(stage, meeting, ada) == "came"
    cas.sees("Here: 1 of 1")
    await cas.taps("door.mark.came")
    assert await standing(stage, meeting, ada) is None
    for button, kept in (
        ("Did not come", "did_not_come"),
        ("Said so ahead", "cancelled_ahead"),
        ("Not known", "unknown"),
        ("Came", "came"),
        ("Nothing written down", None),
    ):
        await cas.taps("Other …")
        await cas.taps(button)
        assert await standing(stage, meeting, ada) == kept


async def test_walk_ins_known_or_new_and_undone(stage):
    cas = await stage.coordinator()
    meeting = await meeting_is_on(stage)
    async with stage.program.database.transaction() as tx:
        ngozi = await people.add_by_hand(tx, "Ngozi Eze", int(stage.clock.now))
    await cas.says("/door")
    await cas.taps("meeting.line")
    await cas.taps("Walk-in")
    await cas.says("ngozi")
    await cas.taps("Ngozi Eze")
    cas.sees("Ngozi Eze walked in")
    assert await attendance.standing(stage.db, meeting.id, ngozi.id) == "came"
    await cas.taps("Undo")
    assert await attendance.standing(stage.db, meeting.id, ngozi.id) is None
    await cas.forges(f"v1:door.walk_in:{meeting.id}")
    await cas.says("Wanda")
    await cas.taps("Somebody new")
    (new,) = await people.find(stage.db, "Wanda", 5)
    assert await attendance.standing(stage.db, meeting.id, new.id) == "came"


async def test_a_bare_head_count(stage):
    cas = await stage.coordinator()
    meeting = await meeting_is_on(stage)
    await cas.says("/door")
    await cas.taps("meeting.line")
    await cas.taps("Count heads")
    await cas.says("about ten")
    cas.sees("door_heads.how_many.number")
    await cas.says("14")
    cas.sees("14 people in the room")
    assert await attendance.heads(stage.db, meeting.id) == 14
    await cas.taps("Count again")
    await cas.says("15")
    assert await attendance.heads(stage.db, meeting.id) == 15


@pytest.mark.parametrize(
    "data",
    ["door.mark:{m}:999:came:0", "door.mark:{m}:{me}:here:0", "door.person:{m}:999:0", "door.undo:{m}:{me}",
     "door.list:999:0", "door.open:999", "close.ask:{m}", "close.now:{m}:full", "close.open:{m}",
     "close.publish:{m}:yes"],
)  # fmt: skip
async def test_forged_buttons_of_the_door_change_nothing(stage, data):
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    meeting = await meeting_is_on(stage, ada)
    await cas.forges(f"v1:{data.format(m=meeting.id, me=(await ada.person()).id)}")
    cas.sees("button.closed")
    assert await attendance.counts(stage.db, meeting.id) == {}


async def test_workers_have_no_door_page(stage):
    ada = await stage.worker("Ada")
    meeting = await meeting_is_on(stage, ada)
    await ada.forges(f"v1:door.open:{meeting.id}")
    ada.sees("button.closed")
