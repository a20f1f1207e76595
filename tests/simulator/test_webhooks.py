"""Updates posted to the bot's own address."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from tests.simulator.stage import inline


class Receiver:
    """A bot's own server: what it was sent, and what it answers, one status after another."""

    def __init__(self):
        self.got = []
        self.statuses = []
        self.sent_back = None
        self.news = asyncio.Event()

    async def take(self, request):
        body = await request.json()
        self.got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), body))
        self.news.set()
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.sent_back, status=status)

    async def has(self, count):
        while len(self.got) < count:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 5)


@asynccontextmanager
async def listening(receiver):
    runner = web.ServerRunner(web.Server(receiver.take))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


@pytest.fixture
async def receiver(sim):
    made = Receiver()
    async with listening(made) as made.url:
        yield made
        await sim.stop()


def texts(receiver):
    return [body["message"]["text"] for _, body in receiver.got]


async def test_updates_are_posted_in_order_with_the_secret(api, ada, receiver):
    ada.says("before")
    await api("setWebhook", url=receiver.url, secret_token="s3cret")
    ada.says("after")
    await receiver.has(2)
    assert texts(receiver) == ["before", "after"]
    assert {secret for secret, _ in receiver.got} == {"s3cret"}


async def test_an_update_is_posted_until_it_is_taken(api, ada, receiver):
    receiver.statuses = [500, 404]
    ada.says("again and again")
    ada.says("next")
    await api("setWebhook", url=receiver.url)
    await receiver.has(4)
    assert texts(receiver) == ["again and again"] * 3 + ["next"]
    info = await api("getWebhookInfo")
    assert info["url"] == receiver.url
    assert info["last_error_message"] == "Wrong response from the webhook: 404 Not Found"


async def test_an_answer_may_carry_a_call(api, ada, receiver):
    receiver.sent_back = {"method": "sendMessage", "chat_id": ada.id, "text": "hello", "reply_markup": inline("x")}
    await api("setWebhook", url=receiver.url)
    ada.says("hi")
    ada.says("hi again")
    await receiver.has(2)  # posted one at a time: the first call has been done by now
    assert ada.screen[2] == ("bot", "hello")


async def test_fetching_and_posting_exclude_each_other(api, ada, receiver):
    poll = asyncio.create_task(api.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await api("setWebhook", url=receiver.url)
    assert await asyncio.wait_for(poll, 5) == "Conflict: terminated by setWebhook request"
    refusal = await api.refused("getUpdates")
    assert refusal == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    assert await api("setWebhook", url="") is True
    ada.says("fetched")
    assert len(await api("getUpdates")) == 1
    assert receiver.got == []


async def test_one_webhook_takes_the_place_of_another(api, ada, receiver):
    await api("setWebhook", url="http://127.0.0.1:9/nobody-listens")
    await asyncio.sleep(0.05)
    ada.says("hello")
    await asyncio.sleep(0.05)
    assert (await api("getWebhookInfo"))["last_error_message"].startswith("Connection failed")
    await api("setWebhook", url=receiver.url)
    await receiver.has(1)
    assert texts(receiver) == ["hello"]


async def test_waiting_updates_can_be_dropped(api, ada):
    ada.says("old")
    await api("deleteWebhook", drop_pending_updates=True)
    assert (await api("getWebhookInfo"))["pending_update_count"] == 0
    assert await api("getUpdates") == []


async def test_addresses_and_secrets_that_are_refused(api):
    for url in ("http://example.org/hook", "ftp://127.0.0.1/", "nowhere", "http://"):
        assert "HTTPS URL must be provided" in await api.refused("setWebhook", url=url)
    for secret in ("", "no spaces", "é", "x" * 257):
        refusal = await api.refused("setWebhook", url="https://example.org/hook", secret_token=secret)
        assert refusal == "Bad Request: secret token contains unallowed characters"
