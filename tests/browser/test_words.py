"""What is said on a phone is shown as it was meant, and nothing a person types comes alive."""

import pytest

from tests.browser.stage import keys

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NASTY = "<b>not bold</b> <img src=x onerror='window.burnt=1'> <script>window.burnt=1</script> &amp; مرحبا"


async def html_of_last(stage, person):
    return await stage.log(person).locator(".words").last.inner_html()


async def test_typed_markup_stays_words(stage):
    stage.ada.says(NASTY)
    await stage.opens()
    await stage.sees(stage.ada, "not bold")
    assert await stage.log(stage.ada).locator(".words").last.text_content() == NASTY
    assert await stage.log(stage.ada).locator(".words *").count() == 0
    assert await stage.page.evaluate("window.burnt") is None


async def test_markup_of_the_bot_is_shown(stage):
    stage.meet(stage.ada)
    await stage.bot_says(
        stage.ada, "<b>one <i>two</i></b> <u>three</u> <s>four</s> <code>five</code>", parse_mode="HTML"
    )
    await stage.opens()
    await stage.sees(stage.ada, "three")
    assert await html_of_last(stage, stage.ada) == (
        "<strong>one <em>two</em></strong> <u>three</u> <s>four</s> <code>five</code>"
    )


@pytest.mark.parametrize("before", ["😀", "👩🏽‍🦽 ", "مرحبا ", "\U0001d4b3", "e\u0301 "])
async def test_marks_stand_right_after_any_script(stage, before):
    stage.meet(stage.ada)
    await stage.bot_says(stage.ada, f"{before}<b>here</b> after", parse_mode="HTML")
    await stage.opens()
    await stage.sees(stage.ada, "after")
    assert await html_of_last(stage, stage.ada) == f"{before}<strong>here</strong> after"


async def test_a_link_leads_out_safely(stage):
    stage.meet(stage.ada)
    await stage.bot_says(stage.ada, '<a href="https://example.org/map">the map</a>', parse_mode="HTML")
    await stage.opens()
    link = stage.log(stage.ada).get_by_role("link", name="the map")
    assert await link.get_attribute("href") == "https://example.org/map"
    assert "noopener" in await link.get_attribute("rel")


async def test_a_command_in_a_text_can_be_tapped(stage):
    stage.meet(stage.ada)
    await stage.bot_says(stage.ada, "Change it with /me at any time.")
    await stage.opens()
    await stage.button(stage.ada, "/me").click()
    await stage.eventually("document.querySelectorAll('.from-person').length === 2")
    assert (await stage.heard("message"))[-1]["text"] == "/me"


async def test_hidden_words_show_on_request(stage):
    stage.meet(stage.ada)
    await stage.bot_says(stage.ada, "The code is <tg-spoiler>7Q2M</tg-spoiler>", parse_mode="HTML")
    await stage.opens()
    spoiler = stage.button(stage.ada, "7Q2M")
    assert await spoiler.get_attribute("aria-pressed") == "false"
    await spoiler.press("Enter")
    assert await spoiler.get_attribute("aria-pressed") == "true"


async def test_right_to_left_words_start_at_the_right(stage):
    stage.meet(stage.ada)
    await stage.bot_says(stage.ada, "مرحبا بك", reply_markup=keys("نعم"))
    await stage.opens()
    await stage.sees(stage.ada, "مرحبا بك")
    directions = "(nodes) => nodes.map((node) => getComputedStyle(node).direction)"
    assert await stage.log(stage.ada).locator(".from-bot .words, .key").evaluate_all(directions) == ["rtl", "rtl"]


async def test_marks_of_a_message_are_said(stage):
    stage.meet(stage.ada)
    number = await stage.bot_says(stage.ada, "Your code: 1234", protect_content=True)
    await stage.opens()
    await stage.log(stage.ada).get_by_text("Can't be copied or passed on.").wait_for()
    await stage.bot_does("editMessageText", chat_id=stage.ada.id, message_id=number, text="It has gone.")
    await stage.sees(stage.ada, "It has gone.")
    assert "edited" in await stage.log(stage.ada).locator(".marks").last.text_content()
    assert await stage.log(stage.ada).get_by_text("1234").count() == 0


async def test_a_pinned_message_can_be_found(stage):
    stage.meet(stage.ada)
    number = await stage.bot_says(stage.ada, "The meeting is on Thursday")
    await stage.bot_does("pinChatMessage", chat_id=stage.ada.id, message_id=number)
    await stage.opens()
    await stage.phone(stage.ada).get_by_role("button", name="Pinned: The meeting is on Thursday").click()
    assert await stage.page.evaluate("document.activeElement.dataset.id") == str(number)


async def test_a_deleted_message_goes(stage):
    stage.meet(stage.ada)
    number = await stage.bot_says(stage.ada, "Soon gone")
    await stage.opens()
    await stage.sees(stage.ada, "Soon gone")
    await stage.bot_does("deleteMessage", chat_id=stage.ada.id, message_id=number)
    await stage.log(stage.ada).get_by_text("Soon gone").wait_for(state="detached")
    assert await stage.log(stage.ada).locator(".from-bot").count() == 0
