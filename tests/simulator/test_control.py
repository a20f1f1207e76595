"""The page's own API: phones, faults, ledger, posters, live events."""

import asyncio
import io
import json

import pytest

from simulator.backstage import PAGE
from tests.simulator.stage import OTHER, TOKEN, inline


class Page:
    """A browser's side of /sim/."""

    def __init__(self, http, url):
        self.http = http
        self.url = url

    async def __call__(self, method, path, status=200, **options):
        async with self.http.request(method, f"{self.url}/sim/{path}", **options) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def does(self, phone, what, status=200, **body):
        return await self("POST", f"phones/{phone}/{what}", status, json=body)


@pytest.fixture
def page(http, url):
    return Page(http, url)


async def test_state_tells_bots_and_phones_but_no_token(sim, api, ada, page, clock):
    await api("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    await api("sendMessage", chat_id=ada.id, text="Hello", reply_markup=inline("a"))
    state = await page("GET", "state")
    assert (state["now"], state["simulation"]) == (clock.now, True)
    assert (state["bots"][0]["index"], state["bots"][0]["name"]) == (0, "Care Compact")
    assert state["bots"][0]["commands"][0]["scope"] == "default"
    (phone,) = state["phones"]
    assert (phone["name"], phone["menu"][0]["command"]) == ("Ada", "help")
    assert [(m["from_bot"], m["text"]) for m in phone["messages"]] == [(True, "Hello")]
    assert TOKEN not in json.dumps(state)


async def test_a_phone_is_added_and_used(api, page):
    made = await page("POST", "phones", json={"name": "Grace", "label": "Officer", "language_code": "pl"})
    assert (made["name"], made["label"], made["started"], made["bot"]) == ("Grace", "Officer", False, 0)
    started = await page.does(made["id"], "start", payload="poster-7")
    assert started["started"] is True
    said = await page.does(made["id"], "say", text="hello", reply_to=started["message_id"])
    await page.does(made["id"], "edit", message_id=said["message_id"], text="hello again")
    tapped = await page.does(made["id"], "tap", message_id=1, data="v1:x")
    await page.does(made["id"], "send", kind="photo")
    assert (await page.does(made["id"], "block", blocked=True))["blocked"] is True
    assert (await page.does(made["id"], "block", blocked=False))["blocked"] is False
    updates = await api("getUpdates")
    assert updates[0]["message"]["text"] == "/start poster-7"
    assert updates[1]["message"]["reply_to_message"]["text"] == "/start poster-7"
    assert updates[2]["edited_message"]["text"] == "hello again"
    assert updates[3]["callback_query"]["id"] == tapped["callback_query_id"]
    assert "photo" in updates[4]["message"]
    assert len(updates) == 7


async def test_what_a_phone_shows(api, ada, page):
    keyboard = {"keyboard": [["Yes"]], "input_field_placeholder": "Tap one"}
    sent = await api("sendMessage", chat_id=ada.id, text="Well?", reply_markup=keyboard)
    await api("pinChatMessage", chat_id=ada.id, message_id=sent["message_id"])
    await api("sendChatAction", chat_id=ada.id, action="typing")
    query = ada.taps(sent["message_id"], "x")
    await api("answerCallbackQuery", callback_query_id=query, text="Noted")
    phone = await page("GET", f"phones/{ada.id}")
    assert phone["keyboard"]["keyboard"] == [[{"text": "Yes"}]]
    assert (phone["placeholder"], phone["pinned"], phone["typing"]) == ("Tap one", sent["message_id"], True)
    assert phone["alert"] == {"id": query, "text": "Noted", "show_alert": False}
    await api("sendMessage", chat_id=ada.id, text="Why?", reply_markup={"force_reply": True})
    assert (await page("GET", f"phones/{ada.id}"))["force_reply"] is True


async def test_mistakes_are_explained(ada, page):
    assert "no such phone" in (await page.does(5, "say", 404, text="x"))["error"]
    assert "must be text" in (await page.does(ada.id, "say", 400, text=5))["error"]
    assert "nothing to send" in (await page.does(ada.id, "say", 400, text=" "))["error"]
    assert "whole number" in (await page.does(ada.id, "tap", 400, data="x"))["error"]
    assert "no such message" in (await page.does(ada.id, "edit", 404, message_id=5, text="x"))["error"]
    assert "nobody can send" in (await page.does(ada.id, "send", 400, kind="gremlin"))["error"]
    assert "JSON object" in (await page("POST", "phones", 400, data=b"["))["error"]
    assert "no such bot" in (await page("POST", "phones", 404, json={"bot": 7}))["error"]
    assert await page("GET", "nonsense", 404)
    assert await page("DELETE", "state", 405)


async def test_files_go_both_ways(api, ada, page, http):
    sent = await api("sendDocument", {"document": ("Bericht – März.csv", b"a,b")}, chat_id=ada.id)
    address = f"{page.url}/sim/phones/{ada.id}/files/{sent['document']['file_id']}"
    async with http.get(address) as response:
        assert await response.read() == b"a,b"
        assert response.content_disposition.filename == "Bericht – März.csv"
        assert response.content_disposition.type == "attachment"
    async with http.get(address + "x") as response:
        assert response.status == 404
    async with http.post(f"{page.url}/sim/phones/{ada.id}/send", data={"document": io.BytesIO(b"bytes")}) as response:
        assert response.status == 200
    (update,) = await api("getUpdates")
    assert update["message"]["document"]["file_size"] == 5


async def test_faults_are_set_seen_and_cleared(sim, ada, page):
    await page("POST", "faults", json={"kind": "429", "method": "sendMessage", "times": 2})
    assert [(fault["kind"], fault["times"]) for fault in await page("GET", "faults")] == [("429", 2)]
    for broken in ({"kind": "gremlins"}, {"colour": "red", "kind": "429"}, {}):
        assert (await page("POST", "faults", 400, json=broken))["error"]
    await page("DELETE", "faults")
    assert sim.faults.items == []


async def test_transcript_and_ledger(api, ada, page):
    for number in range(5):
        await api("sendMessage", chat_id=ada.id, text=str(number))
    calls = await page("GET", "transcript?limit=2")
    assert [call["params"]["text"] for call in calls] == ["3", "4"]
    assert calls[0]["outcome"] == "200"
    ledger = await page("GET", "ledger")
    assert [receipt["text"] for receipt in ledger] == list("01234")
    assert ledger[0]["chat_id"] == ada.id


async def test_posters_and_their_codes(sim, page, http, url):
    await page("POST", "cards", json={"title": "Poster at the bus stop", "payload": "poster-busstop"})
    await page("POST", "cards", json={"title": "One-time code", "payload": "enrol-x", "for_phone": 5})
    first, second = await page("GET", "cards")
    assert (first["title"], first["payload"]) == ("Poster at the bus stop", "poster-busstop")
    assert second["for_phone"] == 5
    assert len(await page("PUT", "cards", json={"cards": [first]})) == 1
    async with http.get(f"{url}/sim/qr/poster-busstop.svg") as response:
        assert response.content_type == "image/svg+xml"
        assert b"<svg" in await response.read()
    async with http.get(f"{url}/sim/qr/{'x' * 65}.svg") as response:
        assert response.status == 400


async def test_a_clock_that_can_be_moved_is_moved_forward_only(sim, clock, page):
    before = clock.now
    assert (await page("POST", "clock", 409, json={"forward": 60}))["error"]
    sim.forward = clock.goes
    assert (await page("POST", "clock", json={"forward": 3600}))["now"] == before + 3600
    for wrong in (0, -5, True, "60", None, 10**9):
        assert (await page("POST", "clock", 400, json={"forward": wrong}))["error"]
    assert clock.now == before + 3600


async def test_a_bot_is_chosen_by_its_token_or_place(sim, ada, page, http, url):
    sim.bot(OTHER, username="other_bot")
    made = await page("POST", f"phones?token={OTHER}", json={"name": "Grace"})
    assert made["bot"] == 1
    assert (await page("POST", "phones?token=5:nobody", 404, json={}))["error"]
    assert (await page("PUT", "cards", 400, json={"cards": [5]}))["error"]
    assert (await page("GET", "phones/nobody", 404))["error"]


async def test_bots_and_raw_updates_from_outside(sim, page):
    await page("POST", "bots", json={"token": OTHER, "username": "other_bot", "name": "Other"})
    made = await page("POST", "phones", json={"bot": 1})
    assert sim.phones[made["id"]].bot.token == OTHER
    await page("POST", "updates?token=" + OTHER, json={"message": 5})
    reply = await sim.call(OTHER, "getUpdates")
    assert reply.body["result"][0]["message"] == 5
    assert (await page("POST", "bots", 400, json={"token": "nonsense"}))["error"]


async def test_the_page_is_served_and_nothing_beside_it(http, url):
    for name in ("", "page/index.html"):
        async with http.get(f"{url}/{name}") as response:
            assert (response.status, response.content_type) == (200, "text/html")
            assert await response.read() == (PAGE / "index.html").read_bytes()
    for name in ("page/%2e%2e%2fcore.py", "page/..%2fcore.py", "page/nothing.js", "page/"):
        async with http.get(f"{url}/{name}") as response:
            assert response.status == 404


async def events(response):
    name = None
    async for raw in response.content:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            yield name, json.loads(line[6:])


async def test_changes_are_told_as_they_happen(sim, api, ada, http, url):
    async with http.get(f"{url}/sim/events") as response, asyncio.timeout(10):
        assert response.content_type == "text/event-stream"
        told = events(response)
        assert (await anext(told))[0] == "clock"
        ada.says("hello")
        assert (await news(told, "phone"))["messages"][0]["text"] == "hello"
        await api("sendMessage", chat_id=ada.id, text="hello yourself")
        assert (await news(told, "phone"))["messages"][1]["text"] == "hello yourself"
        sim.bot(OTHER)
        assert await news(told, "bots") == {}


async def test_typing_is_told_to_have_stopped(sim, api, ada, clock, http, url):
    async with http.get(f"{url}/sim/events") as response, asyncio.timeout(10):
        told = events(response)
        await anext(told)
        await api("sendChatAction", chat_id=ada.id, action="typing")
        assert (await news(told, "phone"))["typing"] is True
        clock.goes(6)
        assert (await news(told, "phone"))["typing"] is False


async def test_many_changes_are_told_together(sim, ada, http, url):
    async with http.get(f"{url}/sim/events") as response, asyncio.timeout(10):
        told = events(response)
        await anext(told)
        for number in range(200):
            ada.says(str(number))
        tellings = 1
        while len((await news(told, "phone"))["messages"]) < 200:
            tellings += 1
        assert tellings <= 3
    await asyncio.sleep(0.1)
    assert sim.world.changed is None


async def news(told, kind):
    async for name, data in told:
        if name == kind:
            return data
    raise AssertionError(f"no {kind} was told")
