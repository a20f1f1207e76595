"""The way in: order, safety of the offset, and one person's fault never another's delay."""

import asyncio
import sqlite3

import pytest
from telegram.ext import MessageHandler, filters

from simulator import Fault
from storage import people, updates
from tests.bot.crowd import workers
from tests.dialogue import TOKEN, staged


def hears(stage, word, run):
    """One more handler, before the program's own, for messages that begin with this word."""
    stage.program.intake.handlers.insert(0, MessageHandler(filters.Regex(f"^{word}"), run))


async def marks(stage):
    return await updates.handled(stage.db)


async def until(truth):
    """Return when this is true; ten seconds are plenty."""
    async with asyncio.timeout(10):
        while not (truth() if not asyncio.iscoroutinefunction(truth) else await truth()):  # noqa: ASYNC110 - many things make it true, and only tests wait
            await asyncio.sleep(0.01)


async def joined(stage, context):
    async with context.transaction() as tx:
        await people.meet(tx, context.chat_id, "en", None, False, int(stage.clock.now))


def polls(stage):
    return [call for call in stage.simulator.transcript if call.method == "getUpdates"]


async def test_each_chat_in_order_and_chats_side_by_side(stage):
    order, gate = [], asyncio.Event()

    async def run(update, context):
        if update.message.text == "note slow":
            await gate.wait()
        order.append((context.chat_id, update.message.text))

    hears(stage, "note", run)
    ada, ben = stage.somebody("Ada"), stage.somebody("Ben")
    ada.phone.says("note slow")
    ada.phone.says("note 2")
    ben.phone.says("note 3")
    await until(lambda: order)
    assert order == [(ben.id, "note 3")]
    gate.set()
    await stage.settle()
    assert order[1:] == [(ada.id, "note slow"), (ada.id, "note 2")]


async def test_the_offset_waits_for_the_commit_and_not_for_the_words(stage):
    said, committing = asyncio.Event(), asyncio.Event()

    async def run(update, context):
        await committing.wait()
        await joined(stage, context)
        await said.wait()

    hears(stage, "note", run)
    ada = stage.somebody("Ada")
    ada.phone.says("note")
    await asyncio.sleep(0.3)
    assert not any(call.params.get("offset") for call in polls(stage))
    committing.set()
    await until(lambda: any(call.params.get("offset") for call in polls(stage)))
    assert not stage.program.intake.idle
    said.set()
    await stage.settle()


async def test_a_slow_chat_holds_nobody_up_and_is_asked_for_only_now_and_then(stage):
    slow = asyncio.Event()

    async def run(update, context):
        await slow.wait()

    hears(stage, "note", run)
    ada, ben = stage.somebody("Ada"), stage.somebody("Ben")
    ada.phone.says("note")
    for _ in range(5):
        ben.phone.says("hello")
        await until(lambda: len(ben.phone.messages) % 2 == 0)
    asked = len(polls(stage))
    await asyncio.sleep(1.0)
    assert len(polls(stage)) - asked < 30
    slow.set()
    await stage.settle()
    assert await marks(stage) == set()


async def test_rows_are_forgotten_once_telegram_knows(stage):
    ada = await stage.worker("Ada")
    await ada.says("/help")
    assert await marks(stage) == set()


async def test_a_repeated_update_changes_nothing(data_dir):
    """Telegram repeats what it was not told of: here, because every answer to the telling call is lost."""
    async with staged(data_dir) as stage:
        ada = stage.somebody("Ada")
        await stage.settle()
        stage.simulator.faults.add(Fault("500", method="getUpdates", times=None, after=1))
        ada.phone.says("/start")

        async def marked():
            return await marks(stage)

        await until(marked)
        simulator = stage.simulator
    sent = len(simulator.ledger)
    simulator.faults.clear()
    async with staged(data_dir, simulator=simulator) as stage:
        await stage.settle()
        assert len(simulator.ledger) == sent
        assert await stage.db.value("SELECT COUNT(*) FROM person") == 1
        assert await marks(stage) == set()


async def test_rows_left_by_a_crash_after_the_telling_are_forgotten_at_the_first_answer(data_dir):
    async with staged(data_dir) as stage, stage.program.database.transaction() as tx:
        await updates.mark_handled(tx, 77)
    async with staged(data_dir) as stage:
        await stage.settle()
        assert await marks(stage) == set()


@pytest.mark.parametrize(
    "raw",
    [
        {"message": {"message_id": "seven", "date": "yesterday", "chat": []}},
        {"message": "words"},
        {"callback_query": {"id": 5}},
        {"something_new": {"text": "secret words"}},
        {},
        {"update_id": "seven", "message": {"text": "secret words"}},
    ],
)
async def test_an_update_that_cannot_be_read_costs_nobody_else_anything(stage, raw, capsys):
    ada = stage.somebody("Ada")
    stage.simulator.add_update(TOKEN, raw)
    await ada.says("hello")
    ada.sees("help.hello")
    await ada.says("hello")
    ada.sees("help.hello")
    assert "secret words" not in "".join(capsys.readouterr())


async def test_what_cannot_be_read_is_counted_by_its_kind(stage, capsys):
    stage.simulator.add_update(TOKEN, {"message": {"text": "secret words"}})
    await stage.settle()
    assert stage.program.intake.malformed == 1
    said = capsys.readouterr().out
    assert "kind=message" in said
    assert "secret" not in said


async def test_things_that_are_no_updates_are_passed_over(stage):
    assert stage.program.intake.receive(["words", None, 7]) == 0
    assert stage.program.intake.malformed == 3


async def test_a_handler_that_fails_is_apologised_for_once_and_logged_without_words(stage, capsys):
    async def run(update, context):
        raise ValueError(update.message.text)

    hears(stage, "note", run)
    ada = await stage.worker("Ada")
    await ada.says("note secret words")
    ada.sees("error.sorry")
    assert len(ada.fresh) == 1
    said = capsys.readouterr().out
    assert "ValueError" in said
    assert "test_intake.run" in said
    assert "secret" not in said
    assert await marks(stage) == set()


async def test_a_handler_that_fails_after_its_commit_keeps_its_effects(stage):
    async def run(update, context):
        await joined(stage, context)
        raise ValueError

    hears(stage, "note", run)
    ada = stage.somebody("Ada")
    await ada.says("note")
    ada.sees("error.sorry")
    assert await ada.person() is not None
    assert await marks(stage) == set()


async def test_a_turn_that_takes_too_long_is_given_up_and_apologised_for(data_dir):
    async def run(update, context):
        await asyncio.sleep(60)

    async with staged(data_dir, turn_seconds=0.1) as stage:
        hears(stage, "note", run)
        ada = stage.somebody("Ada")
        await ada.says("note")
        ada.sees("error.sorry")
        await ada.says("hello")
        ada.sees("help.hello")


async def test_the_bound_holds_up_to_the_commit_only(data_dir):
    async def run(update, context):
        await joined(stage, context)
        await asyncio.sleep(0.3)
        await context.say("help.hello", council="x")

    async with staged(data_dir, turn_seconds=0.1) as stage:
        hears(stage, "note", run)
        ada = stage.somebody("Ada")
        await ada.says("note")
        ada.sees("help.hello")
        ada.sees_not("error.sorry")


async def test_cut_off_between_commit_and_hearing_of_it(stage):
    """The mark is there already when the turn is given up: the update counts as handled, and nothing else happens."""

    async def run(update, context):
        async with context.services.database.transaction() as tx:
            await updates.mark_handled(tx, update.update_id)
        raise TimeoutError

    hears(stage, "note", run)
    ada = stage.somebody("Ada")
    await ada.says("note")
    ada.sees("error.sorry")
    assert await marks(stage) == set()


async def test_an_apology_that_fails_too_is_only_logged(stage, capsys):
    async def run(update, context):
        context.turn.language = None
        raise ValueError

    hears(stage, "note", run)
    ada = stage.somebody("Ada")
    await ada.says("note")
    ada.sees_nothing()
    assert "the apology failed" in capsys.readouterr().out


async def test_while_the_database_refuses_telegram_keeps_the_update(stage, monkeypatch):
    refusals = 2
    whole = updates.mark_handled

    async def refuses(tx, update_id):
        nonlocal refusals
        if refusals:
            refusals -= 1
            raise sqlite3.OperationalError("disk is full")
        await whole(tx, update_id)

    monkeypatch.setattr("bot.intake.PAUSE_AFTER_DATABASE_ERROR", 0.01)
    monkeypatch.setattr(updates, "mark_handled", refuses)
    ada = stage.somebody("Ada")
    await ada.says("/start")
    ada.sees("join.hello")
    ada.sees_not("error.sorry")
    assert await ada.person() is not None


async def test_a_tap_nobody_answered_is_answered_silently(stage):
    ada = await stage.worker("Ada")
    before = len(ada.phone.alerts)
    await ada.taps("button.home") if "button.home" in ada.buttons else await ada.forges("v1:nonsense:1")
    assert len(ada.phone.alerts) > before


async def test_blocking_and_unblocking_is_remembered(stage):
    ada = await stage.worker("Ada")
    await ada.blocks()
    assert (await ada.person()).unreachable_at is not None
    await ada.unblocks()
    assert (await ada.person()).unreachable_at is None


async def test_a_stranger_who_blocks_us_leaves_no_trace(stage):
    ada = stage.somebody("Ada")
    await ada.says("hello")
    await ada.blocks()
    assert await ada.person() is None


async def test_groups_are_left(stage):
    stage.simulator.group(TOKEN, "Neighbours")
    await stage.settle()
    assert any(call.method == "leaveChat" for call in stage.simulator.transcript)


async def test_a_channel_speaks_for_nobody(stage):
    chat = {"id": -100500, "type": "channel", "title": "News"}
    post = {"message_id": 1, "date": 1, "chat": chat, "text": "hello"}
    stage.simulator.add_update(TOKEN, {"channel_post": post})
    await stage.settle()
    assert stage.simulator.ledger == []
    assert stage.program.intake.malformed == 0
    assert await marks(stage) == set()


async def test_a_group_hears_no_apology(stage):
    async def run(update, context):
        raise ValueError

    hears(stage, "note", run)
    chat = {"id": -100500, "type": "group", "title": "Neighbours"}
    sender = {"id": 5, "is_bot": False, "first_name": "Ada"}
    post = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": "note"}
    stage.simulator.add_update(TOKEN, {"message": post})
    await stage.settle()
    assert not [call for call in stage.simulator.transcript if call.method == "sendMessage"]
    assert await marks(stage) == set()


async def test_the_phones_language_is_a_guess_for_strangers_only(bilingual):
    ada = bilingual.somebody("Ada", language="ar")
    await ada.says("hello")
    assert any("\u0600" <= letter <= "\u06ff" for words in ada.shown for letter in words)


async def test_updates_without_a_chat_or_a_person_are_let_go(stage):
    stage.simulator.add_update(TOKEN, {"something_new": {"from": {"id": 5}}})
    user = {"id": 5, "is_bot": False, "first_name": "Ada"}
    stage.simulator.add_update(TOKEN, {"inline_query": {"id": "1", "from": user, "query": "x", "offset": ""}})
    await stage.settle()
    assert await marks(stage) == set()
    assert stage.program.intake.malformed == 0


async def test_stopping_finishes_turns_and_leaves_the_rest_to_telegram(data_dir):
    async with staged(data_dir) as stage:
        begun = asyncio.Event()

        async def run(update, context):
            begun.set()
            await asyncio.sleep(0.2)
            await joined(stage, context)

        hears(stage, "note", run)
        ada = stage.somebody("Ada")
        ada.phone.says("note")
        ada.phone.says("note again")
        await begun.wait()
        simulator = stage.simulator
    async with staged(data_dir, simulator=simulator) as stage:
        assert await stage.db.value("SELECT COUNT(*) FROM person") == 1
        assert await marks(stage) == set()
        await stage.settle()
        assert len(ada.phone.messages) == 3
        assert len(simulator.ledger) == 1


async def test_stopping_does_not_wait_for_a_turn_that_never_ends(data_dir, monkeypatch):
    monkeypatch.setattr("bot.app.STOP_SECONDS", 0.1)
    async with staged(data_dir) as stage:
        begun = asyncio.Event()

        async def run(update, context):
            begun.set()
            await asyncio.sleep(60)

        hears(stage, "note", run)
        stage.somebody("Ada").phone.says("note")
        await begun.wait()
        simulator = stage.simulator
    async with staged(data_dir, simulator=simulator) as stage:
        assert await marks(stage) == set()
        await stage.settle()
        assert any(call.method == "sendMessage" for call in simulator.transcript)


async def test_ids_that_begin_anew_lower_down_are_no_matter(stage):
    ada = stage.somebody("Ada")
    for _ in range(3):
        await ada.says("hello")
        ada.sees("help.hello")
        stage.simulator.restart_update_ids(TOKEN)


async def test_many_people_at_once(stage):
    phones = await workers(stage, 150)
    for phone in phones:
        phone.says("/help")
        phone.says("/me")
    await stage.settle()
    for phone in phones:
        assert sum(m["from"]["is_bot"] for m in phone.messages) == 2
    assert await marks(stage) == set()
