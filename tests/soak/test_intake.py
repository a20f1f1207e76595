"""`make soak-intake`."""

import pytest

from benchmarks import soak_intake


@pytest.mark.soak
async def test_nothing_acknowledged_is_lost_and_nothing_happens_twice():
    assert await soak_intake.main(updates=2000, kills=50) == 0
