"""What is released, under which topic, and what waits."""

import random
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.release import GENERAL, LONGEST, SHORTEST, plan, week_of, weeks_between

TOPICS = ["pay", "shifts", "small", GENERAL]
ELIGIBLE = {"pay": 10, "shifts": 300, "small": 9}
WAITING = st.lists(st.sampled_from(TOPICS), max_size=40)


def planned(*topics, overdue=False, eligible=ELIGIBLE, seed=1, **limits):
    waiting = {bytes([number]) * 16: topic for number, topic in enumerate(topics)}
    return Counter(plan(waiting, eligible, overdue=overdue, draw=random.Random(seed), **limits).values())


def test_a_topic_with_five_keeps_its_name():
    assert planned(*["pay"] * 5) == {"pay": 5}


def test_four_wait():
    assert planned(*["pay"] * 4) == {}


def test_those_with_too_few_merge_into_general():
    assert planned(*["pay"] * 3, *["shifts"] * 2) == {GENERAL: 5}
    assert planned(*["pay"] * 5, *["shifts"] * 4) == {"pay": 5}
    assert planned(*["pay"] * 5, *["shifts"] * 4, GENERAL) == {"pay": 5, GENERAL: 5}


def test_a_small_group_is_general_however_much_it_writes():
    assert set(planned(*["small"] * 20)) == {GENERAL}
    assert set(planned(*["unheard of"] * 20)) == {GENERAL}


def test_after_four_weeks_everything_goes():
    assert planned(*["pay"] * 2, "shifts", overdue=True) == {GENERAL: 3}
    assert planned(*["pay"] * 30, "shifts", overdue=True) == {"pay": 30, GENERAL: 1}
    assert planned(overdue=True) == {}


@given(WAITING, st.booleans(), st.integers())
def test_no_group_smaller_than_the_threshold_unless_it_is_overdue(topics, overdue, seed):
    released = planned(*topics, overdue=overdue, seed=seed)
    assert overdue or all(count >= 5 for count in released.values())
    assert all(topic == GENERAL or released[topic] >= 5 for topic in released)
    assert "small" not in released
    assert not overdue or sum(released.values()) == len(topics)


def test_of_more_than_enough_a_random_part_waits():
    counts = {planned(*["pay"] * 20, seed=seed)["pay"] for seed in range(60)}
    assert counts == {15, 16, 17, 18, 19, 20}
    assert {planned(*["pay"] * 6, seed=seed)["pay"] for seed in range(60)} == {5, 6}


def test_the_one_item_of_somebody_else_may_stay_among_many_of_one_author():
    waiting = {bytes([number]) * 16: "pay" for number in range(20)}
    others = bytes([7]) * 16
    kept = [others in plan(waiting, ELIGIBLE, overdue=False, draw=random.Random(seed)) for seed in range(300)]
    assert 0 < kept.count(False) < 300


@pytest.mark.parametrize("limits", [{"k": 4}, {"threshold": 4}, {"k": 0, "threshold": 0}])
def test_limits_under_five_are_refused(limits):
    with pytest.raises(ValueError, match="fewer than 5"):
        planned("pay", **limits)


def test_weeks_are_iso_weeks_across_years():
    assert week_of(date(2027, 1, 3)) == "2026-W53"
    assert week_of(date(2026, 2, 9)) == "2026-W07"
    assert weeks_between("2026-W52", "2027-W03") == 4
    assert weeks_between("2026-W07", "2026-W07") == 0
    with pytest.raises(ValueError, match="week"):
        weeks_between("2026-W54", "2027-W01")
    assert (SHORTEST, LONGEST) == (10, 3500)
