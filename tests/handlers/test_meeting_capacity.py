"""The number of places is changed while people answer: who waits moves up, and nobody loses a place."""

from storage import meetings, responses
from tests.handlers.acts import invites_everyone, opens_meeting


async def full(stage, places=1):
    """Ada and Ben say yes to a meeting with so many places; with one, Ben waits."""
    meeting = await opens_meeting(stage, capacity=places)
    ada, ben, cas = await stage.worker("Ada"), await stage.worker("Ben"), await stage.coordinator()
    await invites_everyone(stage, cas, 2)
    await ada.taps("Yes")
    await ben.taps("Yes")
    return meeting, ada, ben, cas


async def asks(cas, meeting):
    await cas.forges(f"v1:meeting.open:{meeting.id}")
    await cas.taps("meeting.button.places")


async def capacity(stage, meeting):
    return (await meetings.by_id(stage.db, meeting.id)).capacity


async def test_with_one_more_place_the_first_who_waits_has_it_and_is_told(stage):
    meeting, _, ben, cas = await full(stage)
    await asks(cas, meeting)
    cas.sees("Places now: 1. Have a place: 1. Wait for one: 1.")
    await cas.says("2")
    cas.sees("1 person who was waiting has a place now")
    ben.sees("A place is free")
    assert (await responses.of_person(stage.db, (await ben.person()).id, meeting.id)).place == "held"
    assert await capacity(stage, meeting) == 2


async def test_nobody_loses_a_place(stage):
    meeting, _, _, cas = await full(stage, places=2)
    await asks(cas, meeting)
    await cas.says("1")
    cas.sees("meeting_places.too_few")
    assert await capacity(stage, meeting) == 2
    await cas.taps("meeting.button.places")
    await cas.says("lots")
    cas.sees("meeting.capacity.not_understood")
    await cas.taps("Leave it as it is")
    cas.sees("meeting.not_moved")
    assert await capacity(stage, meeting) == 2


async def test_no_limit_lets_everybody_in(stage):
    meeting, _, ben, cas = await full(stage)
    await asks(cas, meeting)
    await cas.taps("No limit")
    assert await capacity(stage, meeting) is None
    assert (await responses.of_person(stage.db, (await ben.person()).id, meeting.id)).place == "held"
    await cas.taps("more.button.back")
    await cas.taps("meeting.button.places")
    cas.sees("Places now: No limit.")
    await cas.says("30")
    cas.sees("Nobody was waiting for a place")


async def test_a_meeting_that_has_begun_keeps_its_places(stage):
    meeting, _, _, cas = await full(stage)
    await asks(cas, meeting)
    stage.clock.now = meeting.starts_at
    await cas.says("5")
    cas.sees("meeting.not_moved")
    await cas.forges(f"v1:meeting.places:{meeting.id}")
    cas.sees("button.closed")
    assert await capacity(stage, meeting) == 1
