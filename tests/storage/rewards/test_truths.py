"""Each rule about money is broken on purpose, behind the program's back: it is found, and payouts stop."""

import pytest

from storage.rewards import expenses, giving, ledger, reversing, showing, stopping, watch
from storage.rewards.truths import MONEY
from tests.storage.rewards_world import VAULT, Borough
from tests.storage.world import NOON

UNCHECKED = """
PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;
DROP TRIGGER ledger_kept; DROP TRIGGER ledger_stays; DROP TRIGGER ledger_within_budget;
DROP TRIGGER voucher_of_one_claim; DROP TRIGGER voucher_kept;
DROP INDEX one_claim_per_meeting; DROP INDEX one_voucher_of_claim;
"""
DAMAGE = [
    ("budget_overspent", "UPDATE budget SET pence = 1999"),
    ("cap_overspent", "INSERT INTO budget_cap VALUES (1, 'voucher', 1)"),
    ("less_than_nothing_promised", "UPDATE ledger SET reserved = -2000 WHERE kind = 'issue'"),
    ("two_claims_for_one_meeting", "UPDATE claim SET person_id = (SELECT min(person_id) FROM claim)"),
    ("voucher_of_two_claims", "UPDATE voucher SET claim_id = 2 WHERE claim_id = 1"),
    (
        "voucher_of_two_claims",
        "UPDATE ledger SET voucher_id = (SELECT min(voucher_id) FROM ledger) WHERE kind = 'issue'",
    ),
    ("claim_of_two_vouchers", "UPDATE voucher SET claim_id = 1 WHERE claim_id = 2"),
    ("claim_without_its_voucher", "UPDATE voucher SET state = 'returned' WHERE claim_id = 1"),
    ("claim_without_its_voucher", "UPDATE voucher SET pence = 5 WHERE claim_id = 1"),
    ("claim_without_attendance", "DELETE FROM attendance"),
    ("claim_without_attendance", "UPDATE attendance SET recorded_by = person_id"),
    ("ledger_is_not_its_vouchers", "UPDATE ledger SET issued = 1 WHERE kind = 'issue' AND voucher_id"),
    ("ledger_is_not_its_claims", "DELETE FROM ledger WHERE kind = 'reserve'"),
    ("ledger_is_not_its_claims", "UPDATE claim SET kept = kept - 1"),
    ("ledger_is_not_its_expenses", "UPDATE expense_claim SET state = 'claimed'"),
    ("ledger_is_not_its_expenses", "DELETE FROM ledger WHERE kind = 'expense'"),
    ("reversal_is_not_its_row", "UPDATE ledger SET issued = -1 WHERE kind = 'reverse'"),
    ("money_of_two_worlds", "UPDATE ledger SET invented = 1"),
    ("decided_by_who_recorded_it", "UPDATE claim SET approved_by = recorded_by"),
    ("decided_by_who_recorded_it", "UPDATE claim SET approved_by = person_id"),
    ("decided_by_who_recorded_it", "UPDATE expense_claim SET decided_by = recorded_by"),
]


@pytest.fixture
async def lively(database):
    """One code shown, one ready, one taken back with its attendance, and a fare that was paid."""
    borough = await Borough(database).found(vouchers_of=(1000, 1000, 1000))
    people = [await borough.came(name) for name in ("Ada", "Ben", "Cat")]
    claims = [(await borough.claims(one)).claim for one in people]
    await borough.do(showing.show, VAULT, people[0], claims[0].id, NOON)
    async with borough.database.transaction() as tx:
        await expenses.claim(tx, people[0], borough.meeting.id, "travel", 250, NOON)
        await expenses.approve(tx, 1, borough.budget, borough.olive, NOON)
        await borough.present(tx, people[2], standing="did_not_come")
    return borough


def test_every_rule_about_money_is_tried():
    assert {name for name, _ in DAMAGE} == set(MONEY)


@pytest.mark.parametrize(("name", "damage"), DAMAGE)
async def test_each_broken_rule_is_found_and_stops_payouts(database, lively, name, damage):
    assert await watch.look(database, NOON) == ""
    await database._writer.executescript(f"{UNCHECKED} {damage};")
    assert name in await watch.look(database, NOON)
    stop = await stopping.stopped(database.reading)
    assert name in stop.why
    told = await database.reading.rows("SELECT person_id FROM contact_attempt WHERE reason = 'reward_alert'")
    assert lively.olive in {row["person_id"] for row in told}
    assert await watch.look(database, NOON) == stop.why


async def test_a_stop_is_lifted_with_a_reason_and_those_who_waited_are_served(borough):
    await borough.do(stopping.stop, "tried out", NOON)
    ada = await borough.came()
    assert (await borough.claims(ada)).said == "waiting"
    await watch.lift(borough.database, "host:olive", "the edit was undone", NOON)
    assert (await borough.claim_of(ada)).state == "allocated"
    await watch.lift(borough.database, "host:olive", "again", NOON)
    acts = await borough.database.reading.rows("SELECT why FROM audit WHERE action = 'payouts_lifted'")
    assert [row["why"] for row in acts] == ["the edit was undone"]


async def test_the_sums_are_those_of_vouchers_claims_and_report(lively):
    read = lively.database.reading
    sums = await ledger.sums(read, invented=False)
    held = await read.value("SELECT sum(pence) FROM voucher WHERE state IN ('allocated', 'shown')")
    assert (sums.reserved, sums.issued) == (0, held + 250)
    assert (await ledger.sums(read, invented=False, budget_id=lively.budget)) == sums
    assert await ledger.sums(read, invented=True) == ledger.Sums(0, 0)


async def test_invented_people_take_nothing_from_the_grant_and_no_real_voucher(lively):
    lively.invented = 1
    ivy = await lively.came("Ivy")
    assert (await lively.claims(ivy)).claim.why == "pool"
    food = await lively.came("Jo")
    assert (await lively.claims(food, "food")).said == "ready"
    sums = await ledger.sums(lively.database.reading, invented=True)
    assert (sums.reserved, sums.issued) == (1000, 500)
    assert (await lively.do(giving.decline, ivy, (await lively.claim_of(ivy)).id, NOON)).said == "declined"
    assert await lively.do(reversing.expire, NOON) == 0
