"""Small versions of the figures about money; `make soak-rewards` prints the whole of them."""

from benchmarks.rewards import figures, kills, orders


def test_processes_at_once_overspend_nothing_and_pay_nothing_twice():
    assert figures.race(4, processes=4).met


def test_there_are_as_many_orders_as_there_must_be():
    assert len(set(orders.orders())) == 1680


async def test_in_whatever_order_steps_come_the_money_adds_up():
    assert (await figures.order(every=60)).met


def test_a_kill_at_any_statement_loses_no_penny_and_doubles_none():
    made = kills.run(every=31)
    assert made["points"] >= 8
    assert (made["lost or doubled"], made["half done"], made["violations"]) == (0, 0, 0)


async def test_arms_are_even_and_a_restart_changes_nothing():
    assert (await figures.split(150)).met
