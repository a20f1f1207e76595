"""Every row of the table of states, with the network as the only thing that is pretended."""

import asyncio
import sqlite3

import pytest

from bot import outbox
from simulator import Fault
from storage import attempts, broadcasts, machine, meeting_changes, people
from tests.bot.crowd import attempts_of, broadcast, received, workers
from tests.dialogue import staged
from tests.handlers.acts import opens_meeting

MINUTES = 60


def breaks(stage, kind, **more):
    return stage.simulator.faults.add(Fault(kind, method="sendMessage", **more))


async def states(stage):
    return [state for state, _, _ in await attempts_of(stage)]


async def test_an_invite_is_accepted_and_keeps_telegrams_id(stage):
    (ada,) = await workers(stage, 1)
    await broadcast(stage)
    await stage.settle()
    row = await stage.db.row("SELECT * FROM contact_attempt")
    assert (row["state"], row["message_id"]) == ("accepted", ada.messages[-1]["message_id"])
    assert row["silent_at"] == row["sent_at"] + 72 * 3600
    events = [r["state"] for r in await stage.db.rows("SELECT state FROM attempt_event ORDER BY id")]
    assert events == ["planned", "queued", "sending", "accepted"]


async def test_sending_is_on_disk_before_the_call(stage):
    await workers(stage, 1)
    seen = []
    whole = stage.simulator.call

    async def looks_first(token, method, *rest):
        if method == "sendMessage":
            seen.append(await states(stage))
        return await whole(token, method, *rest)

    stage.simulator.call = looks_first
    await broadcast(stage)
    await stage.settle()
    assert seen == [["sending"]]


async def test_a_flood_closes_one_gate_for_everybody_and_nothing_is_lost(stage):
    phones = await workers(stage, 3)
    breaks(stage, "429", retry_after=7)
    await broadcast(stage)
    await stage.settle()
    assert "flood" in {why for _, why, _ in await attempts_of(stage)}
    assert stage.program.gate.closed
    assert await machine.gate_closed_until(stage.db) >= stage.clock.now + 7
    sent_while_closed = len(stage.simulator.ledger)
    await stage.passes(seconds=5)
    assert len(stage.simulator.ledger) == sent_while_closed
    await stage.passes(seconds=10)
    assert await states(stage) == ["accepted"] * 3
    assert [received(stage, phone) for phone in phones] == [1, 1, 1]


async def test_the_gate_survives_a_restart(data_dir):
    async with staged(data_dir) as stage:
        await workers(stage, 1)
        breaks(stage, "429", retry_after=3600)
        await broadcast(stage)
        await stage.settle()
    async with staged(data_dir) as stage:
        await stage.settle()
        assert stage.program.gate.closed
        assert stage.simulator.ledger == []


@pytest.mark.parametrize("words", ["bot was blocked by the user", "user is deactivated"])
async def test_a_person_who_blocked_us_is_unreachable_and_everything_else_to_them_stops(stage, words):
    (ada,) = await workers(stage, 1)
    breaks(stage, "403", description=words)
    await broadcast(stage)
    await stage.settle()
    assert await states(stage) == ["blocked"]
    assert (await people.by_telegram(stage.db, ada.id)).unreachable_at is not None
    await broadcast(stage, await opens_meeting(stage, title="Another"))
    await stage.settle()
    assert (await attempts_of(stage))[-1][:2] == ("skipped", "unreachable")
    ada.blocks()
    ada.unblocks()
    await stage.settle()
    assert (await people.by_telegram(stage.db, ada.id)).unreachable_at is None


async def test_a_chat_that_is_gone_fails_for_good_and_many_of_them_are_an_alert(stage, capsys):
    await workers(stage, 3)
    breaks(stage, "400", times=2)
    await broadcast(stage)
    await stage.settle()
    await stage.passes(hours=1)
    assert sorted(await states(stage)) == ["accepted", "failed", "failed"]
    assert capsys.readouterr().out.count("alert: many chats of a broadcast are gone") == 1


async def test_words_that_telegram_refuses_are_our_fault_and_never_tried_again(stage, capsys):
    await workers(stage, 1)
    breaks(stage, "400", description="can't parse entities: unsupported start tag")
    await broadcast(stage)
    await stage.settle()
    await stage.passes(hours=1)
    assert [(state, why) for state, why, _ in await attempts_of(stage)] == [("failed", "bad_text")]
    assert "alert: Telegram refused our words" in capsys.readouterr().out


async def test_what_never_left_is_sent_again(stage):
    (ada,) = await workers(stage, 1)
    breaks(stage, "refuse", times=2)
    await broadcast(stage)
    await stage.settle()
    assert (await attempts_of(stage))[0][:2] == ("retry_wait", "not_sent")
    await stage.passes(seconds=3)
    await stage.passes(seconds=5)
    assert await states(stage) == ["accepted"]
    assert received(stage, ada) == 1


async def test_a_refused_token_says_nothing_about_the_person(stage):
    await workers(stage, 1)
    whole = stage.simulator.call

    async def forgets_us(token, method, *rest):
        return await whole("1:unknown" if method != "sendMessage" else "wrong", method, *rest)

    await stage.settle()
    stage.simulator.call = forgets_us
    await broadcast(stage)
    await stage.program.outbox.release()
    await stage.settle()
    assert (await attempts_of(stage))[0][:2] == ("retry_wait", "unauthorised")
    stage.simulator.call = whole
    await stage.passes(minutes=6)
    assert await states(stage) == ["accepted"]


@pytest.mark.parametrize("kind", ["lose", "500", "502"])
async def test_an_invite_of_unknown_fate_goes_once_more_after_a_quarter_of_an_hour(stage, kind):
    (ada,) = await workers(stage, 1)
    breaks(stage, kind, times=2)
    await broadcast(stage)
    await stage.settle()
    assert await states(stage) == ["unknown"]
    await stage.passes(minutes=14)
    assert await states(stage) == ["unknown"]
    await stage.passes(minutes=2)
    assert await states(stage) == ["unknown"]
    await stage.passes(hours=24)
    assert await states(stage) == ["unknown"]
    assert received(stage, ada) == (2 if kind == "lose" else 0)


async def test_a_tap_on_an_invite_of_unknown_fate_resolves_it(stage):
    (ada,) = await workers(stage, 1)
    breaks(stage, "lose")
    await broadcast(stage)
    await stage.settle()
    invite = ada.messages[-1]
    ada.taps(invite["message_id"], invite["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    await stage.settle()
    assert (await states(stage))[0] == "accepted"
    before = received(stage, ada)
    await stage.passes(minutes=20)
    assert received(stage, ada) == before


async def test_what_was_on_its_way_in_a_crash_is_unknown_at_the_next_start(data_dir):
    async with staged(data_dir) as stage:
        await workers(stage, 2)
        await broadcast(stage)
        async with stage.program.database.transaction() as tx:
            await attempts.release_due(tx, int(stage.clock.now))
            assert (await attempts.claim(tx, int(stage.clock.now))) is not None
        stage.program.gate.until = stage.clock.now + 3600
    async with staged(data_dir) as stage:
        assert sorted(await states(stage)) == ["queued", "unknown"]


async def test_the_person_who_stopped_in_between_is_skipped_with_the_reason(stage):
    (ada,) = await workers(stage, 1)
    await broadcast(stage)
    person = await people.by_telegram(stage.db, ada.id)
    async with stage.program.database.transaction() as tx:
        await people.stop(tx, person.id, int(stage.clock.now))
    await stage.settle()
    assert [(state, why) for state, why, _ in await attempts_of(stage)] == [("skipped", "stopped")]


async def test_quiet_hours_hold_a_message_until_the_morning(stage):
    (ada,) = await workers(stage, 1)
    await stage.passes(hours=11)  # eleven at night
    await broadcast(stage)
    await stage.settle()
    assert [(state, why) for state, why, _ in await attempts_of(stage)] == [("planned", "quiet_hours")]
    await stage.passes(hours=8, minutes=30)
    assert await states(stage) == ["planned"]
    await stage.passes(minutes=45)
    assert await states(stage) == ["accepted"]
    assert received(stage, ada) == 1


async def test_what_would_only_be_of_use_at_night_expires(stage):
    (ada,) = await workers(stage, 1)
    await stage.passes(hours=11)
    person, now = await people.by_telegram(stage.db, ada.id), int(stage.clock.now)
    async with stage.program.database.transaction() as tx:
        await attempts.plan(tx, person.id, "notice", 0, 1, now, now + 3600, now)
    await stage.settle()
    assert [(state, why) for state, why, _ in await attempts_of(stage)] == [("expired", "quiet_hours")]


async def test_caps_count_other_messages_and_not_this_one(stage):
    await workers(stage, 1)
    for title in ("One", "Two", "Three"):
        await broadcast(stage, await opens_meeting(stage, title=title, days=6))
        await stage.settle()
    assert [(state, why) for state, why, _ in await attempts_of(stage)] == [
        ("accepted", ""), ("accepted", ""), ("planned", "capped"),
    ]  # fmt: skip
    await stage.passes(hours=21)
    assert await states(stage) == ["accepted"] * 3


async def test_a_meeting_that_has_begun_is_not_announced(stage):
    await workers(stage, 1)
    await broadcast(stage)
    stage.clock.passes(days=5)
    await stage.settle()
    assert (await attempts_of(stage))[0][0] == "expired"


async def test_nothing_to_say_is_skipped(stage):
    (ada,) = await workers(stage, 1)
    person = await people.by_telegram(stage.db, ada.id)
    async with stage.program.database.transaction() as tx:
        await attempts.plan(tx, person.id, "notice", 0, 1, int(stage.clock.now), None, int(stage.clock.now))
        await attempts.plan(tx, person.id, "welcome_back", 0, 1, int(stage.clock.now), None, int(stage.clock.now))
    await stage.settle()
    assert [(state, why) for state, why, _ in await attempts_of(stage)] == [("skipped", "nothing_to_say")] * 2


async def test_words_that_cannot_be_found_fail_alone(stage, capsys):
    await workers(stage, 2)

    async def breaks_once(db, attempt, council):
        composes["invite"] = whole
        raise KeyError("no such text: secret words")

    composes = stage.program.outbox.composes = dict(stage.program.outbox.composes)
    whole, composes["invite"] = composes["invite"], breaks_once
    await broadcast(stage)
    await stage.settle()
    assert sorted(await states(stage)) == ["accepted", "failed"]
    said = capsys.readouterr().out
    assert "a message could not be put into words" in said
    assert "secret words" not in said


async def test_a_message_waits_when_sending_freezes_at_the_last_moment(stage):
    await workers(stage, 1)
    compose = stage.program.outbox.composes["invite"]

    async def freezes(db, attempt, council):
        stage.program.outbox.frozen = True
        return await compose(db, attempt, council)

    stage.program.outbox.composes = {"invite": freezes}
    await broadcast(stage)
    await stage.settle()
    assert (await attempts_of(stage))[0][:2] == ("retry_wait", "not_now")
    assert stage.simulator.ledger == []
    stage.program.outbox.frozen = False
    stage.program.outbox.composes = {"invite": compose}
    await stage.settle()
    assert await states(stage) == ["accepted"]


async def test_a_broadcast_ends_and_its_own_message_counts_up(stage):
    boss = await stage.coordinator()
    await workers(stage, 5)
    message_id = boss.phone.messages[-1]["message_id"]
    person = await boss.person()
    one = await broadcast(stage, made_by=person.id, chat_id=boss.id)
    async with stage.program.database.transaction() as tx:
        await broadcasts.set_message(tx, one.id, message_id)
    await stage.settle()
    assert (await broadcasts.by_id(stage.db, one.id)).state == "done"
    await stage.settle()
    shown = next(m for m in boss.phone.messages if m["message_id"] == message_id)
    assert "5" in shown["text"]


async def test_a_stopped_broadcast_sends_nothing_more(stage):
    phones = await workers(stage, 3)
    one = await broadcast(stage)
    async with stage.program.database.transaction() as tx:
        await broadcasts.stop(tx, one.id, int(stage.clock.now))
    await stage.settle()
    assert await states(stage) == ["cancelled"] * 3
    assert [received(stage, phone) for phone in phones] == [0, 0, 0]


async def test_a_reminder_of_unknown_fate_is_not_repeated_in_the_last_hour(stage):
    ada = await stage.worker("Ada")
    meeting = await opens_meeting(stage, days=1)
    await broadcast(stage, meeting)
    await stage.settle()
    await ada.taps("rsvp.button.yes")
    stage.clock.now = meeting.starts_at - 65 * MINUTES
    breaks(stage, "lose")
    await stage.settle()
    await stage.passes(minutes=20)
    reminders = await stage.db.rows("SELECT state, why FROM contact_attempt WHERE reason = 'reminder' ORDER BY id")
    assert ("expired", "too_late") in [tuple(row) for row in reminders]
    assert all(row["state"] == "expired" for row in reminders)


async def test_a_cancelled_meeting_sends_no_reminder_but_says_so(stage):
    ada = await stage.worker("Ada")
    meeting = await opens_meeting(stage, days=3)
    await broadcast(stage, meeting)
    await stage.settle()
    await ada.taps("rsvp.button.yes")
    async with stage.program.database.transaction() as tx:
        await meeting_changes.cancel(tx, meeting.id, int(stage.clock.now))
    await stage.settle()
    await stage.passes(days=2)
    rows = await stage.db.rows("SELECT reason, state FROM contact_attempt WHERE reason != 'invite' ORDER BY id")
    assert ("cancelled", "accepted") in [tuple(row) for row in rows]
    assert ("reminder", "accepted") not in [tuple(row) for row in rows]


def refuses(monkeypatch, holder, name, times=1):
    """So many times, this function of the database finds the disk full."""
    whole, left = getattr(holder, name), [times]

    async def full(*given, **named):
        if left[0]:
            left[0] -= 1
            raise sqlite3.OperationalError("disk is full: secret words")
        return await whole(*given, **named)

    monkeypatch.setattr(outbox, "AFTER_DATABASE_ERROR", 0.01)
    monkeypatch.setattr(holder, name, full)


@pytest.mark.parametrize("name", ["release_due", "claim", "accepted", "recent_unasked"])
async def test_a_database_that_refuses_for_a_moment_loses_nothing(stage, monkeypatch, capsys, name):
    (ada,) = await workers(stage, 1)
    await broadcast(stage)
    refuses(monkeypatch, attempts, name)
    await stage.settle()
    await stage.passes(seconds=5)
    assert await states(stage) == ["accepted"]
    assert received(stage, ada) == 1
    said = capsys.readouterr().out
    assert "the database refused" in said
    assert "secret" not in said


async def test_an_alert_that_cannot_be_counted_waits_for_the_next_chat(stage, monkeypatch, capsys):
    await workers(stage, 2)
    breaks(stage, "400", times=2)
    await broadcast(stage)
    refuses(monkeypatch, broadcasts, "progress")
    await stage.settle()
    assert await states(stage) == ["failed", "failed"]
    assert capsys.readouterr().out.count("alert: many chats") == 1


async def test_a_stop_while_the_database_refuses_still_ends(data_dir, monkeypatch):
    async with staged(data_dir) as stage:
        await workers(stage, 1)
        refuses(monkeypatch, attempts, "claim", times=10**6)
        await broadcast(stage)
        stage.program.delivery.wake()
        await asyncio.sleep(0.2)
        simulator = stage.simulator
    monkeypatch.undo()
    async with staged(data_dir, simulator=simulator) as stage:
        await stage.settle()
        assert await states(stage) == ["accepted"]


async def test_a_stop_cuts_off_a_call_that_hangs_and_its_fate_is_unknown(data_dir, monkeypatch):
    monkeypatch.setattr("bot.app.STOP_SECONDS", 0.1)
    async with staged(data_dir) as stage:
        await workers(stage, 1)
        breaks(stage, "hang", seconds=60)
        await broadcast(stage)
        stage.program.delivery.wake()
        await asyncio.sleep(0.3)
    async with staged(data_dir) as stage:
        assert (await attempts_of(stage))[0][:2] == ("unknown", "crash")


async def test_one_message_that_chat_does_not_exist_for_outside_a_broadcast_is_no_alert(stage, capsys):
    ada = await stage.worker("Ada")
    meeting = await opens_meeting(stage, days=3)
    await broadcast(stage, meeting)
    await stage.settle()
    await ada.taps("rsvp.button.yes")
    breaks(stage, "400")
    async with stage.program.database.transaction() as tx:
        await meeting_changes.cancel(tx, meeting.id, int(stage.clock.now))
    await stage.settle()
    assert ("failed", "chat_not_found") in [(state, why) for state, why, _ in await attempts_of(stage)]
    assert "alert" not in capsys.readouterr().out
