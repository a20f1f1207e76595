"""Taps on inline buttons and their answers."""

from tests.simulator.stage import OTHER, Caller, inline

OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_tap_is_told_and_answered_once(api, ada):
    sent = await api("sendMessage", chat_id=ada.id, text="Coming?", reply_markup=inline("v1:yes"))
    query = ada.taps(sent["message_id"], "v1:yes")
    (update,) = await api("getUpdates")
    told = update["callback_query"]
    assert (told["id"], told["data"], told["from"]["id"]) == (query, "v1:yes", ada.id)
    assert told["message"] == sent
    assert await api("answerCallbackQuery", callback_query_id=query, text="Saved", show_alert=True) is True
    assert ada.alerts == [("Saved", True)]
    assert await api.refused("answerCallbackQuery", callback_query_id=query) == OLD


async def test_late_unknown_and_foreign_answers(sim, api, ada, clock):
    late = ada.taps(1, "x")
    clock.goes(31)
    assert await api.refused("answerCallbackQuery", callback_query_id=late) == OLD
    assert await api.refused("answerCallbackQuery", callback_query_id="12345") == OLD
    fresh = ada.taps(1, "x")
    assert await Caller(sim, OTHER).refused("answerCallbackQuery", callback_query_id=fresh) == OLD
    assert await api("answerCallbackQuery", callback_query_id=fresh)


async def test_an_answer_has_at_most_200_characters(api, ada):
    query = ada.taps(1, "x")
    refusal = await api.refused("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert refusal == "Bad Request: MESSAGE_TOO_LONG"
    assert await api.refused("answerCallbackQuery", callback_query_id=query, url="t.me/x") == "Bad Request: URL_INVALID"
    assert await api("answerCallbackQuery", callback_query_id=query, text="x" * 200)


async def test_a_tap_on_a_message_that_is_gone(api, ada):
    ada.taps(77, "anything at all")
    (update,) = await api("getUpdates")
    assert update["callback_query"]["message"] == {"message_id": 77, "chat": ada.chat.public, "date": 0}
