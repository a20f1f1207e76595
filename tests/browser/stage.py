"""The page with its phones, as a test speaks to it."""

from typing import Any

from simulator import Simulator

TOKEN = "4242:invented-for-browser-tests"
WIDE, NARROW = (1400, 900), (360, 740)
chromium_flags = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Stage:
    """A stand-in for Telegram, and a browser that looks at it."""

    def __init__(self, sim, base: str, browser) -> None:
        self.sim = sim
        self.base = base
        self.browser = browser
        self.page: Any = None
        self.troubles: list[str] = []

    def person(self, name: str, language: str = "en"):
        return self.sim.phone(TOKEN, name=name, language_code=language)

    def meet(self, *people) -> None:
        """Bots may write only to those who have written first."""
        for person in people:
            person.says("/start")

    async def bot_does(self, method: str, **params) -> Any:
        reply = await self.sim.call(TOKEN, method, params)
        assert reply.status == 200, reply.body
        return reply.body["result"]

    async def bot_says(self, person, text: str, **params) -> int:
        said = await self.bot_does("sendMessage", chat_id=person.id, text=text, **params)
        return said["message_id"]

    async def opens(self, size=WIDE, **options) -> None:
        width, height = size
        context = await self.browser.new_context(viewport={"width": width, "height": height}, **options)
        self.page = await context.new_page()
        self.page.set_default_timeout(8000)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        await self.page.goto(self.base)
        await self.page.locator(".phone").first.wait_for()

    async def restarts(self) -> None:
        """A new stand-in at the same address, which knows none of the phones."""
        self.sim = Simulator(flood=False)
        self.sim.bot(TOKEN, username="care_compact_bot", name="Care Compact")
        await self.sim.start(port=int(self.base.rpartition(":")[2]))

    async def closes(self) -> None:
        if self.page is not None:
            await self.page.context.close()
            assert self.troubles == []

    def phone(self, person):
        return self.page.locator(f"#phone-{person.id}")

    def log(self, person):
        return self.phone(person).get_by_role("log")

    def button(self, person, name: str):
        return self.phone(person).get_by_role("button", name=name, exact=True)

    async def sees(self, person, text: str) -> None:
        """Waits until the phone shows the text; fails with Playwright's words when it never does."""
        await self.log(person).get_by_text(text).last.wait_for()

    async def eventually(self, expression: str) -> None:
        """Waits until the expression holds in the page."""
        await self.page.wait_for_function(expression)

    async def focused(self) -> str:
        return await self.page.evaluate("document.activeElement.textContent || document.activeElement.ariaLabel")

    async def heard(self, *kinds: str) -> list[dict]:
        """What the bot would fetch: its updates of these kinds, oldest first."""
        updates = await self.bot_does("getUpdates", timeout=0)
        return [update[kind] for update in updates for kind in kinds if kind in update]


def keys(*rows: str) -> dict:
    """An inline keyboard: each row's words parted by bars, each button carrying its own words."""
    return {"inline_keyboard": [[{"text": word, "callback_data": word} for word in row.split("|")] for row in rows]}
