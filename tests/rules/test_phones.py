"""Phone numbers in every form become one, and what is none is refused with a reason."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import emails, phones

MANY = Path(__file__).parents[3] / "shared/data/text/phones.json"
OURS = [
    ("07700 900123", "+447700900123"),
    ("(07700) 900-123", "+447700900123"),
    ("+44 (0)7700 900123", "+447700900123"),
    ("0044 7700900123", "+447700900123"),
    ("tel:+447700900123", "+447700900123"),
    ("٠٧٧٠٠٩٠٠١٢٣", "+447700900123"),
    ("07700 900123".translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)}), "+447700900123"),  # of full width
    ("O7700 900123", "+447700900123"),
    ("020 7946 0018", "+442079460018"),
    ("+40 712 345 678", "+40712345678"),
]


@pytest.mark.parametrize(("typed", "number"), OURS)
def test_every_form_is_the_same_number(typed, number):
    assert phones.read(typed).number == number


@pytest.mark.skipif(not MANY.exists(), reason="the larger sample is not on this machine")
def test_the_larger_sample_is_read_as_it_says():
    sample = json.loads(MANY.read_text(encoding="utf-8"))
    assert len(sample) >= 30
    for one in sample:
        try:
            read = phones.read(one["typed"]).number
        except phones.NotAPhone:
            read = None
        assert read == (one.get("e164") if one.get("possible") else None), one


@given(st.integers(0, 999), st.sampled_from(["07700 900{:03}", "+447700900{:03}", "07700900{:03}", "7700-900-{:03}"]))
def test_the_whole_safe_range_is_taken(last, form):
    number = phones.read(form.format(last)).number
    assert number == f"+447700900{last:03}"
    assert phones.looks_right(number)
    assert phones.said(number) == f"07700 900{last:03}"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "no_number"),
        ("Rose Court", "no_number"),
        ("999", "too_short"),
        ("077009001234", "too_long"),
        ("07700 900123 or 07700 900456", "several"),
        ("0" * 500, "too_long"),
    ],
)
def test_what_is_no_number_says_why(typed, why):
    with pytest.raises(phones.NotAPhone) as raised:
        phones.read(typed)
    assert raised.value.why == why


def test_an_extension_is_kept_apart():
    assert phones.read("020 7946 0018 ext 12") == phones.Phone("+442079460018", "12")


def test_a_digit_too_few_is_possible_and_does_not_look_right():
    assert not phones.looks_right(phones.read("07700 90012").number)


def test_numbers_from_elsewhere_are_said_with_their_country():
    assert phones.said("+40712345678") == "+40 712 345 678"
    assert phones.said("as it was written") == "as it was written"


@given(st.text(max_size=80))
def test_any_words_are_read_or_refused(typed):
    try:
        number = phones.read(typed).number
    except phones.NotAPhone:
        return
    assert phones.read(number).number == number
    assert phones.read(phones.said(number)).number == number


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Ada@Example.ORG ", "ada@example.org"),
        ("mailto:ada.l+care@example.co.uk", "ada.l+care@example.co.uk"),
        ("<ada@example.org>", "ada@example.org"),
        ("ada@example", None),
        ("ada at example.org", None),
        ("ada@example.org, bo@example.org", None),
        ("a" * 300 + "@example.org", None),
        ("", None),
    ],
)
def test_email_addresses(typed, address):
    assert emails.read(typed) == address
