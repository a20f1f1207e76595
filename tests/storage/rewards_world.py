"""Budgets, pools, offers and people who came, for tests about rewards: each in one line."""

from cryptography.fernet import Fernet

from rules.roles import Role
from storage import attendance, grants
from storage.rewards import budgets, claim_row, claiming, offers, vouchers
from storage.rewards.vault import Vault
from tests.storage.world import DAY, NOON, make, worker

KEYS = (Fernet.generate_key().decode(), Fernet.generate_key().decode())
VAULT = Vault(KEYS[:1])
YEAR = 365 * DAY


def code(number):
    return f"QXZV-{number:08d}-WKJH"


class Borough:
    """One budget, one pool, an offer with everything in it, and a coordinator who records attendance."""

    def __init__(self, database, *, pence=200_000, invented=0):
        self.database, self.pence, self.invented = database, pence, invented
        self.items = {}
        self.codes = 0

    async def found(self, *, approval="none", vouchers_of=(1000, 1000)):
        async with self.database.transaction() as tx:
            self.budget = await budgets.make(tx, "Grant", self.pence, NOON - YEAR, NOON + YEAR, NOON, "host:ada")
            self.pool = await vouchers.make_pool(tx, "Shop", NOON, low_at=0)
            for kind, pence in (("voucher", 1000), ("food", 500), ("charity", 800), ("certificate", 0), ("none", 0)):
                self.items[kind] = await offers.add_item(
                    tx, kind, pence, {"en": f"a {kind}"}, NOON, approval=approval,
                    budget_id=self.budget if pence else None, pool_id=self.pool if kind == "voucher" else None,
                )  # fmt: skip
            self.offer = await offers.make(tx, "All", list(self.items.values()), None, NOON)
            self.meeting = await make(tx)
            await tx.run("UPDATE meeting SET state = 'open' WHERE id = :id", id=self.meeting.id)
            assert await offers.set_for_meeting(tx, self.meeting.id, self.offer)
            self.cora, self.olive = await self.staff(tx, "Cora"), await self.staff(tx, "Olive", Role.OFFICER)
        if vouchers_of:
            await self.stock(*vouchers_of)
        return self

    async def staff(self, tx, name, role=Role.COORDINATOR):
        person_id = await worker(tx, name, consented=False, invented=self.invented)
        await grants.grant(tx, person_id, role, NOON)
        return person_id

    async def stock(self, *pence, expires_on=None, released=True, vault=VAULT):
        new = [vouchers.NewVoucher(code(self.codes + place), one, expires_on) for place, one in enumerate(pence)]
        self.codes += len(pence)
        async with self.database.transaction() as tx:
            batch, loaded = await vouchers.load(
                tx, vault, self.pool, new, NOON, "host:ada", file_name="v.csv", sha256="0", invented=bool(self.invented)
            )
            assert loaded == len(pence)
            if released:
                assert await vouchers.release(tx, batch, "host:ben", NOON) is not None
        return batch

    async def came(self, name="Ada", *, how="coordinator", **said):
        async with self.database.transaction() as tx:
            person_id = await worker(tx, name, invented=self.invented, **said)
            await self.present(tx, person_id, how)
        return person_id

    async def present(self, tx, person_id, how="coordinator", standing="came", now=NOON):
        by = None if how == "door" else self.cora
        await attendance.record(tx, self.meeting.id, person_id, standing, how, now, recorded_by=by)

    async def claims(self, person_id, kind="voucher", now=NOON, **parts):
        return await self.do(claiming.claim, person_id, self.meeting.id, self.items[kind], now, **parts)

    async def do(self, step, *values, **named):
        async with self.database.transaction() as tx:
            return await step(tx, *values, **named)

    async def claim_of(self, person_id):
        return await claim_row.of(self.database.reading, person_id, self.meeting.id)
