"""The demo: the real program, a stand-in for Telegram and an invented borough, on this machine and gone at the end."""

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

from bot import clock
from bot.app import MIGRATIONS
from bot.demo import borough, crowd
from bot.serving import serve
from bot.settings import Settings, load
from rules.roles import Role
from simulator import Simulator
from storage import grants
from storage.database import opened
from storage.migrate import migrate

TOKEN = "1000000001:invented-token-of-the-demo"  # noqa: S105 - it opens nothing outside this process
CODE_MINUTES = 24 * 60
PHONES = (
    ("Ada", "Care worker", "en"),
    ("Noor", "Care worker", "ar"),
    ("Cora", "Coordinator", "en"),
    ("Olive", "Officer", "en"),
)


class Clock:
    """The demo's clock: this machine's, moved forward whenever somebody wants to see what time does."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def __call__(self) -> float:
        """This moment in the demo, in unix seconds."""
        return clock.now() + self._ahead

    def forward(self, seconds: float) -> None:
        """Let so many seconds go by at once."""
        self._ahead += seconds


async def play(port: int, people: int, say_where: Callable[[str], None]) -> None:
    """Run the demo until Ctrl-C; `say_where` is told the page's address when all is ready. Raises OSError."""
    chance = Random(2026)  # noqa: S311 - invented people need no secrecy
    time = Clock()
    sim = Simulator(time)
    sim.forward = time.forward
    sim.bot(TOKEN, username="care_compact_demo_bot", name=borough.NAME)
    for name, label, language in PHONES:
        sim.phone(TOKEN, name, language).label = label
    names = tuple(borough.FIRST_NAMES[place % len(borough.FIRST_NAMES)] for place in range(people))
    invented = crowd.gather(sim, TOKEN, names, chance)
    with tempfile.TemporaryDirectory(prefix="care-compact-demo-") as folder:
        address = await sim.start(port=port)
        settings = _settings(address, Path(folder))
        await _prepare(settings, sim, [one.phone.id for one in invented], int(time()))
        living = asyncio.create_task(crowd.live(invented, chance))
        try:
            await serve(settings, lambda _: say_where(address), now=time)
        finally:
            living.cancel()
            with suppress(asyncio.CancelledError):
                await living
            await sim.stop()


def _settings(address: str, folder: Path) -> Settings:
    return load(
        env_file=None, token=TOKEN, api_url=address, data_dir=folder, council_name=borough.NAME,
        languages=("en", "ar"), draft_languages=True, rehearsal=True, log_level="warning",
        privacy_contact="privacy@example.org", sends_per_second_in_a_chat=1.0,
    )  # fmt: skip


async def _prepare(settings: Settings, sim: Simulator, telegram_ids: list[int], now: int) -> None:
    """The borough in the database, and on the page what a person would find in it: posters, and codes for the staff."""
    migrate(settings.database_path, MIGRATIONS)
    async with opened(settings.database_path) as database, database.transaction() as tx:
        await borough.settle(tx, settings.council(), telegram_ids, now)
        staff = (Role.COORDINATOR, Role.OFFICER)
        codes = {role: await grants.make_code(tx, role, None, now, CODE_MINUTES) for role in staff}
    for title, text, payload in (
        ("Poster at the bus stop", "Scan it as a care worker would.", "poster-bus"),
        ("Card from the college", "Another way in, counted apart.", "card-college"),
        ("The coordinator's code", "It works once.", f"enrol-{codes[Role.COORDINATOR]}"),
        ("The officer's code", "It works once.", f"enrol-{codes[Role.OFFICER]}"),
    ):
        sim.cards.append({"title": title, "text": text, "deep_link_payload": payload})
