"""The way in when something is wrong: a database that refuses, ids that make no sense, a flood from one chat."""

import asyncio
import sqlite3

import pytest

from storage import people, updates
from tests.dialogue import patterns_of, staged, words_of


def said_to(someone):
    """The names of the texts on somebody's phone, as far as they are known here."""
    known = ("error.wait", "staying.stopped", "join.hello", "join.consent", "help.hello")
    shown = [words_of(m) for m in someone.phone.messages if m["from"]["is_bot"]]
    return [next((n for n in known if any(p.search(s) for p in patterns_of("en", n, {}))), s) for s in shown]


async def test_what_the_database_refused_waits_while_others_are_told_of(stage, monkeypatch):
    """Ada's update came first. Ben's, which was kept, must not confirm hers; and hers stay in order."""
    refused, whole = True, updates.mark_handled

    async def refuses(tx, update_id):
        if refused and update_id == hers:
            raise sqlite3.OperationalError("disk is full")
        await whole(tx, update_id)

    monkeypatch.setattr("bot.intake.PAUSE_AFTER_DATABASE_ERROR", 0.01)
    monkeypatch.setattr(updates, "mark_handled", refuses)
    ada, ben = stage.somebody("Ada"), stage.somebody("Ben")
    ada.phone.says("/start")
    hers = ada.phone.bot.inbox.first(1)[0]["update_id"]
    ada.phone.says("/stop")
    ben.phone.says("/start")
    while await ben.person() is None or "error.wait" not in said_to(ada):  # noqa: ASYNC110 - only tests wait so
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)
    assert said_to(ada) == ["error.wait"]
    assert await ada.person() is None
    refused = False
    await stage.settle()
    assert said_to(ada)[-1] == "staying.stopped"
    assert (await ada.person()).stopped_at is not None


@pytest.mark.parametrize("update_id", [2**63 - 1, 2**70, -5])
async def test_an_id_that_no_database_holds_stops_nobody(stage, update_id):
    ada = stage.somebody("Ada")
    sender = {"id": ada.id, "is_bot": False, "first_name": "Ada"}
    chat = {"id": ada.id, "type": "private"}
    message = {"message_id": 900, "date": 1, "chat": chat, "from": sender, "text": "hello"}
    assert stage.program.intake.receive([{"update_id": update_id, "message": message}]) == 0
    await ada.says("hello")
    ada.sees("help.hello")


async def test_whoever_sends_a_flood_has_only_themselves_wait(data_dir):
    """At a message a second the answers would take minutes, and Telegram shows a hundred updates at a time."""
    async with staged(data_dir, sends_per_second_in_a_chat=4) as stage:
        ada, ben = stage.somebody("Ada"), stage.somebody("Ben")
        for _ in range(250):
            ada.phone.says("hello")
        ada.phone.says("/start")
        ben.phone.says("hello")
        while not said_to(ben):  # noqa: ASYNC110 - only tests wait so
            await asyncio.sleep(0.01)
        assert len(said_to(ada)) < 60
        await stage.settle()
        assert said_to(ada)[-2:] == ["join.hello", "join.consent"]
        assert await ada.person() is not None


async def test_what_was_too_large_for_a_full_disk_is_not_given_up_for_what_still_fits(stage, monkeypatch):
    """Only the mark would fit: an apology that keeps it would lose what the person asked for."""
    monkeypatch.setattr("bot.intake.PAUSE_AFTER_DATABASE_ERROR", 0.01)
    whole, tries = people.stop, 0

    async def stop(tx, person_id, now):
        nonlocal tries
        tries += 1
        if tries < 3:
            raise full_disk()
        await whole(tx, person_id, now)

    monkeypatch.setattr(people, "stop", stop)
    ada = await stage.worker("Ada")
    await ada.says("/stop")
    ada.sees("error.wait", "staying.stopped")
    ada.sees_not("error.sorry")
    assert (await ada.person()).stopped_at is not None


def full_disk():
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error
