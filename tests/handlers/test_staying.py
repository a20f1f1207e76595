"""Fewer messages, none, messages again, or nothing kept."""

import pytest

from storage import attempts, people

DAY = 24 * 3600


@pytest.mark.parametrize(("tap", "days"), [("One week", 7), ("One month", 30)])
async def test_pause(stage, tap, days):
    ada = await stage.worker()
    await ada.says("/pause")
    ada.sees("staying.pause")
    await ada.taps(tap)
    ada.sees("staying.paused")
    assert (await ada.person()).paused_until == stage.clock.now + days * DAY
    await ada.taps("Get messages again")
    ada.sees("staying.back")
    assert (await ada.person()).paused_until is None


async def test_stop_and_return(stage):
    ada = await stage.worker()
    await ada.says("/stop")
    ada.sees("staying.stopped", "/back")
    assert (await ada.person()).stopped_at is not None
    await ada.says("/back")
    ada.sees("staying.back")
    assert (await ada.person()).stopped_at is None
    await ada.says("/back")
    ada.sees("staying.was_here")


async def test_somebody_we_never_met_can_stop_and_is_still_not_written_down(stage):
    ada = stage.somebody()
    await ada.says("stop")
    ada.sees("staying.stopped")
    assert await ada.person() is None
    await ada.says("/back")
    ada.sees("staying.not_here")


async def test_delete_erases_at_once_and_says_what_is_kept(stage):
    ada = await stage.worker()
    await ada.says("/delete")
    ada.sees("staying.delete")
    await ada.taps("Yes, delete it all")
    ada.sees("staying.deleted")
    assert await ada.person() is None
    await ada.says("/me")
    ada.sees("me.nothing")
    await ada.says("/delete")
    ada.sees("staying.nothing_kept")


async def test_delete_can_be_thought_better_of(stage):
    ada = await stage.worker()
    await ada.says("/delete")
    await ada.taps("No, keep it")
    ada.sees("staying.delete.kept")
    assert (await ada.person()).joined_at is not None


async def test_an_old_yes_to_delete_is_closed(stage):
    ada = await stage.worker()
    await ada.says("/delete")
    await stage.passes(hours=2)
    await ada.taps("Yes, delete it all")
    ada.sees("staying.delete.closed")
    assert await ada.person() is not None


async def test_the_yes_of_an_earlier_life_is_closed(stage):
    ada = await stage.worker()
    await ada.says("/delete")
    old = ada.fresh[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await ada.taps("Yes, delete it all")
    await ada.says("/start")
    await ada.forges(old)
    ada.sees("staying.delete.closed")
    assert await ada.person() is not None


async def test_nobody_deletes_somebody_else(stage):
    ada, eve = await stage.worker("Ada"), await stage.worker("Eve")
    await eve.forges(f"v1:delete:yes:{(await ada.person()).id}:{int(stage.clock.now)}")
    eve.sees("staying.delete.closed")
    assert await ada.person() is not None
    assert await eve.person() is not None


async def test_nothing_that_was_planned_is_sent_to_somebody_erased(stage):
    ada = await stage.worker()
    person = await ada.person()
    now = int(stage.clock.now)
    async with stage.program.database.transaction() as tx:
        await attempts.plan(tx, person.id, "notice", 0, 1, now + DAY, None, now)
    await ada.says("/delete")
    await ada.taps("Yes, delete it all")
    seen = len(ada.phone.messages)
    await stage.passes(days=2)
    assert len(ada.phone.messages) == seen


async def test_blocking_makes_unreachable_and_coming_back_reachable(stage):
    ada = await stage.worker()
    await ada.blocks()
    assert (await ada.person()).unreachable_at is not None
    await ada.unblocks()
    assert (await people.by_telegram(stage.db, ada.id)).unreachable_at is None
