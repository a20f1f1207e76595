"""Ten years of reminders over every clock change in ten zones: none lost, none doubled, none in anyone's quiet hours.

Exact by events: the program is run at each minute at which anything can change (something is due or too late, somebody
falls asleep or wakes), and between two of these nothing can. Meetings lie on, just before and just after each change,
and a day and a week later, so that their reminders fall into the hour that is skipped or comes twice.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.clockwork import Sent, tick
from benchmarks.figures import Figure
from benchmarks.options import Options
from benchmarks.seeding import fresh
from rules import ladder
from rules.council import Council
from rules.local_time import instant, wall
from rules.quiet import quiet_hours
from storage import consents, meetings, people, responses
from storage.database import Database, Writing

ZONES = (
    *("Europe/London", "America/St_Johns", "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Chatham"),
    *("Africa/Cairo", "Africa/Casablanca", "America/Havana", "Asia/Kathmandu", "Australia/Eucla"),
)
FIRST_YEAR = 2025
DAY = 24 * 3600
# Shift and own quiet hours: by the council, by day, within the hour of most changes, over midnight, and none at all.
SLEEPERS = (
    ("days", None), ("nights", None), ("mixed", ("01:30", "02:30")), ("early", ("20:15", "04:45")),
    ("evenings", ("00:00", "00:00")),
)  # fmt: skip
# Where Linux keeps files in memory: the disk is not what is measured.
_MEMORY = next((path for path in ("/dev/shm",) if Path(path).is_dir()), None)  # noqa: S108 - a folder of our own is made in it
_AROUND = [timedelta(minutes=m) for m in (-90, -30, 0, 30, 90, 480)] + [
    timedelta(days=days, minutes=minutes) for days in (1, 7) for minutes in (-30, 0, 30)
]


async def measure(options: Options) -> list[Figure]:
    """The counts over all zones."""
    counts: Counter[str] = Counter()
    for name in ZONES:
        counts.update(await zone_years(ZoneInfo(name), FIRST_YEAR, options.years))
    wrong = counts["lost"] + counts["doubled"] + counts["in quiet hours"] + counts["not in time"]
    what = f"{options.years} years of clock changes in {len(ZONES)} zones: reminders lost, doubled or in quiet hours"
    note = ", ".join(f"{name} {how_many:,}" for name, how_many in counts.items())
    return [Figure(what, f"{wrong:,}", aim="0", met=wrong == 0, notes=(note,))]


async def zone_years(zone: ZoneInfo, first_year: int, years: int) -> Counter[str]:
    """What became of the reminders around each clock change of a zone."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
        async with fresh(Path(folder)) as database:
            for change in changes(zone, first_year, years):
                counts.update(await one_change(database, zone, change))
    return counts


def changes(zone: ZoneInfo, first_year: int, years: int) -> Iterator[int]:
    """The unix seconds at which the zone's offset changes; two days a year where it never does."""
    begin, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (first_year, first_year + years))
    found = [at for at in range(begin, end, 900) if _offset(at - 1, zone) != _offset(at, zone)]
    yield from found or range(begin + 80 * DAY, end, 180 * DAY)


def _offset(at: int, zone: ZoneInfo) -> timedelta | None:
    return datetime.fromtimestamp(at, zone).utcoffset()


async def one_change(database: Database, zone: ZoneInfo, change: int) -> Counter[str]:
    """Everybody says yes to every meeting around a clock change; then the weeks around it go by."""
    council = Council(zone=zone)
    begins = change - 9 * DAY
    sleepers, made = await _said_yes(database, zone, change, begins)
    due = {
        (person, meeting.id, one.sequence): one
        for meeting in made
        for one in ladder.reminders(council.reminders, meeting.local_start, zone, 0)
        for person in sleepers
    }
    sent: list[Sent] = []
    for now in sorted(set(_moments(zone, begins, council, list(due.values())))):
        sent += await tick(database, now, council)
    return _judged(sent, due)


async def _said_yes(
    database: Database, zone: ZoneInfo, change: int, now: int
) -> tuple[list[int], list[meetings.Meeting]]:
    around = datetime.fromisoformat(wall(change - 1, zone)) + timedelta(minutes=1)
    async with database.transaction() as tx:
        sleepers = [await _sleeper(tx, number, now) for number in range(len(SLEEPERS))]
        made = []
        for apart in _AROUND:
            local_start = (around + apart).isoformat(timespec="minutes")
            meeting = await meetings.make(
                tx, title="At an odd hour", strand="network", mode="online", local_start=local_start, zone=zone.key,
                minutes=60, now=now,
            )  # fmt: skip
            await meetings.open_(tx, meeting.id)
            for person in sleepers:
                await responses.record(tx, person, meeting.id, "yes", now)
            made.append(meeting)
    return sleepers, made


async def _sleeper(tx: Writing, number: int, now: int) -> int:
    shift, quiet = SLEEPERS[number]
    person = await people.meet(tx, 1_000 + number, "en", None, invented=False, now=now)
    if not person.consented:
        await consents.record(tx, person.id, "1", accepted=True, route="telegram", now=now)
        for field, value in (("shift", shift), *zip(("quiet_from", "quiet_until"), quiet or (), strict=False)):
            await people.change(tx, person.id, field, value)
    return person.id


def _moments(zone: ZoneInfo, begins: int, council: Council, due: list[ladder.Reminder]) -> Iterator[int]:
    """Every second at which anything can change, from then until the last meeting has begun."""
    yield begins
    for one in due:
        yield from (one.due_at, one.until_at - 60, one.until_at)
    first, last = (datetime.fromtimestamp(at, zone).date() for at in (begins, max(one.until_at for one in due)))
    for shift, own in SLEEPERS:
        start, end = quiet_hours(shift, *(own or (None, None)), council)
        for ahead in range((last - first).days + 2):
            day = first + timedelta(days=ahead)
            asleep, awake = (instant(f"{day}T{clock:%H:%M}", zone) for clock in (start, end))
            yield from (asleep - 960, asleep, awake)


def _judged(sent: list[Sent], due: dict[tuple[int, int, int], ladder.Reminder]) -> Counter[str]:
    got = Counter((one.person_id, one.about, one.sequence) for one in sent)
    early = sum(one.at < due[one.person_id, one.about, one.sequence].due_at for one in sent)
    late = sum(one.at >= due[one.person_id, one.about, one.sequence].until_at for one in sent)
    return Counter(
        {
            "clock changes": 1,
            "reminders": len(due),
            "sent": len(sent),
            "lost": sum(key not in got for key in due),
            "doubled": sum(times - 1 for times in got.values()),
            "in quiet hours": sum(one.in_sleep for one in sent),
            "not in time": late,
            "brought forward before a sleep": early,
        }
    )
