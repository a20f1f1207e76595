"""Money is whole pence: what is written is read again, and halves add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.money import halves, parse, written


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("10", 1000), ("£10", 1000), (" £ 2.50 ", 250), ("2,5", 250), ("80p", 80), ("80 pence", 80), ("3 pounds", 300),
        ("0", 0), ("", None), ("ten", None), ("1.234", None), ("-5", None), ("£", None), ("1e3", None),
    ],
)  # fmt: skip
def test_what_people_type_is_read_or_is_no_amount(typed, pence):
    assert parse(typed) == pence


@given(st.integers(0, 10**8))
def test_what_is_written_is_read_again_and_halves_add_up(pence):
    assert parse(written(pence).replace(",", "")) == pence
    assert sum(halves(pence)) == pence
    assert 0 <= halves(pence)[0] - halves(pence)[1] <= 1


def test_less_than_nothing_is_written_with_its_sign():
    assert written(-150) == "-£1.50"
