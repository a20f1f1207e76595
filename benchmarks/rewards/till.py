"""A grant, a pool, a meeting and people who came, for figures about money."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rules.roles import Role
from storage import attendance, grants, meetings, people
from storage.database import Database, Writing
from storage.invariants import violations
from storage.rewards import budgets, ledger, offers, vouchers
from storage.rewards.vault import Vault, new_key

NOW = int(datetime(2027, 3, 1, 12, tzinfo=UTC).timestamp())
DAY = 24 * 3600
KEY = new_key()
VAULT = Vault((KEY,))


def code(number: int) -> str:
    """An invented voucher code that is found again wherever it is."""
    return f"QXZV-{number:06d}-WKJH-{number * 7919 % 10_007:05d}"


class Till:
    """Ids of what was founded. Everybody here is real to the program: nothing is marked as invented."""

    def __init__(self) -> None:
        self.budget = self.pool = self.item = self.offer = self.meeting = self.cora = self.olive = 0

    async def found(
        self, tx: Writing, people_came: int, pence: int, values: Sequence[int], approval: str = "none"
    ) -> list[int]:
        """Found it all; the ids of those who came."""
        self.budget = await budgets.make(tx, "Grant", pence, NOW - DAY, NOW + 365 * DAY, NOW, "host:bench")
        self.pool = await vouchers.make_pool(tx, "Shop", NOW, low_at=0)
        self.item = await offers.add_item(
            tx,
            "voucher",
            1000,
            {"en": "a £10 voucher"},
            NOW,
            approval=approval,
            budget_id=self.budget,
            pool_id=self.pool,
        )
        self.offer = await offers.make(tx, "Voucher", [self.item], None, NOW)
        made = await meetings.make(
            tx, title="Pay", strand="network", mode="online", minutes=60, local_start="2027-03-08T19:30",
            zone="Europe/London", now=NOW,
        )  # fmt: skip
        self.meeting = made.id
        await offers.set_for_meeting(tx, self.meeting, self.offer)
        self.cora, self.olive = [await self._staff(tx, number) for number in (1, 2)]
        if values:
            batch = await self.load(tx, values)
            await vouchers.release(tx, batch, "host:second", NOW)
        return [await self._came(tx, number) for number in range(10, 10 + people_came)]

    async def load(self, tx: Writing, values: Sequence[int], first: int = 0) -> int:
        """Load vouchers of these values; the batch, to be released."""
        new = [vouchers.NewVoucher(code(first + place), pence) for place, pence in enumerate(values)]
        batch, _ = await vouchers.load(
            tx, VAULT, self.pool, new, NOW, "host:bench", file_name="v.csv", sha256="0", invented=False
        )
        return batch

    async def _staff(self, tx: Writing, number: int) -> int:
        person = await people.meet(tx, number, "en", None, invented=False, now=NOW)
        await grants.grant(tx, person.id, Role.COORDINATOR, NOW)
        return person.id

    async def _came(self, tx: Writing, number: int) -> int:
        person = await people.meet(tx, number, "en", None, invented=False, now=NOW)
        await attendance.record(tx, self.meeting, person.id, "came", "coordinator", NOW, recorded_by=self.cora)
        return person.id


async def wrong(database: Database) -> list[str]:
    """What does not add up, by name."""
    return [f"{one.name}: {one.how_many}" for one in await violations(database.reports)]


async def spent(database: Database) -> int:
    """Everything promised or handed over, in pence."""
    sums = await ledger.sums(database.reading, invented=False)
    return sums.reserved + sums.issued


def empty(folder: Path, name: str) -> Path:
    """A path in the folder that is free."""
    path = folder / f"{name}.db"
    for old in folder.glob(f"{name}.db*"):
        old.unlink()
    return path
