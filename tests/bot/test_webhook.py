"""Updates that Telegram posts: the same turns, and 200 only when their effects are on disk."""

import asyncio
import socket

import aiohttp
import pytest

from bot import webhook as hooks
from simulator import Simulator
from storage import updates
from tests.bot.test_intake import hears, until
from tests.dialogue import TOKEN, staged

SECRET = "a-secret-for-tests-only"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
async def hooked(data_dir):
    """A program that is posted to. The simulator cannot reach the address, so that tests can post themselves."""
    port = free_port()
    settings = {"webhook_url": "https://bot.example.invalid/hook", "webhook_port": port, "webhook_secret": SECRET}
    async with staged(data_dir, **settings) as stage, aiohttp.ClientSession() as session:
        stage.address, stage.session = f"http://127.0.0.1:{port}/hook", session
        yield stage


async def post(stage, body, headers=HEADER, **more):
    async with stage.session.post(stage.address, json=body, headers=headers, **more) as answer:
        return answer.status


def message(stage, words, update_id=7):
    someone = stage.somebody("Ada")
    chat = {"id": someone.id, "type": "private", "first_name": "Ada"}
    sender = {"id": someone.id, "is_bot": False, "first_name": "Ada"}
    content = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": words}
    return someone, {"update_id": update_id, "message": content}


async def test_telegram_is_told_where_and_with_what_secret(hooked):
    calls = {call.method: call.params for call in hooked.simulator.transcript}
    assert calls["setWebhook"]["url"] == "https://bot.example.invalid/hook"
    assert calls["setWebhook"]["secret_token"] == SECRET
    assert "getUpdates" not in calls


async def test_an_update_is_answered_200_after_its_commit_and_a_repetition_changes_nothing(hooked):
    ran = []

    async def run(update, context):
        ran.append(update.update_id)

    hears(hooked, "note", run)
    _, update = message(hooked, "note")
    assert await post(hooked, update) == 200
    assert await updates.handled(hooked.db) == {7}
    assert await post(hooked, update) == 200
    assert ran == [7]


async def test_a_repetition_waits_for_the_first_one(hooked):
    going = asyncio.Event()

    async def run(update, context):
        await going.wait()

    hears(hooked, "note", run)
    _, update = message(hooked, "note")
    first, second = (asyncio.create_task(post(hooked, update)) for _ in range(2))
    await asyncio.sleep(0.1)
    assert not first.done()
    assert not second.done()
    going.set()
    assert [await first, await second] == [200, 200]


async def test_what_takes_too_long_is_to_be_sent_again(hooked, monkeypatch):
    monkeypatch.setattr(hooks, "PATIENCE_SECONDS", 0.05)

    async def run(update, context):
        await asyncio.sleep(0.3)

    hears(hooked, "note", run)
    _, update = message(hooked, "note")
    assert await post(hooked, update) == 503
    await until(lambda: hooked.program.intake.idle)
    assert await post(hooked, update) == 200


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": SECRET + "x"},
                                     {"X-Telegram-Bot-Api-Secret-Token": "ünïcode"}])  # fmt: skip
async def test_without_the_secret_nothing_is_even_read(hooked, headers):
    someone, update = message(hooked, "hello")
    assert await post(hooked, update, headers) == 403
    assert len(someone.phone.messages) == 0


async def test_nonsense_is_refused_or_passed_over(hooked):
    async with hooked.session.post(hooked.address, data=b"{nonsense", headers=HEADER) as answer:
        assert answer.status == 400
    assert await post(hooked, ["no", "update"]) == 200
    assert await post(hooked, {"update_id": 9, "message": "nonsense"}) == 200
    async with hooked.session.post(hooked.address, data=b"x" * (hooks.MOST_BYTES + 1), headers=HEADER) as answer:
        assert answer.status == 413
    assert hooked.program.intake.malformed == 2


async def test_no_list_of_updates_is_kept(data_dir, monkeypatch):
    monkeypatch.setattr(hooks, "GRACE_SECONDS", 0.1)
    port = free_port()
    settings = {"webhook_url": "https://bot.example.invalid/hook", "webhook_port": port, "webhook_secret": SECRET}
    async with staged(data_dir, **settings) as stage, aiohttp.ClientSession() as session:
        stage.address, stage.session = f"http://127.0.0.1:{port}/", session
        _, update = message(stage, "/help")
        assert await post(stage, update) == 200
        assert await updates.handled(stage.db) == {7}

        async def forgotten():
            return not await updates.handled(stage.db)

        await until(forgotten)


async def test_the_whole_way_over_real_http(data_dir):
    """The simulator posts as Telegram does; the secret is the program's own."""
    port = free_port()
    simulator = Simulator(lambda: 1_803_902_400.0, flood=False)
    url = f"http://127.0.0.1:{port}/hook"
    async with staged(data_dir, simulator=simulator, webhook_url=url, webhook_port=port) as stage:
        phone = simulator.phone(TOKEN, "Ada")
        phone.says("hello")
        await until(lambda: any(m["from"]["is_bot"] for m in phone.messages))
        assert stage.program.intake.malformed == 0
    await simulator.stop()
