"""Quiet hours across the mornings on which the clocks change."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from rules.quiet import next_good_moment

LONDON = ZoneInfo("Europe/London")


def test_an_end_in_the_hour_that_is_left_out_waits_for_the_next_one():
    """Quiet from 01:00:01 until 01:00, and a morning that has no 1 o'clock."""
    noon_before = int(datetime(2027, 3, 27, 12, 0, tzinfo=UTC).timestamp())
    good = next_good_moment(noon_before, LONDON, (time(1, 0, 1), time(1, 0)))
    assert datetime.fromtimestamp(good, LONDON) == datetime(2027, 3, 29, 1, 0, tzinfo=LONDON)


def test_an_end_that_comes_twice_is_the_first_one_that_is_still_ahead():
    between = int(datetime(2027, 10, 31, 0, 45, tzinfo=UTC).timestamp())  # 01:45, the first time
    good = next_good_moment(between, LONDON, (time(1, 40), time(1, 30)))
    assert good == int(datetime(2027, 10, 31, 1, 30, tzinfo=UTC).timestamp())
