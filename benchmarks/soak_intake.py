"""Kill the program again and again while updates come in; count what was lost and what happened twice.

An update counts as acknowledged when Telegram has dropped it from its queue, because it was told that it is handled.
At every kill, each acknowledged note must stand in the database; in the end each note must stand there exactly once,
in the order in which its sender wrote it.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import Counter

from benchmarks.soak import TOKEN, Soak, at_some_moment, soaking
from simulator import Fault, Phone
from storage.database import Reading

SETTINGS = {"BOT_SENDS_PER_SECOND": "100000", "BOT_SENDS_PER_SECOND_IN_A_CHAT": "10000"}
PHONES = 60


class Notes:
    """Everything that was written to the bot."""

    def __init__(self, soak: Soak) -> None:
        self.soak = soak
        self.phones = [soak.simulator.phone(TOKEN, f"Worker {n}") for n in range(PHONES)]
        self.written: dict[str, Phone] = {}

    def write(self, how_many: int) -> None:
        """So many notes, each different, from anybody."""
        for _ in range(how_many):
            phone = random.choice(self.phones)
            words = f"note {len(self.written)} of {phone.id}"
            phone.says(words)
            self.written[words] = phone

    def unconfirmed(self) -> set[str]:
        """The notes that Telegram still holds."""
        waiting = self.soak.simulator.world.bots[TOKEN].inbox.waiting
        return {update["message"]["text"] for _, update in waiting if "message" in update}


async def main(updates: int, kills: int) -> int:
    """Print the figures; exit status 1 when anything was lost or happened twice."""
    started = time.monotonic()
    async with soaking(SETTINGS, flood=False) as soak:
        notes = Notes(soak)
        for kind in ("lose", "500", "half_open"):
            soak.simulator.faults.add(Fault(kind, method="getUpdates", times=None, probability=0.01, seconds=1))
        each = -(-updates // (kills + 1))
        lost_at_kills = caught = 0
        for _ in range(kills):
            notes.write(each // 2)
            await soak.start()
            writing = asyncio.create_task(drip(notes, each - each // 2))
            await at_some_moment(0.7)
            await soak.kill()
            writing.cancel()
            caught += bool(notes.unconfirmed())
            async with soak.look() as db:
                lost_at_kills += await lost(db, notes)
        soak.simulator.faults.clear()
        notes.write(max(0, updates - len(notes.written)))
        await soak.start()
        await drained(notes)
        await soak.stop()
        print(f"  {'kills that caught it at work':<44} {caught}")
        return await judge(soak, notes, lost_at_kills, time.monotonic() - started)


async def drip(notes: Notes, how_many: int) -> None:
    """Write them one by one over half a second."""
    for _ in range(how_many):
        notes.write(1)
        await asyncio.sleep(0.5 / how_many)


async def lost(db: Reading, notes: Notes) -> int:
    """How many acknowledged notes are not in the database at this moment."""
    kept = set(await kept_notes(db))
    return len(notes.written.keys() - notes.unconfirmed() - kept)


async def kept_notes(db: Reading) -> list[str]:
    """What the database holds, in the order in which it was written down."""
    return [row["why"] for row in await db.rows("SELECT why FROM audit WHERE action = 'note' ORDER BY id")]


async def drained(notes: Notes) -> None:
    """Return when Telegram holds nothing more."""
    async with asyncio.timeout(120):
        while notes.unconfirmed():  # noqa: ASYNC110 - the program that empties it is another process
            await asyncio.sleep(0.05)


async def judge(soak: Soak, notes: Notes, lost_at_kills: int, seconds: float) -> int:
    """Compare what was written with what was kept."""
    async with soak.look() as db:
        kept = await kept_notes(db)
        marks = await db.value("SELECT COUNT(*) FROM handled_update")
    await soak.check_soundness()
    missing, again = notes.written.keys() - set(kept), sum(count - 1 for count in Counter(kept).values())
    order = sum(mine(kept, phone) != mine(list(notes.written), phone) for phone in notes.phones)
    counted = {"acknowledged and not on disk at a kill": lost_at_kills, "lost in the end": len(missing),
               "effects repeated": again, "chats out of order": order, "marks left over": marks}  # fmt: skip
    for what, count in counted.items():
        if count:
            soak.wrong.append(f"{what}: {count}")
    return soak.say({
        "updates": len(notes.written), "kills": soak.kills,
        "acknowledged inputs lost": lost_at_kills + len(missing), "effects repeated": again,
        "chats out of order": order, "seconds": round(seconds),
    })  # fmt: skip


def mine(notes: list[str], phone: Phone) -> list[str]:
    """This person's notes, in order."""
    return [words for words in notes if words.endswith(f" of {phone.id}")]


def options(arguments: list[str]) -> argparse.Namespace:
    """What can be asked for on the command line."""
    parser = argparse.ArgumentParser(description="Kill the program while updates come in.")
    parser.add_argument("--updates", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=50)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    asked = options(sys.argv[1:])
    print("soak: kills while updates come in")
    sys.exit(asyncio.run(main(asked.updates, asked.kills)))
