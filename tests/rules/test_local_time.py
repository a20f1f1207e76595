"""Wall time and instants, over the nights when the clocks change, and dates as people type them."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.local_time import BANDS, Moment, band, day_before, exists, instant, parse_date_time, wall

LONDON = ZoneInfo("Europe/London")
GIVEN = Path(__file__).parents[3] / "shared" / "data" / "time" / "uk_time.json"
WEDNESDAY_NOON = instant("2027-02-10T12:00", LONDON)


def utc(text):
    return int(datetime.fromisoformat(text).timestamp())


@pytest.mark.parametrize(
    ("local", "expected", "real"),
    [
        ("2027-02-14T19:30", "2027-02-14T19:30+00:00", True),
        ("2027-06-14T19:30", "2027-06-14T18:30+00:00", True),
        ("2027-03-28T01:30", "2027-03-28T01:30+00:00", False),  # skipped: forward to 02:30
        ("2027-03-28T02:00", "2027-03-28T01:00+00:00", True),
        ("2027-10-31T01:30", "2027-10-31T00:30+00:00", True),  # twice: the first
        ("2027-10-31T02:00", "2027-10-31T02:00+00:00", True),
    ],
)
def test_the_instant_of_a_wall_time(local, expected, real):
    assert instant(local, LONDON) == utc(expected)
    assert exists(local, LONDON) is real


@pytest.mark.parametrize("words", ["", "2027-02-14", "2027-02-14 19:30", "2027-02-30T19:30", "2027-02-14T25:00"])
def test_another_writing_is_refused(words):
    with pytest.raises(ValueError, match=r"time data|unconverted|day is out of range"):
        instant(words, LONDON)


@pytest.mark.skipif(not GIVEN.exists(), reason="the real material is not here")
def test_every_given_wall_clock_case():
    cases = json.loads(GIVEN.read_text())["wall_clock_cases"]
    assert len(cases) > 40
    for case in cases:
        local = case["local"].replace(" ", "T")
        assert instant(local, LONDON) == utc(case["utc"][0]), local
        assert exists(local, LONDON) is (case["is"] != "does not exist"), local


@pytest.mark.skipif(not GIVEN.exists(), reason="the real material is not here")
def test_every_given_transition_and_night_shift():
    given_data = json.loads(GIVEN.read_text())
    for change in given_data["transitions"]:
        assert wall(change["epoch"], LONDON) == change["local_after"][:16]
        assert wall(change["epoch"] - 1, LONDON) == change["local_before"][:16]
    for shift in given_data["night_shifts"]:
        begins, ends = (text.replace(" ", "T") for text in shift["night shift"].split(" to "))
        assert instant(ends, LONDON) - instant(begins, LONDON) == shift["hours"] * 3600
        assert instant(day_before(ends, 1), LONDON) == utc(shift["same wall time the day before is"])


@given(
    st.integers(1_600_000_000, 2_000_000_000), st.sampled_from(["Europe/London", "Asia/Kolkata", "America/St_Johns"])
)
def test_every_instant_has_a_wall_time_that_leads_back(at, name):
    zone = ZoneInfo(name)
    at -= at % 60
    assert exists(wall(at, zone), zone)
    assert instant(wall(at, zone), zone) in (at, at - 3600)  # an hour that comes twice is the first


def test_the_day_before_is_the_same_wall_time():
    assert day_before("2027-03-28T08:00", 1) == "2027-03-27T08:00"
    assert day_before("2027-01-01T00:05", 2) == "2026-12-30T00:05"


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        *[("05:00", "early"), ("08:59", "early"), ("09:00", "morning"), ("12:59", "morning"), ("13:00", "afternoon")],
        *[("17:00", "evening"), ("21:59", "evening"), ("22:00", "late"), ("00:30", "late"), ("01:59", "late")],
        *[("02:00", "small_hours"), ("04:59", "small_hours")],
    ],
)
def test_the_bands_of_the_day(clock, expected):
    assert band(instant(f"2027-06-14T{clock}", LONDON), LONDON) == expected
    assert expected in BANDS


@pytest.mark.parametrize(
    ("words", "local"),
    [
        *[
            ("14/2 19:30", "2027-02-14T19:30"),
            ("14 Feb 7pm", "2027-02-14T19:00"),
            ("14.2.2027 7.30PM", "2027-02-14T19:30"),
        ],
        *[("2027-02-14 19:30", "2027-02-14T19:30"), ("2027-02-14T19:30", "2027-02-14T19:30")],
        *[("Sun 14th of February, at 7.30 p.m.", "2027-02-14T19:30"), ("feb 14 2028 noon", "2028-02-14T12:00")],
        *[("1/3/28 1930", "2028-03-01T19:30"), ("14-2 1930 hrs", "2027-02-14T19:30")],
        *[
            ("tomorrow 10am", "2027-02-11T10:00"),
            ("today 12:01", "2027-02-10T12:01"),
            ("tonight 8 pm", "2027-02-10T20:00"),
        ],
        *[("next tuesday 19:00", "2027-02-16T19:00"), ("next wed 7pm", "2027-02-17T19:00")],
        *[
            ("friday 7pm", "2027-02-12T19:00"),
            ("this fri 7pm", "2027-02-12T19:00"),
            ("on mon at 9am", "2027-02-15T09:00"),
        ],
        *[("wednesday 1pm", "2027-02-10T13:00"), ("wednesday 11am", "2027-02-17T11:00")],
        *[
            ("9 feb 7pm", "2028-02-09T19:00"),
            ("29 feb midday", "2028-02-29T12:00"),
        ],
        *[("14 feb 12am", "2027-02-14T00:00"), ("14 feb 12:30pm", "2027-02-14T12:30")],
        *[
            ("\u0661\u0664/\u0662 \u0661\u0669:\u0663\u0660", "2027-02-14T19:30"),
            ("\uff11\uff14/\uff12 19:30", "2027-02-14T19:30"),
        ],
        ("31 oct 2027 1:30am", "2027-10-31T01:30"),
    ],
)
def test_dates_as_people_type_them(words, local):
    assert parse_date_time(words, WEDNESDAY_NOON, LONDON) == Moment(local, instant(local, LONDON))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        *[("10/2/2027 11:59", "past"), ("10/2 noon", "past"), ("today 9am", "past"), ("1999-01-01 10:00", "past")],
        *[
            ("31/2 7pm", "impossible"),
            ("14/13 7pm", "impossible"),
            ("29/2/2027 7pm", "impossible"),
            ("14/2 25:00", "impossible"),
        ],
        *[
            ("14/2 7:61pm", "impossible"),
            ("14/2 13pm", "impossible"),
            ("Monday 14 feb 7pm", "impossible"),
            ("0/0 7pm", "impossible"),
        ],
        *[("14 feb 2460", "impossible"), ("0000-01-01 10:00", "impossible")],
        *[("28/3 1:30am", "no_such_time"), ("2027-03-28T01:00", "no_such_time")],
        *[
            ("", "not_understood"),
            ("14/2", "not_understood"),
            ("7", "not_understood"),
        ],
        *[("soon 7pm", "not_understood"), ("14 fe 7pm", "not_understood"), ("this is 7pm", "not_understood")],
        *[
            ("monday soon 7pm", "not_understood"),
            ("14 soon 7pm", "not_understood"),
            ("next soon 7pm", "not_understood"),
        ],
        *[("x" * 99 + " 7pm", "not_understood"), ("\0" * 9, "not_understood")],
    ],
)
def test_what_is_refused_says_why(words, why):
    assert parse_date_time(words, WEDNESDAY_NOON, LONDON) == why


def test_next_new_year_is_in_the_next_year():
    december = instant("2027-12-30T12:00", LONDON)
    assert parse_date_time("1/1 10am", december, LONDON) == Moment(
        "2028-01-01T10:00", instant("2028-01-01T10:00", LONDON)
    )


@given(st.text(max_size=120))
def test_no_text_is_too_strange(words):
    found = parse_date_time(words, WEDNESDAY_NOON, LONDON)
    assert found in ("past", "impossible", "no_such_time", "not_understood") or found.at > WEDNESDAY_NOON


@given(st.from_regex(r"\A[0-9]{1,4}[-/. ][0-9a-z]{1,4}[-/. ][0-9]{1,4}[ T][0-9]{1,2}[:.]?[0-9]{0,2} ?(am|pm)?\Z"))
def test_nothing_that_looks_like_a_date_breaks_it(words):
    found = parse_date_time(words, WEDNESDAY_NOON, LONDON)
    assert found in ("past", "impossible", "no_such_time", "not_understood") or found.at > WEDNESDAY_NOON


@given(st.datetimes(datetime(2027, 2, 11), datetime(2040, 1, 1)))  # noqa: DTZ001 - wall time has no zone
def test_a_date_written_out_is_read_back(when):
    when -= timedelta(seconds=when.second, microseconds=when.microsecond)
    local = when.isoformat(timespec="minutes")
    expected = Moment(local, instant(local, LONDON)) if exists(local, LONDON) else "no_such_time"
    for form in ("%Y-%m-%d %H:%M", "%d/%m/%Y %I:%M%p", "%d %B %Y %H.%M", "%A %d %b %Y %I.%M %p"):
        assert parse_date_time(when.strftime(form), WEDNESDAY_NOON, LONDON) == expected
