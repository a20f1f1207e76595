"""Buttons, quick answers and questions that wait for words."""

import pytest

from tests.browser.stage import keys

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def asks(stage, *rows, text="Can you come?"):
    stage.meet(stage.ada)
    number = await stage.bot_says(stage.ada, text, reply_markup=keys(*rows))
    await stage.opens()
    return number


async def test_a_tap_reaches_the_bot(stage):
    number = await asks(stage, "Yes|Maybe|Can't")
    await stage.button(stage.ada, "Maybe").click()
    await stage.eventually("document.querySelector('.key.waiting')")
    query = (await stage.heard("callback_query"))[-1]
    assert (query["data"], query["message"]["message_id"]) == ("Maybe", number)


async def test_focus_stays_on_the_button_when_the_message_changes(stage):
    number = await asks(stage, "Yes|Maybe", "Why we ask")
    await stage.button(stage.ada, "Maybe").focus()
    await stage.bot_does(
        "editMessageText",
        chat_id=stage.ada.id,
        message_id=number,
        text="Saved: maybe.",
        reply_markup=keys("Yes|Change it"),
    )
    await stage.sees(stage.ada, "Saved: maybe.")
    assert await stage.focused() == "Change it"


async def test_focus_moves_to_what_is_left_when_the_button_goes(stage):
    number = await asks(stage, "Yes", "Maybe")
    await stage.button(stage.ada, "Maybe").focus()
    await stage.bot_does("editMessageReplyMarkup", chat_id=stage.ada.id, message_id=number, reply_markup=keys("Undo"))
    await stage.button(stage.ada, "Undo").wait_for()
    assert await stage.focused() == "Undo"
    await stage.bot_does("editMessageReplyMarkup", chat_id=stage.ada.id, message_id=number)
    await stage.button(stage.ada, "Undo").wait_for(state="detached")
    assert await stage.page.evaluate("document.activeElement.dataset.id") == str(number)


async def tapped(stage, name):
    await stage.button(stage.ada, name).click()
    await stage.eventually("document.querySelector('.key.waiting')")
    return (await stage.heard("callback_query"))[-1]["id"]


async def test_a_short_answer_to_a_tap_is_a_status(stage):
    await asks(stage, "Yes")
    await stage.bot_does("answerCallbackQuery", callback_query_id=await tapped(stage, "Yes"), text="Saved")
    note = stage.phone(stage.ada).get_by_role("status").filter(has_text="Saved")
    await note.wait_for()
    assert await stage.focused() == "Yes"


async def test_an_alert_takes_focus_and_gives_it_back(stage):
    await asks(stage, "Yes")
    query = await tapped(stage, "Yes")
    await stage.bot_does(
        "answerCallbackQuery", callback_query_id=query, text="That question is closed", show_alert=True
    )
    alert = stage.phone(stage.ada).get_by_role("alertdialog")
    await alert.get_by_text("That question is closed").wait_for()
    assert await stage.focused() == "OK"
    await stage.page.keyboard.press("Escape")
    assert not await alert.is_visible()
    assert await stage.focused() == "Yes"


async def test_quick_answers_open_by_themselves_and_send_their_words(stage):
    stage.meet(stage.ada)
    await stage.opens()
    await stage.bot_says(stage.ada, "Where to?", reply_markup={"keyboard": [["Home", "Language"], ["A person please"]]})
    await stage.phone(stage.ada).get_by_role("group", name="Quick answers").wait_for()
    await stage.button(stage.ada, "A person please").click()
    await stage.sees(stage.ada, "A person please")
    assert (await stage.heard("message"))[-1]["text"] == "A person please"
    await stage.bot_says(stage.ada, "Done.", reply_markup={"remove_keyboard": True})
    await stage.phone(stage.ada).get_by_role("group", name="Quick answers").wait_for(state="hidden")


async def test_a_question_for_words_is_answered_as_a_reply(stage):
    stage.meet(stage.ada)
    markup = {"force_reply": True, "input_field_placeholder": "Your first name"}
    number = await stage.bot_says(stage.ada, "What should we call you?", reply_markup=markup)
    await stage.opens()
    await stage.phone(stage.ada).get_by_text("Answer to: What should we call you?").wait_for()
    await stage.phone(stage.ada).get_by_placeholder("Your first name").fill("Ada")
    await stage.page.keyboard.press("Enter")
    await stage.eventually("document.querySelectorAll('.from-person').length === 2")
    said = (await stage.heard("message"))[-1]
    assert (said["text"], said["reply_to_message"]["message_id"]) == ("Ada", number)


async def test_commands_come_from_the_menu(stage):
    stage.meet(stage.ada)
    await stage.bot_does("setMyCommands", commands=[{"command": "pause", "description": "A rest from messages"}])
    await stage.opens()
    opener = stage.button(stage.ada, "Commands")
    await opener.click()
    assert await opener.get_attribute("aria-expanded") == "true"
    await stage.phone(stage.ada).get_by_role("button", name="/pause A rest from messages").click()
    await stage.sees(stage.ada, "/pause")
    assert await opener.get_attribute("aria-expanded") == "false"
