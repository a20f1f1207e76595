"""The command menu and what a bot says about itself, per scope and language."""

import pytest

from simulator.methods.commands import menu
from tests.simulator.stage import TOKEN


def commands(*names):
    return [{"command": name, "description": f"About {name}"} for name in names]


def seen(sim, phone):
    return [one["command"] for one in menu(sim.world.bots[TOKEN], phone.chat, phone.language_code)]


async def test_the_narrowest_scope_and_the_own_language_show(sim, api, ada):
    pole = sim.phone(TOKEN, "Ola", "pl")
    await api("setMyCommands", commands=commands("all"))
    await api("setMyCommands", commands=commands("polish"), language_code="pl")
    assert (seen(sim, ada), seen(sim, pole)) == (["all"], ["polish"])
    await api("setMyCommands", commands=commands("private"), scope={"type": "all_private_chats"})
    assert (seen(sim, ada), seen(sim, pole)) == (["private"], ["private"])
    await api("setMyCommands", commands=commands("hers"), scope={"type": "chat", "chat_id": ada.id})
    assert (seen(sim, ada), seen(sim, pole)) == (["hers"], ["private"])
    await api("deleteMyCommands", scope={"type": "chat", "chat_id": ada.id})
    assert seen(sim, ada) == ["private"]


async def test_commands_are_read_back_for_their_exact_scope(api):
    await api("setMyCommands", commands=commands("help"), language_code="en")
    assert await api("getMyCommands", language_code="en") == commands("help")
    assert await api("getMyCommands") == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([{"command": "Help", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "help", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "help", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        (["help"], "expected BotCommand to be an Object"),
        (commands("a") * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_commands_that_are_refused(api, given, words):
    assert await api.refused("setMyCommands", commands=given) == f"Bad Request: {words}"


async def test_scopes_and_languages_that_are_refused(api):
    wrong = {"scope": {"type": "everyone"}, "commands": commands("a")}
    assert "Unsupported type" in await api.refused("setMyCommands", **wrong)
    nobody = {"scope": {"type": "chat", "chat_id": 5}, "commands": commands("a")}
    assert await api.refused("setMyCommands", **nobody) == "Bad Request: chat not found"
    refusal = await api.refused("setMyCommands", commands=commands("a"), language_code="english")
    assert refusal == "Bad Request: invalid language code specified"


@pytest.mark.parametrize(
    ("name", "field", "most"),
    [("Description", "description", 512), ("ShortDescription", "short_description", 120), ("Name", "name", 64)],
)
async def test_words_about_itself(api, name, field, most):
    assert await api(f"setMy{name}", **{field: "x" * most}) is True
    assert await api(f"getMy{name}") == {field: "x" * most}
    assert "too long" in await api.refused(f"setMy{name}", **{field: "x" * (most + 1)})
    await api(f"setMy{name}", **{field: "po polsku"}, language_code="pl")
    assert await api(f"getMy{name}", language_code="pl") == {field: "po polsku"}
    assert await api(f"getMy{name}") == {field: "x" * most}


async def test_a_new_name_is_seen_everywhere(api, ada):
    await api("setMyName", name="Care in Greenwich")
    assert (await api("getMe"))["first_name"] == "Care in Greenwich"
    assert (await api("sendMessage", chat_id=ada.id, text="x"))["from"]["first_name"] == "Care in Greenwich"


async def test_who_is_in_a_chat(sim, api, ada):
    group = sim.group(TOKEN)
    assert (await api("getChatMember", chat_id=ada.id, user_id=ada.id))["user"]["first_name"] == "Ada"
    assert (await api("getChatMember", chat_id=group.id, user_id=123456))["status"] == "member"
    assert await api.refused("getChatMember", chat_id=ada.id, user_id=5) == "Bad Request: user not found"
    assert (await api("getChat", chat_id=group.id))["title"] == "A group"
