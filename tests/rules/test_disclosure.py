"""Publishing without pointing at anyone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.disclosure import percentage, published


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (1, None), (7, None), (8, 10), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1_002, 1_000)],
)
def test_counts_are_shown_as_the_design_says(count, shown):
    assert published(count).count == shown


@given(st.integers(min_value=0, max_value=10**9))
def test_a_shown_count_is_a_multiple_of_five_and_at_most_two_away(count):
    shown = published(count)
    if shown.too_few:
        assert 1 <= count <= 7
    else:
        assert shown.count % 5 == 0
        assert abs(shown.count - count) <= 2


def test_a_percentage_needs_a_base_of_thirty():
    assert percentage(10, 29) is None
    assert percentage(10, 30) == 33
    assert percentage(0, 30) == 0
    assert percentage(30, 30) == 100


def test_a_percentage_never_gives_a_small_count_away():
    assert percentage(3, 100) is None
    assert percentage(97, 100) is None


@given(st.integers(0, 5_000), st.integers(0, 5_000))
def test_a_percentage_is_of_what_is_shown(part, rest):
    share = percentage(part, part + rest)
    if share is not None:
        assert 0 <= share <= 100
        assert part + rest >= 30
        assert {part, rest}.isdisjoint(range(1, 8))


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="below 0"):
        published(-1)
    with pytest.raises(ValueError, match="between 0 and its base"):
        percentage(5, 4)
