"""The second person: what waits, said exactly; approving, refusing with a reason, paying by hand, handing over."""

import pytest

from tests.dialogue import staged, words_of
from tests.handlers.rewarding import (
    KEY,
    a_rewarded_meeting,
    came,
    claim_of,
    has_a_budget,
    in_the_catalogue,
    money_moved,
    next_morning,
    offers_for,
)


@pytest.fixture
async def shop(data_dir):
    async with staged(data_dir, voucher_keys=KEY) as stage:
        yield stage


async def has_claimed(stage, *recorders):
    """A worker who has asked for a voucher that a second person has to approve."""
    ada = await stage.worker("Ada")
    meeting, _ = await a_rewarded_meeting(stage, 1000, approval="second")
    await came(stage, meeting, ada, recorded_by=recorders[0] if recorders else None)
    await next_morning(stage, meeting)
    await ada.taps("Yes please: a £10 voucher")
    ada.sees("Somebody else at the council looks at it")
    await stage.settle()
    return ada, meeting


async def test_a_second_person_says_yes_and_the_worker_is_told(shop):
    cas, olu = await shop.coordinator(), await shop.officer()
    ada, meeting = await has_claimed(shop, cas)
    assert await money_moved(shop) == (1000, 0)
    assert any("waits for a second person" in words_of(m) for m in olu.phone.messages)
    assert not any("waits for a second person" in words_of(m) for m in cas.phone.messages)
    await olu.taps("Look at it")
    olu.sees("To look at: 1", "Ada: a £10 voucher, for Tea and talk. There by: Cas.")
    await olu.taps("Yes for Ada")
    olu.sees("Approved. They have been told.", "Nothing waits for you.")
    await shop.settle()
    assert "Your reward is ready" in words_of(ada.phone.messages[-1])
    assert await money_moved(shop) == (0, 1000)
    assert (await claim_of(shop, ada, meeting)).state == "allocated"


async def test_who_recorded_it_does_not_say_yes(shop):
    cas = await shop.coordinator()
    await shop.officer()
    ada, meeting = await has_claimed(shop, cas)
    await cas.says("/claims")
    await cas.taps("Yes for Ada")
    cas.sees("You recorded this attendance, so somebody else has to say yes.")
    assert (await claim_of(shop, ada, meeting)).state == "claimed"
    assert await money_moved(shop) == (1000, 0)


async def test_a_no_has_a_reason_that_the_worker_is_spared(shop):
    cas, olu = await shop.coordinator(), await shop.officer()
    ada, meeting = await has_claimed(shop, cas)
    await olu.says("/claims")
    await olu.taps("No, with a reason")
    olu.sees("claim_no.why")
    await olu.says("Came for five minutes only")
    olu.sees("claims.said.refused")
    await shop.settle()
    assert "no this time" in words_of(ada.phone.messages[-1])
    assert "five minutes" not in str(ada.phone.messages)
    assert await money_moved(shop) == (0, 0)
    assert (await claim_of(shop, ada, meeting)).state == "refused"


async def test_approving_twice_pays_once_and_the_second_learns_it(shop):
    cas, olu, dee = await shop.coordinator(), await shop.officer(), await shop.coordinator("Dee")
    ada, meeting = await has_claimed(shop, cas)
    number = (await claim_of(shop, ada, meeting)).id
    for one in (olu, dee):
        await one.says("/claims")
    await olu.taps("Yes for Ada")
    await dee.taps("Yes for Ada")
    dee.sees("Somebody has approved it already")
    await dee.forges(f"v1:claims.no:{number}")
    dee.sees("button.closed")
    assert await money_moved(shop) == (0, 1000)


async def test_forged_decisions_change_nothing(shop):
    cas, olu = await shop.coordinator(), await shop.officer()
    ada, meeting = await has_claimed(shop, cas)
    number = (await claim_of(shop, ada, meeting)).id
    await ada.forges(f"v1:claims.yes:{number}")
    ada.sees("button.closed")
    for data in ("yes", "yes:x", "no:999", "pay", "not_pay:9", "hand"):
        await olu.forges(f"v1:claims.{data}")
        olu.sees("button.closed")
    for data in ("yes:999", "hand:999"):
        await olu.forges(f"v1:claims.{data}")
        assert olu.alerts
    await olu.forges("v1:claims.pay:999")
    assert olu.alerts
    assert await money_moved(shop) == (1000, 0)


async def test_food_is_handed_over_by_somebody(shop):
    cas, ada = await shop.coordinator(), await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop)
    item = await in_the_catalogue(shop, "food", 650, "a lunch", budget_id=1)
    meeting = await offers_for(shop, meeting, item)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("Yes please: a lunch")
    ada.sees("The team gives it to you")
    await cas.says("/claims")
    cas.sees("Ada: a lunch, from Tea and talk. Ready to hand over.")
    await cas.taps("Ada has it now")
    cas.sees("Noted: handed over.")
    assert (await claim_of(shop, ada, meeting)).state == "shown"
    assert await money_moved(shop) == (0, 650)


async def test_fares_are_typed_looked_at_and_paid_by_hand_apart_from_rewards(shop):
    cas, olu, ada = await shop.coordinator(), await shop.officer(), await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000)
    await came(shop, meeting, ada, recorded_by=cas)
    await next_morning(shop, meeting)
    await ada.taps("It cost me something")
    await ada.taps("Fares")
    for wrong in ("a lot", "-5", "0", "4.505"):
        await ada.says(wrong)
        ada.sees("expense.amount.how")
    await ada.says("2000")
    ada.sees("Up to £200 can be asked for here")
    await ada.says("£4.50")
    ada.sees("Noted: £4.50")
    assert await money_moved(shop) == (0, 0)
    await olu.says("/claims")
    olu.sees("Ada: £4.50 for Fares")
    await olu.taps("Pay Ada")
    olu.sees("Approved, and on record as paid by hand.")
    assert await money_moved(shop) == (0, 450)
    await ada.forges(f"v1:expense:{meeting.id}")
    await ada.taps("Fares")
    await ada.says("4.50")
    ada.sees("You have asked for this one already")
    assert await money_moved(shop) == (0, 450)


async def test_costs_come_out_of_the_budget_that_is_chosen_and_never_over_it(shop):
    cas, olu, ada = await shop.coordinator(), await shop.officer(), await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000)
    await has_a_budget(shop, 100, "Small")
    await came(shop, meeting, ada, recorded_by=cas)
    await next_morning(shop, meeting)
    await ada.taps("It cost me something")
    await ada.taps("Childcare")
    await ada.says("12")
    await olu.says("/claims")
    await olu.taps("Pay Ada")
    olu.sees("Out of which budget?")
    await olu.taps("Small")
    olu.sees("No budget has enough left")
    assert await money_moved(shop) == (0, 0)
    await olu.says("/claims")
    await olu.taps("Pay Ada")
    await olu.taps("Grant")
    assert await money_moved(shop) == (0, 1200)


async def test_who_did_not_come_has_no_costs(shop):
    eve = await shop.worker("Eve")
    meeting, _ = await a_rewarded_meeting(shop, 1000)
    await eve.forges(f"v1:expense:{meeting.id}")
    eve.sees("I cannot see on the list that you came")
    await eve.forges("v1:expense:999")
    eve.sees("button.closed")
