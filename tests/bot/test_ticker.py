"""The clock's work: what is due, what is late, and a clock that was moved."""

import asyncio

import pytest

from bot import ticker as ticking
from bot.clock import Steadiness
from simulator import Fault
from tests.bot.crowd import attempts_of, broadcast, received, workers
from tests.dialogue import Clock, staged
from tests.handlers.acts import opens_meeting

HOUR = 3600


@pytest.fixture
async def two_clocks(data_dir):
    """The wall clock can be moved apart from the one that nobody can set."""
    steady = Clock(0)
    async with staged(data_dir, steady=steady) as stage:
        stage.steady = steady
        yield stage


async def test_a_jump_of_the_clock_freezes_sending_and_a_steady_minute_thaws_it(two_clocks, capsys):
    stage = two_clocks
    (ada,) = await workers(stage, 1)
    stage.clock.passes(hours=1)
    await stage.program.ticker.check_clock()
    assert "alert: the clock was moved" in capsys.readouterr().out
    await broadcast(stage)
    await stage.settle()
    assert received(stage, ada) == 0
    stage.clock.passes(seconds=30)
    stage.steady.passes(seconds=30)
    await stage.settle()
    assert received(stage, ada) == 0
    stage.clock.passes(seconds=40)
    stage.steady.passes(seconds=40)
    await stage.settle()
    assert received(stage, ada) == 1


@pytest.mark.parametrize("moved", [-HOUR, HOUR])
async def test_a_gate_stays_closed_as_long_as_it_was_meant_to(two_clocks, moved):
    stage = two_clocks
    await workers(stage, 1)
    stage.simulator.faults.add(Fault("429", method="sendMessage", retry_after=100))
    await broadcast(stage)
    await stage.settle()
    left = stage.program.gate.until - stage.clock.now
    stage.clock.now += moved
    await stage.program.ticker.check_clock()
    assert stage.program.gate.until - stage.clock.now == pytest.approx(left)


def test_small_differences_are_no_jump():
    wall, steady = Clock(1000), Clock(0)
    steadiness = Steadiness(wall, steady)
    wall.passes(seconds=59)
    assert steadiness.jump() == 0.0
    wall.passes(seconds=-61)
    assert steadiness.jump() == -61
    wall.passes(hours=5)
    steady.passes(hours=5)
    assert steadiness.jump() == 0.0


async def test_silence_closes_an_invite_by_itself_and_a_later_answer_reopens_it(stage):
    ada = await stage.worker("Ada")
    meeting = await opens_meeting(stage, days=6)
    await broadcast(stage, meeting)
    await stage.settle()
    await stage.passes(hours=73)
    row = await stage.db.row("SELECT outcome FROM contact_attempt WHERE reason = 'invite'")
    assert row["outcome"] == "no_response"
    await ada.taps("rsvp.button.yes")
    row = await stage.db.row("SELECT outcome, answer FROM contact_attempt WHERE reason = 'invite'")
    assert tuple(row) == ("late", "yes")


async def test_reminders_come_a_day_and_two_hours_before_once_each(stage):
    ada = await stage.worker("Ada")
    meeting = await opens_meeting(stage, days=3)
    await broadcast(stage, meeting)
    await stage.settle()
    await ada.taps("rsvp.button.yes")
    for _ in range(4 * 24):
        await stage.passes(hours=1)
    rows = await stage.db.rows("SELECT state, sent_at FROM contact_attempt WHERE reason = 'reminder' ORDER BY due_at")
    assert [row["state"] for row in rows] == ["accepted", "accepted"]
    late = [row["sent_at"] - (meeting.starts_at - before * HOUR) for before, row in zip((24, 2), rows, strict=True)]
    assert all(0 <= seconds <= HOUR for seconds in late)


async def test_after_downtime_past_reminders_expire_and_each_person_gets_one_late_message_at_most(data_dir):
    async with staged(data_dir) as stage:
        ada = await stage.worker("Ada")
        for days in (2, 3):
            await broadcast(stage, await opens_meeting(stage, title=f"Day {days}", days=days))
        await stage.settle()
        for message in [m for m in ada.phone.messages if "Day" in m.get("text", "")]:
            yes = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
            ada.phone.taps(message["message_id"], yes)
        await stage.settle()
        before = len(stage.simulator.ledger)
        simulator = stage.simulator
    simulator.clock.passes(days=2, hours=0)
    async with staged(data_dir, simulator=simulator) as stage:
        await stage.settle()
        reminders = await stage.db.rows("SELECT state, why FROM contact_attempt WHERE reason = 'reminder'")
        assert len(simulator.ledger) - before <= 1
        assert "sending" not in {row["state"] for row in reminders}


async def test_a_tick_that_fails_is_logged_and_the_next_one_comes(stage, capsys):
    calls = []

    async def tick():
        calls.append(1)
        raise ValueError("secret words")

    await ticking._safely(tick)
    await ticking._safely(tick)
    assert len(calls) == 2
    said = capsys.readouterr().out
    assert "a tick failed" in said
    assert "secret" not in said


async def test_forms_nobody_came_back_to_are_dropped(stage):
    ada = stage.somebody("Ada")
    await ada.says("/start")
    await ada.taps("join.consent.button.yes")
    assert await stage.db.value("SELECT COUNT(*) FROM open_form") == 1
    stage.clock.passes(days=13)
    await stage.program.ticker.tidy()
    assert await stage.db.value("SELECT COUNT(*) FROM open_form") == 1
    stage.clock.passes(days=2)
    await stage.program.ticker.tidy()
    assert await stage.db.value("SELECT COUNT(*) FROM open_form") == 0


async def test_the_scheduler_ticks_by_itself(stage):
    """No settling here: a second of real time is enough for what is due to be found."""
    (ada,) = await workers(stage, 1)
    await broadcast(stage)
    async with asyncio.timeout(10):
        while not received(stage, ada):  # noqa: ASYNC110 - the point is that it comes by itself
            await asyncio.sleep(0.05)
    assert (await attempts_of(stage))[0][0] in ("sending", "accepted")
