"""Reminders over clock changes, exact by events: half an hour at Lord Howe, at midnight in Havana."""

from zoneinfo import ZoneInfo

import pytest

from benchmarks.clock_changes import changes, one_change
from benchmarks.seeding import fresh


@pytest.mark.parametrize("name", ["Australia/Lord_Howe", "America/Havana"])
async def test_no_reminder_is_lost_doubled_or_in_anybodys_quiet_hours(tmp_path, name):
    zone = ZoneInfo(name)
    spring, *_ = changes(zone, 2027, 1)
    async with fresh(tmp_path) as database:
        counts = await one_change(database, zone, spring)
    assert counts["reminders"] == counts["sent"] == 180
    assert [counts[what] for what in ("lost", "doubled", "in quiet hours", "not in time")] == [0, 0, 0, 0]
