"""The place on a map and the lead's contact: asked with a new meeting, changed under More, seen by whoever comes."""

from storage import meetings, venues
from tests.handlers.acts import invites_everyone, opens_meeting
from tests.handlers.test_meetings import describes, made


async def more(stage, cas, meeting):
    await cas.forges(f"v1:more.open:{meeting.id}")


async def test_a_location_from_the_phone_is_kept_with_a_new_place(stage):
    cas = await stage.coordinator()
    await describes(cas)
    cas.sees("Contact: 020 7946 0018")
    await cas.taps("Yes, make it")
    (meeting,) = await made(stage)
    assert (meeting.latitude, meeting.longitude, meeting.lead_contact) == (51.48, 0.007, "020 7946 0018")


async def test_degrees_can_be_typed_and_nonsense_is_asked_about_again(stage):
    cas = await stage.coordinator()
    await cas.says("/meeting new")
    for words in ("Tea", "Workers’ network", "In person", "A new place", "The Hall", "1 Low Road"):
        await cas.says(words)
    cas.sees("meeting.venue_spot")
    await cas.says("by the river")
    cas.sees("meeting.venue_spot.not_understood", "meeting.venue_spot")
    await cas.sends("photo")
    cas.sees("help.unreadable.photo", "meeting.venue_spot")
    await cas.says("51.48 N, 0.12 W")
    cas.sees("On the map: 51.48, -0.12", "meeting.venue_step_free")
    await cas.sends("location")
    cas.sees("help.unreadable.location", "meeting.venue_step_free")


async def test_a_place_can_be_put_on_the_map_later_and_taken_off(stage):
    meeting = await opens_meeting(stage)
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await invites_everyone(stage, cas, 1)
    await ada.taps("Yes")
    assert "On a map" not in ada.buttons
    await more(stage, cas, meeting)
    cas.sees("On the map: no")
    await cas.taps("Place on the map")
    await cas.sends("location", latitude=51.4801234567, longitude=-0.0071)
    cas.sees("more.spot.saved")
    (hall,) = await venues.all(stage.db)
    assert (hall.latitude, hall.longitude) == (51.480123, -0.0071)
    await cas.taps("See it on the map")
    assert cas.phone.messages[-1]["venue"]["location"] == {"latitude": 51.480123, "longitude": -0.0071}
    await ada.forges(f"v1:coming.map:{meeting.id}:{(await ada.person()).id}")
    assert "venue" in ada.phone.messages[-1]
    await more(stage, cas, meeting)
    cas.sees("On the map: yes")
    await cas.taps("Place on the map")
    await cas.taps("Skip this")
    cas.sees("more.spot.gone")
    assert (await meetings.by_id(stage.db, meeting.id)).latitude is None


async def test_a_location_out_of_the_blue_is_kept_nowhere(stage):
    cas = await stage.coordinator()
    await cas.sends("location")
    cas.sees("help.unreadable.location")


async def test_buttons_about_the_map_are_checked(stage):
    online, ada, cas = await opens_meeting(stage, mode="online"), await stage.worker("Ada"), await stage.coordinator()
    for verb in ("spot", "map"):
        await cas.forges(f"v1:more.{verb}:{online.id}")
        cas.sees("button.closed")
        await cas.forges(f"v1:more.{verb}:999")
        cas.sees("button.closed")
        await ada.forges(f"v1:more.{verb}:{online.id}")
        ada.sees("button.closed")
