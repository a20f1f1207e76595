"""The demo's rewards: claimed, half to charity, the code shown; and the meter that stops at the limit."""

from bot.demo import drawer
from storage.invariants import violations
from tests.dialogue import staged, words_of
from tests.handlers.acts import opens_meeting
from tests.handlers.rewarding import KEY, came, money_moved, next_morning


async def test_the_walk_through_rewards(data_dir):
    async with staged(data_dir, voucher_keys=KEY, rehearsal=True) as stage:
        meeting = await opens_meeting(stage)
        async with stage.program.database.transaction() as tx:
            await drawer.fill(tx, stage.program.services.vault, meeting.id, int(stage.clock.now))
        olive, ada, noor = await stage.officer("Olive"), await stage.worker("Ada"), await stage.worker("Noor")
        await came(stage, meeting, ada, noor)
        await next_morning(stage, meeting)
        await ada.taps("Less, or to charity")
        await ada.taps("£5 for me, £5 to charity")
        await ada.taps("Show my code")
        ada.sees("worth £5.", "goes away in 10 minutes")
        await noor.taps("Yes please: a £10 shopping voucher")
        noor.sees("You are on the list", "used up for now")
        await olive.says("/rewards")
        olive.sees("██████████", "voucher: at most £10, £10 paid, £0 promised, £0 left")
        await olive.taps("Budgets")
        await olive.taps("Limit in Grant (invented)")
        await olive.taps("voucher")
        await olive.says("20")
        olive.sees("voucher: at most £20, £20 paid")
        assert "Your reward is ready" in words_of(noor.phone.messages[-1])
        assert await money_moved(stage) == (0, 2000)
        assert await violations(stage.db) == []
