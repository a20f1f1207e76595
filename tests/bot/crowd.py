"""Many workers at once, signed up without tapping, and a broadcast to all of them."""

from storage import broadcasts, consents, people
from storage.audience import Audience
from tests.dialogue import TOKEN
from tests.handlers.acts import opens_meeting


async def workers(stage, count):
    """So many workers with phones, who have agreed to be written to."""
    phones = [stage.simulator.phone(TOKEN, f"Worker {n}", started=True) for n in range(count)]
    async with stage.program.database.transaction() as tx:
        for phone in phones:
            person = await people.meet(tx, phone.id, "en", None, False, int(stage.clock.now))
            await people.change(tx, person.id, "shift", "days")
            await consents.record(tx, person.id, "1", True, "telegram", int(stage.clock.now))
    return phones


async def broadcast(stage, meeting=None, **more):
    """An invite to everyone, due at once. Nothing is sent until somebody settles."""
    meeting = meeting or await opens_meeting(stage)
    async with stage.program.database.transaction() as tx:
        return await broadcasts.begin(
            tx, Audience(meeting.id), more.get("made_by"), more.get("chat_id"), int(stage.clock.now), undo_seconds=0
        )


async def attempts_of(stage):
    """Every attempt, as (state, why, tries), the oldest first."""
    rows = await stage.db.rows("SELECT state, why, tries FROM contact_attempt ORDER BY id")
    return [tuple(row) for row in rows]


def received(stage, phone):
    """How many messages truly reached this phone, by the simulator's own ledger."""
    return sum(one.chat_id == phone.id for one in stage.simulator.ledger)
