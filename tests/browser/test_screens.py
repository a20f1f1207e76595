"""The page on a small screen and on a large one."""

import pytest

from tests.browser.stage import NARROW, WIDE, keys

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

IN_VIEW = """[...document.querySelectorAll(".phone")].filter((phone) => {
    const box = phone.getBoundingClientRect();
    return box.left >= -1 && box.right <= innerWidth + 1;
}).map((phone) => phone.querySelector("h2").textContent)"""


def people(stage, count=4):
    others = [stage.person(name) for name in ("Yusuf", "Grace", "Martin", "Joy")[: count - 1]]
    stage.meet(stage.ada, *others)
    return others


async def test_four_phones_stand_side_by_side(stage):
    people(stage)
    await stage.opens(WIDE)
    await stage.eventually("document.querySelectorAll('.phone').length === 4")
    assert await stage.page.evaluate(IN_VIEW) == ["Ada", "Yusuf", "Grace", "Martin"]
    assert not await stage.page.get_by_role("tablist").is_visible()


async def test_one_phone_at_a_time_on_a_small_screen(stage):
    people(stage)
    await stage.opens(NARROW)
    await stage.eventually("document.querySelectorAll('.phone').length === 4")
    assert await stage.page.evaluate(IN_VIEW) == ["Ada"]
    await stage.page.get_by_role("tab", name="Grace").click()
    await stage.eventually(f"{IN_VIEW}.join() === 'Grace'")
    assert await stage.page.locator(".phone:not([inert]) h2").all_text_contents() == ["Grace"]


async def test_tabs_go_by_arrow_keys(stage):
    people(stage)
    await stage.opens(NARROW)
    await stage.page.get_by_role("tab", name="Ada").focus()
    await stage.page.keyboard.press("ArrowRight")
    await stage.eventually(f"{IN_VIEW}.join() === 'Yusuf'")
    assert await stage.page.get_by_role("tab", selected=True).locator("bdi").text_content() == "Yusuf"
    await stage.page.keyboard.press("ArrowLeft")
    await stage.page.keyboard.press("ArrowLeft")
    await stage.eventually(f"{IN_VIEW}.join() === 'Martin'")


async def test_swiping_moves_the_tab_along(stage):
    people(stage)
    await stage.opens(NARROW)
    await stage.page.evaluate("document.querySelector('.stage').scrollTo({ left: innerWidth, behavior: 'instant' })")
    await stage.eventually("document.querySelector('[aria-selected=true] bdi').textContent === 'Yusuf'")
    assert await stage.page.locator(".phone:not([inert]) h2").all_text_contents() == ["Yusuf"]


async def test_a_tab_out_of_view_says_that_there_is_news(stage):
    yusuf = people(stage)[0]
    await stage.opens(NARROW)
    await stage.bot_says(yusuf, "For you")
    tab = stage.page.get_by_role("tab", name="Yusuf")
    await tab.get_by_text("new message").wait_for()
    await tab.click()
    await tab.get_by_text("new message").wait_for(state="hidden")
    assert not await stage.page.get_by_role("tab", name="Ada").get_by_text("new message").is_visible()


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1400])
async def test_nothing_makes_the_page_wider_than_the_screen(stage, width):
    people(stage)
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik" * 3
    await stage.bot_says(
        stage.ada, f"<pre>{long}</pre> {long}", parse_mode="HTML", reply_markup=keys(f"{long[:60]}|No")
    )
    await stage.opens((width, 740))
    await stage.sees(stage.ada, long)
    assert await stage.page.evaluate("document.documentElement.scrollWidth") <= width
    assert await stage.log(stage.ada).evaluate("(log) => log.scrollWidth <= log.clientWidth")


async def test_a_long_chat_stays_at_its_end_until_one_scrolls_up(stage):
    stage.meet(stage.ada)
    for number in range(30):
        await stage.bot_says(stage.ada, f"Message {number}")
    await stage.opens()
    at_end = "(log) => log.scrollHeight - log.scrollTop - log.clientHeight < 2"
    await stage.sees(stage.ada, "Message 29")
    await stage.page.wait_for_timeout(200)
    assert await stage.log(stage.ada).evaluate(at_end)
    await stage.log(stage.ada).evaluate("(log) => { log.scrollTop = 0; }")
    await stage.page.wait_for_timeout(100)
    await stage.bot_says(stage.ada, "The newest")
    newer = stage.button(stage.ada, "New messages: go to the end")
    await newer.click()
    assert await stage.log(stage.ada).evaluate(at_end)


async def test_calm_is_kept_for_those_who_ask_for_it(stage):
    stage.meet(stage.ada)
    number = await stage.bot_says(stage.ada, "Sending: 1 of 2")
    await stage.opens(reduced_motion="reduce")
    await stage.bot_does("editMessageText", chat_id=stage.ada.id, message_id=number, text="Sending: 2 of 2")
    await stage.sees(stage.ada, "Sending: 2 of 2")
    assert await stage.page.evaluate("document.getAnimations().length") == 0


async def test_the_page_says_that_it_is_a_simulation(stage):
    await stage.opens(NARROW)
    banner = stage.page.get_by_role("banner")
    await banner.get_by_text("Everyone here is invented.").wait_for()
    assert "Simulation" in await banner.text_content()
    assert "simulation" in (await stage.page.title()).lower()


async def test_the_clock_of_the_simulation_is_shown(stage):
    await stage.opens()
    await stage.eventually("/\\d\\d:\\d\\d$/.test(document.getElementById('clock').textContent)")
    shown = await stage.page.evaluate("Date.parse(document.getElementById('clock').dateTime) / 1000")
    assert abs(shown - stage.sim.world.clock()) < 60


async def test_the_page_says_when_the_simulator_is_gone_and_takes_up_with_the_next(stage):
    stage.meet(stage.ada)
    await stage.opens()
    await stage.sim.stop()
    await stage.page.get_by_role("status").get_by_text("The simulator isn't answering.").wait_for()
    await stage.restarts()
    zofia = stage.person("Zofia")
    stage.meet(zofia)
    await stage.sees(zofia, "/start")
    await stage.page.get_by_text("The simulator isn't answering.").wait_for(state="detached")
    assert await stage.page.locator(".phone h2").all_text_contents() == ["Zofia"]
    stage.troubles.clear()  # the browser itself notes every refused connection
