"""Attendance taken back, vouchers run out, people erased: what was not shown stops, what was is flagged, sums stay."""

from zoneinfo import ZoneInfo

import pytest

from storage import attendance, erasure
from storage.invariants import violations
from storage.rewards import claim_row, expenses, giving, ledger, reversing, showing
from storage.rewards.ledger import Sums
from tests.storage.rewards_world import VAULT, code
from tests.storage.test_erasure import found_in_files
from tests.storage.world import DAY, NOON

LONDON = ZoneInfo("Europe/London")


async def money(borough):
    return await ledger.sums(borough.database.reading, invented=False)


async def claimed(borough, name="Ada", kind="voucher", **parts):
    person = await borough.came(name)
    return person, (await borough.claims(person, kind, **parts)).claim


async def take_back(borough, person):
    await borough.do(attendance.take_back, borough.meeting.id, person, NOON)


async def test_a_reversal_before_the_code_was_shown_is_a_correcting_row(borough):
    ada, claim = await claimed(borough)
    await take_back(borough, ada)
    stopped = await borough.claim_of(ada)
    assert (stopped.state, stopped.why, stopped.flag) == ("refused", "not_there", "")
    assert await money(borough) == Sums(0, 0)
    rows = await borough.database.reading.rows("SELECT kind, reverses FROM ledger ORDER BY id")
    assert [tuple(row) for row in rows] == [("reserve", None), ("issue", None), ("reverse", 2), ("release", None)]
    assert (await borough.do(showing.show, VAULT, ada, claim.id, NOON)).said == "not_now"
    async with borough.database.transaction() as tx:
        await borough.present(tx, ada)
    assert (await borough.claims(ada)).said == "ready"


async def test_a_reversal_after_the_code_was_shown_is_flagged_and_moves_nothing(borough):
    ada, claim = await claimed(borough)
    await borough.do(showing.show, VAULT, ada, claim.id, NOON)
    async with borough.database.transaction() as tx:
        await borough.present(tx, ada, standing="did_not_come")
    flagged = await borough.claim_of(ada)
    assert (flagged.state, flagged.flag) == ("shown", "not_there")
    assert await money(borough) == Sums(0, 1000)
    assert await violations(borough.database.reading) == []
    async with borough.database.transaction() as tx:
        await borough.present(tx, ada)
    assert (await borough.claim_of(ada)).flag == ""


async def test_a_reversal_leaves_charity_what_it_has(borough):
    await borough.stock(500)
    ada, _ = await claimed(borough, kept=500, given=500)
    await take_back(borough, ada)
    claim = await borough.claim_of(ada)
    assert (claim.state, claim.given, claim.flag) == ("given_away", 500, "not_there")
    assert await money(borough) == Sums(0, 500)


async def test_something_without_value_is_reversed_too(borough):
    ada, _ = await claimed(borough, kind="certificate")
    await take_back(borough, ada)
    assert (await borough.claim_of(ada)).state == "refused"
    await take_back(borough, await borough.came("Ben"))


async def test_a_voucher_that_ran_out_unseen_is_replaced_or_waited_for(borough):
    await borough.stock(1000, expires_on="2027-03-31")
    ada, first = await claimed(borough)
    assert (await borough.do(showing.show, VAULT, ada, first.id, NOON)).expires_on == "2027-03-31"
    await borough.stock(1000, 1000, expires_on="2027-03-31")
    people = [await claimed(borough, name) for name in ("Ben", "Cat", "Dan", "Eve")]
    assert await borough.do(reversing.expire, NOON) == 0
    later = NOON + 40 * DAY
    assert await borough.do(reversing.expire, later) == 2
    states = [(await borough.claim_of(person)).state for person, _ in people]
    assert states == ["waiting", "waiting", "allocated", "allocated"]
    assert await money(borough) == Sums(2000, 3000)
    assert await borough.do(reversing.expire, later) == 0
    await borough.stock(1000)
    assert (await borough.claim_of(people[0][0])).state == "allocated"


async def test_vouchers_that_nobody_had_run_out_and_their_codes_are_destroyed(borough):
    await borough.stock(1000, 1000, expires_on="2027-04-01")
    await borough.do(reversing.expire, NOON + 31 * DAY)
    await borough.do(reversing.expire, NOON + 32 * DAY)
    gone = await borough.database.reading.rows("SELECT state, ciphertext FROM voucher WHERE expires_on = '2027-04-01'")
    assert {tuple(row) for row in gone} == {("expired", None)}
    left = await borough.database.reading.rows("SELECT state FROM voucher WHERE expires_on IS NULL")
    assert {row["state"] for row in left} == {"available"}


async def test_a_voucher_that_ran_out_is_replaced_at_once_where_there_is_one(borough):
    await borough.stock(1000, expires_on="2027-03-31")
    ada, _ = await claimed(borough)
    await borough.do(reversing.expire, NOON + 40 * DAY)
    assert (await borough.claim_of(ada)).state == "allocated"
    assert not await borough.database.reading.rows("SELECT 1 FROM contact_attempt WHERE reason = 'reward_changed'")


async def test_a_code_nobody_asked_for_in_half_a_year_is_free_again(borough):
    ada, _ = await claimed(borough)
    await borough.do(reversing.expire, NOON + 180 * DAY - 1)
    assert (await borough.claim_of(ada)).state == "allocated"
    assert await borough.do(reversing.expire, NOON + 180 * DAY) == 1
    assert (await borough.claim_of(ada)).state == "expired"
    assert await money(borough) == Sums(0, 0)


@pytest.mark.parametrize("shown", [False, True])
async def test_erased_the_money_stays_and_points_at_nobody(borough, path, shown):
    ada, claim = await claimed(borough)
    if shown:
        await borough.do(showing.show, VAULT, ada, claim.id, NOON + 5)
    sealed = await borough.database.reading.value("SELECT ciphertext FROM voucher WHERE claim_id = :id", id=claim.id)
    async with borough.database.transaction() as tx:
        await expenses.claim(tx, ada, borough.meeting.id, "travel", 250, NOON)
        await erasure.erase(tx, ada, NOON, LONDON)
    assert await erasure.after_erasure(borough.database)
    assert found_in_files(path, [sealed, code(0).encode()]) == []
    kept = await claim_row.by_id(borough.database.reading, claim.id)
    assert (kept.person_id, kept.attempt_id, kept.recorded_by, kept.claimed_at % DAY) == (None, None, None, 0)
    assert kept.state == ("shown" if shown else "refused")
    assert await money(borough) == (Sums(0, 1000) if shown else Sums(0, 0))
    assert await violations(borough.database.reading) == []
    assert (await borough.do(showing.show, VAULT, ada, claim.id, NOON)).said == "not_yours"
    assert (await borough.claims(ada)).said == "not_there"
    decided = await borough.database.reading.row("SELECT state, why, person_id FROM expense_claim")
    assert tuple(decided) == ("refused", "erased", None)


async def test_an_erasure_serves_who_waited(borough):
    async with borough.database.transaction() as tx:
        await tx.run("UPDATE budget SET pence = 1000")
    ada, _ = await claimed(borough)
    ben, second = await claimed(borough, "Ben")
    assert second.why == "budget"
    async with borough.database.transaction() as tx:
        await erasure.erase(tx, ada, NOON, LONDON)
    assert (await borough.claim_of(ben)).state == "allocated"


async def test_a_destroyed_code_is_not_shown_and_nothing_moves(borough):
    ada, claim = await claimed(borough)
    async with borough.database.transaction() as tx:
        await tx.run("UPDATE voucher SET ciphertext = NULL")
    assert (await borough.do(showing.show, VAULT, ada, claim.id, NOON)).said == "not_now"
    assert (await borough.do(giving.give_back, ada, claim.id, NOON)).said == "returned"
