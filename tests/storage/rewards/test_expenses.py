"""Costs apart from rewards: once for each kind, decided by a second person, out of a budget that has as much."""

import sqlite3

import pytest

from rules.roles import Role
from storage import grants
from storage.rewards import budgets, expenses, ledger, stopping
from storage.rewards.ledger import Sums
from tests.storage.world import NOON, worker


async def claims(borough, person, what="travel", pence=250):
    return await borough.do(expenses.claim, person, borough.meeting.id, what, pence, NOON)


async def to_decide(borough):
    return await expenses.to_decide(borough.database.reading, invented=False)


async def money(borough):
    return await ledger.sums(borough.database.reading, invented=False)


async def test_a_fare_is_claimed_once_approved_and_paid(borough):
    ada = await borough.came()
    assert await claims(borough, ada) == "claimed"
    assert await claims(borough, ada, pence=999) == "already"
    assert await claims(borough, ada, "childcare") == "claimed"
    first, second = await to_decide(borough)
    assert (first.what, first.pence, first.display_name, second.what) == ("travel", 250, "Ada", "childcare")
    assert await borough.do(expenses.approve, first.id, borough.budget, borough.olive, NOON) == "approved"
    assert await borough.do(expenses.approve, first.id, borough.budget, borough.olive, NOON) == "not_now"
    assert await money(borough) == Sums(0, 250)
    assert await borough.do(expenses.refuse, second.id, borough.olive, "no receipt", NOON) == "refused"
    assert await borough.do(expenses.refuse, second.id, borough.olive, "no receipt", NOON) == "not_now"
    assert await claims(borough, ada, "childcare") == "claimed"


async def test_an_approval_by_mistake_is_corrected_by_a_row(borough):
    ada = await borough.came()
    await claims(borough, ada)
    (fare,) = await to_decide(borough)
    assert await borough.do(expenses.take_back, fare.id, borough.olive, "twice", NOON) == "not_now"
    await borough.do(expenses.approve, fare.id, borough.budget, borough.olive, NOON)
    assert await borough.do(expenses.take_back, fare.id, borough.olive, "paid by the college", NOON) == "taken_back"
    assert await money(borough) == Sums(0, 0)
    assert await claims(borough, ada) == "claimed"


async def test_who_did_not_come_and_who_recorded_themselves_claim_nothing(borough):
    async with borough.database.transaction() as tx:
        ada = await worker(tx, "Ada")
    assert await claims(borough, ada) == "not_there"
    async with borough.database.transaction() as tx:
        await borough.present(tx, borough.cora)
    assert await claims(borough, borough.cora) == "own_record"


async def test_the_same_rules_for_who_decides(borough):
    ada = await borough.came()
    await claims(borough, ada)
    (fare,) = await to_decide(borough)
    async with borough.database.transaction() as tx:
        await grants.grant(tx, ada, Role.OFFICER, NOON)
    for by, said in ((borough.cora, "recorded_it"), (ada, "own_claim"), (404, "not_yours")):
        assert await borough.do(expenses.approve, fare.id, borough.budget, by, NOON) == said
        assert await borough.do(expenses.refuse, fare.id, by, "", NOON) == said
    assert await borough.do(expenses.approve, 404, borough.budget, borough.olive, NOON) == "not_yours"
    await borough.do(stopping.stop, "tried out", NOON)
    assert await borough.do(expenses.approve, fare.id, borough.budget, borough.olive, NOON) == "stopped"
    assert await money(borough) == Sums(0, 0)


async def test_alone_it_is_allowed_and_flagged(borough):
    ada = await borough.came()
    await claims(borough, ada)
    (fare,) = await to_decide(borough)
    async with borough.database.transaction() as tx:
        await grants.revoke(tx, borough.olive, Role.OFFICER, NOON)
    assert await borough.do(expenses.approve, fare.id, borough.budget, borough.cora, NOON) == "approved"
    assert (await expenses.by_id(borough.database.reading, fare.id)).alone


async def test_after_a_reversal_or_without_money_nothing_is_paid(borough):
    ada = await borough.came()
    await claims(borough, ada, pence=500)
    (fare,) = await to_decide(borough)
    await borough.do(budgets.set_cap, borough.budget, "expense", 499, NOON, "host:ada")
    assert await borough.do(expenses.approve, fare.id, borough.budget, borough.olive, NOON) == "no_budget"
    async with borough.database.transaction() as tx:
        await borough.present(tx, ada, standing="unknown")
    assert await borough.do(expenses.approve, fare.id, borough.budget, borough.olive, NOON) == "not_there"
    assert await money(borough) == Sums(0, 0)


async def test_no_amount_below_a_penny_is_taken(borough):
    ada = await borough.came()
    with pytest.raises(sqlite3.IntegrityError):
        await claims(borough, ada, pence=0)
    assert await to_decide(borough) == []
