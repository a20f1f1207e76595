"""People of every shift, meetings at every hour, and the weeks that go by: for the figures about sleep and stops."""

import random
from collections.abc import Iterable
from datetime import timedelta

from rules.council import Council
from rules.local_time import instant
from storage import broadcasts, consents, meetings, people, polls, responses
from storage.audience import Audience
from storage.database import Database, Writing
from storage.meetings import Meeting

COUNCIL = Council()
BEGINS = instant("2027-03-01T09:00", COUNCIL.zone)  # a Monday; the clocks change in the last week
STEP, HOUR, DAY = 900, 3600, 24 * 3600
_SHIFTS = ("nights", "nights", "days", "evenings", "early", "mixed")
_HOURS = ("02:30", "06:00", "10:00", "14:30", "19:30", "23:00")


async def settle(database: Database, telegram_ids: Iterable[int]) -> list[int]:
    """The people behind these, two in six on nights; the first of their ids is the lowest."""
    found = []
    async with database.transaction() as tx:
        for number, telegram_id in enumerate(telegram_ids):
            person = await people.meet(tx, telegram_id, "en", None, invented=False, now=BEGINS)
            await consents.record(tx, person.id, "1", accepted=True, route="telegram", now=BEGINS)
            await people.change(tx, person.id, "shift", _SHIFTS[number % len(_SHIFTS)])
            found.append(person.id)
    return found


async def meeting(tx: Writing, day: int, clock: str, now: int) -> Meeting:
    """An open meeting so many days after the beginning, at this wall time."""
    local = f"2027-03-{1 + day:02}" if day < 31 else f"2027-04-{day - 30:02}"
    made = await meetings.make(
        tx, title="Pay and hours", strand="network", mode="online", local_start=f"{local}T{clock}",
        zone=COUNCIL.zone.key, minutes=60, now=now,
    )  # fmt: skip
    await meetings.open_(tx, made.id)
    return made


async def meetings_at_all_hours(database: Database, everybody: list[int], days: range, seed: int) -> list[Meeting]:
    """A meeting on each of these days, each at another hour; about a third of the people say yes to each."""
    chance = random.Random(seed)
    made = []
    async with database.transaction() as tx:
        for day in days:
            one = await meeting(tx, day, _HOURS[day % len(_HOURS)], BEGINS)
            for person in everybody:
                if chance.random() < 1 / 3:
                    await responses.record(tx, person, one.id, "yes", BEGINS)
            made.append(one)
    return made


async def monday(database: Database, everybody: list[int], made: list[Meeting], now: int) -> None:
    """The Monday of a week: an invite to all, a poll, nights for some, and two changes at short notice."""
    chance = random.Random(now)
    day = (now - BEGINS) // DAY
    async with database.transaction() as tx:
        fresh = await meeting(tx, day + 5, chance.choice(_HOURS), now)
        await broadcasts.begin(tx, Audience(fresh.id), None, None, now, undo_seconds=0)
        for person in chance.sample(everybody, len(everybody) // 6):
            await people.move_quiet(tx, person, "08:00", "16:00", now + 7 * DAY)
        await _poll(tx, now)
        soon = [one for one in made if now + 2 * DAY < one.starts_at < now + 4 * DAY]
        await meetings.cancel(tx, soon[0].id, now)
        later = soon[1].starts + timedelta(days=1)
        await meetings.change_time(tx, soon[1].id, later.replace(tzinfo=None).isoformat(timespec="minutes"), now)


async def _poll(tx: Writing, now: int) -> None:
    poll = await polls.make(
        tx, title="When next?", strand="network", mode="online", zone=COUNCIL.zone.key, minutes=60,
        closes_at=now + 4 * DAY, reminds_at=now + 2 * DAY, now=now,
    )  # fmt: skip
    await polls.add_slots(tx, poll, ["2027-05-04T02:30", "2027-05-05T14:30"])
    await polls.open_(tx, poll.id, Audience(0), now)
