"""Replies, edits and the rest: repeated only while they certainly did nothing, and honest when they failed."""

import sqlite3

import pytest
from telegram.error import ChatMigrated, InvalidToken, NetworkError

from bot import delivery as way_out
from handlers.saying import Document, Saying, key
from simulator import Fault
from storage import people
from tests.bot.crowd import received

HELLO = Saying("help.hello", {"council": "x"})


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(way_out, "REPEATS", (0.01, 0.01))


@pytest.fixture
async def ada(stage):
    someone = await stage.worker("Ada")
    stage.simulator.world.ledger.clear()
    return someone


def breaks(stage, kind, method="sendMessage", **more):
    stage.simulator.faults.add(Fault(kind, method=method, **more))


async def replies(stage, ada, saying=HELLO):
    return await stage.program.delivery.reply(ada.id, saying, "en")


async def edits(stage, ada, message_id, saying=HELLO):
    return await stage.program.delivery.edit(ada.id, message_id, saying, "en")


async def test_a_reply_gives_the_messages_id(stage, ada):
    assert await replies(stage, ada) == ada.phone.messages[-1]["message_id"]


async def test_a_reply_that_never_left_is_repeated(stage, ada):
    breaks(stage, "refuse", times=2)
    assert await replies(stage, ada) is not None
    assert received(stage, ada) == 1


async def test_a_reply_that_never_leaves_is_given_up(stage, ada, capsys):
    breaks(stage, "refuse", times=None)
    assert await replies(stage, ada) is None
    assert "ending=not_sent" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["lose", "500", "502"])
async def test_a_reply_that_may_have_arrived_is_never_repeated(stage, ada, kind):
    breaks(stage, kind)
    assert await replies(stage, ada) is None
    assert received(stage, ada) == (1 if kind == "lose" else 0)


async def test_a_flood_holds_replies_until_the_gate_opens(stage, ada, monkeypatch):
    async def time_goes_by(seconds):
        stage.clock.passes(seconds=seconds)

    breaks(stage, "429", retry_after=5)
    monkeypatch.setattr("bot.gate.asyncio.sleep", time_goes_by)
    before = stage.clock.now
    assert await replies(stage, ada) is not None
    assert stage.clock.now >= before + 5
    assert received(stage, ada) == 1


async def test_a_flood_without_end_is_given_up(stage, ada, monkeypatch):
    async def time_goes_by(seconds):
        stage.clock.passes(seconds=seconds)

    breaks(stage, "429", times=None)
    monkeypatch.setattr("bot.gate.asyncio.sleep", time_goes_by)
    assert await replies(stage, ada) is None


async def test_who_blocked_us_is_found_out_by_a_reply_too(stage, ada):
    breaks(stage, "403")
    assert await replies(stage, ada) is None
    assert (await ada.person()).unreachable_at is not None


async def test_a_stranger_who_blocked_us_is_nobody_on_record(stage):
    ben = stage.somebody("Ben")
    ben.phone.says("hello")
    ben.phone.blocks()
    await stage.settle()
    assert await people.by_telegram(stage.db, ben.id) is None


async def test_a_block_that_cannot_be_written_down_is_logged(stage, ada, monkeypatch, capsys):
    async def refuses(*_):
        raise sqlite3.OperationalError("disk is full")

    breaks(stage, "403")
    monkeypatch.setattr(people, "mark_unreachable", refuses)
    assert await replies(stage, ada) is None
    assert "the database refused" in capsys.readouterr().out


async def test_words_that_telegram_refuses_are_an_error_of_ours(stage, ada, capsys):
    breaks(stage, "400", description="can't parse entities: secret words")
    assert await replies(stage, ada) is None
    said = capsys.readouterr().out
    assert "ending=bad_text" in said
    assert "[error" in said
    assert "secret" not in said


async def test_a_text_that_does_not_exist_fails_before_anything_is_sent(stage, ada):
    with pytest.raises(KeyError):
        await replies(stage, ada, Saying("no.such.text"))
    assert received(stage, ada) == 0


async def test_a_document_arrives_with_its_name_and_words(stage, ada):
    saying = Saying("help.hello", {"council": "x"}, document=Document("counts.csv", b"a,b\n"), protected=True)
    assert await replies(stage, ada, saying) is not None
    message = ada.phone.messages[-1]
    assert message["document"]["file_name"] == "counts.csv"
    assert message["has_protected_content"]


async def test_an_edit_changes_the_message_and_the_same_again_is_no_error(stage, ada):
    message_id = await replies(stage, ada)
    changed = Saying("help.hello", {"council": "y"}, ((key("button.home", "go", "home"),),))
    assert await edits(stage, ada, message_id, changed)
    assert await edits(stage, ada, message_id, changed)
    assert "y" in ada.phone.messages[-1]["text"]


async def test_an_edit_of_a_message_that_is_gone_says_so(stage, ada):
    assert not await edits(stage, ada, 1)


async def test_an_edit_that_may_have_arrived_is_taken_for_done(stage, ada):
    message_id = await replies(stage, ada)
    breaks(stage, "lose", "editMessageText")
    assert await edits(stage, ada, message_id, Saying("help.hello", {"council": "y"}))


async def test_an_edit_that_is_refused_is_not_done(stage, ada, capsys):
    message_id = await replies(stage, ada)
    breaks(stage, "400", "editMessageText", description="can't parse entities")
    assert not await edits(stage, ada, message_id, Saying("help.hello", {"council": "y"}))
    assert "what=edit" in capsys.readouterr().out


async def test_a_question_that_asks_for_words_keeps_no_buttons_when_edited(stage, ada):
    message_id = await replies(stage, ada)
    assert await edits(stage, ada, message_id, Saying("help.hello", {"council": "z"}, asks=True))


async def test_a_late_answer_to_a_tap_is_no_error_and_a_lost_one_is_logged(stage, ada, capsys):
    await stage.program.delivery.answer("1", None)
    assert "not sent" not in capsys.readouterr().out
    breaks(stage, "lose", "answerCallbackQuery")
    await stage.program.delivery.answer("1", None)
    assert "what=answer" in capsys.readouterr().out


async def test_a_message_is_taken_away_or_not(stage, ada):
    message_id = await replies(stage, ada)
    assert await stage.program.delivery.delete(ada.id, message_id)
    assert not await stage.program.delivery.delete(ada.id, message_id)


async def test_a_group_that_cannot_be_left_and_a_menu_that_cannot_be_set_are_logged(stage, ada, capsys):
    breaks(stage, "500", "leaveChat")
    breaks(stage, "500", "setMyCommands")
    await stage.program.delivery.leave(-5)
    await stage.program.delivery.show_menu(ada.id, "en", [("help", "x")])
    said = capsys.readouterr().out
    assert "what=leave" in said
    assert "what=menu" in said


async def test_a_menu_is_set_for_the_chat(stage, ada):
    await stage.program.delivery.show_menu(ada.id, "en", [("help", "What I can do")])
    calls = [call for call in stage.simulator.transcript if call.method == "setMyCommands"]
    assert calls[-1].params["scope"] == {"type": "chat", "chat_id": ada.id}


def test_every_ending_has_its_word():
    assert way_out.ending(ChatMigrated(5)).kind == "chat_not_found"
    assert way_out.ending(InvalidToken()).kind == "unauthorised"
    assert way_out.ending(NetworkError("x")).kind == "unknown"
    assert way_out.ending(KeyError("result")).kind == "unknown"
    assert not way_out.Ending("sent").says("x")
