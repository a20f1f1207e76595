"""The ledger and what became of offers, as reports want them. Amounts are pence; nobody is named."""

from dataclasses import dataclass

from storage.database import Reading
from storage.wire import Rows

OVERDUE_DAYS, UNCLAIMED_DAYS = 7, 30
_DAY = 24 * 3600


@dataclass(frozen=True)
class Outcome:
    """What became of one kind in one arm ('' outside a trial). Numbers of people and meetings, then pence.

    `offered` counts each person and meeting once; `wanted` wished for it or claimed it; `unclaimed` came, were
    offered it and have claimed nothing 30 days after.
    """

    kind: str
    arm: str
    offered: int = 0
    wanted: int = 0
    declined: int = 0
    given_away: int = 0
    claimed: int = 0
    waiting: int = 0
    handed_over: int = 0
    unclaimed: int = 0
    reserved: int = 0
    issued: int = 0


@dataclass(frozen=True)
class Overdue:
    """A claim or expense that nobody has settled in a week. `why`: 'to_approve', 'pool', 'budget', 'stopped'."""

    what: str
    number: int
    why: str
    kind: str
    pence: int
    meeting: str
    days: int


_LEDGER = """
SELECT ledger.id, ledger.at, ledger.kind, budget.name AS budget, item_kind, ledger.reserved, ledger.issued,
       ledger.claim_id, ledger.expense_id, COALESCE(claim.arm, '') AS arm, meeting.title AS meeting,
       COALESCE(last4, '') AS last4, reverses, actor, ledger.why
FROM ledger JOIN budget ON budget.id = ledger.budget_id
LEFT JOIN claim ON claim.id = ledger.claim_id
LEFT JOIN expense_claim ON expense_claim.id = ledger.expense_id
LEFT JOIN voucher ON voucher.id = ledger.voucher_id
JOIN meeting ON meeting.id = COALESCE(claim.meeting_id, expense_claim.meeting_id)
WHERE ledger.invented = :invented ORDER BY ledger.id
"""
_OFFERED = """
SELECT kind, arm, sum(times) AS offered FROM (
    SELECT offer_item.kind, arm, count(DISTINCT person_id || ':' || about) AS times
    FROM contact_attempt JOIN offer_item ON offer_item.offer_id = contact_attempt.offer_id
    JOIN person ON person.id = person_id
    WHERE reason = 'invite' AND sent_at IS NOT NULL AND invented = :invented
    GROUP BY offer_item.kind, arm
    UNION ALL
    SELECT offer_item.kind, arm, count(DISTINCT erased_attempt.id)
    FROM erased_attempt JOIN offer_item ON offer_item.offer_id = erased_attempt.offer_id
    WHERE reason = 'invite' AND state IN ('accepted', 'unknown') AND NOT :invented
    GROUP BY offer_item.kind, arm)
GROUP BY kind, arm
"""
_CLAIMS = """
SELECT kind, arm,
       count(*) FILTER (WHERE state NOT IN ('declined', 'refused')) AS wanted,
       count(*) FILTER (WHERE state = 'declined') AS declined,
       count(*) FILTER (WHERE given > 0 AND state IN ('given_away', 'allocated', 'shown')) AS given_away,
       count(*) FILTER (WHERE claimed_at IS NOT NULL AND state NOT IN ('declined', 'refused')) AS claimed,
       count(*) FILTER (WHERE state IN ('claimed', 'waiting')) AS waiting,
       count(*) FILTER (WHERE state = 'shown') AS handed_over,
       sum(reserved) AS reserved, sum(issued) AS issued
FROM known_claim WHERE invented = :invented GROUP BY kind, arm
"""
_UNCLAIMED = """
WITH came AS (
    SELECT attendance.person_id, attendance.meeting_id, meeting.offer_id AS open_offer,
           (SELECT id FROM contact_attempt
            WHERE contact_attempt.person_id = attendance.person_id AND about = meeting.id AND reason = 'invite'
              AND offer_id IS NOT NULL AND sent_at IS NOT NULL ORDER BY id DESC LIMIT 1) AS attempt_id
    FROM attendance JOIN meeting ON meeting.id = attendance.meeting_id JOIN person ON person.id = attendance.person_id
    WHERE standing = 'came' AND invented = :invented AND starts_at + minutes * 60 <= :before
      AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.person_id = attendance.person_id
                                            AND claim.meeting_id = attendance.meeting_id AND claim.state != 'wished'))
SELECT offer_item.kind, COALESCE(contact_attempt.arm, '') AS arm,
       count(DISTINCT came.person_id || ':' || came.meeting_id) AS unclaimed
FROM came LEFT JOIN contact_attempt ON contact_attempt.id = attempt_id
JOIN offer_item ON offer_item.offer_id = COALESCE(contact_attempt.offer_id, open_offer)
WHERE offer_item.kind != 'none'
GROUP BY offer_item.kind, COALESCE(contact_attempt.arm, '')
"""
_OVERDUE = """
SELECT 'claim' AS what, claim.id AS number, CASE claim.state WHEN 'claimed' THEN 'to_approve' ELSE why END AS why, kind,
       kept + given AS pence, title AS meeting, (:now - claimed_at) / 86400 AS days
FROM claim JOIN meeting ON meeting.id = claim.meeting_id
WHERE claim.state IN ('claimed', 'waiting') AND claimed_at <= :before AND claim.invented = :invented
UNION ALL
SELECT 'expense', expense_claim.id, 'to_approve', what, pence, title, (:now - claimed_at) / 86400
FROM expense_claim JOIN meeting ON meeting.id = expense_claim.meeting_id
WHERE expense_claim.state = 'claimed' AND claimed_at <= :before AND expense_claim.invented = :invented
ORDER BY days DESC, what, number
"""


async def ledger_rows(db: Reading, *, invented: bool) -> Rows:
    """Every row of the ledger in its order, with the last four characters of its voucher at most."""
    return await db.rows(_LEDGER, invented=int(invented))


async def outcomes(db: Reading, now: int, *, invented: bool) -> list[Outcome]:
    """What became of each kind in each arm."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    world = {"invented": int(invented)}
    before = now - UNCLAIMED_DAYS * _DAY
    for rows in (
        await db.rows(_OFFERED, **world), await db.rows(_CLAIMS, **world),
        await db.rows(_UNCLAIMED, **world, before=before),
    ):  # fmt: skip
        for row in rows:
            facts = dict(row)
            found.setdefault((facts.pop("kind"), facts.pop("arm")), {}).update(facts)
    return [Outcome(kind, arm, **facts) for (kind, arm), facts in sorted(found.items())]


async def overdue(db: Reading, now: int, *, invented: bool) -> list[Overdue]:
    """What nobody has settled in a week, the oldest first."""
    rows = await db.rows(_OVERDUE, now=now, before=now - OVERDUE_DAYS * _DAY, invented=int(invented))
    return [Overdue(**dict(row)) for row in rows]
