"""Each kind of fault, in process and over real HTTP."""

import asyncio
import random

import aiohttp
import pytest

from simulator import Fault
from tests.simulator.stage import OTHER, TOKEN, Caller


async def send(sim, phone, text="x"):
    return await sim.call(TOKEN, "sendMessage", {"chat_id": phone.id, "text": text})


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("429", 429, "Too Many Requests: retry after 7"),
        ("500", 500, "Internal Server Error"),
        ("502", 502, "Bad Gateway"),
        ("403", 403, "Forbidden: bot was blocked by the user"),
        ("400", 400, "Bad Request: chat not found"),
    ],
)
async def test_refusals_do_not_act_unless_told_to(sim, ada, kind, status, words):
    sim.faults.add(Fault(kind, "sendMessage", retry_after=7))
    reply = await send(sim, ada)
    assert (reply.status, reply.body["description"]) == (status, words)
    assert ada.messages == []
    sim.faults.add(Fault(kind, "sendMessage", acts=True))
    assert (await send(sim, ada)).status == status
    assert len(ada.messages) == 1
    assert (await send(sim, ada)).status == 200


async def test_refuse_does_not_act(sim, ada):
    sim.faults.add(Fault("refuse"))
    with pytest.raises(ConnectionRefusedError):
        await send(sim, ada)
    assert (ada.messages, sim.ledger) == ([], [])


@pytest.mark.parametrize("kind", ["lose", "half_open"])
async def test_lost_answers_have_acted(sim, ada, kind):
    sim.faults.add(Fault(kind))
    with pytest.raises(ConnectionResetError):
        await send(sim, ada, "arrived all the same")
    assert ada.screen == [("bot", "arrived all the same")]
    assert [receipt.text for receipt in sim.ledger] == ["arrived all the same"]
    assert sim.transcript[-1].fault == kind


async def test_hang_waits_and_does_not_act(sim, ada):
    sim.faults.add(Fault("hang", seconds=0.05))
    assert (await send(sim, ada)).status == 502
    assert ada.messages == []


async def test_slow_waits_and_acts(sim, ada):
    sim.faults.add(Fault("slow", seconds=0.05))
    call = asyncio.create_task(send(sim, ada))
    await asyncio.sleep(0.01)
    assert ada.messages == []
    assert (await call).status == 200
    assert len(ada.messages) == 1


async def test_malformed_puts_a_broken_update_in_once(sim, api, ada):
    ada.says("whole")
    sim.faults.add(Fault("malformed"))
    whole, broken = await api("getUpdates")
    assert whole["message"]["text"] == "whole"
    assert isinstance(broken["update_id"], int)
    assert broken["message"]["date"] == "yesterday"
    assert len(await api("getUpdates", offset=broken["update_id"] + 1)) == 0


async def test_faults_choose_their_calls(sim, ada):
    grace = sim.phone(TOKEN, "Grace", started=True)
    sim.faults.add(Fault("500", "sendMessage", chat_id=grace.id, times=2, after=1))
    assert [(await send(sim, phone)).status for phone in (ada, grace, grace, ada, grace, grace)] == [
        200, 200, 500, 200, 500, 200,
    ]  # fmt: skip


async def test_faults_of_one_bot_leave_the_other_alone(sim, ada):
    sim.faults.add(Fault("500", token=OTHER, times=None))
    assert (await send(sim, ada)).status == 200
    assert await Caller(sim, OTHER).refused("getMe") == "Internal Server Error"


async def test_faults_for_good_and_by_chance(sim, ada):
    sim.faults.dice = random.Random(1)
    sim.faults.add(Fault("502", times=None, probability=0.3))
    statuses = [(await send(sim, ada)).status for _ in range(1000)]
    assert 230 < statuses.count(502) < 370
    assert len(sim.faults.items) == 1
    sim.faults.clear()
    assert (await send(sim, ada)).status == 200


def test_unknown_kinds_are_refused():
    with pytest.raises(ValueError, match="unknown fault 'gremlins'"):
        Fault("gremlins")


@pytest.mark.parametrize(("kind", "acted"), [("refuse", 0), ("lose", 1)])
async def test_connections_break_over_http(sim, ada, url, http, kind, acted):
    sim.faults.add(Fault(kind, "sendMessage"))
    body = {"chat_id": ada.id, "text": "x"}
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await http.post(f"{url}/bot{TOKEN}/sendMessage", json=body)
    assert len(ada.messages) == acted
    async with http.post(f"{url}/bot{TOKEN}/sendMessage", json=body) as response:
        assert response.status == 200


async def test_half_an_answer_over_http(sim, ada, url, http):
    sim.faults.add(Fault("half_open", "sendMessage"))
    async with http.post(f"{url}/bot{TOKEN}/sendMessage", json={"chat_id": ada.id, "text": "x"}) as response:
        assert response.status == 200
        assert response.content_length > len(await response.content.readany())
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(response.content.read(), 0.2)
    assert len(ada.messages) == 1


async def test_statuses_over_http(sim, ada, url, http):
    sim.faults.add(Fault("429", "sendMessage", retry_after=4))
    async with http.post(f"{url}/bot{TOKEN}/sendMessage", json={"chat_id": ada.id, "text": "x"}) as response:
        assert response.status == 429
        assert (await response.json())["parameters"] == {"retry_after": 4}


async def test_distance_holds_every_call_up(sim, ada):
    sim.latency = 0.1
    call = asyncio.create_task(send(sim, ada))
    await asyncio.sleep(0.01)
    assert (ada.messages, call.done()) == ([], False)
    assert (await call).status == 200
