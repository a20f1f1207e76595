"""The dictionary of approaches: what was used stays as it was; scans are counted by day; placements are guesses."""

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import approach_codes
from storage import approaches, by_hand, erasure, people, placements, reach, scans
from tests.storage.test_erasure import LONDON
from tests.storage.world import NOON, worker

POSTER = approaches.Facts("poster", "poster", "Library poster, blue", "care", "council", "en", 450, 20)
DAY = "2027-03-01"
SPAN = reach.Span(NOON - 86_400, NOON + 86_400, LONDON)


async def test_an_approach_is_made_with_a_code_after_its_title(tx):
    first = await approaches.make(tx, POSTER, None, NOON)
    again = await approaches.make(tx, POSTER, None, NOON)
    assert (first.code, again.code) == ("library-poster", "library-poster-2")
    assert approaches.facts_of(first) == POSTER
    assert await approaches.by_code(tx, "Library-POSTER") == first
    assert [one.id for one in await approaches.ours(tx)] == [again.id, first.id]


@given(st.text(max_size=60), st.sets(st.sampled_from(["way", "way-2", "library", "library-2", "a-b-c"])))
def test_a_code_is_always_short_plain_and_free(title, taken):
    code = approach_codes.suggested(title, taken)
    assert approach_codes.is_code(code)
    assert code not in taken
    assert approach_codes.is_code(approach_codes.next_of(code, {*taken, code}))


@pytest.mark.parametrize("title", ["enrol-me now", "meet at the park", "slip-1", "By Ann", "汉字", "", "--"])
def test_a_code_is_never_taken_for_another_kind_of_code(title):
    code = approach_codes.suggested(title, set())
    assert not code.startswith(("enrol-", "meet-", "slip-", "by-"))


async def test_an_approach_that_nobody_used_is_changed_in_place(tx):
    made = await approaches.make(tx, POSTER, None, NOON)
    changed = await approaches.change(tx, made, replace(POSTER, title="Town poster"), None, NOON + 1)
    assert (changed.id, changed.code, changed.title) == (made.id, made.code, "Town poster")


async def test_an_approach_that_was_used_is_kept_and_a_new_variant_begins(tx):
    made = await approaches.make(tx, POSTER, None, NOON)
    await scans.opened(tx, made.id, DAY, first_met=True, invented=False)
    changed = await approaches.change(tx, made, replace(POSTER, variant="say"), None, NOON + 1)
    assert (changed.code, changed.variant) == ("library-poster-2", "say")
    assert await approaches.by_id(tx, made.id) == replace(made, ended_at=NOON + 1)


async def test_what_came_with_the_program_is_not_ended(tx):
    call = await approaches.by_code(tx, "call")
    assert not await approaches.end(tx, call.id, NOON)
    made = await approaches.make(tx, POSTER, None, NOON)
    assert await approaches.end(tx, made.id, NOON)
    assert not await approaches.end(tx, made.id, NOON)
    assert await approaches.resume(tx, made.id)
    assert (await approaches.by_id(tx, made.id)).ended_at is None


async def test_scans_are_counted_by_day_and_invented_ones_apart(tx):
    made = await approaches.make(tx, POSTER, None, NOON)
    for day, first_met, invented in (
        (DAY, True, False),
        (DAY, False, False),
        ("2027-03-02", False, False),
        (DAY, True, True),
    ):
        await scans.opened(tx, made.id, day, first_met=first_met, invented=invented)
    assert await scans.by_day(tx, made.id, invented=False) == [(DAY, 2, 1), ("2027-03-02", 1, 0)]
    assert await scans.by_day(tx, made.id, invented=True) == [(DAY, 1, 1)]
    columns = {row["name"] for row in await tx.rows("SELECT name FROM pragma_table_info('scan_count')")}
    assert columns == {"approach_id", "day", "invented", "opened", "first_met"}


async def test_an_approach_in_figures(tx):
    made = await approaches.make(tx, POSTER, None, NOON)
    hall = placements.Facts(made.id, "Hall", DAY, None, 20, 40, 1200, 30)
    kept = await placements.add(tx, hall, None, NOON, invented=False)
    await placements.add(tx, replace(hall, place="Café", reach_low=None, reach_high=None), None, NOON, invented=False)
    wrong = await placements.add(tx, replace(hall, place="Oops"), None, NOON, invented=False)
    await placements.add(tx, replace(hall, place="Rehearsal"), None, NOON, invented=True)
    assert await placements.take_back(tx, wrong, NOON)
    assert not await placements.take_back(tx, wrong, NOON)
    assert await placements.counted(tx, kept, 14, 3)
    assert not await placements.counted(tx, wrong, 14, 3)
    await by_hand.log_by_hand(tx, None, "A home", made.code, "spoke", "", None, NOON)
    person = await people.meet(tx, 7, "en", made.code, False, NOON)
    await people.joined(tx, person.id, NOON)
    await people.joined(tx, (await people.meet(tx, 8, "en", made.code, True, NOON)).id, NOON)
    found = await scans.tally(tx, made.id, invented=False)
    assert found == scans.Tally(made.id, made.code, 2, 1, 20, 40, 14, 3, 1, 2 * 1200 + 450, 2 * 30 + 20, 0, 0, 1)
    assert found in await scans.tallies(tx, invented=False)
    assert (await scans.tally(tx, made.id, invented=True)).joined == 1
    await erasure.erase(tx, person.id, NOON, LONDON)
    assert (await scans.tally(tx, made.id, invented=False)).joined == 1
    with pytest.raises(LookupError):
        await scans.tally(tx, 999, invented=False)


async def test_placements_are_listed_newest_first_without_what_was_taken_back(tx):
    made = await approaches.make(tx, POSTER, None, NOON)
    for place, day in (("Hall", DAY), ("Café", "2027-03-05"), ("Oops", DAY)):
        number = await placements.add(tx, placements.Facts(made.id, place, day), None, NOON, invented=False)
    await placements.take_back(tx, number, NOON)
    assert [one.place for one in await placements.of_approach(tx, made.id, invented=False)] == ["Café", "Hall"]
    assert [one.place for one in await placements.latest(tx, 1, invented=False)] == ["Café"]
    assert await placements.latest(tx, 5, invented=True) == []
    assert (await placements.by_id(tx, number)).taken_back_at == NOON


@pytest.mark.parametrize("wrong", [{"until_day": "2027-02-01"}, {"reach_low": 5, "reach_high": 4}, {"reach_low": -1}])
async def test_a_placement_in_the_wrong_order_is_refused(tx, wrong):
    call = await approaches.by_code(tx, "call")
    facts = replace(placements.Facts(call.id, "Hall", DAY), **wrong)
    with pytest.raises(sqlite3.IntegrityError):
        await placements.add(tx, facts, None, NOON, invented=False)


async def test_who_made_it_is_forgotten_with_them(tx):
    boss = await worker(tx)
    made = await approaches.make(tx, POSTER, boss, NOON)
    number = await placements.add(tx, placements.Facts(made.id, "Hall", DAY), boss, NOON, invented=False)
    await erasure.erase(tx, boss, NOON, LONDON)
    assert (await approaches.by_id(tx, made.id)).made_by is None
    assert (await placements.by_id(tx, number)).made_by is None


async def test_reach_counts_neither_what_was_taken_back_nor_what_a_rehearsal_opened(tx):
    made = await approaches.make(tx, POSTER, None, NOON)
    hall = placements.Facts(made.id, "Hall", DAY, None, 20, 40, 1200, 30)
    for place, invented in (("Hall", False), ("Oops", False), ("Rehearsal", True)):
        number = await placements.add(tx, replace(hall, place=place), None, NOON, invented=invented)
        if place == "Oops":
            await placements.take_back(tx, number, NOON)
        await scans.opened(tx, made.id, DAY, first_met=False, invented=invented)
    for invented, wanted in ((False, (1, 20, 40, 1200, 2)), (True, (1, 20, 40, 1200, 1))):
        listed = await reach.by_approach(tx, SPAN, invented=invented)
        (found,) = (one for one in listed if one.code == made.code)
        counted = (found.placements, found.reach_low, found.reach_high, found.cost_pence, found.opened)
        assert counted == wanted


async def test_reach_and_the_approachs_own_page_agree(tx):
    made = await approaches.make(tx, POSTER, None, NOON)
    await placements.add(tx, placements.Facts(made.id, "Hall", DAY, None, 2, 4, 120, 3), None, NOON, invented=False)
    await by_hand.log_by_hand(tx, None, "A home", made.code, "spoke", "", None, NOON)
    for number in range(3):
        person = await people.meet(tx, 70 + number, "en", made.code, False, NOON)
        await scans.opened(tx, made.id, DAY, first_met=True, invented=False)
        if number:
            await people.joined(tx, person.id, NOON)
    (found,) = (one for one in await reach.by_approach(tx, SPAN, invented=False) if one.code == made.code)
    tally = await scans.tally(tx, made.id, invented=False)
    assert (tally.placements, tally.reach_low, tally.reach_high, tally.opened, tally.first_met, tally.joined) == (
        found.placements, found.reach_low, found.reach_high, found.opened, found.first_met, found.signed_up,
    )  # fmt: skip
    assert (tally.cost_pence, tally.staff_minutes) == (found.cost_pence, found.staff_minutes)
