"""People, meetings and broadcasts put into a database by the program's own storage functions, from outside the bot."""

import time
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.programs import ROOT
from rules.council import Council
from simulator import Phone
from storage import broadcasts, consents, meetings, people, venues
from storage.audience import Audience
from storage.database import Database, Writing, opened
from storage.migrate import migrate

_COUNCIL = Council()


def fresh(data_dir: Path) -> AbstractAsyncContextManager[Database]:
    """A new, empty database where a bot with this data folder will find it."""
    path = data_dir / "main.db"
    migrate(path, ROOT / "migrations")
    return opened(path)


async def settle(tx: Writing, phones: Sequence[Phone]) -> None:
    """Everyone behind these phones has signed up."""
    now = int(time.time())
    for phone in phones:
        person = await people.meet(tx, phone.id, "en", None, invented=False, now=now)
        await consents.record(tx, person.id, _COUNCIL.notice_version, accepted=True, route="telegram", now=now)
        for field, value in (
            ("display_name", phone.name),
            ("market", "home_care"),
            ("shift", "days"),
            ("strand", "network"),
        ):
            await people.change(tx, person.id, field, value)
        await people.joined(tx, person.id, now)


async def invite_all(tx: Writing) -> int:
    """A meeting in nine days, and an invite to everyone that goes now; the broadcast's id."""
    now = int(time.time())
    hall = await venues.add(
        tx, name="Riverside Library", address="1 Example Street", kind="library", step_free=True, private=False,
        transport="Two buses stop outside", latitude=51.48, longitude=0.01, now=now,
    )  # fmt: skip
    start = datetime.now(UTC).replace(hour=18, minute=30) + timedelta(days=9)
    meeting = await meetings.make(
        tx, title="What makes a good shift?", strand="network", mode="in_person", venue_id=hall.id, minutes=90,
        local_start=start.strftime("%Y-%m-%dT%H:%M"), zone=_COUNCIL.zone.key, reward="Voucher and travel", now=now,
    )  # fmt: skip
    await meetings.open_(tx, meeting.id)
    return (await broadcasts.begin(tx, Audience(meeting.id), None, None, now, undo_seconds=0)).id
