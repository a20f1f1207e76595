"""Lists of claims for people to look at: what is to be handed over, and what takes too long."""

from storage.database import Reading
from storage.rewards.claim_row import Claim, of_row

LATE_DAYS, UNSEEN_DAYS = 7, 30
_DAY = 24 * 3600


_TO_HAND_OVER = """
SELECT * FROM known_claim
WHERE state = 'allocated' AND kind NOT IN ('voucher', 'certificate') AND invented = :invented ORDER BY ready_at, id
"""
_OVERDUE = """
SELECT * FROM known_claim
WHERE invented = :invented
  AND ((state IN ('claimed', 'approved', 'waiting') AND claimed_at <= :late)
       OR (state = 'allocated' AND ready_at <= :unseen))
ORDER BY claimed_at, id
"""


async def to_hand_over(db: Reading, *, invented: bool) -> list[Claim]:
    """What is ready and has no code: somebody gives it to them, the oldest first."""
    return [of_row(row) for row in await db.rows(_TO_HAND_OVER, invented=int(invented))]


async def overdue(db: Reading, now: int, *, invented: bool) -> list[Claim]:
    """Claims that have waited over LATE_DAYS, and ready ones that nobody has looked at for UNSEEN_DAYS."""
    days = {"late": now - LATE_DAYS * _DAY, "unseen": now - UNSEEN_DAYS * _DAY}
    return [of_row(row) for row in await db.rows(_OVERDUE, invented=int(invented), **days)]
