"""A place on the map as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.spots import read_spot, said


@pytest.mark.parametrize(
    ("typed", "spot"),
    [
        ("51.48, 0.007", (51.48, 0.007)),
        ("51.48 -0.12", (51.48, -0.12)),
        ("  51,  0 ", (51.0, 0.0)),
        ("51.48° N, 0.12° W", (51.48, -0.12)),
        ("33.86 S; 151.2 E", (-33.86, 151.2)),
        ("51.4826001\u2009,\u22120.00770049", (51.4826, -0.0077)),
    ],
)
def test_degrees_as_people_type_them(typed, spot):
    assert read_spot(typed) == spot


@pytest.mark.parametrize("typed", ["", "51.48", "91, 0", "51, 181", "the library", "51,48, 0,007", "1 2 3", "5" * 99])
def test_anything_else_is_no_place(typed):
    assert read_spot(typed) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_shown_is_read_back(latitude, longitude):
    read = read_spot(said(latitude, longitude))
    assert read == pytest.approx((latitude, longitude), abs=1e-6)


@given(st.text(max_size=90))
def test_no_text_is_too_strange(typed):
    read = read_spot(typed)
    assert read is None or (abs(read[0]) <= 90 and abs(read[1]) <= 180)
