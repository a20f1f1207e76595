"""The door's code renews itself in the coordinator's message while the door is open."""

from rules.roles import Role
from storage import door_pages, grants
from tests.dialogue import words_of
from tests.handlers.test_door import code_of, meeting_is_on


async def at_the_door(stage, cas):
    """A coordinator looks at the door of a meeting that begins in half an hour."""
    meeting = await meeting_is_on(stage)
    await cas.says("/door")
    await cas.taps("meeting.line")
    return meeting


async def shows(stage, cas, meeting):
    code = await code_of(stage, meeting)
    return any(f"{code[:3]} {code[3:]}" in words_of(message) for message in cas.phone.messages)


async def test_the_next_code_comes_by_itself_in_the_same_message(stage):
    cas = await stage.coordinator()
    meeting = await at_the_door(stage, cas)
    before = len(cas.phone.messages)
    for _ in range(3):
        await stage.passes(minutes=5)
        assert await shows(stage, cas, meeting)
    assert len(cas.phone.messages) == before


async def test_it_stops_when_nobody_can_check_in_any_more(stage):
    cas = await stage.coordinator()
    meeting = await at_the_door(stage, cas)
    await stage.passes(seconds=meeting.ends_at + 3 * 3600 - stage.clock.now)
    cas.sees("door.page.over")
    assert not await shows(stage, cas, meeting)
    assert await door_pages.shown(stage.db) == []


async def test_a_message_that_shows_something_else_by_now_is_left_alone(stage):
    cas = await stage.coordinator()
    meeting = await at_the_door(stage, cas)
    await cas.taps("The list")
    cas.sees("door.list.none")
    await stage.passes(minutes=5)
    assert not await shows(stage, cas, meeting)
    await cas.taps("door.button.back")
    assert await shows(stage, cas, meeting)
    await stage.passes(minutes=40)
    await cas.taps("Close the meeting")
    cas.sees("close.ask")
    await stage.passes(minutes=5)
    assert not await shows(stage, cas, meeting)


async def test_each_coordinator_has_a_page_and_only_the_last_one_is_renewed(stage):
    cas, dee = await stage.coordinator("Cas"), await stage.coordinator("Dee")
    meeting = await at_the_door(stage, cas)
    await dee.forges(f"v1:door.open:{meeting.id}")
    await stage.passes(minutes=5)
    assert await shows(stage, cas, meeting) and await shows(stage, dee, meeting)  # noqa: PT018 - one fact about both
    assert len(await door_pages.shown(stage.db)) == 2


async def test_whoever_is_no_coordinator_any_more_gets_no_more_codes(stage):
    cas = await stage.coordinator()
    meeting = await at_the_door(stage, cas)
    async with stage.program.database.transaction() as tx:
        await grants.revoke(tx, (await cas.person()).id, Role.COORDINATOR, int(stage.clock.now))
    await stage.passes(minutes=5)
    assert not await shows(stage, cas, meeting)
    assert await door_pages.shown(stage.db) == []


async def test_whoever_leaves_takes_the_page_with_them(stage):
    cas = await stage.coordinator()
    await at_the_door(stage, cas)
    await cas.says("/delete")
    await cas.taps("staying.delete.button.yes")
    assert await door_pages.shown(stage.db) == []
