"""A database that hypothesis can play with: one event loop, one fresh database per run."""

import asyncio
import functools
import shutil
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine

from storage.database import opened
from storage.migrate import migrate

MIGRATIONS = Path(__file__).parents[2] / "migrations"
SETTINGS = settings(
    max_examples=25, stateful_step_count=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@functools.cache
def template() -> tempfile.TemporaryDirectory[str]:
    """A folder with a migrated database in it, made once."""
    folder = tempfile.TemporaryDirectory()
    migrate(Path(folder.name) / "main.db", MIGRATIONS)
    return folder


class DatabaseMachine(RuleBasedStateMachine):
    """Steps are coroutines handed to `run`."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "main.db"
        shutil.copy(Path(template().name) / "main.db", path)
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.database = self.run(self.stack.enter_async_context(opened(path)))

    def run(self, step: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(step)

    def ask(self, sql: str, **values: Any) -> list[Any]:
        return self.run(self.database.reading.rows(sql, **values))

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()
        self.folder.cleanup()
