"""The page by keyboard, by screen reader, and by the rules of WCAG AA as axe-core knows them."""

import pytest

from tests.browser.stage import NARROW, WIDE, keys

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MARKUP = "<b>Coffee</b> <code>7Q2M</code> /me <blockquote>quoted</blockquote><pre>lines</pre>"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
BROKEN = """(found) => found.violations.flatMap((rule) => rule.nodes)
    .map((node) => `${node.target.join(" ")}: ${node.failureSummary}`)"""
# A hidden word's own pattern is not read as text; nothing else may be left undecided about contrast.
UNDECIDED = """(found) => found.incomplete.filter((rule) => rule.id === "color-contrast").flatMap((rule) => rule.nodes)
    .map((node) => node.target.join(" ")).filter((target) => !target.includes("spoiler"))"""


async def a_full_stage(stage, size, scheme):
    """Two phones with one of everything on them."""
    yusuf = stage.person("Yusuf", "ar")
    stage.meet(stage.ada, yusuf)
    number = await stage.bot_says(stage.ada, MARKUP, parse_mode="HTML", reply_markup=keys("Yes|No", "Maybe"))
    await stage.bot_does("pinChatMessage", chat_id=stage.ada.id, message_id=number)
    place = {"latitude": 51.49, "longitude": 0.06, "title": "Woolwich Library", "address": "35 Wellington Street"}
    await stage.bot_does("sendVenue", chat_id=stage.ada.id, **place)
    stage.ada.sends("photo")
    stage.ada.says("I can come", reply_to=number)
    await stage.bot_says(stage.ada, "Secret", protect_content=True, reply_markup={"keyboard": [["Home", "Language"]]})
    await stage.bot_says(yusuf, "مرحبا", reply_markup={"force_reply": True})
    await stage.bot_does("setMyCommands", commands=[{"command": "me", "description": "What we hold"}])
    await stage.opens(size, color_scheme=scheme, reduced_motion="reduce")
    await stage.sees(stage.ada, "Secret")


async def faults_found(stage) -> list[str]:
    found = await stage.page.evaluate_handle(f"axe.run(document, {RULES!r})")
    return await found.evaluate(BROKEN) + [
        f"contrast undecided: {target}" for target in await found.evaluate(UNDECIDED)
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["360", "1400"])
async def test_axe_finds_nothing(stage, axe, size, scheme):
    await a_full_stage(stage, size, scheme)
    await stage.page.evaluate(axe)
    assert await faults_found(stage) == []
    for opener in ("Commands", "Send something else", "Block"):
        await stage.button(stage.ada, opener).click()
        await stage.page.wait_for_timeout(100)
        assert await faults_found(stage) == [], opener


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_in_boxes_and_drawer(stage, axe, scheme):
    await a_full_stage(stage, WIDE, scheme)
    await stage.page.request.post(f"{stage.base}/sim/cards", data={"title": "Poster", "payload": "poster-1"})
    await stage.page.evaluate(axe)
    for opener in (stage.button(stage.ada, "Scan a code"), stage.page.get_by_role("button", name="Add a phone")):
        await opener.click()
        await stage.page.get_by_role("dialog").wait_for()
        assert await faults_found(stage) == []
        await stage.page.keyboard.press("Escape")
    await stage.page.get_by_role("button", name="Behind the scenes").click()
    await stage.page.get_by_text("Calls to the simulated Telegram").click()
    await stage.page.locator(".calls time").first.wait_for()
    assert await faults_found(stage) == []


async def test_axe_sees_a_fault_when_there_is_one(stage, axe):
    await stage.opens()
    await stage.page.evaluate(axe)
    await stage.page.evaluate("document.querySelector('h1').style.color = '#eee'")
    assert any("color contrast" in fault for fault in await faults_found(stage))


async def test_a_person_can_join_and_answer_by_keyboard_alone(stage):
    await stage.opens()
    await stage.button(stage.ada, "Start without one").focus()
    await stage.page.keyboard.press("Enter")
    await stage.sees(stage.ada, "/start")
    await stage.eventually("document.activeElement.matches('textarea')")
    await stage.bot_says(stage.ada, "Can you come?", reply_markup=keys("Yes|No"))
    await stage.button(stage.ada, "Yes").wait_for()
    for _ in range(8):
        await stage.page.keyboard.press("Shift+Tab")
        if await stage.focused() == "Yes":
            break
    await stage.page.keyboard.press("Enter")
    await stage.eventually("document.querySelector('.key.waiting')")
    assert (await stage.heard("callback_query"))[-1]["data"] == "Yes"


async def test_arrow_keys_walk_the_messages(stage):
    stage.ada.says("first")
    await stage.bot_says(stage.ada, "second")
    await stage.opens()
    await stage.log(stage.ada).focus()
    await stage.page.keyboard.press("ArrowUp")
    assert "second" in await stage.focused()
    await stage.page.keyboard.press("ArrowUp")
    assert "first" in await stage.focused()
    await stage.page.keyboard.press("Tab")
    assert await stage.page.evaluate("document.activeElement.ariaLabel") == "Answer this message"


async def test_focus_can_always_be_seen(stage):
    stage.meet(stage.ada)
    await stage.bot_says(stage.ada, "Can you come?", reply_markup=keys("Yes"))
    await stage.opens()
    outline = "getComputedStyle(document.activeElement).outlineStyle + ' ' + document.activeElement.tagName"
    seen = []
    for _ in range(14):
        await stage.page.keyboard.press("Tab")
        seen.append(await stage.page.evaluate(outline))
    stops = [stop for stop in seen if not stop.endswith("BODY")]
    assert len(stops) >= 10
    assert [stop for stop in stops if stop.startswith("none")] == []


async def test_new_messages_are_read_out_but_not_the_first_screenful(stage):
    stage.meet(stage.ada)
    await stage.opens()
    assert await stage.log(stage.ada).get_attribute("aria-label") == "Messages on Ada's phone"
    await stage.eventually("document.querySelector('[role=log]').getAttribute('aria-live') === 'polite'")
    await stage.bot_says(stage.ada, "Hello Ada")
    await stage.sees(stage.ada, "Hello Ada")
    assert (await stage.log(stage.ada).locator(".from-bot").last.text_content()).startswith("Care Compact: Hello Ada")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["360", "1400"])
async def test_everything_to_tap_is_large_enough(stage, size):
    await a_full_stage(stage, size, "light")
    small = await stage.page.evaluate(
        """[...document.querySelectorAll("button:not(.in-text), a.slip, select, input, textarea")]
        .filter((node) => node.checkVisibility() && !node.closest(".message-tools"))
        .map((node) => [node.textContent || node.ariaLabel, node.getBoundingClientRect()])
        .filter(([, box]) => box.width < 36 || box.height < 36).map(([name]) => name)"""
    )
    assert small == []
