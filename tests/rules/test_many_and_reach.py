"""Lines that staff type in a hurry: many people at once, how somebody is reached, when to call back."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import call_back, many, phones, route_words


@pytest.mark.parametrize(
    ("typed", "talked", "took", "place"),
    [
        ("I spoke to 14 people at the stall, 3 took a card", 14, 3, "the stall"),
        ("Spoke to 14 people at Woolwich Market and 3 of them took a leaflet.", 14, 3, "Woolwich Market"),
        ("talked with about twelve at the library", 12, None, "the library"),
        ("met 5, none took anything", 5, 0, ""),
        ("spoken to nobody at the fair", 0, None, "the fair"),
    ],
)
def test_many_people_at_once(typed, talked, took, place):
    assert many.read(typed) == many.Many(talked, took, place)


@pytest.mark.parametrize("typed", ["", "Phone call", "14", "we spoke", "a stall at the market"])
def test_what_speaks_of_nobody(typed):
    assert many.read(typed) is None


@given(st.text(max_size=60))
def test_any_words_are_read_or_not(typed):
    for words in (typed, f"spoke to {typed} people", f"spoke to 3 at {typed}, 2 took one"):
        read = many.read(words)
        assert read is None or read.talked >= 0
    number = many.number(typed)
    assert number is None or 0 <= number <= many.MOST


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("07700 900123", "phone", "+447700900123"),
        ("020 7946 0018 ext 12", "phone", "+442079460018"),
        ("Ada@Example.org", "email", "ada@example.org"),
        ("12 High Street, SE18 6QX", "post", "12 High Street, SE18 6QX"),
        ("Flat 4, 128 Woolwich New Road, London", "post", "Flat 4, 128 Woolwich New Road, London"),
        ("through her manager at Rose Court", "through", "her manager at Rose Court"),
        ("at the school gate", "in_person", "at the school gate"),
    ],
)
def test_how_somebody_is_reached(typed, kind, value):
    read = route_words.read(typed)
    assert (read.kind, read.value) == (kind, value)


@pytest.mark.parametrize("typed", ["999", "077009001234", "07700 900123 or 07700 900456"])
def test_digits_that_are_no_number_are_not_taken_for_an_address(typed):
    with pytest.raises(phones.NotAPhone):
        route_words.read(typed)


@pytest.mark.parametrize("tap", call_back.TAPS)
def test_a_call_back_is_in_the_time_to_come(tap):
    now = datetime.fromisoformat("2027-03-01T23:30")
    assert call_back.moment(tap, now) > now
