"""What the rules say to one message at this moment, with all that they need to know of its person."""

from dataclasses import replace

from rules import sending
from rules.council import Council
from rules.quiet import quiet_hours
from storage import attempts
from storage.attempt_row import Attempt
from storage.database import Reading
from storage.outbox import candidate

WEEK = 7 * 24 * 3600


async def judge(db: Reading, attempt: Attempt, now: int, council: Council) -> sending.Decision:
    """Whether it may go now (unix seconds), waits, or never goes."""
    person_id = attempt.person_id or 0
    found = replace(
        candidate(attempt),
        quiet=quiet_hours(attempt.shift, attempt.quiet_from, attempt.quiet_until, council),
        recent_unasked=await _others(db, attempt, now - WEEK),
        last_late_at=await attempts.last_late_at(db, person_id),
    )
    return sending.decide(found, now, council)


async def _others(db: Reading, attempt: Attempt, since: int) -> tuple[int, ...]:
    """When other unasked messages went to this person: the one being sent now counts itself, as the newest."""
    recent = await attempts.recent_unasked(db, attempt.person_id or 0, since)
    return recent[:-1] if attempt.reason in sending.UNASKED else recent
