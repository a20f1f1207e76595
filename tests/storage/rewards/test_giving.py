"""Until the code was shown a worker may take less, give to charity, say no, or give it back; every penny is known."""

import pytest

from rules.money import halves
from storage.rewards import budgets, claiming, giving, ledger, showing, stopping
from storage.rewards.ledger import Sums
from tests.storage.rewards_world import VAULT, code
from tests.storage.world import NOON


async def money(borough):
    return await ledger.sums(borough.database.reading, invented=False)


async def claimed(borough, kind="voucher", **parts):
    ada = await borough.came()
    return ada, (await borough.claims(ada, kind, **parts)).claim


async def test_half_to_charity_and_a_voucher_of_the_other_half(borough):
    await borough.stock(500)
    ada, claim = await claimed(borough)
    kept, given = halves(claim.kept)
    answer = await borough.do(giving.give, ada, claim.id, given, NOON)
    assert (answer.said, answer.claim.kept, answer.claim.given) == ("ready", kept, given)
    assert await money(borough) == Sums(0, 1000)
    assert (await borough.do(showing.show, VAULT, ada, claim.id, NOON)).code == code(2)
    rows = await borough.database.reading.rows("SELECT kind, reserved, issued FROM ledger ORDER BY id")
    assert [tuple(row) for row in rows] == [
        ("reserve", 1000, 0), ("issue", -1000, 1000), ("return", 1000, -1000), ("donate", -500, 500),
        ("issue", -500, 500),
    ]  # fmt: skip


async def test_half_can_be_asked_for_at_once_and_needs_no_second_voucher(borough):
    await borough.stock(500)
    _, claim = await claimed(borough, kept=500, given=500)
    assert (claim.state, claim.kept, claim.given, claim.issued) == ("allocated", 500, 500, 1000)


async def test_a_voucher_that_was_somebodys_is_nobody_elses(borough):
    await borough.stock(500)
    ada, claim = await claimed(borough)
    await borough.do(giving.give, ada, claim.id, 500, NOON)
    states = await borough.database.reading.rows("SELECT state FROM voucher ORDER BY id")
    assert [row["state"] for row in states] == ["returned", "available", "allocated"]
    await borough.do(giving.give_back, ada, claim.id, NOON)
    ben, cat = await borough.came("Ben"), await borough.came("Cat")
    assert (await borough.claims(ben)).said == "ready"
    assert (await borough.claims(cat)).said == "waiting"


async def test_a_value_of_which_there_is_no_voucher_is_not_taken(borough):
    ada, claim = await claimed(borough)
    assert (await borough.do(giving.less, ada, claim.id, 500, NOON)).said == "no_such_amount"
    assert (await borough.do(giving.less, ada, claim.id, 2000, NOON)).said == "no_such_amount"
    assert (await borough.do(giving.less, ada, claim.id, 0, NOON)).said == "no_such_amount"
    assert (await borough.do(giving.give, ada, claim.id, -1, NOON)).said == "no_such_amount"
    assert await borough.claim_of(ada) == claim
    ben = await borough.came("Ben")
    for parts in ({"kept": 2000}, {"kept": 300}, {"kept": 0}, {"given": 1100}):
        assert (await borough.claims(ben, **parts)).said == "no_such_amount"
    assert await claiming.stocked(borough.database.reading, borough.pool, invented=False) == (1000,)


async def test_less_of_something_without_a_code(borough):
    ada, claim = await claimed(borough, "food")
    assert (await borough.do(giving.less, ada, claim.id, 500, NOON)).said == "already"
    answer = await borough.do(giving.less, ada, claim.id, 200, NOON)
    assert (answer.said, answer.claim.kept) == ("ready", 200)
    assert await money(borough) == Sums(0, 200)


async def test_all_of_it_to_charity_stays_given_when_they_change_their_mind(borough):
    ada, claim = await claimed(borough)
    assert (await borough.do(giving.give, ada, claim.id, 1000, NOON)).said == "given_away"
    assert (await borough.do(giving.less, ada, claim.id, 1000, NOON)).said == "not_now"
    assert (await borough.do(giving.decline, ada, claim.id, NOON)).said == "not_now"
    assert (await borough.claims(ada)).said == "already"
    assert await money(borough) == Sums(0, 1000)


async def test_what_charity_has_is_not_taken_back_from_it(borough):
    await borough.stock(500)
    ada, claim = await claimed(borough, kept=500, given=500)
    assert (await borough.do(giving.give, ada, claim.id, 100, NOON)).said == "no_such_amount"
    assert (await borough.do(giving.decline, ada, claim.id, NOON)).said == "given_away"
    assert await money(borough) == Sums(0, 500)


async def test_no_thank_you_frees_the_money_and_can_be_taken_back(borough):
    ada, claim = await claimed(borough, "food")
    assert (await borough.do(giving.decline, ada, claim.id, NOON)).said == "declined"
    assert (await borough.do(giving.decline, ada, claim.id, NOON)).said == "already"
    assert await money(borough) == Sums(0, 0)
    assert (await borough.claims(ada)).said == "ready"
    assert (await borough.do(giving.give_back, ada, claim.id, NOON)).said == "returned"
    assert await money(borough) == Sums(0, 0)
    assert (await borough.claims(ada)).said == "already"


async def test_a_wish_can_be_declined(borough):
    ada = await borough.came()
    claim = (await borough.do(claiming.wish, ada, borough.meeting.id, borough.items["food"], NOON)).claim
    assert (await borough.do(giving.give_back, ada, claim.id, NOON)).said == "not_now"
    assert (await borough.do(giving.decline, ada, claim.id, NOON)).said == "declined"


@pytest.mark.parametrize("step", [giving.decline, giving.give_back])
async def test_what_was_shown_or_is_anothers_is_let_be(borough, step):
    ada, claim = await claimed(borough)
    ben = await borough.came("Ben")
    assert (await borough.do(step, ben, claim.id, NOON)).said == "not_yours"
    assert (await borough.do(giving.give, ben, claim.id, 500, NOON)).said == "not_yours"
    assert (await borough.do(giving.less, ben, 404, 500, NOON)).said == "not_yours"
    await borough.do(showing.show, VAULT, ada, claim.id, NOON)
    assert (await borough.do(step, ada, claim.id, NOON)).said == "not_now"
    assert (await borough.do(giving.give, ada, claim.id, 1000, NOON)).said == "not_now"
    assert await money(borough) == Sums(0, 1000)


async def test_while_payouts_are_stopped_nothing_moves_and_afterwards_everybody_is_served(borough):
    ada, claim = await claimed(borough)
    assert await borough.do(stopping.stop, "tried out", NOON)
    assert not await borough.do(stopping.stop, "again", NOON)
    ben = await borough.came("Ben")
    waiting = (await borough.claims(ben)).claim
    assert (waiting.state, waiting.why, waiting.reserved) == ("waiting", "stopped", 0)
    for answer in (
        await borough.do(showing.show, VAULT, ada, claim.id, NOON),
        await borough.do(giving.decline, ada, claim.id, NOON),
        await borough.do(giving.give, ada, claim.id, 1000, NOON),
        await borough.do(showing.hand_over, claim.id, 1, NOON),
    ):
        assert answer.said == "stopped"
    assert await money(borough) == Sums(0, 1000)


async def test_food_is_handed_over_by_somebody_else_once(borough):
    ada, claim = await claimed(borough, "food")
    assert (await borough.do(showing.hand_over, claim.id, ada, NOON)).said == "not_now"
    assert (await borough.do(showing.hand_over, claim.id, borough.cora, NOON)).said == "shown"
    assert (await borough.do(showing.hand_over, claim.id, borough.cora, NOON)).said == "not_now"


async def test_the_meter_stops_at_the_cap_and_a_larger_budget_is_no_promise_broken(borough):
    await borough.do(budgets.set_cap, borough.budget, "voucher", 1000, NOON, "person:1")
    people = [await borough.came(name) for name in ("Ada", "Ben")]
    answers = [await borough.claims(one) for one in people]
    assert [(one.said, one.claim.why) for one in answers] == [("ready", ""), ("waiting", "budget")]
    assert (await borough.claims(await borough.came("Cat"), "food")).said == "ready"
    whole, cap = await budgets.meters(borough.database.reading, invented=False)
    assert (whole.left, cap.kind, cap.left) == (198_500, "voucher", 0)
    assert not await borough.do(budgets.set_cap, borough.budget, "voucher", 999, NOON, "person:1")
    assert not await borough.do(budgets.set_total, borough.budget, 1499, NOON, "person:1")
    assert await borough.do(budgets.set_total, borough.budget, 1500, NOON, "person:1")
    assert await borough.do(budgets.set_cap, borough.budget, "voucher", None, NOON, "person:1")
    assert not await borough.do(budgets.set_cap, borough.budget, "voucher", None, NOON, "person:1")
    assert (await borough.claims(await borough.came("Dan"), "food")).claim.why == "budget"
    assert await borough.do(budgets.close, borough.budget, NOON, "person:1")
    assert not await borough.do(budgets.close, 404, NOON, "person:1")
    assert await borough.do(budgets.close, borough.budget, NOON, "person:1", closed=False)
    assert await budgets.by_name(borough.database.reading, "Grant") == borough.budget
