"""/placed: what was put up for whoever comes by is written down in a few taps, listed, and can be taken back."""

import pytest

from storage import approaches, placements, scans
from tests.handlers.test_approaches import makes, only

TAPS = (">Staff room, Greenfield", "Today", "It is still there", "10 to 30", "As usual", "As usual", "Skip this")


async def latest(stage):
    return (await placements.latest(stage.db, 1, invented=False))[0]


async def answers(coordinator, *given):
    for one in given:
        await (coordinator.says(one[1:]) if one.startswith(">") else coordinator.taps(one))


async def test_a_poster_is_put_up_from_its_page(stage):
    cas = await stage.coordinator()
    await makes(cas)
    await cas.taps("I put it somewhere")
    await answers(cas, *TAPS)
    cas.sees("Staff room, Greenfield", "10 to 30 care workers (a guess)", "£5.00")
    made, one = await only(stage), await latest(stage)
    assert (one.approach_id, one.from_day, one.until_day, one.reach_low, one.reach_high) == (
        made.id, "2027-03-01", None, 10, 30,
    )  # fmt: skip
    assert (one.cost_pence, one.staff_minutes, one.note) == (500, 15, "")
    tally = await scans.tally(stage.db, made.id, invented=False)
    assert (tally.placements, tally.reach_low, tally.reach_high, tally.cost_pence) == (1, 10, 30, 500)
    await cas.taps("Library poster")
    cas.sees("Put up or held: 1", "Staff room, Greenfield", "10 to 30 people (a guess)", "Spent: £5.00, 15 minutes")


async def test_a_leaflet_drop_without_an_approach_of_its_own_with_everything_typed(stage):
    cas = await stage.coordinator()
    await cas.says("/placed")
    cas.sees("placed.list.none")
    await cas.taps("Add one")
    await answers(
        cas,
        "Leaflet",
        ">High Street",
        ">1 Feb",
        "form.sure.yes",
        ">14 Feb",
        "form.sure.yes",
        ">20 to 40",
        ">£12",
        ">90",
        ">Rainy <b> =1+1",
    )
    one = await latest(stage)
    leaflet = await approaches.by_code(stage.db, "leaflet_drop")
    assert one.approach_id == leaflet.id
    assert (one.from_day, one.until_day) == ("2027-02-01", "2027-02-14")
    assert (one.reach_low, one.reach_high, one.cost_pence, one.staff_minutes) == (20, 40, 1200, 90)
    cas.sees("Rainy <b> =1+1")


@pytest.mark.parametrize(
    ("words", "name"),
    [("sometime", "placing.day.not_understood"), ("31 February", "placing.day.impossible")],
)
async def test_a_day_that_is_none_is_asked_about_again(stage, words, name):
    cas = await stage.coordinator()
    await cas.says("/placed")
    await cas.taps("Add one")
    await answers(cas, "Stall", ">Market", f">{words}")
    cas.sees(name)
    await cas.taps("Yesterday")
    await answers(cas, "A week", "No idea", "Nothing", "30", "Skip this")
    one = await latest(stage)
    assert (one.from_day, one.until_day, one.reach_high) == ("2027-02-28", "2027-03-07", None)


async def test_a_guess_the_wrong_way_round_is_asked_about_again(stage):
    cas = await stage.coordinator()
    await cas.says("/placed")
    await cas.taps("Add one")
    await answers(cas, "Radio or paper", ">Local radio", "Today", "That day only", ">40-20")
    cas.sees("placing.reach.not_understood")
    await answers(cas, ">1,000 - 5,000", "Nothing", "60", "Skip this")
    assert (await latest(stage)).reach_high == 5000


async def test_a_mistake_is_taken_back_once(stage):
    cas = await stage.coordinator()
    await makes(cas)
    await cas.taps("I put it somewhere")
    await answers(cas, *TAPS)
    one = await latest(stage)
    await cas.taps("Undo: that was a mistake")
    cas.sees("placed.taken_back")
    assert await placements.latest(stage.db, 1, invented=False) == []
    for data in (f"undo:{one.id}", f"open:{one.id}", "undo:x", "open:999", "new:999"):
        await cas.forges(f"v1:placed.{data}")
        cas.sees("button.closed")


async def test_the_list_leads_to_each(stage):
    cas = await stage.coordinator()
    await makes(cas)
    await cas.taps("I put it somewhere")
    await answers(cas, *TAPS)
    await cas.taps("All of them")
    cas.sees("placed.list")
    await cas.taps(cas.buttons[0])
    cas.sees("placed.page")


async def test_workers_cannot_see_any_of_it(stage):
    ada = await stage.worker("Ada")
    for words in ("/placed", "/approaches"):
        await ada.says(words)
        ada.sees_not("placed.list.none", "approaches.list.none")


async def test_a_rehearsal_is_counted_apart(data_dir):
    from tests.dialogue import staged  # noqa: PLC0415 - one test needs a stage of its own

    async with staged(data_dir, rehearsal=True) as stage:
        cas = await stage.coordinator()
        await makes(cas)
        await cas.taps("I put it somewhere")
        await answers(cas, *TAPS)
        made = await only(stage)
        assert (await scans.tally(stage.db, made.id, invented=False)).placements == 0
        assert (await scans.tally(stage.db, made.id, invented=True)).placements == 1
