"""What a turn may do and may not: one transaction, words after it, one answer to a tap."""

import pytest

from handlers.context import Context, Turn


@pytest.fixture
async def context(stage):
    application = stage.program.intake._application
    return Context(application, Turn(None, 1, "en", stage.program.services))


async def test_a_turn_has_one_transaction(context):
    async with context.transaction():
        pass
    with pytest.raises(RuntimeError, match="one transaction"):
        async with context.transaction():
            pass


async def test_a_transaction_holds_no_second(context):
    with pytest.raises(RuntimeError, match="one transaction"):
        async with context.transaction(), context.transaction():
            pass


async def test_words_go_out_after_the_commit(context):
    with pytest.raises(RuntimeError, match="after the commit"):
        async with context.transaction():
            await context.say("help.home")
    assert not context.turn.committed


async def test_a_stranger_is_nobody(context):
    assert context.known is None
    with pytest.raises(LookupError):
        _ = context.person
    with pytest.raises(LookupError):
        _ = context.press


async def test_what_failed_left_no_trace_and_may_be_tried_again(context):
    with pytest.raises(KeyError):
        async with context.transaction():
            raise KeyError
    async with context.transaction():
        pass
    assert context.turn.committed


async def test_instants_are_shown_by_the_councils_clock(context):
    assert context.local(1_812_283_200).isoformat() == "2027-06-06T13:00:00+01:00"


async def test_forged_lengths_of_a_pause(stage):
    ada = await stage.worker()
    for data in ("v1:pause:forever", "v1:pause"):
        await ada.forges(data)
        ada.sees("button.closed")
    assert (await ada.person()).paused_until is None


async def test_a_message_that_is_gone_is_said_anew(stage):
    ada = await stage.worker()
    await ada.says("/pause")
    question = ada.fresh[-1]
    await stage.simulator.call(stage.token, "deleteMessage", {"chat_id": ada.id, "message_id": question["message_id"]})
    await ada.forges("v1:pause:week", question["message_id"])
    ada.sees("staying.paused")
