"""What the browser tests share: a stand-in on a free port, a browser, and a page that shows its phones."""

import importlib.util
import shutil
from pathlib import Path

import pytest
import pytest_asyncio

from simulator import Simulator
from tests.browser.stage import TOKEN, Stage, chromium_flags

CHROMIUM = Path(shutil.which("chromium") or "/usr/bin/chromium")
HAS_CHROMIUM = CHROMIUM.exists()
AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser():
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("the playwright package is not installed: run make test-browser")
    if not HAS_CHROMIUM:
        pytest.skip("Chromium is not installed: on Debian, apt-get install chromium")
    api = importlib.import_module("playwright.async_api")
    async with api.async_playwright() as driver:
        opened = await driver.chromium.launch(executable_path=str(CHROMIUM), args=chromium_flags)
        yield opened
        await opened.close()


@pytest.fixture(scope="session")
def axe():
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run make test-browser with npm on this machine")
    return AXE.read_text(encoding="utf-8")


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser):
    """A stage with Ada on it; nothing is shown until `stage.opens()`."""
    sim = Simulator(flood=False)
    base = await sim.start()
    sim.bot(TOKEN, username="care_compact_bot", name="Care Compact")
    stage = Stage(sim, base, browser)
    stage.ada = stage.person("Ada")
    yield stage
    await stage.closes()
    await stage.sim.stop()
