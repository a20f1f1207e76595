"""Days that are over, as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.past_days import read

TODAY = date(2027, 5, 12)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", TODAY),
        ("Yesterday", date(2027, 5, 11)),
        ("in March", date(2027, 3, 1)),
        ("march 2026", date(2026, 3, 1)),
        ("3 March", date(2027, 3, 3)),
        ("March 3rd", date(2027, 3, 3)),
        ("on the 3rd of march, 2025", date(2025, 3, 3)),
        ("3/4", date(2027, 4, 3)),
        ("3/4/26", date(2026, 4, 3)),
        ("2027-01-31", date(2027, 1, 31)),
        ("December", date(2026, 12, 1)),
        ("12 May", TODAY),
        ("29 Feb", date(2024, 2, 29)),
        ("two weeks ago", date(2027, 4, 28)),
        ("10 days ago", date(2027, 5, 2)),
        ("Wednesday", date(2027, 5, 5)),
        ("last tuesday", date(2027, 5, 11)),
    ],
)
def test_what_people_type(words, day):
    assert read(words, TODAY) == day


@pytest.mark.parametrize(
    "words", ["", "soon", "31 February", "2028-01-01", "13 May 2027", "99 99", "x weeks ago", "3 March 4", "a" * 100]
)
def test_what_names_no_day_that_is_over(words):
    assert read(words, TODAY) is None


@given(st.dates(date(2000, 1, 1), TODAY))
def test_a_full_date_is_read_back_in_every_writing(day):
    for writing in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d %B %Y}", f"{day:%B} {day.day} {day.year}"):
        assert read(writing, TODAY) == day


@given(st.text(max_size=30))
def test_nothing_typed_breaks_it_or_names_the_future(words):
    found = read(words, TODAY)
    assert found is None or found <= TODAY + timedelta(0)
