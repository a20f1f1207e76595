"""The Bot API over real HTTP: every way of passing parameters, files up and down, and the real library as a caller."""

import asyncio
import json

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, RetryAfter

from simulator import Fault
from simulator.pictures import small_png
from tests.simulator.stage import OTHER, TOKEN


async def answer(response):
    async with response:
        return response.status, await response.json()


async def test_json_form_query_and_multipart_say_the_same(ada, url, http):
    markup = {"inline_keyboard": [[{"text": "Ja – נא", "callback_data": "v1:x"}]]}
    whole = {"chat_id": ada.id, "text": "Grüße & שלום", "reply_markup": markup, "protect_content": True}
    flat = {
        "chat_id": str(ada.id),
        "text": whole["text"],
        "reply_markup": json.dumps(markup),
        "protect_content": "true",
    }
    address = f"{url}/bot{TOKEN}/sendMessage"
    form = aiohttp.FormData(flat, default_to_multipart=True)
    calls = [{"json": whole}, {"data": flat}, {"params": flat}, {"data": form}]
    for call in calls:
        status, body = await answer(await http.post(address, **call))
        assert status == 200, body
    assert (await answer(await http.get(address, params=flat)))[0] == 200
    sent = [{k: v for k, v in message.items() if k != "message_id"} for message in ada.messages]
    assert len(sent) == 5
    assert all(message == sent[0] for message in sent)


async def test_refusals_carry_their_status(ada, url, http):
    status, body = await answer(await http.post(f"{url}/bot{TOKEN}/sendMessage", json={"chat_id": ada.id}))
    assert (status, body) == (
        400,
        {"ok": False, "error_code": 400, "description": "Bad Request: message text is empty"},
    )
    assert (await answer(await http.post(f"{url}/botnonsense/getMe")))[0] == 401
    assert (await answer(await http.post(f"{url}/bot{TOKEN}/nonsense")))[0] == 404
    assert (await answer(await http.post(f"{url}/bot{TOKEN}")))[0] == 404


async def test_broken_bodies_are_refused(url, http):
    address = f"{url}/bot{TOKEN}/getMe"
    kind = {"Content-Type": "application/json"}
    for broken in (b"{", b"[1]", b"\xff"):
        assert (await answer(await http.post(address, data=broken, headers=kind)))[0] == 400
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert (await answer(await http.post(address, data=b"no boundary here", headers=kind)))[0] == 400


async def test_a_document_goes_up_and_comes_down(ada, url, http):
    content = bytes(range(256)) * 100
    words = {"chat_id": str(ada.id), "caption": "<b>Report</b>", "parse_mode": "HTML"}
    form = aiohttp.FormData(words, quote_fields=False)
    form.add_field("document", content, filename="Bericht – März.csv", content_type="text/csv")
    status, body = await answer(await http.post(f"{url}/bot{TOKEN}/sendDocument", data=form))
    assert status == 200
    document = body["result"]["document"]
    assert (document["file_name"], document["file_size"]) == ("Bericht – März.csv", len(content))
    assert body["result"]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 6}]
    _, found = await answer(await http.get(f"{url}/bot{TOKEN}/getFile", params={"file_id": document["file_id"]}))
    async with http.get(f"{url}/file/bot{TOKEN}/{found['result']['file_path']}") as response:
        assert await response.read() == content
    assert (await answer(await http.get(f"{url}/file/bot{OTHER}/{found['result']['file_path']}")))[0] == 404


async def test_a_long_poll_over_http(ada, url, http):
    poll = asyncio.create_task(http.post(f"{url}/bot{TOKEN}/getUpdates", json={"timeout": 30}))
    await asyncio.sleep(0.1)
    ada.says("hello")
    status, body = await answer(await asyncio.wait_for(poll, 5))
    assert (status, body["result"][0]["message"]["text"]) == (200, "hello")


async def test_a_poller_that_hung_up_does_not_swallow_updates(ada, url, http):
    with pytest.raises(TimeoutError):
        await http.post(f"{url}/bot{TOKEN}/getUpdates", json={"timeout": 30}, timeout=aiohttp.ClientTimeout(total=0.2))
    ada.says("hello")
    _, body = await answer(await http.post(f"{url}/bot{TOKEN}/getUpdates", json={}))
    assert [update["message"]["text"] for update in body["result"]] == ["hello"]


@pytest.fixture
async def bot(url):
    async with Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as made:
        yield made


async def test_the_library_reads_all_we_say(bot, ada):
    ada.says("/start poster-1")
    photo = ada.sends("photo", caption="me")
    for kind in ("voice", "sticker", "contact", "location", "document", "venue", "video", "dice", "poll", "audio"):
        ada.sends(kind)
    ada.edits(photo - 1, "/start again")
    ada.blocks()
    ada.unblocks()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="v1:yes")]])
    sent = await bot.send_message(ada.id, "<b>Coming?</b>", parse_mode="HTML", reply_markup=keyboard)
    ada.taps(sent.message_id, "v1:yes")
    updates = await bot.get_updates()
    assert len(updates) == 16
    assert all(isinstance(update, Update) and update.effective_user for update in updates)
    assert updates[0].message.entities[0].type == "bot_command"
    assert updates[-1].callback_query.message == sent
    assert await updates[-1].callback_query.answer("Saved")
    assert ada.alerts[0].text == "Saved"


async def test_the_library_sends_files_and_fetches_them(bot, ada):
    sent = await bot.send_document(ada.id, b"a,b\n1,2\n", filename="table.csv", caption="Your file")
    fetched = await (await bot.get_file(sent.document.file_id)).download_as_bytearray()
    assert fetched == b"a,b\n1,2\n"
    assert (await bot.send_photo(ada.id, small_png())).photo[0].width == 8
    again = await bot.send_document(ada.id, sent.document.file_id)
    assert again.document.file_unique_id == sent.document.file_unique_id


async def test_the_library_hears_refusals_as_its_own_errors(bot, ada, sim, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # or it warns that its own attribute will change
    with pytest.raises(BadRequest, match="too long"):
        await bot.send_message(ada.id, "x" * 4097)
    sim.faults.add(Fault("429", retry_after=9))
    with pytest.raises(RetryAfter, match="9"):
        await bot.send_message(ada.id, "x")
    await bot.set_webhook("https://127.0.0.1:1/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()


async def test_the_library_sets_everything_up(bot, ada):
    await bot.set_my_commands([("help", "What I can do")], language_code="en")
    assert [command.command for command in await bot.get_my_commands(language_code="en")] == ["help"]
    await bot.set_my_description("For care workers")
    assert (await bot.get_my_description()).description == "For care workers"
    assert (await bot.get_webhook_info()).url == ""
    chat = await bot.get_chat(ada.id)
    assert (chat.type, chat.first_name) == ("private", "Ada")
