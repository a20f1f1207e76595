"""Bands, rotas, series, ladders, door codes and quiet hours that move."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import bands, door_code, ladder
from rules.local_time import instant, wall
from rules.quiet import Moved, asleep, is_quiet, last_good_moment, next_good_moment
from rules.rota import Different, Rota, Said, free_on
from rules.series import occasions

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2027, 3, 1)
DAY = 86400
ALL = {band.code for band in bands.DEFAULT}


def free(said, day):
    return {band for band, is_free in free_on(said, day, bands.DEFAULT).items() if is_free}


# ------------------------------------------------------------ bands
def test_bands_are_written_and_read():
    assert bands.parse(bands.written(bands.DEFAULT)) == bands.DEFAULT
    late = bands.DEFAULT[4]
    assert (late.crosses_midnight, late.starts, late.ends) == (True, time(22), time(2))
    assert bands.parse("day=08:30-20, night=20-08:30")[1] == bands.Band("night", 1200, 1950)
    assert bands.nights_free(bands.DEFAULT) == {"afternoon", "evening"}


@pytest.mark.parametrize(
    "words", ["", "day", "day=08-20", "day=08-20, night=19-08", "day=08-20, day=20-08", "day=08-25, night=20-08"]
)
def test_bands_that_do_not_fill_the_day_once_are_refused(words):
    with pytest.raises(ValueError, match=r"band|day has"):
        bands.parse(words)


# ------------------------------------------------------------ what people said, on dates
def test_the_usual_week_knows_what_was_not_said():
    said = Said({(0, "evening"): True, (0, "late"): False})
    assert free_on(said, MONDAY, bands.DEFAULT) == {"evening": True, "late": False}
    assert free_on(said, date(2027, 3, 2), bands.DEFAULT) == {}
    assert said
    assert not Said()


def test_a_rota_repeats_before_and_after_its_first_day():
    rota = Said(rota=Rota(2, MONDAY, (frozenset({"late"}), *[frozenset()] * 6, None, *[frozenset({"early"})] * 6)))
    assert free(rota, MONDAY) == free(rota, date(2027, 3, 15)) == free(rota, date(2027, 2, 15)) == {"late"}
    assert free_on(rota, date(2027, 3, 8), bands.DEFAULT) == {}
    assert free(rota, date(2027, 2, 28)) == {"early"}


def test_of_several_exceptions_the_nearest_goes_first():
    week = {(day, "early"): True for day in range(7)}
    tuesday, sunday = date(2027, 3, 2), date(2027, 3, 7)
    nights = Different(1, "nights_this_week", MONDAY, sunday)
    away = Different(2, "away", tuesday, sunday)
    off = Different(3, "one_off", tuesday, tuesday, frozenset({"morning"}))
    said = Said(week, (nights, away, off))
    assert free(said, MONDAY) == {"afternoon", "evening"}
    assert free(said, tuesday) == {"morning"}
    assert free_on(said, sunday, bands.DEFAULT) == dict.fromkeys(ALL, False)
    again = Said(week, (nights, Different(4, "same_as_last_week", date(2027, 3, 8), date(2027, 3, 14))))
    assert free(again, date(2027, 3, 9)) == {"afternoon", "evening"}
    assert free(again, date(2027, 3, 15)) == {"early"}


# ------------------------------------------------------------ series
def test_a_series_keeps_its_wall_time():
    assert occasions("2027-03-23T19:00", "week", 2) == ["2027-03-30T19:00", "2027-04-06T19:00"]
    assert occasions("2027-03-23T19:00", "fortnight", 1) == ["2027-04-06T19:00"]
    assert occasions("2027-03-09T19:00", "month", 2) == ["2027-04-13T19:00", "2027-05-11T19:00"]
    assert occasions("2026-12-29T19:00", "month", 2) == ["2027-01-26T19:00", "2027-02-23T19:00"]


@pytest.mark.parametrize(("every", "times"), [("year", 1), ("week", 0), ("week", 27)])
def test_a_series_of_another_kind_is_refused(every, times):
    with pytest.raises(ValueError, match="a series repeats"):
        occasions("2027-03-23T19:00", every, times)


# ------------------------------------------------------------ the ladder
def test_the_ladder_keeps_the_wall_time_over_a_clock_change():
    week, day, hours = ladder.reminders(ladder.DEFAULT, "2027-03-28T12:00", LONDON, moved=0)
    assert [wall(one.due_at, LONDON) for one in (week, day, hours)] == [
        "2027-03-21T12:00",
        "2027-03-27T12:00",
        "2027-03-28T10:00",
    ]
    assert (week.until_at, day.until_at, hours.until_at) == (
        day.due_at,
        hours.due_at,
        instant("2027-03-28T12:00", LONDON),
    )
    moved = ladder.reminders(ladder.DEFAULT, "2027-03-28T12:00", LONDON, moved=1)
    assert not {one.sequence for one in moved} & {week.sequence, day.sequence, hours.sequence}


def test_a_ladder_is_written_and_read():
    assert ladder.parse("2h, 7d 1d 1d") == ladder.DEFAULT
    assert ladder.written(ladder.DEFAULT) == "7d 1d 2h"
    assert ladder.parse("") == ()
    assert ladder.reminders((), "2027-03-28T12:00", LONDON, 0) == []


@pytest.mark.parametrize("words", ["7", "d", "0d", "61d", "21h", "2 weeks"])
def test_a_ladder_of_another_writing_is_refused(words):
    with pytest.raises(ValueError, match="7d 1d 2h"):
        ladder.parse(words)


# ------------------------------------------------------------ the door
@settings(deadline=None)
@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**33))
def test_a_door_code_opens_in_its_window_and_the_next_only(secret, now):
    code = door_code.code_at(secret, now)
    assert len(code) == 6
    ends = door_code.changes_at(now)
    assert now < ends <= now + door_code.WINDOW
    assert door_code.accepts(secret, f" {code[:3]} {code[3:]} ", ends - 1)
    assert door_code.accepts(secret, code, ends + door_code.WINDOW - 1)
    later = ends + door_code.WINDOW
    still = code in {door_code.code_at(secret, at) for at in (later, later - door_code.WINDOW)}
    assert door_code.accepts(secret, code, later) is still


def test_digits_of_any_script_open_the_door_and_words_do_not():
    code = door_code.code_at(b"s" * 32, 0)
    eastern = "".join("٠١٢٣٤٥٦٧٨٩"[int(digit)] for digit in code)
    assert door_code.accepts(b"s" * 32, eastern, 0)
    assert not door_code.accepts(b"s" * 32, "", 0)
    assert not door_code.accepts(b"s" * 32, "²" * 6, 0)


# ------------------------------------------------------------ quiet hours that move
NIGHT, BY_DAY = (time(21), time(8)), (time(8), time(16))
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@settings(deadline=None)
@given(
    st.integers(1_700_000_000, 2_000_000_000),
    st.tuples(clocks, clocks),
    st.tuples(clocks, clocks),
    st.integers(-DAY, 2 * DAY),
)
def test_the_next_good_moment_is_the_first(now, usual, other, lasts):
    moved = Moved(other, now + lasts)
    at = next_good_moment(now, LONDON, usual, moved)
    assert at >= now
    assert not asleep(at, LONDON, usual, moved)
    for before in range(now, at, 1800):
        assert asleep(before, LONDON, usual, moved)


@settings(deadline=None)
@given(st.integers(1_700_000_000, 2_000_000_000), st.tuples(clocks, clocks))
def test_the_last_good_moment_is_the_last(before, usual):
    at = last_good_moment(before, LONDON, usual)
    assert at < before
    assert not is_quiet(at, LONDON, usual)
    for later in range(at + 60, before, 1800):
        assert is_quiet(later, LONDON, usual)


def test_nights_this_week_move_quiet_hours_and_then_end():
    ends = int(datetime(2027, 3, 8, 12, 0, tzinfo=UTC).timestamp())
    moved = Moved.of("08:00", "16:00", ends)
    assert moved == Moved(BY_DAY, ends)
    assert not asleep(instant("2027-03-03T23:00", LONDON), LONDON, NIGHT, moved)
    assert asleep(instant("2027-03-03T10:00", LONDON), LONDON, NIGHT, moved)
    assert next_good_moment(instant("2027-03-08T10:00", LONDON), LONDON, NIGHT, moved) == ends
    assert asleep(instant("2027-03-08T23:00", LONDON), LONDON, NIGHT, moved)
    assert Moved.of(None, None, None) is Moved.of("08:00", "16:00", None) is Moved.of("08:00", None, 1) is None


def test_whoever_may_never_be_written_to_keeps_the_moment():
    until = instant("2027-03-20T12:00", LONDON)
    always = Moved((time(0), time(23, 59)), until)
    assert last_good_moment(until - 10, LONDON, (time(23, 59), time(0)), always) < until - 10
