"""Wilson's interval against worked examples, published figures and its own properties."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.intervals import wilson

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "responses" / "published_rates.json"
# Newcombe 1998, table I, method 3.
WORKED = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("part", "base", "low", "high"), WORKED)
def test_it_gives_the_published_examples(part, base, low, high):
    assert wilson(part, base) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_it_gives_the_intervals_of_large_published_counts():
    if not PUBLISHED.exists():
        pytest.skip("the published counts are not on this machine")
    groups = [group for study in json.loads(PUBLISHED.read_text()) for group in study["groups"]]
    assert len(groups) > 5
    for group in groups:
        assert wilson(group["responded"], group["contacted"]) == pytest.approx(group["wilson95"], abs=2e-6)


@given(st.integers(1, 10_000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_it_holds_the_share_and_stays_between_nothing_and_all(counts):
    part, base = counts
    low, high = wilson(part, base)
    assert 0 <= low <= part / base <= high <= 1
    assert (low, high) == pytest.approx(tuple(1 - edge for edge in reversed(wilson(base - part, base))))


@pytest.mark.parametrize(("part", "base"), [(1, 0), (-1, 5), (6, 5), (0, 0)])
def test_a_part_outside_its_base_is_refused(part, base):
    with pytest.raises(ValueError, match="between 0 and its base"):
        wilson(part, base)
