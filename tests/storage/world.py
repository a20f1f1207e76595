"""People and meetings for tests about storage, written in one line each. Times are seconds after a Monday noon."""

from dataclasses import replace
from datetime import UTC, datetime

from storage import broadcasts, meetings, responses
from storage.attempts import Attempt, accepted, claim, release_due
from storage.audience import Audience
from storage.database import Database, Reading, Writing
from storage.meetings import Meeting

NOON = int(datetime(2027, 3, 1, 12, 0, tzinfo=UTC).timestamp())
HOUR = 3600
DAY = 24 * HOUR
CONSENT = (
    "INSERT INTO consent (person_id, notice_version, accepted, route, given_at) VALUES (:id, '1', :yes, 'telegram', 0)"
)
PERSON = """
INSERT INTO person (telegram_id, display_name, language, market, shift, strand, invented, met_at)
VALUES (:telegram_id, :name, :language, :market, :shift, :strand, :invented, 0) RETURNING id
"""


async def worker(
    tx: Writing, name: str = "Ada", *, telegram: bool = True, consented: bool = True, **said: object
) -> int:
    number = await tx.value("SELECT COUNT(*) FROM person")
    values = {"language": "en", "market": None, "shift": None, "strand": None, "invented": 0, **said}
    person_id: int = await tx.value(PERSON, telegram_id=1000 + number if telegram else None, name=name, **values)
    if consented:
        await tx.run(CONSENT, id=person_id, yes=1)
    return person_id


async def workers(database: Database, how_many: int, **said: object) -> list[int]:
    async with database.transaction() as tx:
        return [await worker(tx, f"Worker {number}", **said) for number in range(1, how_many + 1)]


async def withdraw(tx: Writing, person_id: int) -> None:
    await tx.run(CONSENT, id=person_id, yes=0)


async def make(
    tx: Writing, *, local_start: str = "2027-03-08T19:30", zone: str = "Europe/London", **facts: object
) -> Meeting:
    given = {"title": "Pay and hours", "strand": "network", "mode": "online", "minutes": 60, "now": NOON, **facts}
    return await meetings.make(tx, local_start=local_start, zone=zone, **given)


async def open_meeting(database: Database, **facts: object) -> Meeting:
    async with database.transaction() as tx:
        made = await make(tx, **facts)
        assert await meetings.open_(tx, made.id)
        return replace(made, state="open", standing="open")


async def invite(database: Database, meeting: Meeting, now: int = NOON, **choice: object) -> broadcasts.Broadcast:
    async with database.transaction() as tx:
        return await broadcasts.begin(tx, Audience(meeting.id, **choice), None, None, now, undo_seconds=0)


async def send_all(database: Database, now: int, silent_at: int | None = None) -> list[Attempt]:
    """Everything that is due, accepted by Telegram in the order in which it was claimed."""
    sent = []
    async with database.transaction() as tx:
        await release_due(tx, now, at_most=10_000)
        while (attempt := await claim(tx, now)) is not None:
            assert await accepted(tx, attempt.id, 10_000 + attempt.id, now, silent_at)
            sent.append(attempt)
    return sent


async def invited(database: Database, meeting: Meeting, now: int = NOON, silent_at: int | None = None) -> list[Attempt]:
    await invite(database, meeting, now)
    return await send_all(database, now, silent_at)


async def says(database: Database, person_id: int, meeting: Meeting, answer: str, now: int) -> responses.Place:
    async with database.transaction() as tx:
        return await responses.record(tx, person_id, meeting.id, answer, now)


async def column(db: Reading, sql: str, **values: object) -> list[object]:
    return [row[0] for row in await db.rows(sql, **values)]


async def states(database: Database) -> list[tuple[str, str]]:
    rows = await database.reading.rows("SELECT state, why FROM contact_attempt ORDER BY id")
    return [(row["state"], row["why"]) for row in rows]
