"""Kill the program again and again while broadcasts go out, with 429s, 403s, 5xx and lost answers; then count.

The simulator's ledger is the truth about what each phone received. An attempt that was ever `unknown` is left out of
the comparison with it, and counted; every other row has to say exactly what happened.
"""

import argparse
import asyncio
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from benchmarks.soak import TOKEN, Soak, at_some_moment, soaking
from bot.app import MIGRATIONS
from simulator import Fault, Phone
from storage import broadcasts, consents, meetings, people
from storage.audience import Audience
from storage.database import opened
from storage.migrate import migrate

IN_FLIGHT = 4
SETTINGS = {"BOT_SENDS_IN_FLIGHT": str(IN_FLIGHT)}
ZONE = ZoneInfo("Europe/London")
QUARTER = 16 * 60
FAULTS = (
    Fault("429", method="sendMessage", times=None, probability=0.002, retry_after=1),
    Fault("403", method="sendMessage", times=None, probability=0.01),
    Fault("500", method="sendMessage", times=None, probability=0.01),
    Fault("502", method="sendMessage", times=None, probability=0.01, acts=True),
    Fault("lose", method="sendMessage", times=None, probability=0.01),
)
_ROWS = """
SELECT attempt.id, telegram_id, about, state, why, message_id,
       EXISTS (SELECT 1 FROM attempt_event AS event
               WHERE event.attempt_id = attempt.id AND event.state = 'unknown') AS was_unknown
FROM contact_attempt AS attempt JOIN person ON person.id = attempt.person_id WHERE reason = 'invite' ORDER BY attempt.id
"""
_LEFT = """
SELECT COUNT(*) FROM contact_attempt
WHERE state IN ('planned', 'queued', 'sending', 'retry_wait') OR (state = 'unknown' AND why != 'left_unknown')
"""


@dataclass(frozen=True)
class Row:
    """An attempt, as far as the comparison needs it."""

    id: int
    telegram_id: int
    about: int
    state: str
    why: str
    message_id: int | None
    was_unknown: int


async def main(size: int, kills: int) -> int:
    """Print the figures; exit status 1 on a silent loss, too many repeats, or a row that does not say the truth."""
    started = time.monotonic()
    async with soaking(SETTINGS, flood=True) as soak:
        soak.ahead = until_tuesday_at_ten() - time.time()
        phones = await people_and_broadcasts(soak, size)
        for fault in FAULTS:
            soak.simulator.faults.add(fault)
        for _ in range(kills):
            await soak.start()
            await at_some_moment(2.5)
            await soak.kill()
        await finish(soak)
        return await judge(soak, phones, time.monotonic() - started)


def until_tuesday_at_ten() -> float:
    """A moment at which nobody is asleep, in unix seconds: the program's clock starts there."""
    now = datetime.now(ZONE)
    return (now + timedelta(days=(1 - now.weekday()) % 7)).replace(hour=10, minute=0, second=0).timestamp()


async def people_and_broadcasts(soak: Soak, size: int) -> list[Phone]:
    """So many workers who agreed to be written to, and two meetings to which all of them are invited."""
    migrate(soak.database, MIGRATIONS)
    phones = [soak.simulator.phone(TOKEN, f"Worker {n}", started=True) for n in range(size)]
    now = int(time.time() + soak.ahead)
    async with opened(soak.database) as database, database.transaction() as tx:
        for phone in phones:
            person = await people.meet(tx, phone.id, "en", None, False, now)
            await consents.record(tx, person.id, "1", True, "telegram", now)
        for title in ("First", "Second"):
            start = datetime.fromtimestamp(now, ZONE) + timedelta(days=9)
            meeting = await meetings.make(
                tx, title=title, strand="network", mode="online", local_start=f"{start:%Y-%m-%dT%H:%M}",
                zone=str(ZONE), minutes=60, now=now,
            )  # fmt: skip
            await meetings.open_(tx, meeting.id)
            await broadcasts.begin(tx, Audience(meeting.id), None, None, now, undo_seconds=0)
    return phones


async def finish(soak: Soak) -> None:
    """Let it go on undisturbed until nothing is left; the quarter of an hour that unknown ones wait is skipped."""
    for _ in range(20):
        await soak.start()
        await asyncio.sleep(4)
        await drained(soak)
        await soak.stop()
        async with soak.look() as db:
            if not await db.value(_LEFT):
                return
        soak.ahead += QUARTER
    soak.wrong.append("attempts were left over after five hours")


async def drained(soak: Soak) -> None:
    """Return when nothing has been sent for two seconds."""
    sent, calm = len(soak.simulator.transcript), 0
    while calm < 4:
        await asyncio.sleep(0.5)
        count = sum(1 for call in soak.simulator.transcript if call.method == "sendMessage")
        calm = calm + 1 if count == sent else 0
        sent = count


async def judge(soak: Soak, phones: list[Phone], seconds: float) -> int:
    """Compare what the database says with what the phones received."""
    async with soak.look() as db:
        rows = [Row(**dict(row)) for row in await db.rows(_ROWS)]
        titles = {row["id"]: row["title"] for row in await db.rows("SELECT id, title FROM meeting")}
    await soak.check_soundness()
    truth, ids = received(soak, titles)
    silent = sum(silently_lost(row, truth) for row in rows) + 2 * len(phones) - len(rows)
    untrue = sum(not row.was_unknown and not says_the_truth(row, truth, ids) for row in rows)
    repeats = sum(count - 1 for count in truth.values() if count > 1)
    if silent:
        soak.wrong.append(f"silent losses: {silent}")
    if repeats > soak.kills * IN_FLIGHT:
        soak.wrong.append(f"more repeats than kills x in flight: {repeats}")
    if untrue:
        soak.wrong.append(f"rows that do not say what happened: {untrue}")
    ours = ours_429(soak)
    if ours:
        soak.wrong.append(f"429s of our own making: {ours}")
    return soak.say({
        "messages planned": len(rows), "kills": soak.kills, "silent losses": silent,
        "repeats": f"{repeats} (at most {soak.kills * IN_FLIGHT})",
        "rows once marked unknown": sum(row.was_unknown for row in rows), "rows that differ from the truth": untrue,
        "429s of our own making": ours,
        "states": ", ".join(f"{state} {count}" for state, count in Counter(row.state for row in rows).most_common()),
        "faults": ", ".join(f"{kind} {count}" for kind, count in faults(soak).most_common()), "seconds": round(seconds),
    })  # fmt: skip


def received(soak: Soak, titles: dict[int, str]) -> tuple[Counter[tuple[int, int]], dict[tuple[int, int], set[int]]]:
    """How often each phone received the invite to each meeting, and under which message ids."""
    truth: Counter[tuple[int, int]] = Counter()
    ids: dict[tuple[int, int], set[int]] = {}
    for receipt in soak.simulator.ledger:
        about = next(meeting for meeting, title in titles.items() if title in receipt.text)
        truth[receipt.chat_id, about] += 1
        ids.setdefault((receipt.chat_id, about), set()).add(receipt.message_id)
    return truth, ids


def silently_lost(row: Row, truth: Counter[tuple[int, int]]) -> bool:
    """It never arrived, and the row does not say so."""
    said = row.state in ("blocked", "failed", "unknown", "skipped", "expired", "cancelled")
    return not truth[row.telegram_id, row.about] and not said


def says_the_truth(row: Row, truth: Counter[tuple[int, int]], ids: dict[tuple[int, int], set[int]]) -> bool:
    """Accepted: arrived once, under this id. Anything else: did not arrive."""
    where = row.telegram_id, row.about
    if row.state == "accepted":
        return truth[where] == 1 and ids[where] == {row.message_id}
    return truth[where] == 0


def faults(soak: Soak) -> Counter[str]:
    """The faults that struck."""
    return Counter(call.fault for call in soak.simulator.transcript if call.fault)


def ours_429(soak: Soak) -> int:
    """Refusals for going too fast that no fault has made."""
    return sum(call.status == 429 and call.fault is None for call in soak.simulator.transcript)


def options(arguments: list[str]) -> argparse.Namespace:
    """What can be asked for on the command line."""
    parser = argparse.ArgumentParser(description="Kill the program while broadcasts go out.")
    parser.add_argument("--people", type=int, default=1000, help="each is invited twice")
    parser.add_argument("--kills", type=int, default=50)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    asked = options(sys.argv[1:])
    print("soak: kills while broadcasts go out")
    sys.exit(asyncio.run(main(asked.people, asked.kills)))
