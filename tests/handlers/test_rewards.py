"""/rewards, for officers: a catalogue and budgets made in the chat, the meter, the drawer, what is late, the brake."""

import pytest

from handlers.rewards_page import bar
from storage.rewards import stopping
from storage.rewards.budgets import Meter
from tests.dialogue import staged, words_of
from tests.handlers.rewarding import (
    KEY,
    a_rewarded_meeting,
    came,
    has_vouchers,
    is_over,
    money_moved,
    next_morning,
)


@pytest.fixture
async def shop(data_dir):
    async with staged(data_dir, voucher_keys=KEY) as stage:
        yield stage


async def makes_a_budget(olu, amount="2000"):
    await olu.says("/rewards")
    await olu.taps("Budgets")
    await olu.taps("A new budget")
    await olu.says("Grant 2027")
    await olu.says(amount)
    await olu.taps("For one year")


async def test_a_budget_and_an_item_are_made_in_the_chat(bilingual):
    olu = await bilingual.officer()
    await makes_a_budget(olu, "2000")
    olu.sees("Grant 2027: £2,000", "£2,000 left")
    await olu.says("/rewards")
    await olu.taps("Catalogue")
    await olu.taps("A new reward")
    await olu.taps("voucher")
    await olu.says("a £10 shopping voucher")
    await olu.says("ten pounds please")
    olu.sees("rewards.amount.how")
    await olu.says("10.50")
    olu.sees("Worth: £10.50")
    await olu.taps("Grant 2027")
    await olu.says("Corner shop")
    await olu.taps("A second person")
    olu.sees("It is in the catalogue", "a £10 shopping voucher (voucher): £10.50, second person")
    await olu.taps("a £10 shopping voucher")
    await olu.taps("rewards.button.words")
    await olu.says("قسيمة تسوق")
    olu.sees("قسيمة تسوق")
    await olu.taps("Take it out of the catalogue")
    olu.sees("Not offered now")


async def test_a_budget_comes_before_an_item(shop):
    olu = await shop.officer()
    await olu.says("/rewards")
    olu.sees("There is no budget yet.")
    await olu.taps("Catalogue")
    await olu.taps("A new reward")
    olu.sees("Please make one first")


async def test_the_meter_stops_at_the_cap(shop):
    olu = await shop.officer()
    meeting, _ = await a_rewarded_meeting(shop, 1000, 1000, 1000, budget=2000)
    people = [await shop.worker(name) for name in ("Ada", "Bo", "Cy")]
    await came(shop, meeting, *people)
    await next_morning(shop, meeting)
    await olu.says("/rewards")
    olu.sees("░░░░░░░░░░", "£20 left")
    for someone, meter in zip(people, ("█████░░░░░", "██████████", "██████████"), strict=True):
        await someone.taps("Yes please: a £10 voucher")
        await olu.says("/rewards")
        olu.sees(meter)
    olu.sees("used up", "Who asks now waits in line")
    assert await money_moved(shop) == (0, 2000)


async def test_a_limit_for_one_kind(shop):
    olu = await shop.officer()
    meeting, _ = await a_rewarded_meeting(shop, 1000, 1000)
    ada, bo = await shop.worker("Ada"), await shop.worker("Bo")
    await came(shop, meeting, ada, bo)
    await next_morning(shop, meeting)
    await olu.says("/rewards")
    await olu.taps("Budgets")
    await olu.taps("Limit in Grant")
    await olu.taps("voucher")
    await olu.says("15")
    olu.sees("voucher: at most £15")
    await ada.taps("Yes please: a £10 voucher")
    await bo.taps("Yes please: a £10 voucher")
    bo.sees("You are on the list")
    await olu.says("/rewards")
    await olu.taps("Budgets")
    await olu.taps("Limit in Grant")
    await olu.taps("voucher")
    await olu.says("5")
    olu.sees("More than that is promised already")
    await olu.taps("Limit in Grant")
    await olu.taps("voucher")
    await olu.taps("No limit of its own")
    olu.sees_not("at most")
    assert "Your reward is ready" in words_of(bo.phone.messages[-1])


async def test_an_officer_raises_a_budget_and_who_waited_is_served(shop):
    olu, ada = await shop.officer(), await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000, budget=500)
    await came(shop, meeting, ada)
    await next_morning(shop, meeting)
    await ada.taps("Yes please: a £10 voucher")
    ada.sees("You are on the list")
    await olu.says("/rewards")
    await olu.taps("Budgets")
    await olu.taps("Amount of Grant")
    olu.sees("It is £5 now")
    await olu.says("12")
    olu.sees("Grant: £12")
    assert "Your reward is ready" in words_of(ada.phone.messages[-1])
    await olu.taps("Amount of Grant")
    await olu.says("9")
    olu.sees("More than that is promised already", "Grant: £12")
    await olu.forges("v1:rewards.total:99")
    olu.sees("button.closed")


async def test_a_budget_is_closed_and_opened_again(shop):
    olu = await shop.officer()
    await makes_a_budget(olu)
    await olu.taps("Close Grant 2027")
    olu.sees("(closed)")
    await olu.taps("Open Grant 2027 again")
    olu.sees("£2,000 left")


async def test_an_officer_stops_payouts_and_only_the_host_lets_them_go_on(shop):
    olu = await shop.officer()
    await makes_a_budget(olu)
    await olu.says("/rewards")
    await olu.taps("Stop payouts")
    await olu.taps("Yes, stop them")
    olu.sees("Payouts are stopped.")
    assert await stopping.stopped(shop.db)
    await olu.taps("How to go on")
    olu.sees("python -m bot")
    async with shop.program.database.transaction() as tx:
        await stopping.lift(tx, "host:test", "looked", int(shop.clock.now))
    await olu.says("/rewards")
    olu.sees("Payouts go on.")


async def test_the_drawer_says_how_many_and_never_a_code(shop):
    olu = await shop.officer()
    await has_vouchers(shop, 1000, 1000, 500)
    await olu.says("/rewards")
    await olu.taps("Vouchers")
    olu.sees("Shop, £10: 2 left", "Shop, £5: 1 left", "vouchers release")
    olu.sees_not("CODE-")


async def test_what_is_late_and_what_looks_odd(shop):
    olu, cas = await shop.officer(), await shop.coordinator()
    ada = await shop.worker("Ada")
    meeting, _ = await a_rewarded_meeting(shop, 1000)
    await is_over(shop, meeting)
    await shop.passes(days=4)
    await came(shop, meeting, ada, recorded_by=cas)
    await shop.passes(hours=14)
    await ada.taps("Yes please: a £10 voucher")
    await shop.passes(days=31)
    await olu.says("/rewards")
    await olu.taps("What is late")
    olu.sees("Late: 1", "Ada: a £10 voucher, Tea and talk (ready, not looked at)")
    await olu.says("/rewards")
    await olu.taps("What looks odd")
    olu.sees("Nothing follows by itself", "Ada: was put on the list over three days after the meeting")


async def test_only_officers_look_after_money(shop):
    cas, ada = await shop.coordinator(), await shop.worker("Ada")
    for someone in (cas, ada):
        for verb in ("open", "items", "new_item", "stop", "budgets", "close:1:1", "switch:1:0", "cap:1"):
            await someone.forges(f"v1:rewards.{verb}")
            someone.sees("button.closed")


async def test_forged_numbers_change_nothing(shop):
    olu = await shop.officer()
    await makes_a_budget(olu)
    for data in ("item:99", "switch:1:7", "switch:x", "words:9:ar", "words:1:xx", "cap:99", "close:99:1", "close:1:5"):
        await olu.forges(f"v1:rewards.{data}")
        olu.sees("button.closed")


@pytest.mark.parametrize(
    ("total", "reserved", "issued", "drawn"),
    [
        (0, 0, 0, "░░░░░░░░░░"),
        (1000, 0, 0, "░░░░░░░░░░"),
        (1000, 0, 1, "█░░░░░░░░░"),
        (1000, 250, 250, "███▒▒░░░░░"),
        (1000, 0, 999, "█████████░"),
        (1000, 0, 1000, "██████████"),
        (1000, 999, 0, "▒▒▒▒▒▒▒▒▒░"),
    ],
)
def test_the_bar_shows_every_penny_spent_and_is_full_only_at_the_end(total, reserved, issued, drawn):
    assert bar(Meter(1, "Grant", "", total, reserved, issued, 0, 1, closed=False)) == drawn
