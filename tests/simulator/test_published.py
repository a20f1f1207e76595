"""The methods against the published description of the Bot API, where it is at hand."""

import json
from pathlib import Path

import pytest

from simulator import Simulator
from simulator.errors import BadRequestError
from simulator.methods import METHODS
from simulator.parameters import ARRAY, BOOLEAN, CHAT, FILE, FLOAT, INTEGER, KINDS, OBJECT, STRING, read
from tests.simulator.stage import TOKEN

DESCRIPTION = Path(__file__).parents[3] / "shared/data/telegram/api-10.0.json"
pytestmark = pytest.mark.skipif(not DESCRIPTION.exists(), reason="the published description is not on this machine")

GOOD = {
    INTEGER: [5, "5", -1],
    STRING: ["words", ""],
    CHAT: [5, "5", "@name"],
    FLOAT: [1.5, 1, "1.5"],
    BOOLEAN: [True, "true", "False"],
    OBJECT: [{}, "{}"],
    ARRAY: [[], "[]"],
    FILE: ["attach://one"],
}
BAD = {
    INTEGER: ["five", 1.5, True, [], {}, ""],
    STRING: [[], {}, True],
    CHAT: [1.5, [], {}, True],
    FLOAT: ["north", True, "nan", "inf", []],
    BOOLEAN: ["perhaps", 7, [], {}],
    OBJECT: ["[]", "{", [], 1],
    ARRAY: ["{}", "[", {}, 1],
    FILE: [1, {}, []],
}


def published():
    return json.loads(DESCRIPTION.read_text())["methods"]


def kind_of(types):
    if types == ["Integer", "String"]:
        return CHAT
    if "InputFile" in types:
        return FILE
    simple = {"Integer": INTEGER, "String": STRING, "Float": FLOAT, "Boolean": BOOLEAN}
    return simple.get(types[0], ARRAY if types[0].startswith("Array") else OBJECT)


def test_every_method_is_published():
    assert {method.name for method in METHODS.values()} <= set(published())


def test_every_method_the_program_needs_is_here():
    needed = """getMe getUpdates setWebhook deleteWebhook getWebhookInfo sendMessage editMessageText editMessageCaption
        editMessageMedia editMessageReplyMarkup deleteMessage deleteMessages answerCallbackQuery sendDocument sendPhoto
        sendVenue sendLocation getFile setMyCommands getMyCommands deleteMyCommands setMyDescription getMyDescription
        setMyShortDescription getMyShortDescription sendChatAction pinChatMessage unpinChatMessage getChat leaveChat
        setMessageReaction"""
    assert {name.lower() for name in needed.split()} <= set(METHODS)


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_parameters_are_the_published_ones(method):
    fields = published()[method.name].get("fields", [])
    assert method.known == {field["name"] for field in fields}
    assert set(method.required) == {field["name"] for field in fields if field["required"]}
    for field in fields:
        assert KINDS[field["name"]] is kind_of(field["types"]), field["name"]


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
async def test_a_required_parameter_is_required(method):
    sim = Simulator(flood=False)
    ada = sim.phone(TOKEN, started=True)
    given = {name: filler(name, ada.id) for name in method.required}
    for missing in method.required:
        rest = {name: value for name, value in given.items() if name != missing}
        reply = await sim.call(TOKEN, method.name, rest)
        assert reply.status == 400, (missing, reply.body)


def filler(name, chat_id):
    fillers = {INTEGER: 1, STRING: "typing", FLOAT: 1.0, OBJECT: {}, ARRAY: [], FILE: "file", CHAT: chat_id}
    return fillers[KINDS[name]]


@pytest.mark.parametrize("kind", GOOD, ids=lambda kind: kind.name)
def test_types_are_accepted_and_refused(kind):
    name = next(name for name in KINDS if KINDS[name] is kind)
    for value in GOOD[kind]:
        assert name in read({name: value}, frozenset({name}))
    for value in BAD[kind]:
        with pytest.raises(BadRequestError):
            read({name: value}, frozenset({name}))


async def test_a_wrong_type_is_named(api, ada):
    said = await api.refused("sendMessage", chat_id=ada.id, text="hello", disable_notification="perhaps")
    assert said == 'Bad Request: parameter "disable_notification" must be of type Boolean'
    said = await api.refused("sendMessage", chat_id=ada.id, text="hello", reply_markup="{nonsense")
    assert said == "Bad Request: can't parse reply markup JSON object"
