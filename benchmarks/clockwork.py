"""The clock's and the outbox's work on a real database, driven by hand: what is sent at each moment, without a network.

Telegram takes every message at once. Quiet hours are looked up here a second time, by the wall clock alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.judging import judge
from rules import sending, silence
from rules.council import Council
from rules.quiet import Moved, quiet_hours
from storage import attempts, meeting_changes, polls
from storage.attempt_row import Attempt
from storage.database import Database


@dataclass(frozen=True)
class Sent:
    """A message that went out: to whom, why, about what, when (unix seconds); was it urgent, was it in their sleep."""

    person_id: int
    reason: str
    about: int
    sequence: int
    at: int
    urgent: bool
    in_sleep: bool


async def tick(database: Database, now: int, council: Council) -> list[Sent]:
    """All that the program does by itself at this moment."""
    async with database.transaction() as tx:
        await meeting_changes.recompute_starts(tx, now)
        await attempts.plan_reminders(tx, now, council)
        await attempts.bring_forward(tx, now, council)
        await polls.close_due(tx, now)
        await polls.remind_due(tx, now)
        await polls.tell_all_answered(tx, now)
        await attempts.close_silent(tx, now)
        await attempts.release_due(tx, now, 100_000)
    sent = []
    while (attempt := await _claimed(database, now)) is not None:
        decision = await judge(database.reading, attempt, now, council)
        await _write_down(database, attempt, decision, now, council)
        if isinstance(decision, sending.Send):
            sent.append(replace(sent_of(attempt, now, council), urgent=decision.urgent))
    return sent


async def _claimed(database: Database, now: int) -> Attempt | None:
    async with database.transaction() as tx:
        return await attempts.claim(tx, now)


async def _write_down(
    database: Database, attempt: Attempt, decision: sending.Decision, now: int, council: Council
) -> None:
    async with database.transaction() as tx:
        match decision:
            case sending.Send(urgent):
                silent_at = silence.silent_at(attempt.reason, now, attempt.until_at, council)
                await attempts.accepted(tx, attempt.id, attempt.id, now, silent_at, "urgent" if urgent else "")
            case sending.Wait(until, why):
                await attempts.hold(tx, attempt.id, until, why, now)
            case sending.Skip(why):
                await attempts.finish(tx, attempt.id, "skipped", why, now)
            case sending.Expire(why):
                await attempts.finish(tx, attempt.id, "expired", why, now)


def sent_of(attempt: Attempt, now: int, council: Council) -> Sent:
    """What went out to whom, and whether it was in their sleep."""
    what = (attempt.person_id or 0, attempt.reason, attempt.about, attempt.sequence)
    return Sent(*what, now, attempt.why == "urgent", in_sleep(attempt, now, council.zone, council))


def in_sleep(attempt: Attempt, now: int, zone: ZoneInfo, council: Council) -> bool:
    """Whether the person's own wall clock, read here and now, lies in the hours they are to be left alone in."""
    start, end = quiet_hours(attempt.shift, attempt.quiet_from, attempt.quiet_until, council)
    moved = Moved.of(attempt.moved_from, attempt.moved_until, attempt.moved_end_at)
    if moved and now < moved.until:
        start, end = moved.quiet
    clock = datetime.fromtimestamp(now, zone).strftime("%H:%M")
    begins, ends = f"{start:%H:%M}", f"{end:%H:%M}"
    return begins <= clock < ends if begins <= ends else clock >= begins or clock < ends


async def run(database: Database, moments: Iterable[int], council: Council) -> list[Sent]:
    """Tick at each of these moments, in order; everything that was sent."""
    sent = []
    for now in moments:
        sent += await tick(database, now, council)
    return sent
