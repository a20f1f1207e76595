"""From a claim to the code: once, on time, and only for whoever came."""

import pytest

from storage import attendance
from storage.rewards import budgets, claim_row, claiming, giving, ledger, showing
from storage.rewards.ledger import Sums
from storage.rewards.vault import Vault
from tests.storage.rewards_world import KEYS, VAULT, Borough, code
from tests.storage.world import NOON, worker


async def money(borough):
    return await ledger.sums(borough.database.reading, invented=bool(borough.invented))


async def shows(borough, person, claim, vault=VAULT):
    return await borough.do(showing.show, vault, person, claim.id, NOON)


async def test_who_came_claims_and_sees_the_same_code_each_time(borough):
    ada = await borough.came()
    answer = await borough.claims(ada)
    assert (answer.said, answer.claim.state, answer.claim.kept) == ("ready", "allocated", 1000)
    first, again = await shows(borough, ada, answer.claim), await shows(borough, ada, answer.claim)
    assert first.code == again.code == code(0)
    assert (again.claim.state, again.claim.shows) == ("shown", 2)
    assert await money(borough) == Sums(0, 1000)


async def test_the_code_is_in_no_representation_of_what_was_shown(borough):
    ada = await borough.came()
    shown = await shows(borough, ada, (await borough.claims(ada)).claim)
    assert shown.code not in repr(shown)
    assert all(key not in repr(Vault(KEYS)) for key in KEYS)


async def test_a_second_tap_changes_nothing(borough):
    ada = await borough.came()
    first, second = await borough.claims(ada), await borough.claims(ada, "food")
    assert (second.said, second.claim) == ("already", first.claim)
    assert await money(borough) == Sums(0, 1000)


async def test_before_attendance_after_a_reversal_and_on_their_own_word_nothing_is_paid(borough):
    async with borough.database.transaction() as tx:
        ada = await worker(tx, "Ada")
    assert (await borough.claims(ada)).said == "not_there"
    async with borough.database.transaction() as tx:
        await attendance.record(tx, borough.meeting.id, ada, "came", "coordinator", NOON, recorded_by=ada)
    assert (await borough.claims(ada)).said == "own_record"
    async with borough.database.transaction() as tx:
        await attendance.record(
            tx, borough.meeting.id, ada, "did_not_come", "coordinator", NOON, recorded_by=borough.cora
        )
    assert (await borough.claims(ada)).said == "not_there"
    assert await borough.claim_of(ada) is None


async def test_what_was_not_offered_cannot_be_claimed(borough):
    ada = await borough.came()
    async with borough.database.transaction() as tx:
        assert (await claiming.claim(tx, ada, borough.meeting.id, 404, NOON)).said == "no_offer"
        assert (await claiming.wish(tx, ada, borough.meeting.id, 404, NOON)).said == "no_offer"
        await tx.run("UPDATE meeting SET offer_id = NULL")
        assert (await claiming.decline_offer(tx, ada, borough.meeting.id, NOON)).said == "no_offer"
        assert (await claiming.wish(tx, ada, borough.meeting.id, 1, NOON)).said == "no_offer"
    assert (await borough.claims(ada)).said == "no_offer"


async def test_a_wish_before_the_meeting_moves_no_money_and_can_be_changed(borough):
    async with borough.database.transaction() as tx:
        ada = await worker(tx, "Ada")
        wish = [ada, borough.meeting.id]
        assert (await claiming.wish(tx, *wish, borough.items["food"], NOON)).said == "wished"
        assert (await claiming.wish(tx, *wish, borough.items["food"], NOON)).said == "wished"
        assert (await claiming.wish(tx, *wish, borough.items["voucher"], NOON)).claim.kind == "voucher"
        assert (await claiming.decline_offer(tx, *wish, NOON)).said == "declined"
    assert await money(borough) == Sums(0, 0)
    async with borough.database.transaction() as tx:
        await borough.present(tx, ada)
    assert (await borough.claims(ada)).said == "ready"
    assert (await borough.do(claiming.wish, *wish, borough.items["food"], NOON)).said == "already"
    assert [one.state for one in await claim_row.of_person(borough.database.reading, ada)] == ["allocated"]


async def test_an_empty_pool_is_a_waiting_list_in_order_and_new_vouchers_serve_it(borough):
    people = [await borough.came(name) for name in ("Ada", "Ben", "Cat", "Dan")]
    answers = [await borough.claims(person) for person in people]
    assert [answer.said for answer in answers] == ["ready", "ready", "waiting", "waiting"]
    assert await money(borough) == Sums(2000, 2000)
    await borough.stock(1000)
    assert [(await borough.claim_of(person)).state for person in people[2:]] == ["allocated", "waiting"]
    told = await borough.database.reading.rows("SELECT person_id, reason, about FROM contact_attempt WHERE about")
    assert [tuple(row) for row in told] == [(people[2], "reward_ready", answers[2].claim.id)]


async def test_a_closed_budget_makes_them_wait_and_what_comes_free_serves_them(database):
    borough = await Borough(database, pence=1000).found()
    ada, ben = await borough.came("Ada"), await borough.came("Ben")
    assert (await borough.claims(ada)).said == "ready"
    waiting = (await borough.claims(ben)).claim
    assert (waiting.state, waiting.why, waiting.reserved) == ("waiting", "budget", 0)
    assert (await borough.do(giving.decline, ada, (await borough.claim_of(ada)).id, NOON)).said == "declined"
    assert (await borough.claim_of(ben)).state == "allocated"
    await borough.do(budgets.close, borough.budget, NOON, "host:ada")
    assert (await borough.claims(await borough.came("Cat"))).claim.why == "budget"


@pytest.mark.parametrize(
    ("kind", "said"), [("food", "ready"), ("certificate", "ready"), ("charity", "given_away"), ("none", "ready")]
)
async def test_every_kind_can_be_claimed(borough, kind, said):
    ada = await borough.came(how="door")
    answer = await borough.claims(ada, kind)
    assert answer.said == said
    shown = await shows(borough, ada, answer.claim)
    assert (shown.said, shown.code) == (("not_now", None) if kind == "charity" else ("shown", None))


async def test_a_lost_key_shows_nothing_moves_nothing_and_is_told(borough):
    ada = await borough.came()
    claim = (await borough.claims(ada)).claim
    for lost in (Vault(), Vault(KEYS[1:])):
        assert (await shows(borough, ada, claim, lost)).said == "lost_key"
    assert await borough.claim_of(ada) == claim
    alerts = await borough.database.reading.rows("SELECT kind, words FROM reward_alert WHERE kind = 'lost_key'")
    assert [tuple(row) for row in alerts] == [("lost_key", "BOT_VOUCHER_KEYS is not set")]
    assert (await shows(borough, ada, claim)).said == "shown"
    told = await borough.database.reading.rows("SELECT person_id FROM contact_attempt WHERE reason = 'reward_alert'")
    assert {row["person_id"] for row in told} == {borough.olive}


async def test_a_foreign_button_shows_nothing(borough):
    ada, ben = await borough.came("Ada"), await borough.came("Ben")
    claim = (await borough.claims(ada)).claim
    assert (await shows(borough, ben, claim)).said == "not_yours"
    assert (await borough.do(showing.show, VAULT, ada, 404, NOON)).said == "not_yours"


async def test_a_claim_that_is_not_there_is_none_and_acting_on_it_is_a_fault(borough):
    assert await claim_row.by_id(borough.database.reading, 404) is None
    with pytest.raises(LookupError):
        await claim_row.known(borough.database.reading, 404)
