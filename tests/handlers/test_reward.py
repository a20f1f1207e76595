"""A worker's rewards, from the thanks to the code: few taps, kind words, and no money moved by mistake."""

import pytest

from storage import attendance, people
from storage.rewards import allocating, budgets, stopping
from tests.dialogue import staged, words_of
from tests.handlers.rewarding import (
    KEY,
    a_rewarded_meeting,
    came,
    claim_of,
    has_vouchers,
    in_the_catalogue,
    is_over,
    money_moved,
    next_morning,
    offers_for,
)


@pytest.fixture
async def shop(data_dir):
    """A program with the key to its vouchers."""
    async with staged(data_dir, voucher_keys=KEY) as stage:
        yield stage


def codes_on(someone):
    return [m for m in someone.phone.messages if "CODE-" in words_of(m)]


async def test_one_tap_claims_and_one_shows_the_code(shop):
    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    assert "Thank you for coming to Tea and talk" in words_of(ada.phone.messages[-1])
    assert "If you get benefits" in words_of(ada.phone.messages[-1])
    await ada.taps("Yes please: a £10 voucher")
    ada.sees("Your reward is ready: a £10 voucher")
    ada.sees_not("CODE-")
    assert await money_moved(shop) == (0, 1000)
    await ada.taps("Show my code")
    ada.sees("CODE-0000-1000", "goes away in 10 minutes")
    (message,) = codes_on(ada)
    assert message["has_protected_content"]
    claim = await claim_of(shop, ada, meeting)
    assert (claim.state, claim.shows) == ("shown", 1)


async def test_the_code_goes_away_after_ten_minutes_and_is_the_same_on_asking_again(shop):
    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000, 1000)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("Yes please: a £10 voucher")
    await ada.taps("Show my code")
    first = words_of(codes_on(ada)[0])
    await shop.passes(minutes=9)
    assert len(codes_on(ada)) == 1
    await shop.passes(minutes=2)
    assert codes_on(ada) == []
    await ada.taps("Show my code")
    assert [words_of(m) for m in codes_on(ada)] == [first]
    assert (await claim_of(shop, ada, meeting)).shows == 2


async def test_a_restart_does_not_forget_to_take_the_code_away(data_dir):
    async with staged(data_dir, voucher_keys=KEY) as stage:
        ada = await stage.worker("Ada")
        meeting, _ = await a_rewarded_meeting(stage, 1000)
        await came(stage, meeting, ada)
        await next_morning(stage, meeting)
        await ada.taps("Yes please: a £10 voucher")
        await ada.taps("Show my code")
        simulator = stage.simulator
    simulator.clock.passes(minutes=11)
    async with staged(data_dir, simulator, voucher_keys=KEY) as stage:
        await stage.settle()
        assert codes_on(ada) == []
        assert await stage.db.value("SELECT COUNT(*) FROM vanishing") == 0


async def test_half_to_charity_in_two_taps(shop):
    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000, 500)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("Less, or to charity")
    ada.sees("how would you like it")
    await ada.taps("£5 for me, £5 to charity")
    ada.sees("a £10 voucher: £5 for you, £5 to charity")
    claim = await claim_of(shop, ada, meeting)
    assert (claim.kept, claim.given, claim.state) == (500, 500, "allocated")
    await ada.taps("Show my code")
    ada.sees("CODE-0001-500")
    assert await money_moved(shop) == (0, 1000)


async def test_half_is_not_offered_when_there_is_no_voucher_for_it(shop):
    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("Less, or to charity")
    assert not any("£5" in button for button in ada.buttons)
    await ada.taps("All to charity: £10")
    ada.sees("£10 goes to charity")
    assert await money_moved(shop) == (0, 1000)


async def test_after_a_claim_it_may_become_less_or_nothing(shop):
    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000, 500)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("Yes please: a £10 voucher")
    await ada.taps("Less, or to charity")
    await ada.taps("Only £5")
    ada.sees("only £5")
    assert await money_moved(shop) == (0, 500)
    await ada.taps("No, thank you")
    ada.sees("reward.page.declined")
    assert await money_moved(shop) == (0, 0)


async def test_no_thank_you_and_a_change_of_mind(shop):
    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("No, thank you")
    ada.sees("You said: no, thank you")
    assert await money_moved(shop) == (0, 0)
    await ada.taps("Yes please, after all")
    await ada.taps("Yes please: a £10 voucher")
    ada.sees("Your reward is ready")


async def test_thanks_go_once_and_not_at_night(shop):
    ada, bo = await shop.worker("Ada"), await shop.worker("Bo")
    meeting, _ = await a_rewarded_meeting(shop, 1000, 1000)
    await came(shop, meeting, ada)
    await is_over(shop, meeting)  # ten at night
    assert not any("Thank you for coming" in words_of(m) for m in ada.phone.messages)
    await shop.passes(hours=11)
    thanked = [m for m in ada.phone.messages if "Thank you for coming" in words_of(m)]
    assert len(thanked) == 1
    await shop.passes(days=3)
    assert len([m for m in ada.phone.messages if "Thank you for coming" in words_of(m)]) == 1
    assert not any("Thank you for coming" in words_of(m) for m in bo.phone.messages)


async def test_thanks_come_without_an_offer_too_and_in_the_persons_language(bilingual):
    from tests.handlers.acts import opens_meeting  # noqa: PLC0415 - beside its only use

    noor = bilingual.somebody("Noor")
    await noor.says("/start")
    await noor.taps("English")
    for step in ("join.consent.button.yes", "market.home_care", "shift.days", "job.care_worker", "strand.network"):
        await noor.taps(step)
    async with bilingual.program.database.transaction() as tx:
        await people.change(tx, (await noor.person()).id, "language", "ar-x-draft")
    meeting = await opens_meeting(bilingual)
    await came(bilingual, meeting, noor)
    await next_morning(bilingual, meeting)
    assert "شكرًا لحضورك" in words_of(noor.phone.messages[-1])


async def test_the_door_offers_it_at_once(shop):
    from tests.handlers.test_door import code_of  # noqa: PLC0415 - beside its only use

    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000)
    await shop.passes(seconds=meeting.starts_at - shop.clock.now - 600)
    code = await code_of(shop, meeting)
    await ada.says("/here")
    await ada.says(code)
    ada.sees("here.came", "As a thank-you you can have")
    await ada.taps("Yes please: a £10 voucher")
    ada.sees("Your reward is ready")
    await ada.taps("That was a mistake")
    claim = await claim_of(shop, ada, meeting)
    assert (claim.state, claim.why) == ("refused", "not_there")
    assert await money_moved(shop) == (0, 0)


async def test_a_double_tap_and_a_replay_pay_once(shop):
    ada = await shop.worker("Ada")
    meeting, item = await a_rewarded_meeting(shop, 1000, 1000)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    offer = ada.phone.messages[-1]["message_id"]
    for _ in range(3):
        await ada.forges(f"v1:reward.take:{meeting.id}:{item}", offer)
    ada.sees_not("button.closed")
    assert await money_moved(shop) == (0, 1000)
    await ada.taps("Show my code")
    await ada.forges(f"v1:reward.part:{meeting.id}:{item}:0:1000")
    await ada.forges(f"v1:reward.no:{meeting.id}")
    await ada.forges(f"v1:reward.give:{(await claim_of(shop, ada, meeting)).id}:1000")
    assert await money_moved(shop) == (0, 1000)
    assert (await claim_of(shop, ada, meeting)).state == "shown"


async def test_forged_and_foreign_buttons_move_nothing(shop):
    ada, eve = await shop.worker("Ada"), await shop.worker("Eve")
    meeting, item = await a_rewarded_meeting(shop, 1000)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("Yes please: a £10 voucher")
    claim = await claim_of(shop, ada, meeting)
    before = await money_moved(shop)
    for verb in ("show", "give", "less", "back", "open", "change"):
        await eve.forges(f"v1:reward.{verb}:{claim.id}:500")
        eve.sees("button.closed")
        eve.sees_not("CODE-")
    await eve.forges(f"v1:reward.take:{meeting.id}:{item}")
    eve.sees("I cannot see on the list that you came")
    for data in ("take", "take:x:y", "part:1:2", "parts:9:9", "show:999", "show", "no", "again:1", "open:0", "give:1"):
        await ada.forges(f"v1:reward.{data}")
        ada.sees("button.closed")
    await ada.forges(f"v1:reward.take:{meeting.id}:999")
    for kept, given in ((99_999, 0), (1000, 1000), (0, 0), (333, 0)):
        await eve.forges(f"v1:reward.part:{meeting.id}:{item}:{kept}:{given}")
    assert await money_moved(shop) == before


async def test_nothing_before_attendance_or_after_it_was_taken_back(shop):
    ada = await shop.worker("Ada")
    meeting, item = await a_rewarded_meeting(shop, 1000)
    await ada.forges(f"v1:reward.take:{meeting.id}:{item}")
    ada.sees("I cannot see on the list that you came")
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    async with shop.program.database.transaction() as tx:
        await attendance.take_back(tx, meeting.id, (await ada.person()).id, int(shop.clock.now))
    await ada.taps("Yes please: a £10 voucher")
    ada.sees("I cannot see on the list that you came")
    assert await money_moved(shop) == (0, 0)


async def test_a_reversed_attendance_takes_back_what_was_not_seen_and_says_so_kindly(shop):
    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("Yes please: a £10 voucher")
    async with shop.program.database.transaction() as tx:
        await attendance.take_back(tx, meeting.id, (await ada.person()).id, int(shop.clock.now))
    await shop.settle()
    assert "The list for Tea and talk was changed" in words_of(ada.phone.messages[-1])
    await ada.taps("Show my code")
    ada.sees_not("CODE-")
    assert await money_moved(shop) == (0, 0)


async def test_an_erased_person_can_claim_nothing_and_nothing_stays_promised(shop):
    ada = await shop.worker("Ada")
    meeting, item = await a_rewarded_meeting(shop, 1000)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("Yes please: a £10 voucher")
    claim = await claim_of(shop, ada, meeting)
    await ada.says("/delete")
    await ada.taps("staying.delete.button.yes")
    for data in (f"take:{meeting.id}:{item}", f"show:{claim.id}"):
        await ada.forges(f"v1:reward.{data}")
        ada.sees("button.closed")
        ada.sees_not("CODE-")
    assert await money_moved(shop) == (0, 0)
    assert await people.by_telegram(shop.db, ada.id) is None


async def test_a_used_up_budget_puts_people_in_line_and_tells_the_officer(shop):
    olu = await shop.officer()
    ada, bo = await shop.worker("Ada"), await shop.worker("Bo")
    meeting, _ = await a_rewarded_meeting(shop, 1000, 1000, budget=1500)
    await came(shop, meeting, ada, bo)
    await next_morning(shop, meeting)
    await ada.taps("Yes please: a £10 voucher")
    await bo.taps("Yes please: a £10 voucher")
    bo.sees("You are on the list for a £10 voucher", "used up for now")
    assert await money_moved(shop) == (0, 1000)
    await shop.settle()
    assert any("Used up: Grant." in words_of(m) for m in olu.phone.messages)


async def test_the_alert_names_the_limit_that_is_short_and_is_over_when_nobody_waits_for_it(shop):
    olu = await shop.officer()
    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000, 1000, 1000)
    await limits(shop, 500)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("Yes please: a £10 voucher")
    await olu.says("/rewards")
    olu.sees("Used up: Grant · voucher.")
    await limits(shop, 1000)
    await olu.says("/rewards")
    olu.sees("Alerts: nothing yet")
    assert "Your reward is ready" in words_of(ada.phone.messages[-1])
    bo = await shop.worker("Bo")
    await came(shop, meeting, bo)
    await bo.forges(f"v1:reward.take:{meeting.id}:1")
    await olu.says("/rewards")
    olu.sees("Used up: Grant · voucher.")


async def limits(stage, pence):
    now = int(stage.clock.now)
    async with stage.program.database.transaction() as tx:
        await budgets.set_cap(tx, 1, "voucher", pence, now, "host:test")
        await allocating.serve_waiting(tx, now)


async def test_what_cannot_be_done_after_the_code_was_shown_is_not_offered_but_costs_are(shop):
    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("Yes please: a £10 voucher")
    await ada.taps("Show my code")
    ada.sees("You have your reward", "It is worth £10", "goes away in 10 minutes")
    assert not {"Less, or to charity", "No, thank you"} & set(ada.buttons)
    await ada.taps("It cost me something")
    ada.sees("What did you pay for")


async def test_a_closed_budget_promises_nothing(shop):
    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    async with shop.program.database.transaction() as tx:
        await budgets.close(tx, 1, int(shop.clock.now), "host:test")
    await ada.taps("Yes please: a £10 voucher")
    ada.sees("You are on the list")
    assert await money_moved(shop) == (0, 0)


async def test_an_empty_drawer_is_a_place_in_line_and_news_when_there_are_more(shop):
    olu, ada = await shop.officer(), await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("Yes please: a £10 voucher")
    ada.sees("There is none in the drawer just now")
    await shop.settle()
    assert any("A drawer is empty" in words_of(m) for m in olu.phone.messages)
    await has_vouchers(shop, 1000)
    await shop.settle()
    assert "Your reward is ready" in words_of(ada.phone.messages[-1])
    await ada.taps("Show my code")
    ada.sees("CODE-0000-1000")


async def test_a_lost_key_is_kind_to_the_worker_and_exact_to_staff(data_dir):
    async with staged(data_dir) as stage:  # no key at all
        olu, ada = await stage.officer(), await stage.worker("Ada")
        meeting, _ = await a_rewarded_meeting(stage, 1000)
        await came(stage, meeting, ada)
        await next_morning(stage, meeting)
        await ada.taps("Yes please: a £10 voucher")
        await ada.taps("Show my code")
        ada.sees("It is safe, and it is yours")
        await stage.settle()
        assert any("BOT_VOUCHER_KEYS is not set" in words_of(m) for m in olu.phone.messages)
        claim = await claim_of(stage, ada, meeting)
        assert (claim.state, claim.shows) == ("allocated", 0)


async def test_while_payouts_are_stopped_nothing_moves_and_nothing_is_lost(shop):
    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    async with shop.program.database.transaction() as tx:
        await stopping.stop(tx, "test", int(shop.clock.now))
    await ada.taps("Yes please: a £10 voucher")
    ada.sees("Rewards rest while we check something")
    assert await money_moved(shop) == (0, 0)


async def test_a_certificate_as_reward_and_the_councils_own_words_about_benefits(data_dir):
    async with staged(data_dir, voucher_keys=KEY, benefits_notice="Ask the Citizens Line first.") as stage:
        ada = await stage.worker("Ada")
        meeting, item = await a_rewarded_meeting(stage, 1000)
        other = await in_the_catalogue(stage, "certificate", 0, "a certificate for your folder")
        meeting = await offers_for(stage, meeting, item, other)
        await came(stage, meeting, ada)
        await next_morning(stage, meeting)
        assert "Ask the Citizens Line first." in words_of(ada.phone.messages[-1])
        await ada.taps("Yes please: a certificate for your folder")
        await ada.taps("My certificate")
        ada.sees("certificate_name.name")
        assert await money_moved(stage) == (0, 0)
