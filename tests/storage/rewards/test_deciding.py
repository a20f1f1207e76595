"""A second person decides, never the one who recorded the attendance, never about themselves; alone is flagged."""

from rules.roles import Role
from storage import attendance, grants
from storage.rewards import allocating, claim_row, deciding, giving, ledger, stopping
from storage.rewards.ledger import Sums
from tests.storage.world import NOON


async def waiting(borough, name="Ada", how="coordinator", **parts):
    person = await borough.came(name, how=how)
    answer = await borough.claims(person, **parts)
    assert answer.said == "to_approve"
    return person, answer.claim


async def test_a_second_person_lets_it_go_on_and_the_worker_is_told(careful):
    ada, claim = await waiting(careful)
    assert await claim_row.to_approve(careful.database.reading, invented=False) == [claim]
    assert (claim.reserved, claim.issued) == (1000, 0)
    answer = await careful.do(deciding.approve, claim.id, careful.olive, NOON)
    assert (answer.said, answer.claim.approved_by, answer.claim.alone) == ("ready", careful.olive, False)
    assert (await careful.do(deciding.approve, claim.id, careful.olive, NOON)).said == "already"
    told = await careful.database.reading.rows(
        "SELECT person_id, about FROM contact_attempt WHERE reason = 'reward_ready'"
    )
    assert [tuple(row) for row in told] == [(ada, claim.id)]
    acts = await careful.database.reading.rows("SELECT actor FROM audit WHERE action = 'claim_approved'")
    assert [row["actor"] for row in acts] == [f"person:{careful.olive}"]


async def test_who_recorded_it_who_claims_it_and_who_is_no_staff_do_not_decide(careful):
    ada, claim = await waiting(careful)
    async with careful.database.transaction() as tx:
        await grants.grant(tx, ada, Role.COORDINATOR, NOON)
        ben = await careful.staff(tx, "Ben")
        await grants.revoke(tx, ben, Role.COORDINATOR, NOON)
    for who, said in ((careful.cora, "recorded_it"), (ada, "own_claim"), (ben, "not_yours")):
        assert (await careful.do(deciding.approve, claim.id, who, NOON)).said == said
    for who, said in ((ada, "own_claim"), (ben, "not_yours")):
        assert (await careful.do(deciding.refuse, claim.id, who, "", NOON)).said == said
    assert (await careful.do(deciding.approve, 404, careful.olive, NOON)).said == "not_yours"
    assert await careful.claim_of(ada) == claim


async def test_a_record_made_anew_by_another_binds_both(careful):
    ada, claim = await waiting(careful)
    async with careful.database.transaction() as tx:
        await attendance.record(tx, careful.meeting.id, ada, "came", "coordinator", NOON, recorded_by=careful.olive)
    for who in (careful.cora, careful.olive):
        assert (await careful.do(deciding.approve, claim.id, who, NOON)).said == "recorded_it"


async def test_a_team_of_one_may_and_is_flagged(careful):
    _, claim = await waiting(careful)
    async with careful.database.transaction() as tx:
        await grants.revoke(tx, careful.olive, Role.OFFICER, NOON)
    answer = await careful.do(deciding.approve, claim.id, careful.cora, NOON)
    assert (answer.said, answer.claim.alone, answer.claim.flag) == ("ready", True, "alone")


async def test_what_the_door_recorded_anybody_of_staff_may_approve(careful):
    _, claim = await waiting(careful, how="door")
    answer = await careful.do(deciding.approve, claim.id, careful.cora, NOON)
    assert (answer.said, answer.claim.alone) == ("ready", False)


async def test_a_refusal_frees_the_money_and_says_why_on_the_audit(careful):
    ada, claim = await waiting(careful)
    answer = await careful.do(deciding.refuse, claim.id, careful.olive, "signed twice", NOON)
    assert (answer.said, answer.claim.why) == ("refused", "by_person")
    assert await ledger.sums(careful.database.reading, invented=False) == Sums(0, 0)
    assert (await careful.do(deciding.refuse, claim.id, careful.olive, "", NOON)).said == "not_now"
    assert (await careful.do(deciding.approve, claim.id, careful.olive, NOON)).said == "not_now"
    assert (await careful.claims(ada)).said == "already"


async def test_a_stop_or_a_reversal_holds_an_approval_up(careful):
    ada, claim = await waiting(careful)
    await careful.do(stopping.stop, "tried out", NOON)
    assert (await careful.do(deciding.approve, claim.id, careful.olive, NOON)).said == "stopped"
    assert (await careful.do(deciding.refuse, claim.id, careful.olive, "", NOON)).said == "stopped"
    assert await careful.do(stopping.lift, "host:ada", "repaired", NOON)
    assert not await careful.do(stopping.lift, "host:ada", "repaired", NOON)
    async with careful.database.transaction() as tx:
        await tx.run("DELETE FROM attendance WHERE person_id = :ada", ada=ada)
    assert (await careful.do(deciding.approve, claim.id, careful.olive, NOON)).said == "not_there"
    async with careful.database.transaction() as tx:
        await careful.present(tx, ada)


async def test_an_approved_claim_waits_for_a_voucher_and_a_part_is_charitys_only_then(careful):
    await careful.stock(500)
    people = [await waiting(careful, name, kept=500, given=500) for name in ("Ada", "Ben")]
    assert [claim.issued for _, claim in people] == [0, 0]
    answers = [await careful.do(deciding.approve, claim.id, careful.olive, NOON) for _, claim in people]
    assert [(one.said, one.claim.reserved, one.claim.issued) for one in answers] == [
        ("ready", 0, 1000),
        ("waiting", 500, 500),
    ]
    told = await careful.database.reading.rows("SELECT reason FROM contact_attempt WHERE about ORDER BY id")
    assert [row["reason"] for row in told] == ["reward_ready", "reward_changed"]
    ben, claim = people[1]
    assert (await careful.do(giving.decline, ben, claim.id, NOON)).said == "given_away"


async def test_waiting_for_the_budget_it_still_needs_its_approval(careful):
    async with careful.database.transaction() as tx:
        await tx.run("UPDATE budget SET pence = 1000")
    ada, claim = await waiting(careful)
    ben = await careful.came("Ben")
    assert (await careful.claims(ben)).said == "waiting"
    await careful.do(giving.decline, ada, claim.id, NOON)
    second = await careful.claim_of(ben)
    assert (second.state, second.reserved) == ("claimed", 1000)
    assert await careful.do(allocating.serve_waiting, NOON) == 0
