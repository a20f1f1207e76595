"""Signs for a person to look at: each is found where it is, none where it is not, and nothing follows by itself."""

from rules.roles import Role
from storage import grants
from storage.rewards import deciding, showing, signals
from tests.storage.rewards_world import VAULT
from tests.storage.world import DAY, HOUR, NOON

START = NOON + 7 * DAY + 7 * HOUR + HOUR // 2


async def seen(borough, now=NOON):
    return [
        (one.why, one.about, one.number) for one in await signals.look(borough.database.reports, now, invented=False)
    ]


async def at_the_door(borough, name, at):
    person = await borough.came(name, how="door")
    async with borough.database.transaction() as tx:
        await tx.run("UPDATE attendance SET at = :at WHERE person_id = :id", at=at, id=person)
    return (await borough.claims(person)).claim


async def test_an_ordinary_claim_is_no_sign(borough):
    claim = await at_the_door(borough, "Ada", START)
    await borough.do(showing.show, VAULT, claim.person_id, claim.id, NOON)
    assert await seen(borough) == []


async def test_a_door_code_far_from_the_time_is_one(borough):
    early, late = (
        await at_the_door(borough, "Ada", START - 3 * HOUR),
        await at_the_door(borough, "Ben", START + 4 * HOUR),
    )
    found = await signals.look(borough.database.reports, NOON, invented=False)
    assert [(one.number, one.figure) for one in found] == [(early.id, 3 * HOUR), (late.id, 3 * HOUR)]
    assert await signals.look(borough.database.reports, NOON + 91 * DAY, invented=False) == []
    assert await signals.look(borough.database.reports, NOON, invented=True) == []


async def test_attendance_recorded_after_the_claim_or_days_after_the_meeting_is_one(borough):
    ada = await borough.came("Ada")
    claim = (await borough.claims(ada)).claim
    async with borough.database.transaction() as tx:
        await borough.present(tx, ada, standing="unknown", now=START + 4 * DAY)
        await borough.present(tx, ada, now=START + 5 * DAY)
    ben = await borough.came("Ben")
    async with borough.database.transaction() as tx:
        await tx.run("DELETE FROM attendance WHERE person_id = :id", id=ben)
    assert await seen(borough) == [("attendance_after_claim", "claim", claim.id)]
    cat = await borough.came("Cat")
    async with borough.database.transaction() as tx:
        await tx.run("UPDATE meeting SET starts_at = :early", early=NOON - 5 * DAY)
    late = (await borough.claims(cat)).claim
    assert ("recorded_late", "claim", late.id) in await seen(borough)


async def test_a_code_shown_often_and_one_shown_before_a_reversal_are_some(borough):
    claim = await at_the_door(borough, "Ada", START)
    for _ in range(signals.SHOWN_OFTEN):
        await borough.do(showing.show, VAULT, claim.person_id, claim.id, NOON)
    async with borough.database.transaction() as tx:
        await borough.present(tx, claim.person_id, standing="did_not_come")
    assert await seen(borough) == [("shown_often", "claim", claim.id), ("reversed_after_shown", "claim", claim.id)]


async def test_one_who_approves_them_all_and_one_alone_are_some(careful):
    async with careful.database.transaction() as tx:
        await grants.revoke(tx, careful.olive, Role.OFFICER, NOON)
    for number in range(signals.APPROVED_MANY):
        claim = (await careful.claims(await careful.came(f"W{number}"))).claim
        assert (await careful.do(deciding.approve, claim.id, careful.cora, NOON)).claim.alone
    found = await seen(careful)
    assert found[0] == ("one_approver", "person", careful.cora)
    assert [why for why, *_ in found].count("alone") == signals.APPROVED_MANY
