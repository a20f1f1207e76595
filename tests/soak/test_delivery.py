"""`make soak-delivery`."""

import pytest

from benchmarks import soak_delivery


@pytest.mark.soak
async def test_no_silent_loss_and_no_more_repeats_than_kills_allow():
    assert await soak_delivery.main(size=1000, kills=50) == 0
