"""The control beside the clock, which lets time go by where the simulator's clock can be moved."""

import pytest

from tests.browser.stage import NARROW, WIDE
from tests.browser.test_access import faults_found

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HOUR, DAY = 3600, 24 * 3600


def movable(stage):
    """From now on the stage's clock can be moved; how far it has been, step by step."""
    world, steps = stage.sim.world, []
    wall = world.clock
    world.clock = lambda: wall() + sum(steps)
    stage.sim.forward = steps.append
    return steps


def opener(stage):
    return stage.page.get_by_role("button", name="Let time go by")


def steps_shown(stage):
    return stage.page.get_by_role("group", name="Let time go by")


def covered(fault):
    """What lies under the open box, and so is not read."""
    return fault.startswith("contrast undecided") and "travel" not in fault


async def test_a_clock_that_stands_for_itself_offers_nothing(stage):
    await stage.opens()
    await stage.page.locator("#clock[datetime]").wait_for()
    assert not await opener(stage).is_visible()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["360", "1400"])
@pytest.mark.parametrize(
    ("words", "seconds"), [("1 minute", 60), ("1 hour", HOUR), ("1 day", DAY), ("4 days", 4 * DAY)]
)
async def test_time_goes_by_at_a_tap(stage, size, words, seconds):
    steps = movable(stage)
    await stage.opens(size)
    shown = "Date.parse(document.getElementById('clock').dateTime) / 1000"
    before = await stage.page.evaluate(shown)
    await opener(stage).click()
    await steps_shown(stage).get_by_role("button", name=words, exact=True).click()
    await steps_shown(stage).get_by_role("status").get_by_text("It is now").wait_for()
    assert steps == [seconds]
    await stage.eventually(f"{shown} >= {before} + {seconds}")


async def test_it_says_when_time_has_gone_by_and_not_before(stage):
    steps = movable(stage)
    asked = []
    stage.sim.forward = asked.append
    await stage.opens()
    await opener(stage).click()
    await steps_shown(stage).get_by_role("button", name="1 day").click()
    await steps_shown(stage).get_by_text("Time is going by…").wait_for()
    await stage.page.wait_for_timeout(1200)
    assert await steps_shown(stage).get_by_text("Time is going by…").is_visible()
    steps.extend(asked)
    await steps_shown(stage).get_by_text("It is now").wait_for()


async def test_a_clock_that_does_not_move_is_said(stage):
    movable(stage)
    await stage.opens()
    stage.sim.forward = None
    await opener(stage).click()
    await steps_shown(stage).get_by_role("button", name="1 hour").click()
    said = steps_shown(stage).get_by_text("The clock did not move.")
    await said.wait_for()
    assert await said.is_visible()
    stage.troubles.clear()  # the browser itself notes the refusal


async def test_it_opens_and_closes_by_keyboard(stage):
    movable(stage)
    await stage.opens()
    await opener(stage).focus()
    await stage.page.keyboard.press("Enter")
    assert await opener(stage).get_attribute("aria-expanded") == "true"
    await stage.page.keyboard.press("Tab")
    assert await stage.focused() == "1 minute"
    await stage.page.keyboard.press("Escape")
    assert not await steps_shown(stage).is_visible()
    assert await opener(stage).get_attribute("aria-expanded") == "false"
    assert await stage.page.evaluate("document.activeElement.ariaLabel") == "Let time go by"


async def test_a_tap_elsewhere_closes_it(stage):
    movable(stage)
    await stage.opens()
    await opener(stage).click()
    await stage.page.get_by_role("heading", name="Care Compact", level=1).click()
    await steps_shown(stage).wait_for(state="hidden")
    assert await opener(stage).get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1400])
async def test_it_fits_and_axe_finds_nothing(stage, axe, width, scheme):
    movable(stage)
    await stage.opens((width, 740), color_scheme=scheme, reduced_motion="reduce")
    await opener(stage).click()
    assert await stage.page.evaluate("document.documentElement.scrollWidth") <= width
    box = await steps_shown(stage).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    for button in await steps_shown(stage).get_by_role("button").all():
        assert (await button.bounding_box())["height"] >= 44
        assert await button.evaluate("(button) => button.scrollWidth <= button.clientWidth")
    await stage.page.evaluate(axe)
    assert [fault for fault in await faults_found(stage) if not covered(fault)] == []
