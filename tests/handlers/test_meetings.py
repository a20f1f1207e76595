"""A coordinator makes a meeting, changes a line on the last look, finds it again and calls it off."""

import pytest

from storage import audit, meetings, venues

ANSWERS = ("Tea and talk", "meeting.strand.network", "meeting.mode.in_person", "meeting.venue.new", "The Library")


async def describes(coordinator, *, starts="14 March 7:30pm"):
    """Everything up to the last look."""
    await coordinator.says("/meeting new")
    await coordinator.says("Tea and talk")
    await coordinator.taps("meeting.strand.network")
    await coordinator.taps("meeting.mode.in_person")
    await coordinator.taps("meeting.venue.new")
    await coordinator.says("The Library")
    await coordinator.says("1 High Street, SE10")
    await coordinator.sends("location", latitude=51.48, longitude=0.007)
    await coordinator.taps("Yes")
    await coordinator.taps("Not sure")
    await coordinator.says("Bus 177")
    await coordinator.says(starts)
    await coordinator.taps("form.sure.yes")
    await coordinator.taps("1½ hours")
    await coordinator.says("12")
    await coordinator.says("A £10 voucher")
    await coordinator.taps("I do")
    await coordinator.says("020 7946 0018")


async def made(stage):
    return await meetings.upcoming(stage.db, int(stage.clock.now))


async def test_a_meeting_is_made_after_a_last_look(stage):
    cas = await stage.coordinator("Cas")
    await describes(cas)
    cas.sees("Tea and talk", "Sunday 14 March 2027, 7:30pm to 9pm", "The Library, 1 High Street, SE10", "Places: 12")
    assert await made(stage) == []
    await cas.taps("Yes, make it")
    cas.sees("Nobody has been told yet")
    (meeting,) = await made(stage)
    assert (meeting.title, meeting.strand, meeting.mode, meeting.state) == (
        "Tea and talk",
        "network",
        "in_person",
        "open",
    )
    assert (meeting.local_start, meeting.minutes, meeting.capacity) == ("2027-03-14T19:30", 90, 12)
    assert meeting.reward == "A £10 voucher"
    (venue,) = await venues.all(stage.db)
    assert (venue.name, venue.address, venue.transport) == ("The Library", "1 High Street, SE10", "Bus 177")
    assert (venue.step_free, venue.private) == (True, None)


async def test_the_start_is_shown_back_in_full_before_anything_else(stage):
    cas = await stage.coordinator()
    await cas.says("/meeting new")
    for words in ("Tea", "Workers’ network", "Online"):
        await cas.says(words)
    await cas.taps("Skip this")
    await cas.says("14/3 19:30")
    cas.sees("Sunday 14 March 2027, 7:30pm")


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("yesterday", "meeting.starts.not_understood"),
        ("31 February 7pm", "meeting.starts.impossible"),
        ("1 March 2027 9am", "meeting.starts.past"),
        ("28 March 2027 1:30am", "meeting.starts.no_such_time"),
    ],
)
async def test_a_time_that_cannot_be_is_asked_again_and_nothing_is_lost(stage, typed, reply):
    cas = await stage.coordinator()
    await cas.says("/meeting new")
    for words in ("Tea", "Workers’ network", "Online"):
        await cas.says(words)
    await cas.taps("Skip this")
    await cas.says(typed)
    cas.sees(reply, "meeting.starts")
    await cas.says("14 March 7:30pm")
    await cas.taps("form.sure.yes")
    cas.sees("meeting.minutes")


async def test_a_line_can_be_changed_on_the_last_look(stage):
    cas = await stage.coordinator()
    await describes(cas)
    await cas.taps("Change title")
    cas.sees("meeting.title")
    await cas.says("Cake and talk")
    cas.sees("Cake and talk", "Sunday 14 March 2027, 7:30pm to 9pm")
    await cas.taps("Change where it is")
    await cas.taps("Online")
    await cas.says("https://example.org/room")
    cas.sees("Online https://example.org/room")
    await cas.taps("Yes, make it")
    (meeting,) = await made(stage)
    assert (meeting.title, meeting.mode, meeting.venue_id) == ("Cake and talk", "online", None)
    assert meeting.join_link == "https://example.org/room"
    assert await venues.all(stage.db) == []


async def test_a_known_place_is_a_tap(stage):
    cas = await stage.coordinator()
    await describes(cas)
    await cas.taps("Yes, make it")
    await cas.says("/meeting new")
    await cas.says("Second tea")
    await cas.taps("meeting.strand.board")
    await cas.taps("In person")
    await cas.taps("The Library")
    cas.sees("meeting.starts")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("90", 90),
        ("90 minutes", 90),
        ("2 hours", 120),
        ("1.5 h", 90),
        ("1:30", 90),
        ("2h", 120),
        ("45min", 45),
        ("1 hour and 30 minutes", 90),
        ("1h30", 90),
        ("2 Hours", 120),
    ],
)
async def test_lengths_as_people_type_them(stage, typed, minutes):
    cas = await stage.coordinator()
    await describes(cas)
    await cas.taps("Change length")
    await cas.says(typed)
    await cas.taps("Yes, make it")
    (meeting,) = await made(stage)
    assert meeting.minutes == minutes


@pytest.mark.parametrize(
    "typed",
    [
        "long",
        "0",
        "3 days",
        "25 hours",
        "-5",
        "1:xx",
        "९९९९९९९९",
        "31 February",
        "90 people",
        "2 halls",
        "1 hour ago",
        "1.5",
        "14 m 3",
        "7:30pm",
    ],
)
async def test_lengths_that_are_none(stage, typed):
    cas = await stage.coordinator()
    await describes(cas)
    await cas.taps("Change length")
    await cas.says(typed)
    cas.sees("meeting.minutes.not_understood")


@pytest.mark.parametrize("typed", ["none at all", "0", "1.5", "-3", "100000", "12 March", "12 or 13"])
async def test_numbers_of_places_that_are_none(stage, typed):
    cas = await stage.coordinator()
    await describes(cas)
    await cas.taps("Change number of places")
    await cas.says(typed)
    cas.sees("meeting.capacity.not_understood")
    await cas.says("5")
    cas.sees("Places: 5")


async def test_the_list_and_one_closer(stage):
    cas = await stage.coordinator()
    await cas.says("/meeting")
    cas.sees("meeting.list.none")
    await describes(cas)
    await cas.taps("Yes, make it")
    await cas.says("/meeting")
    await cas.taps("Sun 14 Mar, 7:30pm · Tea and talk")
    cas.sees("Yes: 0, maybe: 0, can’t: 0")


async def test_calling_off_asks_first_and_is_on_record(stage):
    cas = await stage.coordinator()
    await describes(cas)
    await cas.taps("Yes, make it")
    await cas.taps("Look at it")
    await cas.taps("Call it off")
    cas.sees("0 people said yes or maybe", "This cannot be undone")
    await cas.taps("No, keep it")
    assert len(await made(stage)) == 1
    await cas.taps("Call it off")
    await cas.taps("Yes, call it off and tell them")
    cas.sees("is called off")
    assert await made(stage) == []
    assert [entry.action for entry in await audit.page(stage.db)][:1] == ["meeting_cancelled"]


async def test_a_button_of_a_meeting_that_is_off_does_nothing(stage):
    cas = await stage.coordinator()
    await describes(cas)
    await cas.taps("Yes, make it")
    (meeting,) = await made(stage)
    await cas.forges(f"v1:meeting.cancel_now:{meeting.id}")
    before = len(await audit.page(stage.db))
    for data in (
        f"v1:meeting.cancel_now:{meeting.id}",
        f"v1:meeting.cancel:{meeting.id}",
        f"v1:meeting.start:{meeting.id}",
        "v1:meeting.open:999",
        "v1:meeting.cancel",
    ):
        await cas.forges(data)
        cas.sees("button.closed")
    assert len(await audit.page(stage.db)) == before


async def test_workers_make_no_meetings(stage):
    ada = await stage.worker("Ada")
    await ada.says("/meeting new")
    ada.sees_not("meeting.title")
    await ada.forges("v1:meeting.new")
    ada.sees("button.closed")


async def test_everything_can_be_left_open(stage):
    cas = await stage.coordinator()
    await cas.says("/meeting")
    await cas.taps("New meeting")
    await cas.says("Tea")
    await cas.taps("meeting.strand.board")
    await cas.taps("Online")
    await cas.taps("Skip this")
    await cas.says("tomorrow 10am")
    await cas.taps("form.sure.yes")
    await cas.taps("1 hour")
    await cas.taps("No limit")
    await cas.taps("No thank-you")
    await cas.says("Dee")
    await cas.taps("Skip this")
    cas.sees("Where: Online", "Places: No limit", "Thank-you: No thank-you", "Led by: Dee")
    await cas.taps("Yes, make it")
    (meeting,) = await made(stage)
    assert (meeting.capacity, meeting.reward, meeting.lead, meeting.join_link) == (None, "", "Dee", "")
    await cas.taps("Look at it")
    cas.sees("meeting.look.online")


async def test_a_start_that_has_passed_while_the_form_lay_open_is_asked_again(stage):
    cas = await stage.coordinator()
    await describes(cas, starts="today 2pm")
    stage.clock.passes(hours=3)
    await cas.taps("Yes, make it")
    cas.sees("meeting.starts.past", "meeting.starts")
    assert await made(stage) == []
    await cas.says("tomorrow 2pm")
    await cas.taps("form.sure.yes")
    await cas.taps("Yes, make it")
    (meeting,) = await made(stage)
    assert meeting.local_start == "2027-03-02T14:00"


async def test_a_place_that_was_used_before_is_shown_with_its_address(stage):
    cas = await stage.coordinator()
    await describes(cas)
    await cas.taps("Yes, make it")
    await describes(cas)
    await cas.taps("Change where it is")
    await cas.taps("In person")
    await cas.taps("The Library")
    cas.sees("The Library, 1 High Street, SE10")
