"""The demo: the real program, a stand-in for Telegram and an invented borough, on this machine and gone at the end."""

import asyncio
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from bot import clock
from bot.app import MIGRATIONS, Program
from bot.demo import borough, crowd, drawer, walls
from bot.demo.passing import Clock, Passing
from bot.serving import serve
from bot.settings import Settings, load
from rules.roles import Role
from simulator import Phone, Simulator
from storage import grants
from storage.database import opened
from storage.migrate import migrate
from storage.rewards.vault import new_key

TOKEN = "1000000001:invented-token-of-the-demo"  # noqa: S105 - it opens nothing outside this process
CODE_MINUTES = 365 * 24 * 60  # time goes by quickly here
WORKER, COORDINATOR, OFFICER = "Care worker", "Coordinator", "Officer"
PHONES = (("Ada", WORKER, "en"), ("Noor", WORKER, "ar"), ("Cora", COORDINATOR, "en"), ("Olive", OFFICER, "en"))
CODES = {
    COORDINATOR: ((Role.COORDINATOR, "one-time code"),),
    OFFICER: ((Role.OFFICER, "one-time code"), (Role.FEEDBACK_READER, "code to read feedback")),
}


async def play(port: int, people: int, say_where: Callable[[str, Path], None]) -> None:
    """Run the demo until Ctrl-C; `say_where` is told the page's address and the data's folder. Raises OSError."""
    chance = Random(2026)  # noqa: S311 - invented people need no secrecy
    time = Clock(borough.ZONE)
    sim = Simulator(time)
    sim.timezone = borough.ZONE.key
    sim.bot(TOKEN, username="care_compact_demo_bot", name=borough.BOT)
    phones = [_phone(sim, *phone) for phone in PHONES]
    names = tuple(borough.FIRST_NAMES[place % len(borough.FIRST_NAMES)] for place in range(people))
    everyone = crowd.Crowd(crowd.gather(sim, TOKEN, names, chance), chance, time, clock.monotonic)
    around: list[asyncio.Task[None]] = []

    def ready(program: Program) -> None:
        passing = Passing(time, partial(_live_through, program, everyone))
        hanging = walls.keep_up(program.database.reading, sim)
        around.extend(asyncio.create_task(work) for work in (everyone.live(), passing.run(), hanging))
        sim.forward = passing.forward
        say_where(address, program.settings.data_dir)

    with tempfile.TemporaryDirectory(prefix="care-compact-demo-") as folder:
        address = await sim.start(port=port)
        try:
            settings = _settings(address, Path(folder))
            await _prepare(settings, sim, phones, [one.phone.id for one in everyone.people], int(time()))
            await serve(settings, ready, now=time)
        finally:
            for task in around:
                task.cancel()
            await asyncio.gather(*around, return_exceptions=True)
            await sim.stop()


async def _live_through(program: Program, everyone: crowd.Crowd) -> None:
    """Everything that is due at this moment happens, and the crowd answers it."""
    await program.settle()
    while everyone.look():
        await program.settle()


def _phone(sim: Simulator, name: str, label: str, language: str) -> Phone:
    phone = sim.phone(TOKEN, name, language)
    phone.label = label
    return phone


def _settings(address: str, folder: Path) -> Settings:
    return load(
        env_file=None, token=TOKEN, api_url=address, data_dir=folder, council_name=borough.NAME,
        timezone=borough.ZONE.key, languages=("en", "ar"), draft_languages=True, rehearsal=True, log_level="warning",
        privacy_contact="privacy@example.org", pepper_file=folder / "pepper" / "pepper",
        sends_per_second_in_a_chat=1.0, webhook_url="", voucher_keys=new_key(),
        certificate_signer="Sam Sample (invented), Adult Social Care",
    )  # fmt: skip


async def _prepare(settings: Settings, sim: Simulator, phones: list[Phone], crowd_ids: list[int], now: int) -> None:
    """The borough in the database, and on the page what a person would find in it: posters, and codes for the staff."""
    migrate(settings.database_path, MIGRATIONS)
    async with opened(settings.database_path) as database, database.transaction() as tx:
        meeting_id = await borough.settle(tx, settings.council(), crowd_ids, now)
        await drawer.fill(tx, settings.vault(), meeting_id, now)
        for phone in phones:
            for role, words in CODES.get(phone.label, ()):
                code = await grants.make_code(tx, role, None, now, CODE_MINUTES)
                text = f"It makes the first phone that scans it {_a(role.replace('_', ' '))}."
                card = {"title": f"{phone.name}’s {words}", "text": text, "payload": f"enrol-{code}"}
                sim.cards.append({**card, "for_phone": phone.id})
        sim.cards.extend(await walls.hanging(tx))


def _a(label: str) -> str:
    return f"{'an' if label[0] in 'aeio' else 'a'} {label}"
