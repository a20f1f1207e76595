"""The calendar file, by the letter of RFC 5545: UTC, escaped, folded between signs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from reports.invitation import Event, calendar_file

TITLE = "Tea; talk, and a very long title with Zoë’s back\\slash that has to be broken over more than one line"


def unfolded(file):
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_times_are_utc_and_words_are_escaped():
    starts = int(datetime(2027, 3, 31, 19, 30, tzinfo=ZoneInfo("Europe/London")).timestamp())
    event = Event("1@x", TITLE, starts, starts + 5400, "Hall, 1 High St", "a\nb", 2, 0)
    lines = unfolded(calendar_file(event))
    assert "DTSTART:20270331T183000Z" in lines
    assert "DTEND:20270331T200000Z" in lines
    assert "LOCATION:Hall\\, 1 High St" in lines
    assert "DESCRIPTION:a\\nb" in lines
    assert "SEQUENCE:2" in lines
    summary = next(line for line in lines if line.startswith("SUMMARY:"))
    assert summary == "SUMMARY:" + TITLE.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def test_no_line_is_longer_than_a_reader_takes_and_no_sign_is_cut():
    file = calendar_file(Event("1@x", "é" * 200, 0, 60, "🦆" * 60, "", 0, 0))
    lines = file.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() == line.decode(errors="strict") for line in lines)
    assert unfolded(file)[9] == "SUMMARY:" + "é" * 200
