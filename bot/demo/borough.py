"""An invented borough to try the program in. Nobody in it exists, and the database says so of each of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.demo import boards
from rules.council import Council
from rules.local_time import BANDS
from storage import approaches, availability, consents, meetings, people, scans, venues
from storage.approaches import Facts
from storage.database import Writing

BOT, NAME = "Invented Borough", "Invented Borough Council"
ZONE = ZoneInfo("Europe/London")
APPROACHES = {
    "manager-note": Facts("letter", "letter", "A manager's note to staff", "", "provider", "en", 0, 20),
    "card-college": Facts("card", "paper", "Card from the college", "say", "partner", "en", 1_500, 30),
    "poster-bus": Facts("poster", "poster", "Poster at the bus stop", "care", "council", "en", 400, 15),
}
FIRST_NAMES = (
    "Adaeze", "Aisha", "Andrei", "Anita", "Beatriz", "Blessing", "Chen", "Comfort", "Daniela", "Dilip", "Ewa", "Fatima",
    "Femi", "Grace", "Gurpreet", "Hana", "Ioana", "Ivy", "Joseph", "Kemi", "Kofi", "Lakshmi", "Leila", "Mariam",
    "Mercy", "Nadia", "Ngozi", "Olu", "Patience", "Priya", "Rosa", "Samuel", "Sunita", "Tendai", "Thabo", "Zainab",
)  # fmt: skip
SHIFTS = ("days", "nights", "early", "evenings", "mixed")
FREE_BY_SHIFT = {
    "days": ("evening",),
    "nights": ("afternoon", "evening"),
    "early": ("afternoon", "evening"),
    "evenings": ("morning", "afternoon"),
    "mixed": ("morning", "evening", "late"),
}
SAID_WHEN_FREE, SAID_OF_A_BAND = 0.8, 0.9
JOBS = ("care_worker", "senior", "nurse", "not_said")


async def settle(tx: Writing, council: Council, phones: Sequence[int], now: int) -> int:
    """Fill an empty database: ways to be found, places to meet, people; and one meeting, whose id it is."""
    for code, facts in APPROACHES.items():
        made = await approaches.add(tx, code, facts.kind, facts.variant, facts.contact_mode, now)
        await approaches.change(tx, made, facts, None, now)
    library = await venues.add(
        tx, name="Riverside Library", address="1 Example Street", kind="library", step_free=True, private=False,
        transport="Two buses stop outside", latitude=51.4821, longitude=0.0072, now=now,
    )  # fmt: skip
    await venues.add(
        tx, name="Meadow Community Hall", address="22 Sample Road", kind="community_centre", step_free=True,
        private=True, transport="Five minutes from the station", now=now,
    )  # fmt: skip
    # Today's choices at random, the same for everyone who tries it today.
    chance = Random(7)  # noqa: S311 - invented people need no secrecy
    for place, telegram_id in enumerate(phones):
        name, met_at = FIRST_NAMES[place % len(FIRST_NAMES)], now - chance.randrange(40) * 86_400
        await _settle_one(tx, council, telegram_id, name, chance, met_at)
    meeting = await meetings.make(
        tx, title="Tea and talk about shifts", strand="network", mode="in_person", venue_id=library.id,
        local_start=_evening_in(council, now, days=9), zone=council.zone.key, minutes=90, capacity=12,
        reward="£10 voucher and travel", lead="Sam (invented)", now=now,
    )  # fmt: skip
    await meetings.open_(tx, meeting.id)
    await boards.settle(tx, council, now)
    return meeting.id


async def _settle_one(tx: Writing, council: Council, telegram_id: int, name: str, chance: Random, met_at: int) -> None:
    way = chance.choice(list(APPROACHES))
    person = await people.meet(tx, telegram_id, "en", way, invented=True, now=met_at)
    await _opened(tx, council, way, met_at)
    answers = {
        "display_name": f"{name} (invented)",
        "market": chance.choice((*council.markets, "not_said")),
        "shift": chance.choice(SHIFTS),
        "job": chance.choice(JOBS),
        "strand": "network",
    }
    await consents.record(tx, person.id, council.notice_version, accepted=True, route="telegram", now=met_at)
    for field, value in answers.items():
        await people.change(tx, person.id, field, value)
    await people.joined(tx, person.id, met_at)
    if chance.random() < SAID_WHEN_FREE:
        await availability.set_week(tx, person.id, _week_of(answers["shift"], chance), met_at)


def _week_of(shift: str, chance: Random) -> dict[tuple[int, str], bool]:
    """When somebody with this shift is free, a few hours left unsaid as people do."""
    free = FREE_BY_SHIFT[shift]
    return {(day, band): band in free for day in range(7) for band in BANDS if chance.random() < SAID_OF_A_BAND}


def _evening_in(council: Council, now: int, days: int) -> str:
    day = datetime.fromtimestamp(now, council.zone) + timedelta(days=days)
    return f"{day:%Y-%m-%d}T18:30"


async def _opened(tx: Writing, council: Council, way: str, met_at: int) -> None:
    """The code by which somebody came was opened that day."""
    found = await approaches.by_code(tx, way)
    if found is not None:
        day = f"{datetime.fromtimestamp(met_at, council.zone):%Y-%m-%d}"
        await scans.opened(tx, found.id, day, first_met=True, invented=True)
