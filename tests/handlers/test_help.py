"""/help and home, a person please, and kind answers to what was not understood."""

import pytest

from rules.roles import Role
from storage import grants, help_requests


async def test_help_lists_what_this_person_can_do(stage):
    ada, olu = await stage.worker(), await stage.officer()
    await ada.says("/help")
    ada.sees("help.list", "/me – See or change my details", "/pause")
    ada.sees_not("/export")
    await olu.says("/help")
    olu.sees("/export")
    olu.sees_not("/pause")


async def test_home_is_a_menu_to_tap(stage):
    ada = await stage.worker()
    await ada.says("/home")
    ada.sees("help.home")
    assert "Export" not in " ".join(ada.buttons)
    await ada.taps("See or change my details")
    ada.sees("me.page")


async def test_home_has_the_work_of_a_role_first(stage):
    cas = await stage.coordinator()
    await cas.taps("Home")
    assert cas.buttons[:2] == ["What waits for you today", "Meetings: see them or make one"]
    assert cas.buttons[-2:] == ["Help", "A person please"]


async def test_a_stranger_is_told_where_to_begin(stage):
    ada = stage.somebody()
    await ada.says("hello?")
    ada.sees("help.hello")
    await ada.taps("Start")
    ada.sees("join.hello", "join.consent")


async def test_words_without_a_question(stage):
    ada = await stage.worker()
    await ada.says("what is this")
    ada.sees("help.not_understood")
    await ada.taps("Home")
    ada.sees("help.home")


@pytest.mark.parametrize("words", ["/person", "a person please", "Human!", "أريد التحدث مع شخص"])
async def test_a_person_please_lands_in_the_queue_with_office_hours(stage, words):
    ada = await stage.worker()
    await ada.says(words)
    ada.sees("help.person", "Monday to Friday, 9am to 5pm")
    await ada.says(words)
    ada.sees("help.person_again")
    waiting = await help_requests.waiting(stage.db)
    assert [(one.person.display_name, one.asked_at) for one in waiting] == [("Ada", stage.clock.now)]


async def test_a_person_please_inside_a_question_keeps_the_place(stage):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.taps("Yes")
    await ada.taps("A person please")
    ada.sees("help.person", "join.market")


async def test_a_stranger_may_ask_for_a_person(stage):
    ada = stage.somebody()
    await ada.says("/person")
    ada.sees("help.person")
    assert len(await help_requests.waiting(stage.db)) == 1


@pytest.mark.parametrize(
    ("typed", "meant"), [("/strat", "join.welcome_back"), ("/paus", "staying.pause"), ("/ME!", "me.page")]
)
async def test_a_misspelt_command_is_offered(stage, typed, meant):
    ada = await stage.worker()
    await ada.says(typed)
    if "help.unknown_command" not in typed and not ada._has(meant, {}):
        ada.sees("help.unknown_command")
        await ada.taps(ada.buttons[0])
    ada.sees(meant)


@pytest.mark.parametrize("typed", ["/nonsense", "/", "/ me", "/export@other_bot", "/start@other_bot"])
async def test_a_command_that_is_none(stage, typed):
    ada = await stage.worker()
    await ada.says(typed)
    ada.sees("help.unknown_command")


@pytest.mark.parametrize("command", ["export", "roles", "invite", "meeting", "log", "queue"])
async def test_a_command_of_another_role_looks_as_if_there_were_none(stage, command):
    ada = await stage.worker()
    await ada.says(f"/{command}")
    ada.sees("help.unknown_command")
    await ada.forges(f"v1:go:{command}")
    ada.sees("help.unknown_command")


async def test_a_workers_command_before_signing_up(stage):
    ada = stage.somebody()
    await ada.says("/pause")
    ada.sees("help.join_first")
    await ada.taps("Start")
    ada.sees("join.consent")


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "contact", "location", "document", "video", "audio"])
async def test_what_is_not_words_gets_a_kind_answer(stage, kind):
    ada, bob = await stage.worker(), stage.somebody("Bob")
    await ada.sends(kind)
    ada.sees(f"help.unreadable.{kind}")
    await bob.sends(kind)
    bob.sees(f"help.unreadable.{kind}")
    assert await bob.person() is None


async def test_an_edited_message_is_met_with_silence(stage):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.taps("Yes")
    await ada.says("care home")
    said = [m["message_id"] for m in ada.phone.messages if m.get("text") == "care home"]
    await ada.edits(said[0], "nursing home")
    ada.sees_nothing()
    assert (await ada.person()).market == "care_home"


async def test_groups_are_left(stage):
    group = stage.simulator.group(stage.token, "Carers of Eltham")
    await stage.settle()
    assert group.left
    assert group.messages == []


async def test_what_a_group_says_is_never_an_answer(stage):
    ada = stage.somebody()
    await ada.says("/start")
    await ada.taps("Yes")
    raw = {
        "message": {
            "message_id": 5,
            "date": int(stage.clock.now),
            "text": "/stop",
            "chat": {"id": -77, "type": "supergroup", "title": "G"},
            "from": {"id": ada.id, "is_bot": False, "first_name": "Ada"},
        }
    }
    stage.simulator.add_update(stage.token, raw)
    await stage.settle()
    assert (await ada.person()).stopped_at is None


async def test_posts_of_channels_are_met_with_silence(stage):
    ada = await stage.worker()
    post = {
        "message_id": 5,
        "date": int(stage.clock.now),
        "text": "/start",
        "chat": {"id": -78, "type": "channel", "title": "C"},
    }
    calls = len(stage.simulator.transcript)
    stage.simulator.add_update(stage.token, {"channel_post": post})
    await stage.settle()
    assert [call.method for call in list(stage.simulator.transcript)[calls:] if call.method != "getUpdates"] == []
    assert (await ada.person()) is not None


async def test_service_notes_want_no_answer(stage):
    ada = await stage.worker()
    chat = {"id": ada.id, "type": "private", "first_name": "Ada"}
    note = {
        "message_id": 900,
        "date": int(stage.clock.now),
        "chat": chat,
        "from": ada.phone.user,
        "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400},
    }
    seen = len(ada.phone.messages)
    stage.simulator.add_update(stage.token, {"message": note})
    await stage.settle()
    assert len(ada.phone.messages) == seen


@pytest.mark.parametrize(
    "data",
    [
        "",
        "v1",
        "v2:go:home",
        "v1:nothing",
        "v1:go",
        "v1:go:nothing",
        "v1:GO:home",
        "v1:go:home:" + "x" * 60,
        "\x00",
        "v1:export.who:1",
    ],
)
async def test_forged_buttons_have_no_effect(stage, data):
    ada = await stage.worker()
    before = await ada.person()
    await ada.forges(data)
    assert ada.alerts == ["That question has closed. Nothing was changed."]
    assert ada.fresh == []
    assert await ada.person() == before


async def test_a_revoked_role_is_gone_with_the_next_message(stage):
    olu = await stage.officer()
    async with stage.program.database.transaction() as tx:
        await grants.revoke(tx, (await olu.person()).id, Role.OFFICER, int(stage.clock.now))
    await olu.says("/export")
    olu.sees("help.unknown_command")


async def test_staff_who_type_a_workers_word_are_offered_their_own(stage):
    cas = await stage.coordinator()
    await cas.says("/meetings")
    cas.sees("help.for_workers")
    await cas.taps("command.meeting")
    cas.sees("meeting.list.none")
