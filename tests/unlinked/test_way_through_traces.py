"""What 60 worried workers leave behind in the real program: nothing in the main database, no needle anywhere."""

import asyncio
import inspect

import pytest

from bot.sealed_talk import Talk
from tests import needles
from tests.dialogue import staged
from tests.unlinked.walk import WORDS, asks, code_in, replies, tells

NAME = "Wilhelmina"
MAIN = ("main.db", "main.db-wal", "main.db-shm")


def main_files(folder):
    return {name: (folder / name).read_bytes() for name in MAIN if (folder / name).exists()}


async def goes_all_the_way(stage, someone, number):
    """One flow with all that can be in it; the code."""
    code = await asks(someone, "topic.pay")
    await replies(someone, f"{WORDS} My manager is Mrs Featherstonehaugh. Number {number:02}.")
    await someone.taps("Yes, blank it and send")
    assert code_in(someone) == code
    await someone.taps("I have saved my code")
    await someone.says(f"/inbox {code}")
    someone.sees("unlinked.inbox.none")
    return code


def ids_of(stage, since=0):
    """Every user, message, query and update id that passed, and every moment."""
    chats = stage.simulator.world.bots[stage.token].chats
    numbers = {chat.id for chat in chats.values()} | {m for chat in chats.values() for m in chat.messages}
    inbox = stage.simulator.world.bots[stage.token].inbox
    return numbers | set(range(since, inbox.next_id))


def hay(stage, since, names, codes):
    found = [n for number in ids_of(stage, since) if number >= 1 << 16 for n in needles.of_number("an id", number)]
    for word in (*names, *codes, *(code.replace("-", "") for code in codes)):
        found += needles.of_word("a name or a code", word)
    return found


async def test_the_main_database_is_byte_for_byte_the_same_after_sixty_flows(data_dir):
    async with staged(data_dir) as stage:
        workers = [await stage.worker(f"W{number}") for number in range(3)]
        strangers = [stage.somebody(f"{NAME}{number}") for number in range(17)]
        await stage.settle()
        before = main_files(data_dir)
        assert len(before) == 3
        for flow in range(60):
            await goes_all_the_way(stage, [*workers, *strangers][flow % 20], flow)
        await stage.settle()
        after = main_files(data_dir)
        assert {name: after[name] == before[name] for name in before} == dict.fromkeys(MAIN, True)
        held = await stage.program.services.unlinked._line.read(
            lambda file: file.execute("SELECT COUNT(*) FROM pool").fetchone()[0]
        )
        assert held == 60


async def test_a_stranger_s_flow_leaves_no_needle_in_any_file(tmp_path, data_dir):
    async with staged(data_dir) as stage:
        first = stage.simulator.world.bots[stage.token].inbox.next_id
        people = [stage.somebody(f"{NAME}{number}") for number in range(6)]
        codes = [await goes_all_the_way(stage, one, number) for number, one in enumerate(people)]
        for span in ({"days": 4}, {"days": 7}, {"days": 31}):
            await stage.passes(**span)
        wanted = hay(stage, first, [NAME, "Featherstonehaugh"], codes)
        assert needles.scan(tmp_path, wanted) == []
        assert len(await stage.program.services.unlinked.issued()) == 6
    assert needles.scan(tmp_path, wanted) == []
    assert needles.scan(tmp_path, needles.of_word("the text", WORDS[:30]), apart=["feedback.db"]) == []


async def test_the_scan_finds_what_is_there(tmp_path, data_dir):
    async with staged(data_dir) as stage:
        ada = await stage.worker(NAME)
        assert needles.scan(tmp_path, needles.of_number("her id", ada.id))
        assert needles.scan(tmp_path, needles.of_word("her name", NAME))


STEPS = sorted(name for name, one in inspect.getmembers(Talk, inspect.iscoroutinefunction) if name.startswith("_"))


@pytest.mark.parametrize("step", STEPS)
async def test_a_fault_in_any_step_says_nothing_about_anybody(data_dir, monkeypatch, capsys, caplog, step):
    async def breaks(self, *said):
        raise RuntimeError(f"what was said was {said!r}")

    monkeypatch.setattr(Talk, step, breaks)
    async with staged(data_dir) as stage:
        ada = stage.somebody(NAME)
        await stage.settle()
        capsys.readouterr()
        caplog.set_level("DEBUG", logger="bot")
        await walk_through_faults(stage, ada)
        assert stage.program.sealed.faults["RuntimeError"] > 0
        assert await ada.person() is None
    printed = capsys.readouterr()
    logged = printed.out + printed.err + caplog.text
    for secret in (NAME, str(ada.id), WORDS, "RuntimeError", "sealed"):
        assert secret not in logged, secret


async def walk_through_faults(stage, ada):
    """Every kind of thing she can do, whatever becomes of it."""
    data = ("go:feedback", "sealed.ask", "sealed.topic:pay", "sealed.saved", "sealed.topic:nonsense")
    for one in data:
        await ada.forges(f"v1:{one}", 1)
    await ada.forges("v1:sealed.pulse:1:d:0:skip:x", 1)
    said = ("/feedback", "/inbox", "/inbox 7K3QA-9XW2P-4MTVD-H8RCE", "7K3QA-9XW2P-4MTVD-H8RCE")
    for words in (*said, f"7K3QA-9XW2P-4MTVD-H8RCE {WORDS}", "7K3QA-9XW2P-4MTVD-H8RCE Mrs Featherstonehaugh shouts"):
        await ada.says(words)
    newest = ada.phone.messages[-1]["message_id"]
    for verb in ("blank", "keep", "drop"):
        await ada.forges(f"v1:sealed.{verb}:1", newest)
    await ada.sends("photo", caption="7K3QA-9XW2P-4MTVD-H8RCE")


async def test_a_message_that_cannot_be_sent_marks_nobody_and_says_nothing(stage, capsys):
    ada = await stage.worker(NAME)
    await asks(ada)
    capsys.readouterr()
    before = main_files(stage.program.settings.data_dir)
    ada.phone.chat.blocked = True
    stage.simulator.world.receive(
        stage.simulator.world.bots[stage.token], ada.phone.chat, ada.phone.user, {"text": "/inbox nonsense"}
    )
    await stage.settle()
    assert stage.program.sealed._quiet.lost > 0
    assert (await ada.person()).unreachable_at is None
    assert main_files(stage.program.settings.data_dir) == before
    printed = capsys.readouterr()
    assert printed.out + printed.err == ""


async def test_a_malformed_update_with_a_code_in_it_says_nothing(stage, capsys):
    await stage.somebody().says("/inbox nonsense")
    before = main_files(stage.program.settings.data_dir)
    secret = f"7K3QA-9XW2P-4MTVD-H8RCE {NAME}"
    for raw in (
        {"message": {"message_id": "seven", "text": secret, "chat": {"id": 5, "type": "private"}, "from": {"id": 5}}},
        {"message": {"text": secret, "chat": {"type": "private"}, "from": {"id": 5}}},
        {"message": {"text": secret, "chat": [], "from": NAME}},
        {"callback_query": {"data": "v1:sealed.ask", "message": {"chat": {"type": "private"}}, "from": NAME}},
    ):
        stage.simulator.add_update(stage.token, raw)
        await stage.settle()
    await asyncio.sleep(0)
    assert main_files(stage.program.settings.data_dir) == before
    printed = capsys.readouterr()
    assert NAME not in printed.out + printed.err
    assert "7K3QA" not in printed.out + printed.err
    ada = stage.somebody()
    await tells(ada)
    ada.sees("unlinked.saved")
