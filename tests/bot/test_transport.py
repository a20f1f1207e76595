"""Over real sockets and in process: whether a call may have been acted on is never guessed wrongly."""

import asyncio
import json
import logging

import pytest
from aiohttp import web
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, TimedOut

from bot.transport import Flood, NeverLeft, Transport, Unanswered, line, trouble
from simulator import Fault, Simulator
from tests.dialogue import TOKEN
from tests.in_process import InProcess


@pytest.fixture
async def simulator():
    simulator = Simulator(flood=False)
    yield simulator
    await simulator.stop()


@pytest.fixture(params=["http", "in_process"])
async def bot(request, simulator):
    address = await simulator.start()
    bot = line(TOKEN, address, InProcess(simulator) if request.param == "in_process" else None)
    async with bot:
        yield bot


@pytest.fixture
async def ada(simulator):
    return simulator.phone(TOKEN, "Ada", started=True)


async def test_words_and_files_arrive_whole(bot, ada):
    words = "Ünïcode 🦉 <b>&amp;\u0600\n" * 20
    await bot.send_message(ada.id, words)
    await bot.send_document(ada.id, b"a,b\r\n\x00\xff", filename="tä ble.csv", caption="x")
    assert ada.messages[0]["text"] == words.strip()
    assert ada.messages[1]["document"]["file_name"] == "tä ble.csv"
    file = await bot.get_file(ada.messages[1]["document"]["file_id"])
    assert file.file_path


@pytest.mark.parametrize(
    ("kind", "error", "arrived"),
    [("429", Flood, 0), ("500", Unanswered, 0), ("502", Unanswered, 0), ("403", Forbidden, 0), ("400", BadRequest, 0),
     ("lose", Unanswered, 1)],
)  # fmt: skip
async def test_each_fault_has_its_error(bot, simulator, ada, kind, error, arrived):
    simulator.faults.add(Fault(kind, method="sendMessage", retry_after=9))
    with pytest.raises(error) as caught:
        await bot.send_message(ada.id, "secret words")
    assert len(ada.messages) == arrived
    assert TOKEN not in repr(caught.value)
    assert "secret" not in repr(caught.value)
    if error is Flood:
        assert caught.value.seconds == 9


@pytest.mark.parametrize("kind", ["hang", "half_open"])
async def test_an_answer_that_does_not_come_is_a_timeout_and_not_a_refusal(simulator, ada, kind):
    async with line(TOKEN, await simulator.start()) as bot:
        simulator.faults.add(Fault(kind, method="sendMessage", seconds=5))
        with pytest.raises(TimedOut):
            await bot.send_message(ada.id, "x", read_timeout=0.1)


async def test_in_process_an_answer_that_does_not_come_is_a_timeout_too(simulator, ada):
    async with line(TOKEN, "http://x", InProcess(simulator)) as bot:
        simulator.faults.add(Fault("hang", method="sendMessage", seconds=5))
        with pytest.raises(TimedOut):
            await bot.send_message(ada.id, "x", read_timeout=0.1)
        simulator.faults.add(Fault("refuse", method="sendMessage"))
        with pytest.raises(NeverLeft):
            await bot.send_message(ada.id, "x")


async def test_nobody_there_means_that_nothing_left(simulator):
    address = await simulator.start()
    await simulator.stop()
    bot = line(TOKEN, address)
    with pytest.raises(NeverLeft):
        await bot.initialize()
    await bot.shutdown()
    with pytest.raises(NeverLeft):
        await bot.send_message(1, "x")


async def test_a_cut_after_the_request_leaves_it_unknown(simulator, ada):
    async with line(TOKEN, await simulator.start()) as bot:
        simulator.faults.add(Fault("refuse", method="sendMessage"))
        with pytest.raises(Unanswered):
            await bot.send_message(ada.id, "x")


async def test_a_wrong_token_and_a_second_poller(bot, simulator):
    wrong = line("nonsense:x", bot.base_url.partition("/bot")[0])
    with pytest.raises(InvalidToken):
        await wrong.initialize()
    await wrong.shutdown()
    simulator.faults.add(Fault("500", method="getUpdates"))
    with pytest.raises(Unanswered):
        await bot.fetch(None, 0)
    await bot.set_webhook("https://example.invalid/")
    with pytest.raises(Conflict):
        await bot.fetch(None, 0)


async def test_updates_come_raw(bot, simulator, ada):
    simulator.add_update(TOKEN, {"message": "nonsense"})
    ada.says("hello")
    first, second = await bot.fetch(None, 0)
    assert first["message"] == "nonsense"
    assert second["message"]["text"] == "hello"


async def answering(status, body, headers=None):
    """A server that is no Bot API: it answers everything with this."""

    async def answer(request):
        return web.Response(status=status, body=body, headers=headers)

    runner = web.ServerRunner(web.Server(answer, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b"<html>secret words</html>", Unanswered),
        (200, b"[]", Unanswered),
        (200, b'{"ok": true}', Unanswered),
        (302, b"", Unanswered),
        (403, b"<html>proxy</html>", Forbidden),
        (404, b"not here", InvalidToken),
        (418, b"", Unanswered),
        (429, b"slow down", Flood),
        (503, b"{}", Unanswered),
    ],
)
async def test_what_is_not_telegrams_is_an_honest_error_without_its_words(status, body, error, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("telegram").setLevel(logging.WARNING)
    runner, address = await answering(status, body, {"Location": "/elsewhere"})
    bot = line(TOKEN, address)
    try:
        with pytest.raises(error) as caught:
            await bot.initialize()
    finally:
        await bot.shutdown()
        await runner.cleanup()
    assert TOKEN not in repr(caught.value) or error is InvalidToken
    assert "secret" not in caplog.text
    assert TOKEN not in caplog.text


async def test_updates_that_are_no_list_are_an_error():
    runner, address = await answering(200, json.dumps({"ok": True, "result": {"id": 1}}).encode())
    bot = line(TOKEN, address)
    await bot._request[0].initialize()
    with pytest.raises(Unanswered):
        await bot.fetch(None, 0)
    await bot._request[0].shutdown()
    await runner.cleanup()


async def test_opening_and_closing_twice_is_no_matter():
    transport = Transport()
    await transport.initialize()
    session = transport._session
    await transport.initialize()
    assert transport._session is session
    await transport.shutdown()
    await transport.shutdown()
    assert session.closed


def test_what_to_do_about_trouble_with_fetching():
    assert trouble(Flood(7)) == ("flood", 7.0)
    assert trouble(Conflict("x"))[1] >= 3
    assert trouble(InvalidToken())[1] >= 30
    assert trouble(Unanswered("x"))[1] == 1.0


async def test_many_calls_share_their_connections(simulator, ada):
    async with line(TOKEN, await simulator.start()) as bot:
        await asyncio.gather(*(bot.send_message(ada.id, str(n)) for n in range(100)))
    assert len(ada.messages) == 100


@pytest.mark.parametrize(("asked", "kept"), [(9, 9), (0, 1), (10**18, 24 * 3600), ("soon", 1), (None, 1)])
def test_a_silence_that_no_server_means_is_cut_to_a_day(asked, kept):
    body = json.dumps({"ok": False, "error_code": 429, "parameters": {"retry_after": asked}}).encode()
    with pytest.raises(Flood) as flood:
        Transport().judged(429, body)
    assert flood.value.seconds == kept
