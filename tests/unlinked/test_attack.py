"""Who was active when says little more of who wrote what than guessing does; with one leak it says a lot."""

from tests.unlinked.attack import ITEMS, WORKERS, attacks, with_arrival_order, with_hours


async def test_the_timing_attack_is_no_better_than_three_times_chance(folder):
    outcome = await attacks(folder, range(1, 7))
    assert WORKERS >= 120
    assert outcome.items == 6 * ITEMS >= 2400
    assert outcome.best <= 3, outcome


def test_the_attack_has_teeth():
    assert with_hours(1) > 10
    assert with_arrival_order(range(1, 9)) > 2
