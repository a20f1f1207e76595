"""`python -m bot demo` as a newcomer starts it, and hands that hold its phones in a browser."""

import asyncio
import re
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.browser.stage import WIDE

ROOT = Path(__file__).parents[2]


class Demo:
    """The running process: where its page is, where its data is."""

    def __init__(self, process, address: str, folder: Path) -> None:
        self.process, self.address, self.folder = process, address, folder
        self.later: list[str] = []

    async def listens(self) -> None:
        """What it says after the beginning; a healthy demo says nothing."""
        async for line in self.process.stdout:
            self.later.append(line.decode())


@asynccontextmanager
async def demo(*options: str):
    """The demo on a port of its own, ended as Ctrl-C would."""
    command = (sys.executable, "-m", "bot", "demo", "--port", "0", *options)
    pipes = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.STDOUT}
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, **pipes)
    try:
        async with asyncio.timeout(60):
            said = ""
            while "Ctrl-C" not in said:
                line = (await process.stdout.readline()).decode()
                assert line, said
                said += line
        running = Demo(process, re.search(r"http://\S+", said)[0], Path(re.search(r"files are in (\S+)", said)[1]))
        listening = asyncio.create_task(running.listens())
        yield running
    finally:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(10):
            await process.wait()
    await listening


@asynccontextmanager
async def visited(browser, address: str, size=WIDE, **options):
    """The demo's page in a browser window; a mistake of the page fails the test."""
    width, height = size
    context = await browser.new_context(viewport={"width": width, "height": height}, **options)
    page = await context.new_page()
    page.set_default_timeout(20_000)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    await page.goto(address)
    await page.locator(".phone").last.wait_for()
    yield page
    await context.close()
    assert troubles == []


class Hand:
    """The hand that holds one phone, and the eyes above it."""

    def __init__(self, page: Any, name: str) -> None:
        self.page, self.name = page, name
        self.phone = page.locator(".phone").filter(has=page.locator("h2", has_text=name))
        self.log = self.phone.get_by_role("log")

    async def scans(self, card: str) -> None:
        await self.phone.get_by_role("button", name="Scan a code", exact=True).click()
        await self.page.get_by_role("dialog").get_by_role("button", name=card).click()

    async def says(self, words: str) -> None:
        field = self.phone.get_by_label(f"Message from {self.name}")
        await field.fill(words)
        await field.press("Enter")

    async def taps(self, button: str | re.Pattern[str]) -> None:
        await self.log.get_by_role("button", name=button, exact=isinstance(button, str)).last.click()

    async def sees(self, words: str | re.Pattern[str]) -> None:
        await self.log.get_by_text(words).last.wait_for()

    async def answers(self, *steps: tuple[str, str]) -> None:
        """For each step: wait for the question, then tap the button, or type what stands after a '>'."""
        for question, answer in steps:
            await self.sees(question)
            if answer.startswith(">"):
                await self.says(answer[1:])
            else:
                await self.taps(answer)


async def time_goes_by(page: Any, words: str) -> None:
    """Let it, by the control beside the clock, and wait until it has."""
    await page.get_by_role("button", name="Let time go by").click()
    steps = page.get_by_role("group", name="Let time go by")
    await steps.get_by_role("button", name=words, exact=True).click()
    await steps.get_by_text("It is now").wait_for()
    await page.keyboard.press("Escape")
