"""The best times: never worse than trying every choice, ties and proof included; and who is left out."""

from datetime import date, datetime, time
from functools import reduce
from itertools import combinations
from operator import or_
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.bands import DEFAULT
from rules.calendar import columns
from rules.coverage import best_cover, families, undominated
from rules.day_hours import ALL_DAY
from rules.rota import Different, Rota, Said
from rules.slots import best, sheet, slots_between
from rules.weights import Weights

LONDON = ZoneInfo("Europe/London")
MONDAY, SUNDAY = date(2027, 3, 1), date(2027, 3, 7)
NO_LIMIT = 10**9


def week(**bands):
    return Said({(int(cell[1]), cell[3:]): free for cell, free in bands.items()})


def union(chosen, cover):
    return reduce(or_, (cover[at] for at in chosen), 0)


@st.composite
def covers(draw):
    groups = draw(st.integers(1, 9))
    weights = draw(st.lists(st.integers(1, 6), min_size=groups, max_size=groups))
    cover = draw(st.lists(st.integers(0, (1 << groups) - 1), min_size=1, max_size=8))
    ties = draw(st.lists(st.integers(0, (1 << groups) - 1), max_size=2))
    return cover, weights, ties, draw(st.integers(1, 5))


@settings(deadline=None)
@given(covers())
def test_nothing_covers_more_and_of_equal_choices_the_tie_is_won(drawn):
    cover, weights, ties, how_many = drawn
    weigh = Weights(weights)

    def worth(chosen):
        covered = union(chosen, cover)
        return (weigh.of(covered), *(weigh.of(covered & mask) for mask in ties))

    found = best_cover(cover, how_many, weigh, ties, NO_LIMIT)
    assert found.reached == found.at_most
    assert len(set(found.chosen)) == len(found.chosen) == min(how_many, len(cover))
    every = max(worth(chosen) for chosen in combinations(range(len(cover)), min(how_many, len(cover))))
    assert worth(found.chosen) == every
    assert found.reached == every[0]


@st.composite
def weeks(draw):
    """The same few hours in several weeks, each week with a few other people away: what families are made of."""
    groups, hours = draw(st.integers(8, 20)), draw(st.integers(1, 4))
    usual = draw(st.lists(st.integers(0, (1 << groups) - 1), min_size=hours, max_size=hours))
    away = draw(st.lists(st.integers(0, groups - 1), min_size=2 * hours, max_size=3 * hours))
    cover = [usual[at % hours] & ~(1 << gone) for at, gone in enumerate(away)]
    weights = draw(st.lists(st.integers(1, 3), min_size=groups, max_size=groups))
    ties = draw(st.lists(st.integers(0, (1 << groups) - 1), max_size=2))
    return cover, weights, ties, draw(st.integers(1, 5))


@settings(deadline=None)
@given(weeks())
def test_nothing_is_lost_by_looking_at_families_first(drawn):
    cover, weights, ties, how_many = drawn
    weigh = Weights(weights)
    found = best_cover(cover, how_many, weigh, ties, NO_LIMIT)
    covers_of = [union(chosen, cover) for chosen in combinations(range(len(cover)), min(how_many, len(cover)))]
    worths = [(weigh.of(covered), *(weigh.of(covered & mask) for mask in ties)) for covered in covers_of]
    ours = union(found.chosen, cover)
    assert (weigh.of(ours), *(weigh.of(ours & mask) for mask in ties)) == max(worths)
    assert found.reached == found.at_most == max(worths)[0]


@settings(deadline=None)
@given(weeks(), st.integers(0, 60))
def test_stopped_among_families_it_still_says_no_less_than_what_can_be_reached(drawn, looks):
    cover, weights, ties, how_many = drawn
    found = best_cover(cover, how_many, Weights(weights), ties, looks)
    proved = best_cover(cover, how_many, Weights(weights), ties, NO_LIMIT)
    assert found.reached <= proved.reached <= found.at_most


def test_columns_that_are_nearly_alike_are_a_family():
    weigh = Weights([1] * 12)
    assert families([0b111111111100, 0b011111111110, 0b000000001111, 0b111111111000], weigh) == [[0, 1, 3], [2]]


@settings(deadline=None)
@given(covers(), st.integers(0, 40))
def test_stopped_early_it_says_no_less_than_what_can_be_reached(drawn, looks):
    cover, weights, ties, how_many = drawn
    found = best_cover(cover, how_many, Weights(weights), ties, looks)
    proved = best_cover(cover, how_many, Weights(weights), ties, NO_LIMIT)
    assert found.reached <= proved.reached <= found.at_most


@settings(deadline=None)
@given(st.lists(st.integers(0, 100), max_size=12), st.integers(0, 4095))
def test_a_set_weighs_what_its_groups_weigh(weights, groups):
    groups &= (1 << len(weights)) - 1
    expected = sum(weight for at, weight in enumerate(weights) if groups >> at & 1)
    assert Weights(weights).of(groups) == expected
    assert Weights(weights).within(groups).of(groups) == expected


@settings(deadline=None)
@given(st.lists(st.integers(0, 31), max_size=9))
def test_rows_are_turned_into_columns(rows):
    turned = columns(rows, 5)
    assert [[column >> at & 1 for column in turned] for at in range(len(rows))] == [
        [row >> place & 1 for place in range(5)] for row in rows
    ]


def test_what_greed_misses_is_found():
    cover = [0b011011, 0b000111, 0b111000]
    assert set(best_cover(cover, 2, Weights([1] * 6), (), 0).chosen) == {1, 2}


def test_of_equal_and_of_contained_columns_one_is_looked_at():
    assert undominated([0b0011, 0b0111, 0b0111, 0, 0b1000], Weights([1] * 4)) == [1, 4]


def test_slots_lie_in_the_allowed_hours_and_never_in_an_hour_that_the_clocks_skip():
    found = slots_between(MONDAY, MONDAY, ((time(18), time(20)),), 90, LONDON, DEFAULT)
    assert [slot.local_start[11:] for slot in found] == ["18:00", "18:30"]
    assert found[0].cells == ((MONDAY, "evening"),)
    spring = slots_between(date(2027, 3, 28), date(2027, 3, 28), ((time(0), time(4)),), 60, LONDON, DEFAULT)
    assert [slot.local_start[11:] for slot in spring] == ["00:00", "00:30", "02:00", "02:30", "03:00"]


def test_over_midnight_a_band_belongs_to_the_day_it_starts():
    found = slots_between(MONDAY, MONDAY, ((time(22), time(3)),), 60, LONDON, DEFAULT, step=60)
    assert [slot.local_start[8:] for slot in found] == ["01T22:00", "01T23:00", "02T00:00", "02T01:00", "02T02:00"]
    assert found[3].cells == ((MONDAY, "late"),)
    assert found[4].cells == ((date(2027, 3, 2), "small_hours"),)
    after = datetime(2027, 3, 2, 0, 30, tzinfo=LONDON)
    assert (
        len(slots_between(MONDAY, MONDAY, ((time(22), time(3)),), 60, LONDON, DEFAULT, 60, int(after.timestamp()))) == 2
    )


def test_a_slot_over_two_bands_needs_both():
    said = {1: week(d0_morning=True, d0_afternoon=True), 2: week(d0_morning=True, d0_afternoon=False)}
    said[3] = week(d0_morning=True)
    slots = slots_between(MONDAY, MONDAY, ((time(12, 30), time(14)),), 90, LONDON, DEFAULT)
    choice = best(sheet(said.items(), slots, DEFAULT), 1)
    assert (choice.can, choice.left_out, choice.not_said) == ((1,), (2,), (3,))
    assert choice.proved


def test_who_never_said_is_not_who_cannot():
    people = [(1, week(d1_evening=True)), (2, None), (3, week(d1_evening=False, d2_evening=False)), (4, Said())]
    slots = slots_between(MONDAY, SUNDAY, ((time(18), time(19)),), 60, LONDON, DEFAULT)
    choice = best(sheet(people, slots, DEFAULT), 2)
    assert [slot.local_start[:10] for slot in choice.slots] == ["2027-03-01", "2027-03-02"]
    assert (choice.reached, set(choice.can), set(choice.left_out)) == (1, {1}, set())
    assert set(choice.not_said) == {2, 3, 4}  # of Monday the third has said nothing


def test_the_group_reached_least_breaks_a_tie():
    people = [(1, week(d0_evening=True)), (2, week(d2_evening=True))]
    slots = slots_between(MONDAY, SUNDAY, ((time(18), time(19)),), 60, LONDON, DEFAULT)
    for rank, chosen in (({1: 0, 2: 1}, "2027-03-01"), ({1: 1, 2: 0}, "2027-03-03"), (None, "2027-03-01")):
        assert best(sheet(people, slots, DEFAULT, rank), 1).slots[0].local_start[:10] == chosen


def test_rotas_and_what_is_different_are_projected_on_dates():
    away = Said({(0, "evening"): True}, (Different(1, "away", MONDAY, MONDAY),))
    rota = Said(rota=Rota(2, MONDAY, (frozenset({"late"}), *[frozenset()] * 6, *[None] * 7)))
    slots = slots_between(MONDAY, date(2027, 3, 14), ALL_DAY, 60, LONDON, DEFAULT)
    found = sheet([(1, away), (2, rota)], slots, DEFAULT)
    free = {slot.local_start for slot, can in zip(slots, found.can, strict=True) if can}
    assert {start[:10] for start in free} == {"2027-03-01", "2027-03-02", "2027-03-08"}
    assert min(free) == "2027-03-01T22:00"


@pytest.mark.parametrize("how_many", [0, 6])
def test_one_to_five_slots(how_many):
    slots = slots_between(MONDAY, MONDAY, ALL_DAY, 60, LONDON, DEFAULT)
    with pytest.raises(ValueError, match="one to five"):
        best(sheet([], slots, DEFAULT), how_many)
    assert best(sheet([], slots, DEFAULT), 1).reached == 0


def test_several_ranges_are_looked_in_and_a_time_in_two_of_them_stands_once():
    ranges = ((time(9), time(11)), (time(10), time(12)), (time(20), time(21)))
    found = slots_between(MONDAY, MONDAY, ranges, 60, LONDON, DEFAULT)
    assert [slot.local_start[11:] for slot in found] == ["09:00", "09:30", "10:00", "10:30", "11:00", "20:00"]
