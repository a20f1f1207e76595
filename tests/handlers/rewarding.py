"""What dialogues about rewards begin with: a budget, a drawer of vouchers, an offer, a meeting that is over."""

from storage import attendance, meetings
from storage.rewards import budgets, offers, vouchers
from storage.rewards.vault import Vault, new_key
from tests.handlers.acts import opens_meeting

KEY = new_key()
YEAR = 365 * 24 * 3600


async def has_a_budget(stage, pence=200_000, name="Grant"):
    now = int(stage.clock.now)
    async with stage.program.database.transaction() as tx:
        return await budgets.make(tx, name, pence, now - 1, now + YEAR, now, "host:test")


async def has_vouchers(stage, *values, keys=(KEY,), name="Shop", invented=False):
    """A drawer with one released voucher of each of these values (pence)."""
    now = int(stage.clock.now)
    async with stage.program.database.transaction() as tx:
        pool_id = await vouchers.pool_named(tx, name) or await vouchers.make_pool(tx, name, now, low_at=0)
        before = len(await tx.rows("SELECT id FROM voucher"))
        new = [vouchers.NewVoucher(f"CODE-{before + place:04}-{pence}", pence) for place, pence in enumerate(values)]
        if new:
            batch, _ = await vouchers.load(
                tx, Vault(keys), pool_id, new, now, "host:one", file_name="x.csv", sha256="0", invented=invented
            )
            await vouchers.release(tx, batch, "host:two", now)
        return pool_id


async def in_the_catalogue(stage, kind="voucher", pence=1000, words="a £10 voucher", approval="none", **about):
    """An item, with its budget and drawer when it needs them."""
    async with stage.program.database.transaction() as tx:
        said = {"en": words, "ar": "قسيمة"} if isinstance(words, str) else words
        return await offers.add_item(tx, kind, pence, said, int(stage.clock.now), approval=approval, **about)


async def offers_for(stage, meeting, *items):
    async with stage.program.database.transaction() as tx:
        offer_id = await offers.make(tx, "offer", items, None, int(stage.clock.now))
        await offers.set_for_meeting(tx, meeting.id, offer_id)
    return await meetings.by_id(stage.db, meeting.id)


async def a_rewarded_meeting(stage, *values, budget=200_000, approval="none", title="Tea and talk", **about):
    """A meeting to come that offers a £10 voucher, and a drawer with these values."""
    budget_id = await has_a_budget(stage, budget)
    pool_id = await has_vouchers(stage, *values)
    item = await in_the_catalogue(stage, approval=approval, budget_id=budget_id, pool_id=pool_id)
    meeting = await opens_meeting(stage, title=title, **about)
    return await offers_for(stage, meeting, item), item


async def came(stage, meeting, *people, recorded_by=None):
    """These are recorded as there, by the door or by this person of staff."""
    by = (await recorded_by.person()).id if recorded_by else None
    async with stage.program.database.transaction() as tx:
        for someone in people:
            person = await someone.person()
            how = "coordinator" if by else "door"
            await attendance.record(
                tx, meeting.id, person.id, "came", how, int(stage.clock.now), recorded_by=by, at=meeting.starts_at
            )


async def is_over(stage, meeting):
    """An hour after the end; what is due then has happened."""
    await stage.passes(seconds=meeting.ends_at - stage.clock.now + 3600)


async def next_morning(stage, meeting):
    """Ten the next morning, when nobody sleeps."""
    await stage.passes(seconds=meeting.starts_at - stage.clock.now + 14.5 * 3600)


async def claim_of(stage, someone, meeting):
    from storage.rewards import claim_row  # noqa: PLC0415 - a name that tests use for other things

    return await claim_row.of(stage.db, (await someone.person()).id, meeting.id)


async def money_moved(stage):
    """The ledger's sums in pence: (reserved, issued)."""
    row = await stage.db.row("SELECT COALESCE(SUM(reserved), 0), COALESCE(SUM(issued), 0) FROM ledger")
    return tuple(row)
