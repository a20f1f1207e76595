"""Shares of known totals are ranges, evenness is lowest by highest, and typed figures are read or asked about again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.figures_typed import read
from rules.shares import Share, Total, evenness, share


def test_a_share_is_a_range():
    assert share(120, Total(1_000, 1_200, 1_500)) == Share(0.08, 0.1, 0.12)
    assert share(0, Total(10, 10, 10)) == Share(0, 0, 0)


def test_nothing_is_said_of_a_total_that_may_be_none():
    assert share(3, Total(0, 10, 20)) is None
    with pytest.raises(ValueError, match="below 0"):
        share(-1, Total(1, 1, 1))


def test_evenness_is_the_lowest_by_the_highest():
    assert evenness([Share(0, 0.05, 1), Share(0, 0.2, 1), Share(0, 0.1, 1)]) == 0.25
    assert evenness([Share(0, 0.0, 0), Share(0, 0.2, 1)]) == 0.0
    assert evenness([Share(0, 0.2, 1)]) is None
    assert evenness([Share(0, 0.0, 0), Share(0, 0.0, 0)]) is None


totals = st.lists(st.integers(1, 10**6), min_size=3, max_size=3).map(sorted).map(lambda three: Total(*three))


@given(st.integers(0, 10**6), totals)
def test_the_middle_lies_within(count, total):
    found = share(count, total)
    assert found.least <= found.middle <= found.most


@given(st.lists(totals, min_size=2, max_size=6), st.integers(1, 100))
def test_evenness_is_between_0_and_1(found, count):
    assert 0 <= evenness([share(count, total) for total in found]) <= 1


@pytest.mark.parametrize(
    ("typed", "total"),
    [
        ("1,200", Total(1200, 1200, 1200)),
        ("1200", Total(1200, 1200, 1200)),
        ("about 1 200 posts", Total(1200, 1200, 1200)),
        ("1,100-1,300", Total(1100, 1200, 1300)),
        ("1,100 to 1,300", Total(1100, 1200, 1300)),
        ("between 1100 and 1300", Total(1100, 1200, 1300)),
        ("1,200 (1,100-1,300)", Total(1100, 1200, 1300)),
        ("1,250 between 1,100 and 1,300", Total(1100, 1250, 1300)),
        ("1.2k", Total(1200, 1200, 1200)),
        ("0", Total(0, 0, 0)),
        ("7", Total(7, 7, 7)),
    ],
)
def test_what_people_type(typed, total):
    assert read(typed) == total


@pytest.mark.parametrize(
    "typed", ["", "many", "1,20", "1300-1100", "2,000 (1,100-1,300)", "-5", "12.5", "99999999999", "1-2-3-4", "x" * 99]
)
def test_what_is_no_total(typed):
    assert read(typed) is None


@given(totals)
def test_what_is_written_is_read_back(total):
    assert read(f"{total.figure:,} ({total.low:,}-{total.high:,})") == total


@given(st.text(max_size=80))
def test_nothing_typed_breaks_it(typed):
    found = read(typed)
    assert found is None or 0 <= found.low <= found.figure <= found.high
