"""/approaches: made in a few taps, each with its link, its code, its poster and what came of it; history is kept."""

import pytest

from storage import approaches, scans
from tests import png, qr

TAPS = ("Poster", ">Library poster", "poster.headline.say", "The council", "English", "£5.00", "15")


async def makes(coordinator, *answers):
    await coordinator.says("/approaches")
    await coordinator.taps("New approach")
    for answer in answers or TAPS:
        await (coordinator.says(answer[1:]) if answer.startswith(">") else coordinator.taps(answer))


def content(stage, file_id):
    return stage.simulator.world.shelf.find(stage.token, file_id).data


async def only(stage):
    return (await approaches.ours(stage.db))[0]


async def test_an_approach_is_made_with_seven_answers_and_has_a_code_to_scan(stage):
    cas = await stage.coordinator()
    await makes(cas)
    made = await only(stage)
    assert approaches.facts_of(made) == approaches.Facts(
        "poster", "poster", "Library poster", "say", "council", "en", 500, 15
    )
    link = "https://t.me/care_compact_bot?start=library-poster"
    cas.sees(link, "Signed up: 0")
    assert any("photo" in message for message in cas.fresh)
    await cas.taps("QR code")
    cas.sees(link)


async def test_what_can_be_skipped_is_skipped(stage):
    cas = await stage.coordinator()
    await makes(cas, "Stall", ">Market stall", "Skip this", "Skip this", "Several", "Skip this", "Skip this")
    made = await only(stage)
    assert approaches.facts_of(made) == approaches.Facts("stall", "stall", "Market stall")


async def test_amounts_and_minutes_may_be_typed(stage):
    cas = await stage.coordinator()
    await makes(cas, "Letter", ">By post", ">Dear all", ">The Mayor", "Several", ">lots", ">£4.5", ">ages", ">2 hours")
    made = await only(stage)
    assert (made.variant, made.sender, made.cost_pence, made.staff_minutes) == ("Dear all", "The Mayor", 450, 120)


async def test_opened_new_and_signed_up_are_on_its_page(stage):
    cas = await stage.coordinator()
    await makes(cas)
    ada, bo = stage.somebody("Ada"), await stage.worker("Bo")
    await ada.says("/start library-poster")
    for step in ("join.consent.button.yes", "market.home_care", "shift.days", "job.care_worker", "strand.network"):
        await ada.taps(step)
    await bo.says("/start library-poster")
    await cas.says("/approaches")
    cas.sees("approaches.list")
    assert "Library poster: 2 opened, 1 joined" in cas.buttons
    await cas.taps("Library poster: 2 opened, 1 joined")
    cas.sees("Opened: 2", "New people: 1", "Signed up: 1")


async def test_before_anybody_used_it_a_change_stays_the_same_approach(stage):
    cas = await stage.coordinator()
    await makes(cas)
    first = await only(stage)
    await cas.taps("Change", on="Signed up")
    await cas.taps("Name")
    await cas.says("Town poster")
    cas.sees("Town poster")
    changed = await only(stage)
    assert (changed.id, changed.title, changed.code) == (first.id, "Town poster", first.code)


@pytest.mark.parametrize(
    ("field", "answer", "fact"),
    [
        ("Words", "poster.headline.meet", {"variant": "meet"}),
        ("In whose name", "A partner", {"sender": "partner"}),
        ("Language", "Several", {"language": ""}),
        ("Cost", "£0.00", {"cost_pence": 0}),
        ("Staff time", "60", {"staff_minutes": 60}),
    ],
)
async def test_after_somebody_used_it_a_change_is_a_new_variant(stage, field, answer, fact):
    cas = await stage.coordinator()
    await makes(cas)
    first, ada = await only(stage), stage.somebody("Ada")
    await ada.says(f"/start {first.code}")
    await cas.taps("Change", on="Signed up")
    await cas.taps(field)
    await cas.taps(answer)
    cas.sees("approach.new_variant", "start=library-poster-2")
    second = await only(stage)
    assert {name: getattr(second, name) for name in fact} == fact
    kept = await approaches.by_id(stage.db, first.id)
    assert approaches.facts_of(kept) == approaches.facts_of(first)
    assert kept.ended_at is not None
    assert (await scans.tally(stage.db, first.id, invented=False)).opened == 1


async def test_the_same_answer_changes_nothing(stage):
    cas = await stage.coordinator()
    await makes(cas)
    first, ada = await only(stage), stage.somebody("Ada")
    await ada.says(f"/start {first.code}")
    await cas.taps("Change", on="Signed up")
    await cas.taps("Words")
    await cas.taps("poster.headline.say")
    cas.sees_not("approach.new_variant")
    assert await only(stage) == first


async def test_an_approach_ends_and_may_be_used_again(stage):
    cas = await stage.coordinator()
    await makes(cas)
    await cas.taps("End")
    cas.sees("approach.ended")
    await cas.taps("All approaches")
    assert cas.buttons[0].startswith("(ended)")
    await cas.taps(cas.buttons[0])
    await cas.taps("Use it again")
    cas.sees("approach.page")
    assert (await only(stage)).ended_at is None


@pytest.mark.parametrize(
    ("button", "name"),
    [
        ("Poster (A4)", "library-poster-a4.pdf"),
        ("Card (A5)", "library-poster-a5.pdf"),
        ("Paper: sign-up", "library-poster-join.pdf"),
        ("Paper: free times", "library-poster-free.pdf"),
    ],
)
async def test_a_poster_and_the_forms_come_as_pdf(stage, button, name):
    cas = await stage.coordinator()
    await makes(cas)
    await cas.taps(button)
    (message,) = [m for m in cas.fresh if "document" in m]
    assert message["document"]["file_name"] == name
    assert content(stage, message["document"]["file_id"]).startswith(b"%PDF-")


async def test_the_picture_in_the_chat_reads_back_as_the_link(stage):
    cas = await stage.coordinator()
    await makes(cas)
    await cas.taps("QR code")
    (message,) = [m for m in cas.fresh if "photo" in m]
    picture = png.Read(content(stage, message["photo"][-1]["file_id"]))
    found = qr.modules_in(picture.dark, picture.width)
    assert qr.words_of(found) == "https://t.me/care_compact_bot?start=library-poster"


async def test_buttons_of_others_are_closed(stage):
    cas, ada = await stage.coordinator(), await stage.worker("Ada")
    await makes(cas)
    number = (await only(stage)).id
    builtin = (await approaches.by_code(stage.db, "call")).id
    foreign = (f"open:{builtin}", f"end:{builtin}", "open:999", "print:1:a3", "code:x", "edit")
    stale = (f"print:{number}:a3", f"paper:{number}:x", f"change:{number}:code", f"resume:{number}")
    for data in (*foreign, *stale):
        await cas.forges(f"v1:approach.{data}")
        cas.sees("button.closed")
    await ada.forges(f"v1:approach.end:{number}")
    ada.sees("button.closed")
    assert (await only(stage)).ended_at is None
