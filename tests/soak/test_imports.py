"""`make soak-imports`."""

import pytest

from benchmarks import imports_fuzz, imports_killed


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_two_thousand_broken_files_never_crash_us_and_never_leave_half():
    ends = await imports_fuzz.fuzz(2_000)
    assert ends["crash"] + ends["half"] == 0, ends


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_fifty_kills_leave_all_or_nothing_each_time():
    ends = await imports_killed.killed(50)
    assert ends["half"] == 0, ends
