"""What hangs on the demo's walls: every approach in use can be scanned on the page, with where it was put up."""

import asyncio

from simulator import Simulator
from storage import approaches, placements
from storage.database import Reading

LOOKS_EVERY = 1.0  # seconds


async def keep_up(db: Reading, sim: Simulator) -> None:
    """Look again and again what hangs there, until cancelled."""
    while True:
        await look(db, sim)
        await asyncio.sleep(LOOKS_EVERY)


async def look(db: Reading, sim: Simulator) -> None:
    """Hang up what is new and take down what has ended; other cards stay."""
    known = {one.code for one in await approaches.all(db)}
    others = [card for card in sim.cards if card["payload"] not in known]
    sim.cards[:] = [*others, *await hanging(db)]


async def hanging(db: Reading) -> list[dict[str, str]]:
    """A card for each approach that has not ended, the newest first."""
    used = [one for one in await approaches.ours(db) if one.ended_at is None]
    where = {one.approach_id: one.place for one in reversed(await placements.latest(db, 100, invented=True))}
    return [
        {
            "title": one.title,
            "text": f"Seen at: {where[one.id]}" if one.id in where else "Scan it as a care worker would.",
            "payload": one.code,
        }
        for one in used
    ]
