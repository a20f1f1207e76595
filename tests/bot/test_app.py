"""How the program starts: what it says of itself, what it makes of a Telegram that is not there."""

import asyncio

import pytest

from bot import app, face
from bot.settings import SettingsError, load
from rules.council import Council
from simulator import Fault, Simulator
from tests.bot.test_webhook import free_port
from tests.dialogue import TOKEN, staged
from tests.in_process import InProcess


@pytest.fixture
def simulator():
    return Simulator(flood=False)


def program(simulator, data_dir, **more):
    return app.build(load(None, token=TOKEN, data_dir=data_dir, **more), request=InProcess(simulator))


async def test_a_telegram_that_is_not_there_yet_is_waited_for(simulator, data_dir, monkeypatch, capsys):
    pauses, whole = [], asyncio.sleep

    async def sleep(seconds):
        pauses.append(seconds)
        await whole(0)

    simulator.faults.add(Fault("refuse", method="getMe", times=3))
    with monkeypatch.context() as quick:
        quick.setattr("bot.app.asyncio.sleep", sleep)
        async with program(simulator, data_dir) as running:
            assert running.services.bot_username()
    assert [pause for pause in pauses if pause >= 1] == [1.0, 2.0, 4.0]
    assert "Telegram cannot be reached" in capsys.readouterr().out


async def test_a_token_telegram_does_not_know_is_a_wrong_setting_without_its_value(simulator, data_dir):
    simulator.faults.add(Fault("400", method="getMe"))
    whole = simulator.call

    async def knows_nobody(token, *rest):
        return await whole("nobody", *rest)

    simulator.call = knows_nobody
    with pytest.raises(SettingsError, match="BOT_TOKEN") as caught:
        await program(simulator, data_dir).__aenter__()
    assert TOKEN not in str(caught.value)


async def test_a_webhook_address_that_telegram_refuses_is_a_wrong_setting(simulator, data_dir):
    hooked = program(simulator, data_dir, webhook_url="http://council.example.invalid/", webhook_port=0)
    with pytest.raises(SettingsError, match="BOT_WEBHOOK_URL"):
        await hooked.__aenter__()


async def test_a_webhook_of_an_earlier_run_is_taken_back_or_let_be(simulator, data_dir, capsys):
    simulator.faults.add(Fault("400", method="deleteWebhook"))
    async with program(simulator, data_dir):
        assert "a webhook could not be taken back" in capsys.readouterr().out


async def test_who_we_are_can_be_asked_without_running(simulator):
    address = await simulator.start()
    simulator.bot(TOKEN, username="care_bot")
    settings = load(None, token=TOKEN, api_url=address)
    assert await app.bot_name(settings) == "care_bot"
    simulator.faults.add(Fault("500", method="getMe"))
    with pytest.raises(app.Unreachable, match="cannot be reached") as caught:
        await app.bot_name(settings)
    assert TOKEN not in str(caught.value)
    with pytest.raises(app.Unreachable, match="BOT_TOKEN"):
        await app.bot_name(load(None, token="00:---", api_url=address + "/nowhere"))
    await simulator.stop()


async def test_it_serves_until_it_is_told_to_stop_or_a_loop_ends(stage):
    stop = asyncio.Event()
    serving = asyncio.create_task(stage.program.serve_until(stop))
    await asyncio.sleep(0.01)
    assert not serving.done()
    stop.set()
    await serving

    async def breaks():
        raise ValueError("a loop ended")

    stage.program._tasks.append(asyncio.create_task(breaks()))
    with pytest.raises(ValueError, match="a loop ended"):
        await stage.program.serve_until(asyncio.Event())


async def test_the_health_port_is_opened_when_asked_for(data_dir, simulator):
    port = free_port()
    async with staged(data_dir, health_port=port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /health HTTP/1.0\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.0 ")
        writer.close()
        await writer.wait_closed()


async def test_menus_are_set_for_strangers_in_every_language(simulator):
    async with app.transport.line(TOKEN, "http://x", InProcess(simulator)) as line:
        await face.show(line, Council(languages=("en", "ar-x-draft")))
    commands = simulator.world.bots[TOKEN].commands
    assert [language for _, language in commands] == ["", "ar"]
    first, second = commands.values()
    assert [one["command"] for one in first] == [one["command"] for one in second]
    assert "invite" not in [one["command"] for one in first]


async def test_descriptions_that_cannot_be_set_do_not_stop_the_program(simulator, capsys):
    async with app.transport.line(TOKEN, "http://x", InProcess(simulator)) as line:
        simulator.faults.add(Fault("500", method="setMyCommands"))
        await face.show(line, Council())
    assert "descriptions and menus could not be set" in capsys.readouterr().out
