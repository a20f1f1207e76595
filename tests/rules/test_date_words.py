"""Days and times in the words people use, and every one of them written out and read back."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.date_words import read_date_time
from rules.local_time import comes_twice, instant, parse_date, parse_date_time

LONDON = ZoneInfo("Europe/London")
WEDNESDAY_NOON = datetime(2027, 2, 10, 12)  # noqa: DTZ001 - wall time has no zone
NOW = instant("2027-02-10T12:00", LONDON)


@pytest.mark.parametrize(
    ("words", "local"),
    [
        # A time on the clock's face: the likelier half of the day, and on this day one that is still to come.
        *[("half six", "02-10T18:30"), ("quarter past 7", "02-10T19:15"), ("Half past Seven", "02-10T19:30")],
        *[("quarter to 8 on friday", "02-12T19:45"), ("ten to seven friday evening", "02-12T18:50")],
        *[("twenty five past six tomorrow", "02-11T18:25"), ("5 minutes to ten tomorrow", "02-11T09:55")],
        *[("tomorrow 7", "02-11T19:00"), ("tomorrow 9", "02-11T09:00"), ("7 tomorrow", "02-11T19:00")],
        *[("today 8", "02-10T20:00"), ("today half two", "02-10T14:30"), ("wednesday 8", "02-10T20:00")],
        *[("7 o'clock tomorrow", "02-11T19:00"), ("seven o’clock on thursday", "02-11T19:00")],
        *[("tomorrow 7.30", "02-11T19:30"), ("tomorrow 07:30", "02-11T07:30"), ("tomorrow 12", "02-11T12:00")],
        *[("half six am tomorrow", "02-11T06:30"), ("tomorrow quarter past 12", "02-11T12:15")],
        # The part of the day decides, before the time or after it; a night goes on after midnight.
        *[("tomorrow morning at 7", "02-11T07:00"), ("this evening 7.30", "02-10T19:30")],
        *[("half seven in the morning tomorrow", "02-11T07:30"), ("tomorrow at 2 in the afternoon", "02-11T14:00")],
        *[("tonight at 8", "02-10T20:00"), ("tonight at 2", "02-11T02:00"), ("tuesday night 2am", "02-17T02:00")],
        *[("tuesday night at 11", "02-16T23:00"), ("tuesday night 23:15", "02-16T23:15")],
        # Noon and midnight; midnight ends the day it is said with.
        *[("noon", "02-11T12:00"), ("tomorrow midday", "02-11T12:00"), ("midnight", "02-11T00:00")],
        *[("tuesday midnight", "02-17T00:00"), ("12 feb midnight", "02-13T00:00"), ("12am 12 feb", "02-12T00:00")],
        # The time first, days that are counted, the week after.
        *[("7pm", "02-10T19:00"), ("11am", "02-11T11:00"), ("7pm 14/2", "02-14T19:00"), ("19:30 14.02", "02-14T19:30")],
        *[("next Tues 7pm", "02-16T19:00"), ("14/2 19:30", "02-14T19:30"), ("14/2 7", "02-14T19:00")],
        *[("day after tomorrow 6pm", "02-12T18:00"), ("in two weeks 7pm", "02-24T19:00")],
        *[("in 3 days at half past four", "02-13T16:30"), ("a week on tuesday, 7pm please", "02-23T19:00")],
        *[("tuesday week 7pm", "02-23T19:00"), ("a week today at 3", "02-17T15:00")],
        *[("1st of march at midday", "03-01T12:00"), ("5 march 2030", "03-05T20:30")],
        ("5 march 2027 7pm", "03-05T19:00"),
    ],
)  # fmt: skip
def test_a_time_as_it_is_said(words, local):
    assert parse_date_time(words, NOW, LONDON) == parse_date_time(f"2027-{local}", NOW, LONDON)
    assert parse_date_time(words, NOW, LONDON).local == f"2027-{local}"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        *[("31/2 half six", "impossible"), ("half 0 tomorrow", "impossible"), ("25 o'clock", "impossible")],
        *[("99 past 4 tuesday", "impossible"), ("tomorrow 13pm", "impossible"), ("monday 14 feb 7pm", "impossible")],
        *[("28/3 half one in the morning", "no_such_time"), ("today at 9 in the morning", "past")],
        *[("7", "not_understood"), ("2030", "not_understood"), ("half", "not_understood")],
        ("soon week 7pm", "not_understood"),
        *[("5 march 2027", "not_understood"), ("5/3 2028", "not_understood"), ("half six soon", "not_understood")],
    ],
)  # fmt: skip
def test_what_is_refused_says_why(words, why):
    assert parse_date_time(words, NOW, LONDON) == why


@pytest.mark.parametrize(
    ("words", "day"),
    [
        *[("tomorrow", date(2027, 2, 11)), ("today", date(2027, 2, 10)), ("next Tues", date(2027, 2, 16))],
        *[("14/2", date(2027, 2, 14)), ("sunday", date(2027, 2, 14)), ("Wednesday", date(2027, 2, 10))],
        *[("in 2 weeks", date(2027, 2, 24)), ("9 feb", date(2028, 2, 9)), ("the 14th of February", date(2027, 2, 14))],
        *[("9/2/2027", "past"), ("31/2", "impossible"), ("soon", "not_understood"), ("", "not_understood")],
        *[("x" * 101, "not_understood"), ("tomorrow 7pm", "not_understood")],
    ],
)  # fmt: skip
def test_a_day_as_it_is_said(words, day):
    assert parse_date(words, NOW, LONDON) == day


_SAID = {0: "{} o'clock", 15: "quarter past {}", 30: "half {}", 20: "20 past {}"}


@given(st.integers(1, 12), st.sampled_from(sorted(_SAID)), st.sampled_from(["morning", "evening"]), st.integers(1, 6))
def test_every_time_on_a_clock_can_be_said(hour, minute, part, days):
    wanted = time(hour % 12 + (12 if part == "evening" else 0), minute)
    day = WEDNESDAY_NOON.date() + timedelta(days=days)
    said = f"{day:%A} {part} at {_SAID[minute].format(hour)}"
    assert read_date_time(said, WEDNESDAY_NOON) == datetime.combine(day, wanted)


@given(st.text(alphabet="0123456789 /.:amphlfquterosdnigw", max_size=30))
def test_nothing_of_the_kind_breaks_it(words):
    refusals = {"past", "impossible", "no_such_time", "not_understood"}
    found, day = parse_date_time(words, NOW, LONDON), parse_date(words, NOW, LONDON)
    assert found in refusals or found.at > NOW
    assert day in refusals or day >= WEDNESDAY_NOON.date()


@pytest.mark.parametrize(
    ("local", "twice"),
    [
        ("2027-10-31T01:30", True), ("2027-10-31T01:00", True), ("2027-10-31T02:00", False),
        ("2027-10-31T00:59", False), ("2027-03-28T01:30", False), ("2027-06-01T12:00", False),
    ],
)  # fmt: skip
def test_the_hour_that_comes_twice_is_known(local, twice):
    assert comes_twice(local, LONDON) is twice
    assert comes_twice("2027-04-04T01:45", ZoneInfo("Australia/Lord_Howe")) is True
