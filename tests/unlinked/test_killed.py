"""Killed at random points: nothing confirmed is lost, nothing is there twice, no file left behind says who or when."""

import pytest

from tests.unlinked.kills import kill_again_and_again


def hold(tally, kills):
    assert (tally.kills, tally.lost, tally.twice) == (kills, 0, 0), tally
    assert tally.needles == tally.broken == [], tally
    assert tally.confirmed > kills
    assert tally.releases > 0


def test_killed_eight_times(folder):
    hold(kill_again_and_again(folder, 8), 8)


@pytest.mark.soak
def test_killed_two_hundred_times(folder):
    tally = kill_again_and_again(folder, 200, seed=2)
    hold(tally, 200)
    assert tally.journals > 0
