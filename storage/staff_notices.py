"""Telling staff that something waits for them: one message while it waits, not one for each."""

from storage.database import Writing

_WITHIN = 3 * 24 * 3600
# Who recorded the attendance does not decide about it, and need not be told unless nobody else is there.
_TO_APPROVE = """
INSERT INTO contact_attempt (person_id, approach_id, reason, about, sequence, language, state, due_at, until_at,
                             planned_at, changed_at)
SELECT DISTINCT person.id, approach.id, 'claim_to_approve', claim.id, 1, person.language, 'planned', :now,
       :now + :within, :now, :now
FROM claim, approach, person JOIN role_grant ON role_grant.person_id = person.id AND revoked_at IS NULL
WHERE claim.id = :claim_id AND approach.code = 'bot' AND role IN ('coordinator', 'officer')
  AND telegram_id IS NOT NULL AND person.id IS NOT claim.person_id AND person.id IS NOT claim.recorded_by
  AND NOT EXISTS (SELECT 1 FROM claim AS earlier
                  WHERE earlier.id != claim.id AND earlier.state = 'claimed' AND earlier.approval = 'second'
                    AND earlier.approved_at IS NULL AND earlier.invented = claim.invented)
ON CONFLICT (person_id, reason, about, sequence) DO NOTHING
"""


async def to_approve(tx: Writing, claim_id: int, now: int) -> None:
    """Tell those who may approve that a claim waits, when it is the only one that does."""
    await tx.run(_TO_APPROVE, claim_id=claim_id, now=now, within=_WITHIN)
