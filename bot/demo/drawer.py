"""Rewards in the invented borough: a grant, a small catalogue, and a drawer of vouchers that buy nothing anywhere."""

from random import Random

from storage.database import Writing
from storage.rewards import budgets, offers, vouchers
from storage.rewards.vault import Vault

GRANT, YEAR = 200_000, 366 * 24 * 3600
ON_VOUCHERS = 1_000  # so that the meter can be seen to stop: one of ten pounds, and the next in line
TENS, FIVES = 6, 6
SIGNS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


async def fill(tx: Writing, vault: Vault, meeting_id: int, now: int) -> None:
    """A budget of £2,000 with a limit for vouchers, four things to offer, and two of them offered for the meeting."""
    chance = Random(11)  # noqa: S311 - invented codes need no secrecy
    budget_id = await budgets.make(tx, "Grant (invented)", GRANT, now - 1, now + YEAR, now, "host:demo")
    await budgets.set_cap(tx, budget_id, "voucher", ON_VOUCHERS, now, "host:demo")
    pool_id = await vouchers.make_pool(tx, "Invented Shop", now, low_at=3)
    new = [
        vouchers.NewVoucher(_code(chance), pence) for pence, many in ((1000, TENS), (500, FIVES)) for _ in range(many)
    ]
    batch_id, _ = await vouchers.load(
        tx, vault, pool_id, new, now, "host:demo", file_name="invented.csv", sha256="invented", invented=True
    )
    await vouchers.release(tx, batch_id, "host:demo, a second person", now)
    ten = await offers.add_item(
        tx, "voucher", 1000, {"en": "a £10 shopping voucher", "ar": "قسيمة تسوق بقيمة £10"}, now,
        budget_id=budget_id, pool_id=pool_id,
    )  # fmt: skip
    await offers.add_item(tx, "food", 650, {"en": "a warm lunch", "ar": "غداء ساخن"}, now, budget_id=budget_id)
    await offers.add_item(tx, "training", 0, {"en": "an hour of training", "ar": "ساعة تدريب"}, now)
    await offers.add_item(tx, "none", 0, {"en": "our thanks", "ar": "شكرنا"}, now)
    offer_id = await offers.make(tx, "a £10 shopping voucher", [ten], None, now)
    await offers.set_for_meeting(tx, meeting_id, offer_id)


def _code(chance: Random) -> str:
    return "-".join("".join(chance.choice(SIGNS) for _ in range(4)) for _ in range(4))
