"""Typed hours and typed windows: understood, put together, or asked about again."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import day_hours, day_window
from rules.bands import DEFAULT
from rules.date_words import Impossible
from rules.day_hours import ALL_DAY, read_hours, together
from rules.day_window import LONGEST_DAYS, TooLong, read_window

NOW = datetime.fromisoformat("2027-03-01T12:00")  # a Monday


@pytest.mark.parametrize(
    ("words", "ranges"),
    [
        ("10:00-14:00", "10:00-14:00"),
        ("10:00 – 14:00", "10:00-14:00"),
        ("10-14", "10:00-14:00"),
        ("10am to 2pm", "10:00-14:00"),
        ("10 to 2pm", "10:00-14:00"),
        ("2 to 5pm", "14:00-17:00"),
        ("9 to 5", "09:00-17:00"),
        ("between 9 and 5", "09:00-17:00"),
        ("between 9am and noon", "09:00-12:00"),
        ("11.30am-1pm", "11:30-13:00"),
        ("0930 to 1130", "09:30-11:30"),
        ("22:00-05:00", "22:00-05:00"),
        ("10pm till 2am", "22:00-02:00"),
        ("after 6pm", "18:00-00:00"),
        ("after 6", "18:00-00:00"),
        ("from 18:30 onwards", "18:30-00:00"),
        ("before 10 a.m.", "00:00-10:00"),
        ("until noon", "00:00-12:00"),
        ("nights", "22:00-05:00"),
        ("night", "22:00-05:00"),
        ("mornings", "09:00-13:00"),
        ("in the afternoon", "13:00-17:00"),
        ("small hours", "02:00-05:00"),
        ("late and small hours", "22:00-05:00"),
        ("mornings and evenings", "09:00-13:00,17:00-22:00"),
        ("afternoons, evenings", "13:00-22:00"),
        ("10-12, after 6pm", "10:00-12:00,18:00-00:00"),
        ("10-12 or 14-16; nights", "10:00-12:00,14:00-16:00,22:00-05:00"),
        ("any time", "00:00-00:00"),
        ("midnight to 5am", "00:00-05:00"),
        ("9am to 12 noon", "09:00-12:00"),
        ("9pm to midnight", "21:00-00:00"),
        ("office hours", "09:00-17:00"),
    ],
)
def test_hours_as_people_type_them(words, ranges):
    assert day_hours.written(read_hours(words, DEFAULT)) == ranges


@pytest.mark.parametrize("words", ["", " , ", "soon", "25:00-26:00", "13pm to 2pm", "10-14 perhaps", "6pm", "x" * 200])
def test_hours_that_are_none_are_asked_about_again(words):
    assert read_hours(words, DEFAULT) is None


@given(st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), min_size=1, max_size=5))
def test_together_says_the_same_minutes_with_no_range_touching_another(drawn):
    ranges = [(start, start + length) for start, length in drawn]
    wanted = {at % 1440 for start, end in ranges for at in range(start, end)}
    found = together(ranges)
    minutes = [
        at % 1440
        for start, end in found
        for at in range(
            start.hour * 60 + start.minute,
            start.hour * 60
            + start.minute
            + (((end.hour - start.hour) * 60 + end.minute - start.minute) % 1440 or 1440),
        )
    ]
    assert sorted(minutes) == sorted(wanted)  # each once
    assert len({start for start, _ in found} & {end for _, end in found}) == (1 if found == ALL_DAY else 0)
    assert day_hours.unwritten(day_hours.written(found)) == found


@given(st.text(max_size=40))
def test_any_words_are_read_or_asked_about_again(words):
    found = read_hours(words, DEFAULT)
    assert found is None or all(isinstance(one, time) for pair in found for one in pair)
    try:
        window = read_window(words, NOW)
    except (Impossible, TooLong):
        return
    assert window is None or NOW.date() <= window[0] <= window[1]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("from 1 March to 20 March", "2027-03-01", "2027-03-20"),
        ("From Tuesday 2 March until 20th March", "2027-03-02", "2027-03-20"),
        ("1-20 March", "2027-03-01", "2027-03-20"),
        ("1 to 20 March 2028", "2028-03-01", "2028-03-20"),
        ("between 5 March and 9 April", "2027-03-05", "2027-04-09"),
        ("5/3 - 9/4", "2027-03-05", "2027-04-09"),
        ("2027-03-05 to 2027-03-09", "2027-03-05", "2027-03-09"),
        ("28 December to 4 January", "2027-12-28", "2028-01-04"),
        ("next 3 weeks", "2027-03-02", "2027-03-22"),
        ("the next two weeks", "2027-03-02", "2027-03-15"),
        ("10 days", "2027-03-02", "2027-03-11"),
        ("a fortnight", "2027-03-02", "2027-03-15"),
        ("next week", "2027-03-08", "2027-03-14"),
        ("this week", "2027-03-01", "2027-03-07"),
        ("this weekend", "2027-03-06", "2027-03-07"),
        ("next month", "2027-04-01", "2027-04-30"),
        ("this month", "2027-03-01", "2027-03-31"),
        ("until Friday", "2027-03-01", "2027-03-05"),
        ("from now to 20 March", "2027-03-01", "2027-03-20"),
        ("tomorrow", "2027-03-02", "2027-03-02"),
        ("on 5 March", "2027-03-05", "2027-03-05"),
        ("Tuesday to Thursday", "2027-03-02", "2027-03-04"),
        ("Thursday to Tuesday", "2027-03-04", "2027-03-09"),
    ],
)
def test_windows_as_people_type_them(words, first, last):
    found = read_window(words, NOW)
    assert found == (date.fromisoformat(first), date.fromisoformat(last))
    assert day_window.unwritten(day_window.written(found)) == found


@pytest.mark.parametrize("words", ["", "soon", "in May or so", "from here to there", "x" * 200])
def test_windows_that_are_none_are_asked_about_again(words):
    assert read_window(words, NOW) is None


@pytest.mark.parametrize(
    "words", ["31 February to 2 March", "20 March 2027 to 1 March 2027", "0 days", "1 to 31 April"]
)
def test_days_that_no_calendar_has_or_in_the_wrong_order_are_impossible(words):
    with pytest.raises(Impossible):
        read_window(words, NOW)


def test_a_window_is_a_quarter_of_a_year_at_most():
    assert read_window(f"{LONGEST_DAYS - 1} days", NOW) is not None
    with pytest.raises(TooLong):
        read_window("20 weeks", NOW)
