"""Whatever the order in which transactions come, fail and are cancelled: who returns is on disk, who raises is not."""

import asyncio
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import storage.database
from storage.database import opened

INSERT = "INSERT INTO handled_update (update_id) VALUES (:i)"
steps = st.sampled_from(["write", "write", "yield", "clash", "read"])


@dataclass(frozen=True)
class Plan:
    """A transaction: when it begins, what it does, how it ends, and when it is cancelled if at all."""

    begins_after: int
    steps: list[str]
    end: str
    cancelled_after: int | None


plans = st.builds(
    Plan,
    begins_after=st.integers(0, 6),
    steps=st.lists(steps, max_size=5),
    end=st.sampled_from(["return", "return", "return", "raise", "break the commit", "roll back everything"]),
    cancelled_after=st.none() | st.integers(0, 40),
)


class Run:
    """All the plans at once on one database, and what each was told."""

    def __init__(self, database, path):
        self.database = database
        self.path = path
        self.wrote = {}
        self.torn = set()

    async def play(self, number, plan):
        for _ in range(plan.begins_after):
            await asyncio.sleep(0)
        async with self.database.transaction() as tx:
            mine = self.wrote[number] = []
            for place, step in enumerate(plan.steps):
                await self.step(tx, step, number * 100 + place, mine)
            await self.end(tx, plan.end)
        assert set(mine) <= self.on_disk(), "returned before it was on disk"

    async def step(self, tx, step, i, mine):
        if step == "write":
            await tx.run(INSERT, i=i)
            mine.append(i)
        elif step == "clash" and mine:
            try:
                await tx.run(INSERT, i=mine[0])
            except sqlite3.IntegrityError:
                pass
            else:
                raise AssertionError("the clash was not noticed")
        elif step == "read":
            seen = {row[0] for row in await tx.rows("SELECT update_id FROM handled_update")}
            assert set(mine) <= seen
        else:
            await asyncio.sleep(0)

    async def end(self, tx, how):
        if how == "raise":
            raise LookupError
        if how == "break the commit":
            await tx.run("PRAGMA defer_foreign_keys = ON")
            await tx.run("INSERT INTO help_request (person_id, asked_at) VALUES (404, 1)")
        if how == "roll back everything":
            await tx.run("INSERT OR ROLLBACK INTO approach SELECT * FROM approach LIMIT 1")

    def on_disk(self):
        with closing(sqlite3.connect(self.path)) as other:
            return {row[0] for row in other.execute("SELECT update_id FROM handled_update")}


async def cancel_after(task, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    return task.cancel()


async def run_all(path, all_plans):
    async with opened(path) as database:
        run = Run(database, path)
        tasks = [asyncio.create_task(run.play(number, plan)) for number, plan in enumerate(all_plans)]
        cancels = [
            asyncio.create_task(cancel_after(task, plan.cancelled_after))
            for task, plan in zip(tasks, all_plans, strict=True)
            if plan.cancelled_after is not None
        ]
        async with asyncio.timeout(30):
            results = await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.gather(*cancels)
            async with database.transaction() as tx:  # nobody has left the door shut
                await tx.run(INSERT, i=10**6)
        assert database._batch is None
    return run, results


def check(run, all_plans, results):
    kept = run.on_disk()
    expected = {10**6}
    for number, (plan, result) in enumerate(zip(all_plans, results, strict=True)):
        wrote = set(run.wrote.get(number, ()))
        match result:
            case None:
                assert plan.end == "return"
                expected |= wrote
            case asyncio.CancelledError():  # cancelled during its commit, it may have been kept: whole or not at all
                assert not wrote & kept or wrote <= kept
                expected |= wrote & kept
            case LookupError():
                assert plan.end == "raise"
            case sqlite3.IntegrityError():
                assert {other.end for other in all_plans} & {"break the commit", "roll back everything"}
            case _:
                raise result
    assert kept == expected


@settings(max_examples=80, deadline=None)
@given(st.lists(plans, min_size=1, max_size=8), st.sampled_from([1, 2, 64]))
def test_who_returns_is_on_disk_and_who_raises_is_not(fresh_file, all_plans, shared_at_most):
    before, storage.database.SHARED_AT_MOST = storage.database.SHARED_AT_MOST, shared_at_most
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(shutil.copy(fresh_file, folder))
            run, results = asyncio.run(run_all(path, all_plans))
            check(run, all_plans, results)
    finally:
        storage.database.SHARED_AT_MOST = before
