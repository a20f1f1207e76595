"""The honest clock of silence: an attempt that nobody answered closes by itself, unless we were out."""

from storage.database import Writing

# A window in which we were out leaves the attempt open for good: that silence says nothing about the person.
_OUT = """
UPDATE contact_attempt SET silent_at = NULL, why = 'outage', changed_at = :now
WHERE outcome IS NULL AND silent_at <= :now AND state IN ('accepted', 'by_hand')
  AND EXISTS (SELECT 1 FROM outage WHERE outage.from_at < silent_at AND outage.until_at > sent_at)
"""
_CLOSE = """
UPDATE contact_attempt SET outcome = 'no_response', changed_at = :now
WHERE outcome IS NULL AND silent_at <= :now AND state IN ('accepted', 'by_hand')
RETURNING id
"""


async def close_silent(tx: Writing, now: int) -> int:
    """Close as non-response every attempt whose time to answer is over; how many were closed.

    Those whose time lay in an outage stay open, marked so. Record an outage before calling this after a gap.
    """
    await tx.run(_OUT, now=now)
    return len(await tx.rows(_CLOSE, now=now))
