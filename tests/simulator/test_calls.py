"""Tokens, method names, several bots, and what a call leaves behind."""

from simulator import Simulator
from tests.simulator.stage import OTHER, TOKEN, Caller


async def test_a_bot_says_who_it_is(api):
    me = await api("getMe")
    assert (me["id"], me["is_bot"], me["username"]) == (123456, True, "care_compact_bot")


async def test_an_unknown_but_well_formed_token_makes_a_bot(sim):
    assert (await Caller(sim, "99:abc")("getMe"))["id"] == 99


async def test_a_malformed_token_is_unauthorized(sim):
    for token in ("", "abc", "12:", "12:ab", ":abc", "12:a b c", "\uff11\uff12:abc"):
        assert await Caller(sim, token).refused("getMe") == "Unauthorized"


async def test_method_names_know_no_case_and_unknown_ones_are_not_found(api):
    assert await api("GETME") == await api("getMe")
    reply = await api.sim.call(TOKEN, "sendNothing", {})
    assert (reply.status, reply.body["description"]) == (404, "Not Found")


async def test_unknown_and_null_parameters_are_passed_over(api, ada):
    sent = await api("sendMessage", chat_id=ada.id, text="hello", parse_mode=None, colour="blue")
    assert sent["text"] == "hello"


async def test_several_bots_do_not_see_each_other(sim, api, ada):
    grace = sim.phone(OTHER, "Grace", started=True)
    grace.says("for the other one")
    ada.says("for the first")
    assert [u["message"]["text"] for u in await api("getUpdates")] == ["for the first"]
    assert await api.refused("sendMessage", chat_id=grace.id, text="hello") == "Bad Request: chat not found"
    assert await Caller(sim, OTHER)("sendMessage", chat_id=grace.id, text="hello")


async def test_ledger_holds_what_arrived_and_nothing_else(sim, api, ada, clock):
    sent = await api("sendMessage", chat_id=ada.id, text="<b>hello</b>", parse_mode="HTML")
    await api.refused("sendMessage", chat_id=ada.id, text="")
    clock.goes(2)
    await api("editMessageText", chat_id=ada.id, message_id=sent["message_id"], text="bye")
    first, second = sim.ledger
    assert (first.token, first.chat_id, first.method, first.text) == (TOKEN, ada.id, "sendMessage", "hello")
    assert (second.method, second.message_id, second.text) == ("editMessageText", first.message_id, "bye")
    assert second.at - first.at == 2
    assert first.data["text"] == "hello"


async def test_transcript_holds_every_call_and_forgets_the_oldest():
    sim = Simulator(keep=3)
    for number in range(5):
        await sim.call(TOKEN, "getMe", {"number": number})
    await sim.call(TOKEN, "nonsense")
    assert [(call.method, call.status) for call in sim.transcript] == [
        ("getMe", 200),
        ("getMe", 200),
        ("nonsense", 404),
    ]
    assert sim.transcript[0].params == {"number": 3}
