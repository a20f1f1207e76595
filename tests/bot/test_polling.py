"""Fetching: what goes wrong on the line is waited out, and a long absence is kept as what it was."""

import asyncio

import pytest

from bot import polling
from simulator import Fault
from storage import machine, updates
from tests.bot.test_intake import marks, until
from tests.dialogue import TOKEN, staged


@pytest.fixture
def log(monkeypatch):
    """What fetching logged: (event, values)."""
    lines = []

    class Log:
        def warning(self, event, **values):
            lines.append((event, values))

        info = warning

    monkeypatch.setattr(polling, "log", Log())
    return lines


def trouble(log):
    return [values["what"] for event, values in log if event == "updates could not be fetched"]


async def breaks_the_next(stage, kind, **more):
    """One call is waiting at Telegram already; this is for those that come after it."""
    await stage.settle()
    await asyncio.sleep(0.05)
    stage.simulator.faults.add(Fault(kind, method="getUpdates", **more))


@pytest.mark.parametrize("kind", ["500", "502", "429", "lose"])
async def test_after_trouble_on_the_line_everything_is_fetched(stage, kind, monkeypatch, log):
    monkeypatch.setattr(polling, "LONGEST_PAUSE", 0.02)
    await breaks_the_next(stage, kind)
    ada = stage.somebody("Ada")
    for _ in range(3):
        await ada.says("hello")
        ada.sees("help.hello")
    assert trouble(log) == ["flood" if kind == "429" else "no connection"]


async def test_pauses_grow_and_end_with_the_first_answer(stage, monkeypatch):
    pauses = []

    async def back_off(error, pause):
        pauses.append(pause)
        return await whole(error, pause)

    whole = stage.program.polling._back_off
    monkeypatch.setattr(stage.program.polling, "_back_off", back_off)
    monkeypatch.setattr(polling, "LONGEST_PAUSE", 0.02)
    await breaks_the_next(stage, "500", times=3)
    ada = stage.somebody("Ada")
    ada.phone.says("hello")
    await until(lambda: len(pauses) == 3)
    assert pauses == [0.0, 0.02, 0.02]
    await ada.says("hello")
    ada.sees("help.hello")


async def test_another_program_with_our_token_is_named_in_the_log(stage, monkeypatch, log):
    monkeypatch.setattr(polling, "LONGEST_PAUSE", 0.02)
    await stage.settle()
    await asyncio.sleep(0.05)
    await stage.simulator.call(TOKEN, "getUpdates", {"timeout": 0})
    await until(lambda: trouble(log))
    assert trouble(log) == ["another program fetches with this token"]
    ada = stage.somebody("Ada")
    await ada.says("hello")
    ada.sees("help.hello")


async def test_a_fault_of_our_own_is_trouble_and_not_the_end(stage, monkeypatch, log):
    whole = updates.forget_handled
    faults = [TypeError("secret words")]

    async def forgets(tx, told):
        if faults:
            raise faults.pop()
        await whole(tx, told)

    monkeypatch.setattr(polling, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(updates, "forget_handled", forgets)
    ada = stage.somebody("Ada")
    await ada.says("hello")
    await ada.says("hello")
    ada.sees("help.hello")
    assert trouble(log) == ["fault"]
    assert "secret" not in repr(log)


async def test_hearing_from_telegram_is_kept_once_a_minute(stage):
    await stage.settle()
    first = await machine.last_beat(stage.db)
    assert first == stage.clock.now
    await stage.passes(seconds=59)
    assert await machine.last_beat(stage.db) == first
    await stage.passes(seconds=2)
    assert await machine.last_beat(stage.db) == first + 61


@pytest.mark.parametrize(("hours", "outages"), [(22, 0), (24, 1)])
async def test_a_day_without_fetching_is_an_outage(data_dir, hours, outages, capsys):
    async with staged(data_dir) as stage:
        await stage.settle()
        simulator, before = stage.simulator, int(stage.clock.now)
    simulator.clock.passes(hours=hours)
    async with staged(data_dir, simulator=simulator) as stage:
        await stage.settle()
        found = await machine.outages(stage.db, 0, 2**40)
        assert len(found) == outages
        if outages:
            assert (found[0].from_at, found[0].until_at) == (before, before + hours * 3600)


async def test_when_telegram_cannot_be_told_at_the_end_the_mark_stays(data_dir, capsys):
    async with staged(data_dir) as stage:
        await breaks_the_next(stage, "500", times=None)
        stage.somebody("Ada").phone.says("/start")

        async def marked():
            return await marks(stage)

        await until(marked)
        simulator = stage.simulator
    simulator.faults.clear()
    async with staged(data_dir, simulator=simulator) as stage:
        await stage.settle()
        assert await marks(stage) == set()


async def test_a_stop_does_not_wait_for_a_telegram_that_hangs(data_dir, capsys):
    async with staged(data_dir) as stage:
        await breaks_the_next(stage, "hang", times=None, seconds=60)
        stage.somebody("Ada").phone.says("/start")

        async def marked():
            return await marks(stage)

        await until(marked)
    assert "it will repeat some" in capsys.readouterr().out
