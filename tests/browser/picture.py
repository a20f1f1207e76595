"""Takes the picture of the phones for the README: `make picture`. The real demo, in the middle of its story."""

import asyncio
import re
import sys
from pathlib import Path

from playwright.async_api import async_playwright

from tests.browser.conftest import CHROMIUM
from tests.browser.demo import ROOT, Hand, demo, time_goes_by, visited
from tests.browser.stage import WIDE, chromium_flags
from tests.browser.story import ARABIC, MEETING, WHY, enrols, invites_everyone, joins, makes_a_meeting

DOCS = ROOT / "docs"
LARGEST = 300_000  # bytes


async def take(folder: Path) -> None:
    """Put phones.png into the folder."""
    async with async_playwright() as driver, demo() as running:
        browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=chromium_flags)
        calm = {"color_scheme": "light", "reduced_motion": "reduce"}
        async with visited(browser, running.address, WIDE, **calm) as page:
            await _story(page)
            await _shoot(page, folder / "phones.png")
        await browser.close()


async def _story(page) -> None:
    ada, noor, cora, olive = (Hand(page, name) for name in ("Ada", "Noor", "Cora", "Olive"))
    await joins(ada)
    await joins(noor, ARABIC, market="care_home", shift="early")
    await enrols(cora)
    await makes_a_meeting(cora)
    await invites_everyone(cora)
    await time_goes_by(page, "1 minute")
    await noor.sees(MEETING)
    await ada.taps("Yes")
    await cora.sees("Sent: 3")
    await page.wait_for_timeout(20_000)  # the others answer in their own time
    await cora.says("/answers")
    await cora.sees("Which meeting?")
    await cora.taps(re.compile(MEETING))
    await cora.sees("Tap a line to see who it is.")
    await enrols(olive)
    await olive.says("/export")
    await olive.answers(("Which time should the file cover?", "This month"), ("What do you need it for?", f">{WHY}"))
    await olive.sees("The file with names is on the computer")
    await page.evaluate("document.activeElement.blur()")
    await page.mouse.move(2, 2)


async def _shoot(page, path: Path) -> None:
    await page.wait_for_timeout(500)
    await page.screenshot(path=path)
    size = path.stat().st_size  # noqa: ASYNC240 - nothing else is going on
    if size > LARGEST:
        sys.exit(f"{path} has {size} bytes: too large for a page of words")
    print(f"{path}: {size} bytes")  # noqa: T201 - a command that says what it did


if __name__ == "__main__":
    asyncio.run(take(DOCS if len(sys.argv) == 1 else Path(sys.argv[1])))
