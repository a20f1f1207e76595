"""Fetching updates: order, offsets, long polls, conflicts."""

import asyncio
import time

import pytest

from tests.simulator.stage import OTHER, TOKEN, Caller

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def texts(api, **params):
    return [update["message"]["text"] for update in await api("getUpdates", **params)]


async def test_updates_come_in_order_until_confirmed(api, ada):
    for text in "abc":
        ada.says(text)
    first = await api("getUpdates")
    assert [u["message"]["text"] for u in first] == ["a", "b", "c"]
    assert [u["update_id"] - first[0]["update_id"] for u in first] == [0, 1, 2]
    assert await texts(api) == ["a", "b", "c"]
    assert await texts(api, offset=first[1]["update_id"]) == ["b", "c"]
    assert await texts(api) == ["b", "c"]
    assert await texts(api, offset=first[2]["update_id"] + 1) == []


async def test_a_negative_offset_keeps_the_last(api, ada):
    for text in "abcd":
        ada.says(text)
    assert await texts(api, offset=-2) == ["c", "d"]
    assert await texts(api) == ["c", "d"]


async def test_limits(api, ada):
    for number in range(150):
        ada.says(str(number))
    assert len(await api("getUpdates")) == 100
    assert len(await api("getUpdates", limit=1000)) == 100
    assert await texts(api, limit=2) == ["0", "1"]


async def test_ids_are_never_used_twice_and_begin_anywhere(sim, api, ada):
    grace = sim.phone(OTHER)
    seen = set()
    for _ in range(20):
        ada.says("x")
        grace.says("y")
        (update,) = await api("getUpdates", offset=-1)
        assert update["update_id"] not in seen
        seen.add(update["update_id"])
    (other,) = await Caller(sim, OTHER)("getUpdates", limit=1)
    assert other["update_id"] not in seen


async def test_ids_begin_anew_after_a_quiet_week(sim, api, ada):
    ada.says("before")
    (old,) = await api("getUpdates")
    await api("getUpdates", offset=old["update_id"] + 1)
    sim.restart_update_ids(TOKEN)
    sim.world.bots[TOKEN].inbox.next_id = 5
    ada.says("after")
    assert await texts(api, offset=old["update_id"] + 1) == ["after"]
    assert await texts(api, offset=6) == []


async def test_allowed_updates_are_remembered(api, ada):
    await api("getUpdates", allowed_updates=["callback_query"])
    ada.says("unheard")
    ada.taps(1, "heard")
    (update,) = await api("getUpdates")
    assert update["callback_query"]["data"] == "heard"
    await api("getUpdates", allowed_updates="[]")
    ada.says("heard again")
    assert len(await api("getUpdates")) == 2


async def test_a_long_poll_ends_with_the_first_update(api, ada):
    poll = asyncio.create_task(texts(api, timeout=30))
    await asyncio.sleep(0.05)
    assert not poll.done()
    ada.says("at last")
    assert await asyncio.wait_for(poll, 5) == ["at last"]


async def test_a_long_poll_ends_empty_after_its_time(api):
    before = time.monotonic()
    assert await api("getUpdates", timeout=1) == []
    assert time.monotonic() - before >= 0.9


async def test_a_second_poller_ends_the_first(api, ada):
    older = asyncio.create_task(api.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(texts(api, timeout=30))
    assert await asyncio.wait_for(older, 5) == CONFLICT
    ada.says("for the newer one")
    assert await asyncio.wait_for(newer, 5) == ["for the newer one"]


async def test_two_bots_poll_side_by_side(sim, api, ada):
    grace = sim.phone(OTHER)
    polls = [asyncio.create_task(texts(one, timeout=30)) for one in (api, Caller(sim, OTHER))]
    await asyncio.sleep(0.05)
    ada.says("a")
    grace.says("b")
    assert await asyncio.wait_for(asyncio.gather(*polls), 5) == [["a"], ["b"]]


async def test_a_poll_that_was_given_up_leaves_nothing_behind(api, ada):
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    ada.says("still here")
    assert await texts(api) == ["still here"]


async def test_raw_updates_come_as_they_are(sim, api):
    sim.add_update(TOKEN, {"message": "not a message"})
    sim.add_update(TOKEN, {"update_id": "seven", "nonsense": [1]})
    first, second = await api("getUpdates")
    assert first["message"] == "not a message"
    assert second == {"update_id": "seven", "nonsense": [1]}
    assert await api("getUpdates", offset=first["update_id"] + 2) == []


async def test_ten_thousand_waiting_are_all_fetched_in_order(api, ada):
    for number in range(10_000):
        ada.says(str(number))
    seen, offset = [], 0
    while batch := await api("getUpdates", offset=offset):
        seen += [update["message"]["text"] for update in batch]
        offset = batch[-1]["update_id"] + 1
    assert seen == [str(number) for number in range(10_000)]


async def test_blocking_and_unblocking_are_told(api, ada):
    ada.blocks()
    ada.blocks()
    ada.says("back again")
    blocked, unblocked, said = await api("getUpdates")
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert said["message"]["text"] == "back again"
