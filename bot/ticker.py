"""The clock's work. APScheduler only ticks: what is due is always a question to the database with `now` in it."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Steadiness
from bot.delivery import Delivery
from bot.gate import Gate
from bot.live import EVERY_SECONDS, Live
from bot.logs import failed
from bot.outbox import Outbox
from bot.watch import Watch
from bot.weekly import Weekly
from handlers.services import Services
from incoming.staged import Shelf
from storage import (
    attempts,
    availability,
    erasure,
    forms,
    imports,
    links,
    meeting_changes,
    polls,
    searches,
    stages,
    thanks,
    vanishing,
)
from storage.close_reminders import remind as ask_to_close
from storage.coming_week import ask as ask_week
from storage.responses import promote_all

log = structlog.get_logger()

LOOK_SECONDS, CLOCK_SECONDS, DUE_SECONDS, WEEKLY_SECONDS, TIDY_SECONDS = 1, 5, 30, 60, 3600
THAW_SECONDS = 60.0
FORM_WAITS = 14 * 24 * 3600


class Ticker:
    """Runs while the program does. `steadiness` compares the wall clock with one that nobody can set."""

    def __init__(
        self,
        services: Services,
        delivery: Delivery,
        outbox: Outbox,
        gate: Gate,
        live: Live,
        weekly: Weekly,
        watch: Watch,
        steadiness: Steadiness,
    ) -> None:
        self._weekly, self._watch = weekly, watch
        self._services, self._delivery, self._outbox, self._gate, self._live = services, delivery, outbox, gate, live
        self._steadiness = steadiness
        self._thaw_at = math.inf
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    async def start(self) -> None:
        """Do what came due while nothing ran, and begin ticking."""
        for first in (self._watch.look, self.due, self.vanish, self.look):
            await _safely(first)
        for job, seconds in (
            (self.look, LOOK_SECONDS), (self.check_clock, CLOCK_SECONDS), (self._live.look, EVERY_SECONDS),
            (self.due, DUE_SECONDS), (self.vanish, DUE_SECONDS), (self.tidy, TIDY_SECONDS),
            (self._weekly.look, WEEKLY_SECONDS), (self._watch.look, WEEKLY_SECONDS),
        ):  # fmt: skip
            self._scheduler.add_job(_safely, "interval", (job,), seconds=seconds, id=job.__qualname__)
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def everything(self) -> None:
        """All the work of the clock, once, at this moment."""
        jobs = (self.check_clock, self.due, self.vanish, self._weekly.look, self._watch.look, self.look)
        for job in (*jobs, self._live.look):
            await job()

    async def look(self) -> None:
        """Wake the outbox when something has come due and may be sent."""
        if not self._outbox.may_send:
            return
        due_at = await attempts.next_due(self._services.database.reading)
        if due_at is not None and due_at <= self._services.now():
            self._delivery.wake()

    async def due(self) -> None:
        """Starts computed anew, reminders written, unknown ones decided, silence closed. Twice or late does no harm."""
        now, council = int(self._services.now()), self._services.council
        async with self._services.database.transaction() as tx:
            await meeting_changes.recompute_starts(tx, now)
            await promote_all(tx, now)
            await attempts.plan_reminders(tx, now, council)
            await attempts.bring_forward(tx, now, council)
            await polls.close_due(tx, now)
            await polls.remind_due(tx, now)
            await polls.tell_all_answered(tx, now)
            await ask_to_close(tx, now, council.close_reminder_days, invented=council.rehearsal)
            await thanks.plan_due(tx, now)
        async with self._services.database.transaction() as tx:
            await attempts.retry_unknown(tx, now)
            await attempts.close_silent(tx, now)
            await stages.follow(tx, now, council.zone)
            await stages.note_silence(tx, now, council.zone, council.organisation_silent_days)

    async def vanish(self) -> None:
        """Delete the messages whose time is over."""
        now = int(self._services.now())
        for message in await vanishing.due(self._services.database.reading, now):
            deleted = await self._delivery.delete(message.chat_id, message.message_id)
            async with self._services.database.transaction() as tx:
                await vanishing.gone(tx, message, now, deleted=deleted)

    async def tidy(self) -> None:
        """Drop forms and files that nobody came back to, ask about old hours, end erasures that were held up."""
        now, age = int(self._services.now()), self._services.council.ask_hours_after_days * 24 * 3600
        async with self._services.database.transaction() as tx:
            await forms.close_older_than(tx, now - FORM_WAITS)
            await imports.forget_steps(tx, now)
            await links.forget_abandoned(tx, now - FORM_WAITS)
            await searches.forget_older(tx, now - FORM_WAITS)
            await availability.ask_again(tx, now, now - age, now + FORM_WAITS)
            await ask_week(tx, now, self._services.council.zone)
        await asyncio.to_thread(Shelf(self._services.data_dir).drop_old)
        if self._services.database.owes_truncation:
            await erasure.after_erasure(self._services.database)

    async def check_clock(self) -> None:
        """Freeze sending when the wall clock was moved, plan anew by the new time, and thaw when it has been steady."""
        jump = self._steadiness.jump()
        if jump:
            self._outbox.frozen, self._thaw_at = True, self._steadiness.steady() + THAW_SECONDS
            self._gate.shift(jump)
            log.error("alert: the clock was moved; nothing is sent for a minute", seconds=round(jump))
            await self.due()
        elif self._outbox.frozen and self._steadiness.steady() >= self._thaw_at:
            self._outbox.frozen = False
            self._delivery.wake()


async def _safely(job: Callable[[], Awaitable[None]]) -> None:
    try:
        await job()
    except asyncio.CancelledError:
        return  # the program ends; APScheduler would log it as a fault
    except Exception as error:  # noqa: BLE001 - the next tick does what this one could not
        failed(log, "a tick failed", error, job=job.__name__)
