"""Weeks in one tap, and weeks in a word that brings them back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.presets import DAYS, PRESETS, packed, preset, unpacked

BANDS = ("early", "morning", "afternoon", "evening", "late", "small_hours")
CELLS = st.sampled_from([(day, band) for day in DAYS for band in BANDS])
WEEKS = st.dictionaries(CELLS, st.booleans())


@given(WEEKS)
def test_there_and_back(week):
    word = packed(week, BANDS)
    assert unpacked(word, BANDS) == week
    assert len(word) <= 14  # a button carries 64 bytes


@given(st.text(max_size=60))
def test_anything_else_is_no_week(word):
    week = unpacked(word, BANDS)
    assert week is None or unpacked(packed(week, BANDS), BANDS) == week


@pytest.mark.parametrize("word", ["", "z" * 15, "Z", "-1", "zzzzzzzzzzzzzz"])
def test_words_that_are_none(word):
    assert unpacked(word, BANDS) is None


def test_a_night_worker_is_free_in_the_evening_and_has_not_said_about_the_afternoon():
    week = preset("nights", BANDS)
    assert {week[day, "evening"] for day in DAYS} == {True}
    assert {week[day, band] for day in DAYS for band in ("early", "morning", "late", "small_hours")} == {False}
    assert not any((day, "afternoon") in week for day in DAYS)


def test_weekends_only():
    week = preset("weekends", BANDS)
    assert week[5, "morning"] is True
    assert week[4, "evening"] is False
    assert (6, "small_hours") not in week


@pytest.mark.parametrize("name", PRESETS)
def test_each_preset_fits_bands_of_the_councils_own(name):
    assert set(preset(name, ("all_day",)).values()) <= {True, False}
