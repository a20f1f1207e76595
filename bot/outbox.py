"""The outbox loop: one item at a time is claimed, judged, put into words, sent, and its end written down.

`sending` is on disk before the call. What an attempt's end is and the next attempt's claim share one transaction.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace

import structlog

from bot.delivery import Delivery, Ending
from bot.gate import Gate
from bot.logs import failed
from handlers.feature import Compose
from rules import sending, silence
from rules.council import Council
from rules.quiet import quiet_hours
from storage import attempts, broadcasts, people
from storage.attempt_row import Attempt
from storage.database import Database, Reading, Writing
from storage.outbox import candidate

log = structlog.get_logger()

AT_ONCE = 500
WEEK = 7 * 24 * 3600
WITHOUT_TOKEN = 300  # seconds until a message is tried again that Telegram refused because of our token
ALERT_SHARE = 0.05
AFTER_DATABASE_ERROR = 1.0
End = sending.Wait | sending.Skip | sending.Expire | Ending


class Outbox:
    """`in_flight` attempts at most are being sent; each worker goes on until nothing is due."""

    def __init__(
        self,
        delivery: Delivery,
        gate: Gate,
        database: Database,
        composes: Mapping[str, Compose],
        council: Council,
        now: Callable[[], float],
        in_flight: int,
    ) -> None:
        self._delivery, self._gate, self._database, self._now = delivery, gate, database, now
        self.composes, self._council, self._in_flight = composes, council, in_flight
        self._workers: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._alerted: set[int] = set()
        self._looking = False
        self.frozen = False

    async def run(self) -> None:
        """Look at what is due whenever somebody says that there may be something."""
        while True:
            await self._delivery.woken.wait()
            self._delivery.woken.clear()
            self._looking = True
            try:
                await self.release()
                self._hire()
            except sqlite3.Error as error:
                failed(log, "the database refused", error)
            self._looking = False

    async def release(self) -> None:
        """Move on what the clock has made due."""
        now = int(self._now())
        moved = AT_ONCE
        while moved == AT_ONCE:
            async with self._database.transaction() as tx:
                moved = await attempts.release_due(tx, now, AT_ONCE)

    def _hire(self) -> None:
        if not self.may_send or len(self._workers) >= self._in_flight:
            return
        task = asyncio.create_task(self._work())
        self._workers.add(task)
        task.add_done_callback(self._workers.discard)

    @property
    def may_send(self) -> bool:
        """Whether sending is allowed now: not stopping, the clock is steady, and Telegram has not asked for silence."""
        return not (self._stopping or self.frozen or self._gate.closed)

    async def _work(self) -> None:
        attempt = await self._next(None, None)
        did_something = attempt is not None
        while attempt is not None:
            self._hire()
            attempt = await self._next(attempt, await self._one(attempt))
        if did_something:
            self._delivery.wake()  # a broadcast may have ended with this one

    async def _next(self, done: Attempt | None, end: End | None) -> Attempt | None:
        """Write down how the last one ended and claim the next; tried until the database takes it."""
        while True:
            try:
                claimed = await self._step(done, end)
            except sqlite3.Error as error:
                failed(log, "the database refused", error)
                await asyncio.sleep(AFTER_DATABASE_ERROR)
                if self._stopping:
                    return None
            else:
                if done is not None and isinstance(end, Ending) and end.kind == "chat_not_found":
                    await self._alert(done)
                return claimed

    async def _step(self, done: Attempt | None, end: End | None) -> Attempt | None:
        now = int(self._now())
        async with self._database.transaction() as tx:
            if done is not None and end is not None:
                await self._write_down(tx, done, end, now)
            return await attempts.claim(tx, now) if self.may_send else None

    async def _one(self, attempt: Attempt) -> End:
        """Judge and send; never raises for a fault that concerns this message only."""
        try:
            decision = await self._judge(attempt)
            compose = self.composes.get(attempt.reason)
            if not isinstance(decision, sending.Send):
                return decision
            saying = await compose(self._database.reading, attempt, self._council) if compose else None
            if saying is None or attempt.telegram_id is None:
                return sending.Skip("nothing_to_say")
            return await self._delivery.post(attempt.telegram_id, saying, attempt.language, lambda: self.may_send)
        except sqlite3.Error as error:
            failed(log, "the database refused", error)
            return Ending("not_sent", error=error)
        except Exception as error:  # noqa: BLE001 - a message that cannot be put into words must not stop the others
            failed(log, "a message could not be put into words", error, reason=attempt.reason)
            return Ending("bad_text", error=error)

    async def _judge(self, attempt: Attempt) -> sending.Decision:
        now, db, person_id = int(self._now()), self._database.reading, attempt.person_id or 0
        found = replace(
            candidate(attempt),
            quiet=quiet_hours(attempt.shift, attempt.quiet_from, attempt.quiet_until, self._council),
            recent_unasked=await _others(db, attempt, now - WEEK),
            last_late_at=await attempts.last_late_at(db, person_id),
        )
        return sending.decide(found, now, self._council)

    async def _write_down(self, tx: Writing, attempt: Attempt, end: End, now: int) -> None:
        if isinstance(end, Ending):
            await self._write_ending(tx, attempt, end, now)
        elif isinstance(end, sending.Wait):
            await attempts.hold(tx, attempt.id, end.until, end.why, now)
        else:
            state = "skipped" if isinstance(end, sending.Skip) else "expired"
            await attempts.finish(tx, attempt.id, state, end.why, now)

    async def _write_ending(self, tx: Writing, attempt: Attempt, end: Ending, now: int) -> None:
        match end.kind:
            case "sent":
                silent_at = silence.silent_at(attempt.reason, now, attempt.meeting_starts_at, self._council)
                await attempts.accepted(tx, attempt.id, end.value, now, silent_at)
            case "unknown":
                await attempts.unknown(tx, attempt.id, now)
            case "blocked":
                await attempts.finish(tx, attempt.id, "blocked", "blocked", now)
                await people.mark_unreachable(tx, attempt.person_id or 0, now)
            case "chat_not_found" | "bad_text" as why:
                await attempts.finish(tx, attempt.id, "failed", why, now)
                if why == "bad_text":
                    log.error("alert: Telegram refused our words", reason=attempt.reason, attempt=attempt.id)
            case why:
                await attempts.retry(tx, attempt.id, self._again_at(why, attempt, now), why, now)

    def _again_at(self, why: str, attempt: Attempt, now: int) -> int:
        """When to try again what certainly did not arrive."""
        if why == "not_sent":
            return now + sending.retry_delay(attempt.tries)
        if why == "unauthorised":
            return now + WITHOUT_TOKEN
        return max(now, int(self._gate.until) + 1 if self._gate.closed else now)

    async def _alert(self, attempt: Attempt) -> None:
        """Chats that are gone are worth a look when they are more than a few of one broadcast."""
        if attempt.broadcast_id is None or attempt.broadcast_id in self._alerted:
            return
        try:
            counts = await broadcasts.progress(self._database.reading, attempt.broadcast_id)
        except sqlite3.Error as error:
            failed(log, "the database refused", error)  # the next chat that is gone asks again
            return
        many = counts.get("failed", 0) > ALERT_SHARE * sum(counts.values())
        if many and attempt.broadcast_id not in self._alerted:  # another worker may have said so meanwhile
            self._alerted.add(attempt.broadcast_id)
            log.error("alert: many chats of a broadcast are gone", broadcast=attempt.broadcast_id, **counts)

    @property
    def idle(self) -> bool:
        """Whether nothing is being sent and nobody has asked to look."""
        return not (self._workers or self._looking or self._delivery.woken.is_set())

    async def finish(self, seconds: float) -> None:
        """Claim nothing more and let what is on its way end; what takes longer is unknown at the next start."""
        self._stopping = True
        if self._workers:
            _, late = await asyncio.wait(self._workers, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


async def _others(db: Reading, attempt: Attempt, since: int) -> tuple[int, ...]:
    """When other unasked messages went to this person: the one being sent now counts itself, as the newest."""
    recent = await attempts.recent_unasked(db, attempt.person_id or 0, since)
    return recent[:-1] if attempt.reason in sending.UNASKED else recent
