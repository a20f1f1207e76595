"""Flood limits, by a clock that stands still unless told."""

import pytest

from simulator import Simulator
from tests.simulator.stage import OTHER, TOKEN, Caller


@pytest.fixture
def sim(clock):
    return Simulator(clock)


@pytest.fixture
def crowd(sim):
    return [sim.phone(TOKEN, started=True) for _ in range(40)]


async def sent(api, phone):
    return (await api.sim.call(TOKEN, "sendMessage", {"chat_id": phone.id, "text": "x"})).status


async def test_thirty_a_second_pass_and_one_more_does_not(api, crowd, clock):
    assert [await sent(api, phone) for phone in crowd[:30]] == [200] * 30
    clock.goes(0.999)
    reply = await api.sim.call(TOKEN, "sendMessage", {"chat_id": crowd[30].id, "text": "x"})
    assert reply.status == 429
    assert reply.body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }


async def test_all_sends_are_refused_until_the_ban_is_over(api, crowd, clock):
    assert [await sent(api, phone) for phone in crowd[:31]][-1] == 429
    clock.goes(2.5)
    reply = await api.sim.call(TOKEN, "sendMessage", {"chat_id": crowd[35].id, "text": "x"})
    assert (reply.status, reply.body["parameters"]["retry_after"]) == (429, 1)
    clock.goes(0.5)
    assert await sent(api, crowd[35]) == 200


async def test_evenly_spaced_just_below_the_rate_never_meets_the_limit(api, crowd, clock):
    for number in range(600):
        assert await sent(api, crowd[number % 40]) == 200
        clock.goes(1 / 29.5)


async def test_one_chat_takes_a_small_burst_then_one_a_second(api, crowd, clock):
    ada = crowd[0]
    assert [await sent(api, ada) for _ in range(6)] == [200] * 5 + [429]
    assert await sent(api, crowd[1]) == 200
    clock.goes(1)
    assert await sent(api, ada) == 200
    assert await sent(api, ada) == 429
    clock.goes(1)
    for _ in range(20):
        assert await sent(api, ada) == 200
        clock.goes(1)


async def test_bots_are_counted_apart_and_refused_texts_not_at_all(sim, api, crowd):
    assert [await sent(api, phone) for phone in crowd[:30]] == [200] * 30
    grace = sim.phone(OTHER, started=True)
    assert await Caller(sim, OTHER)("sendMessage", chat_id=grace.id, text="x")
    assert await api.refused("sendMessage", chat_id=crowd[0].id, text="") == "Bad Request: message text is empty"


async def test_what_is_not_a_message_is_not_counted(api, crowd):
    for phone in crowd:
        assert await api("sendChatAction", chat_id=phone.id, action="typing")
        assert await api("getChat", chat_id=phone.id)


async def test_limits_can_be_eased_and_switched_off(sim, api, crowd):
    sim.flood.strict = False
    assert [await sent(api, phone) for phone in crowd] == [200] * 40
    sim.flood.enabled = False
    assert [await sent(api, phone) for phone in crowd * 2] == [200] * 80


async def test_a_group_takes_twenty_a_minute(sim, api, clock):
    group = sim.group(TOKEN)
    assert [await sent(api, group) for _ in range(21)] == [200] * 20 + [429]
    clock.goes(3)
    assert await sent(api, group) == 200
